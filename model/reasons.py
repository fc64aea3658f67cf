"""Why an official did what it did: everything that entered one choice, for people to read.

The engines decide with ``month.decision_of``, which keeps only the result; this works the same rules out again and
keeps every step between.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.compiled import compiled
from model.month import weighing_of
from model.parameters import parameters_of_row
from model.rules.choice import probabilities_on
from model.rules.decision import Mind
from model.rules.utility import Circumstances, Outlook, PerAction, Terms
from model.state import OfficialState
from model.vocabulary import ACTIONS


class Reasons(NamedTuple):
    """What an official saw, every term of what each action was worth, the sums, and the probabilities that follow."""

    outlook: Outlook
    terms: Terms
    utilities: PerAction
    probabilities: PerAction


@compiled
def reasons_of(
    official: OfficialState, circumstances: Circumstances, policy: NDArray[np.float64], urgency_luck: float, mind: Mind
) -> Reasons:
    """Return the reasons of an official's choice; `policy` is the row of parameters in force, shape (N_PARAMETERS,)."""
    weighing = weighing_of(official, circumstances, parameters_of_row(policy), urgency_luck, mind)
    return Reasons(weighing.outlook, weighing.terms, weighing.utilities, probabilities_on(weighing.stick))


def table_of(reasons: Reasons) -> Iterator[str]:
    """Yield the lines of a table: a column an action, a row a term; costs and feared losses are below 0."""
    yield _line("", ACTIONS)
    for name, term in reasons.terms._asdict().items():
        yield _line(name, [f"{value + 0.0:.3f}" for value in term])
    yield _line("utility", [f"{utility:.3f}" for utility in reasons.utilities])
    yield _line("probability", [f"{probability:.3f}" for probability in reasons.probabilities])


def list_of(title: str, values: NamedTuple) -> str:
    """Return the names and values of a tuple as a text, broken into lines where it gets long."""
    listed = ", ".join(f"{name} {value:.4g}" for name, value in values._asdict().items())
    return fill(f"{title}: {listed}", width=100, subsequent_indent="    ")


def _line(title: str, cells: tuple[str, ...] | list[str]) -> str:
    return " ".join([f"{title:<16}", *(f"{cell:>16}" for cell in cells)])
