"""Does the model describe this class? Observed against expected, scores, and what is missed most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.choices import ClassChoices, fill_log_probabilities, place_of
from analysis.rooms.comparators import QuantileBand, shoes_of
from analysis.rooms.fit import NAMES, ClassFit
from analysis.rooms.session import Session
from model.vocabulary import Action

MISFIT_SHARE = 1.0 / 3.0  # missing in more rounds than this, the model does not describe the class


@dataclass(frozen=True)
class Fitness:
    """What people did beside what the model expects in their shoes; `by_action` of the model's own probabilities."""

    decisions: int
    observed: NDArray[np.int64]  # by action
    expected: NDArray[np.float64]  # by action
    outside: int  # rounds in which the class lies outside the model's nine tenths
    rounds: int
    score: float
    score_of_constant_shares: float
    outside_when_fitted: int
    worst: tuple[int, int, int, float, int]  # act, action, observed, expected, of how many

    @property
    def is_misfit(self) -> bool:
        """Tell whether the model does not describe the class, even with officials fitted to it."""
        return self.outside_when_fitted > MISFIT_SHARE * self.rounds


def fitness_of(session: Session, choices: ClassChoices, fit: ClassFit | None) -> Fitness:
    """Return how well the model, and the model fitted to the class, describe what people of a session did."""
    n = len(choices.person)
    observed = np.bincount(choices.action, minlength=len(Action))
    of_taken = choices.by_default[np.arange(n), choices.action]
    shares = observed[observed > 0] / n
    rounds = sorted(set(choices.round.tolist()))
    fitted = fitted_probabilities(choices, fit) if fit is not None else choices.by_default
    return Fitness(
        decisions=n,
        observed=observed,
        expected=choices.by_default.sum(axis=0),
        outside=_outside(choices, choices.by_default, rounds),
        rounds=len(rounds),
        score=float(np.log(np.maximum(of_taken, 1e-12)).mean()),
        score_of_constant_shares=float((observed[observed > 0] * np.log(shares)).sum() / n),
        outside_when_fitted=_outside(choices, fitted, rounds),
        worst=_worst(choices, fitted, acts_of(session, choices)),
    )


def fitted_probabilities(choices: ClassChoices, fit: ClassFit) -> NDArray[np.float64]:
    """Return the probability of every action of every decision at the medians of a fit, (rows, actions)."""
    at = dict(zip(NAMES, (estimate.median for estimate in fit.estimates), strict=True))
    shifts = np.array(
        [at[name] - fit.estimate(name).default for name in ("routine_effort", "innovation_effort", "filing_cost")]
    )
    utilities = choices.utilities(at["loss_aversion"], at["credence"], at["conformity"], shifts)
    found, policy = np.zeros_like(utilities), choices.policy.copy()
    for action in Action:
        filled = np.empty(len(choices.person))
        fill_log_probabilities(
            utilities,
            choices.may_file,
            policy,
            place_of("behaviour.temperature"),
            at["temperature"],
            np.full(len(choices.person), int(action), dtype=np.int64),
            filled,
        )
        found[:, action] = np.exp(filled)
    return found


def _band(choices: ClassChoices, probabilities: NDArray[np.float64], rounds: list[int]) -> QuantileBand:
    tried = probabilities[:, Action.INNOVATION :].sum(axis=1)
    return shoes_of([tried[choices.round == number] for number in rounds])


def _outside(choices: ClassChoices, probabilities: NDArray[np.float64], rounds: list[int]) -> int:
    shares = np.array([(choices.action[choices.round == number] >= Action.INNOVATION).mean() for number in rounds])
    return int((~_band(choices, probabilities, rounds).contains(shares)).sum())


def acts_of(session: Session, choices: ClassChoices) -> NDArray[np.int64]:
    """Return under which act's rule each decision was taken: two worlds have rules of their own."""
    worlds = [session.people[person].world for person in choices.person]
    acts = [
        session.designs[world].act_of_round[number - 1] for world, number in zip(worlds, choices.round, strict=True)
    ]
    return np.array(acts, dtype=np.int64)


def _worst(
    choices: ClassChoices, probabilities: NDArray[np.float64], acts: NDArray[np.int64]
) -> tuple[int, int, int, float, int]:
    """Return the act and the action that the fitted model misses by the most decisions."""
    found = []
    for act in sorted(set(acts.tolist())):
        for action in Action:
            here = acts == act
            observed = int((choices.action[here] == action).sum())
            expected = float(probabilities[here, action].sum())
            found.append((abs(observed - expected), (act, int(action), observed, expected, int(here.sum()))))
    return max(found)[1] if found else (0, 0, 0, 0.0, 0)
