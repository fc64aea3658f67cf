"""Beliefs: what a person who learns as the model's officials do would believe, from what was shown and lived through.

The model's own evidence stays as it is, expected values of news. Here the same rules are fed with the whole numbers of
cases that became known to people.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.points import came_column
from analysis.rooms.session import PlayedRound, Session
from analysis.rooms.wall import known_cases
from analysis.rooms.world import office_of
from model.arrays import STAYS
from model.faced import CAME
from model.parameters import Parameters, replaced
from model.rules.evidence import after_own_case, memory_kept, news_of, remembered
from model.rules.outcome import Consequence
from model.state import National, OfficialState
from model.vocabulary import COUNT, N_COUNTS, Action, Counts, Outcome

EVIDENCE = OfficialState._fields[
    OfficialState._fields.index("accountability_seen") : OfficialState._fields.index("inaction_history")
]
_N_STATE = len(OfficialState._fields)
_CONSEQUENCE = CAME.index(Consequence._fields[0])
_WHOLE = len(Consequence._fields) - 1
_NOBODY_ELSEWHERE = National(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def shown_evidence(session: Session, world: int, post: int) -> NDArray[np.float64]:
    """Return the evidence that the holder of a post had at the start of each round from what was shown: (rounds, 6)."""
    design, rounds = session.designs[world], session.rounds[world]
    office = office_of(design, post)
    evidence, found = np.zeros(len(EVIDENCE)), []
    for number, over in enumerate(rounds, start=1):
        parameters = design.parameters_in(number)
        found.append(evidence.copy())
        counts = counts_known(session, world, number, office)
        for place in range(len(over.told.came)):
            evidence = _after_a_month(evidence, over, place, post, counts[place], parameters)
            if came_column(over.told.came[place, post], "leaves") != STAYS:
                evidence = np.zeros(len(EVIDENCE))  # a successor has heard of nothing yet
    return np.array(found)


def _after_a_month(
    evidence: NDArray[np.float64],
    over: PlayedRound,
    place: int,
    post: int,
    known: Counts,
    parameters: Parameters,
) -> NDArray[np.float64]:
    """Return the evidence a month later: the own case at once, then all fades, then the news."""
    official = OfficialState(*over.told.faced[place, post, 1 : 1 + _N_STATE])
    official = official._replace(**dict(zip(EVIDENCE, (float(value) for value in evidence), strict=True)))
    row = over.told.came[place, post]
    whole = [int(value) for value in row[_CONSEQUENCE : _CONSEQUENCE + _WHOLE]]
    consequence = Consequence(*whole, float(row[_CONSEQUENCE + _WHOLE]))  # type: ignore[call-arg]
    after = after_own_case(official, int(came_column(row, "action")), consequence, parameters.behaviour)
    shown = replaced(parameters, {"accountability.publicity": 1.0, "exemption.disclosure": 1.0})
    news = news_of(known, _NOBODY_ELSEWHERE, shown)
    kept = memory_kept(parameters.behaviour.memory_half_life_months)
    heard = (
        news.accountability_seen,
        news.accountability_spared,
        news.exemption_seen_filed,
        news.exemption_denied_filed,
        news.exemption_seen_unfiled,
        news.exemption_denied_unfiled,
    )
    return np.array([remembered(getattr(after, name), new, kept) for name, new in zip(EVIDENCE, heard, strict=True)])


def counts_known(session: Session, world: int, number: int, office: int) -> list[Counts]:
    """Return, month by month of a round, what became known in an office, as the model counts cases."""
    design, over = session.designs[world], session.rounds[world][number - 1]
    layout = design.setting.layout
    first, size = int(layout.first_official[office]), int(layout.sizes[office])
    known = known_cases(over.told, design.parameters_in(number))[:, first : first + size] == 1
    came = over.told.came[:, first : first + size]
    is_filed = came_column(came, "action") == Action.FILED_INNOVATION
    is_negligent = came_column(came, "outcome") == Outcome.NEGLIGENCE
    found = []
    for place in range(len(came)):
        sanction, exempt, unpursued = known[place].T
        row = np.zeros(N_COUNTS, dtype=np.int64)
        row[COUNT.officials] = size
        filed, negligent = is_filed[place], is_negligent[place]
        row[COUNT.honest_exemptions_filed] = (exempt & filed).sum()
        row[COUNT.honest_exemptions_unfiled] = (exempt & ~filed).sum()
        row[COUNT.honest_cases_filed] = (exempt & filed).sum() + (sanction & filed & ~negligent).sum()
        row[COUNT.honest_cases_unfiled] = (exempt & ~filed).sum() + (sanction & ~filed & ~negligent).sum()
        row[COUNT.negligence_cases] = (sanction & negligent).sum()
        row[COUNT.unpursued] = unpursued.sum()
        found.append(Counts(*(int(value) for value in row)))
    return found
