"""Choices as data: what each action was worth to a person, taken apart into what the fit estimates.

With the care that the model takes, the utility of an action is linear in loss aversion, in credence and in conformity.
So the compiled rules are asked for it at the corners, and no equation is typed a second time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.beliefs import EVIDENCE, shown_evidence
from analysis.rooms.session import AFTER, BEFORE, Session
from model.compiled import compiled
from model.faced import FACED
from model.numerics import natural_logarithm
from model.parameters import Parameters, parameters_of_row, replaced, row_of
from model.rules.choice import probabilities_of
from model.rules.outlook import outlook_of
from model.rules.perception import belief
from model.rules.utility import Circumstances, Outlook, PerAction, terms_of, utilities_of
from model.state import OfficialState
from model.vocabulary import Action

N_ACTIONS = len(Action)
_STATE = 1
_HERE = _STATE + len(OfficialState._fields)
_SEES = _HERE + len(Circumstances._fields)
_EVIDENCE = OfficialState._fields.index(EVIDENCE[0])
_URGENT, _NOT_URGENT = -1.0, 1.0


@dataclass(frozen=True)
class ClassChoices:
    """The decisions of people: each a row; `person` says whose, `action` what; utilities taken apart (rows, actions).

    The utility is plain + loss_aversion * (feared + credence * hoped) + conformity * others, less the shifts.
    """

    person: NDArray[np.int64]
    action: NDArray[np.int64]
    round: NDArray[np.int64]
    may_file: NDArray[np.float64]
    policy: NDArray[np.float64]  # (rows, parameters)
    plain: NDArray[np.float64]
    feared: NDArray[np.float64]
    hoped: NDArray[np.float64]
    others: NDArray[np.float64]
    by_default: NDArray[np.float64]  # the model's own probabilities

    def utilities(
        self, loss_aversion: float, credence: float, conformity: float, shifts: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return what every action was worth; `shifts` are added to the costs of routine, innovating and filing."""
        fears = self.feared + credence * self.hoped
        costs = np.array([0.0, shifts[0], shifts[1], shifts[1] + shifts[2], shifts[1]])
        worth: NDArray[np.float64] = self.plain + loss_aversion * fears + conformity * self.others - costs
        return worth


@dataclass(frozen=True)
class Answers:
    """What people said of themselves: gambles taken, and what they believed beside what the model's belief would be.

    `believed` and the two that make up the model's belief (at_nothing + credence * at_all) have a row an answer.
    """

    n_people: int
    gambler: NDArray[np.int64]
    gambles: NDArray[np.float64]  # win, lose
    accepted: NDArray[np.bool_]
    person: NDArray[np.int64]
    believed: NDArray[np.float64]
    at_nothing: NDArray[np.float64]
    at_all: NDArray[np.float64]


@compiled
def fill_utilities(
    states: NDArray[np.float64],
    heres: NDArray[np.float64],
    sees: NDArray[np.float64],
    policies: NDArray[np.float64],
    loss_aversion: float,
    credence: float,
    utilities: NDArray[np.float64],
) -> None:
    """Fill `utilities`, (rows, actions), at one loss aversion and credence, with the care that was taken."""
    for row in range(states.shape[0]):
        parameters = parameters_of_row(policies[row])
        official, here = official_of(states[row], loss_aversion), circumstances_at_credence(heres[row], credence)
        seen = outlook_of_row(sees[row])
        urgency = _NOT_URGENT if seen.may_file > 0.0 else _URGENT
        outlook = with_care(outlook_of(official, here, parameters, urgency), seen)
        worth = utilities_of(terms_of(official, outlook, here, parameters))
        for action in range(5):
            utilities[row, action] = worth[action]


@compiled
def official_of(row: NDArray[np.float64], loss_aversion: float) -> OfficialState:
    """Return an official of a row of its state, with another loss aversion."""
    return OfficialState(
        row[0], loss_aversion, row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11],
        row[12], row[13],
    )  # fmt: skip


@compiled
def circumstances_at_credence(row: NDArray[np.float64], credence: float) -> Circumstances:
    """Return circumstances in which so much of what is announced of exemption is believed.

    The row holds what would be announced to one who believes all of it.
    """
    return Circumstances(
        row[0], credence * row[1], credence * row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10],
        row[11], row[12], row[13], row[14], row[15],
    )  # fmt: skip


@compiled
def outlook_of_row(row: NDArray[np.float64]) -> Outlook:
    """Return the outlook that stands in a row."""
    return Outlook(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11], row[12],
        row[13], row[14], row[15],
    )  # fmt: skip


@compiled
def with_care(outlook: Outlook, taken: Outlook) -> Outlook:
    """Return an outlook with the care of another."""
    return Outlook(
        outlook.drive,
        outlook.complexity,
        outlook.sound,
        outlook.may_file,
        outlook.own_inaction,
        outlook.perceived_accountability,
        outlook.perceived_exemption_filed,
        outlook.perceived_exemption_unfiled,
        outlook.feared_loss,
        outlook.feared_review,
        outlook.routine_stake,
        taken.routine_care,
        outlook.filed_stake,
        taken.filed_care,
        outlook.unfiled_stake,
        taken.unfiled_care,
    )


@compiled
def fill_log_probabilities(
    utilities: NDArray[np.float64],
    may_file: NDArray[np.float64],
    policies: NDArray[np.float64],
    temperature_place: int,
    temperature: float,
    action: NDArray[np.int64],
    log_probabilities: NDArray[np.float64],
) -> None:
    """Fill `log_probabilities`, (rows,), with those of the actions taken, by the model's own rule of choice."""
    for row in range(utilities.shape[0]):
        before = policies[row, temperature_place]
        policies[row, temperature_place] = temperature
        behaviour = parameters_of_row(policies[row]).behaviour
        policies[row, temperature_place] = before
        u = utilities[row]
        probabilities = probabilities_of(PerAction(u[0], u[1], u[2], u[3], u[4]), behaviour, may_file[row])
        probability = probabilities[action[row]]
        log_probabilities[row] = natural_logarithm(probability) if probability > 1e-300 else -690.0


def choices_of(session: Session) -> ClassChoices:
    """Return all decisions of people, as data of a fit; deputies' are in none."""
    rows: dict[str, list[object]] = {name: [] for name in ("person", "action", "round", "faced", "policy", "default")}
    probability = [FACED.index(f"probability_{action.name.lower()}") for action in Action]
    for place, person in enumerate(session.people):
        design = session.designs[person.world]
        evidence = shown_evidence(session, person.world, person.post) if person.choices else None
        for number in sorted(person.choices):
            if person.is_erased or number > session.n_rounds or evidence is None:
                continue
            faced = session.rounds[person.world][number - 1].told.faced[0, person.post].copy()
            rows["default"].append(faced[probability])
            faced[_STATE + _EVIDENCE : _STATE + _EVIDENCE + len(EVIDENCE)] = evidence[number - 1]
            parameters = design.parameters_in(number)
            credence = parameters.behaviour.credence
            for name in ("here_announced_exemption_filed", "here_announced_exemption_unfiled"):
                column = FACED.index(name)
                faced[column] = faced[column] / credence if credence > 0.0 else 0.0
            may_file = faced[FACED.index("sees_may_file")] > 0.0
            is_late = person.choices[number] == Action.FILED_INNOVATION and not may_file
            rows["person"].append(place)
            rows["action"].append(int(Action.INNOVATION) if is_late else person.choices[number])
            rows["round"].append(number)
            rows["faced"].append(faced)
            rows["policy"].append(row_of(parameters))
    return _taken_apart(rows)


def _taken_apart(rows: dict[str, list[object]]) -> ClassChoices:
    n = len(rows["person"])
    faced = np.array(rows["faced"], dtype=np.float64).reshape(n, len(FACED))
    policy = np.array(rows["policy"], dtype=np.float64).reshape(n, len(row_of(Parameters())))
    states = np.ascontiguousarray(faced[:, _STATE:_HERE])
    heres, sees = np.ascontiguousarray(faced[:, _HERE:_SEES]), np.ascontiguousarray(faced[:, _SEES:])

    def utilities(loss_aversion: float, credence: float, conformity: float) -> NDArray[np.float64]:
        moved = policy.copy()
        moved[:, place_of("behaviour.conformity")] = conformity
        filled = np.zeros((n, N_ACTIONS))
        fill_utilities(states, heres, sees, moved, loss_aversion, credence, filled)
        return filled

    plain = utilities(0.0, 0.0, 0.0)
    feared = utilities(1.0, 0.0, 0.0) - plain
    return ClassChoices(
        person=np.array(rows["person"], dtype=np.int64),
        action=np.array(rows["action"], dtype=np.int64),
        round=np.array(rows["round"], dtype=np.int64),
        may_file=np.ascontiguousarray(sees[:, Outlook._fields.index("may_file")]),
        policy=policy,
        plain=plain,
        feared=feared,
        hoped=utilities(1.0, 1.0, 0.0) - plain - feared,
        others=utilities(0.0, 0.0, 1.0) - plain,
        by_default=np.array(rows["default"], dtype=np.float64).reshape(n, N_ACTIONS),
    )


def place_of(path: str) -> int:
    """Return where a parameter stands in a row."""
    marked = row_of(replaced(Parameters(), {path: -12345.0}))
    return marked.index(-12345.0)


def answers_of(session: Session) -> Answers:
    """Return what people said of gambles and of exemption."""
    gambler, gambles, accepted = [], [], []
    person, believed, at_nothing, at_all = [], [], [], []
    for place, someone in enumerate(session.people):
        taken = sorted(someone.coins.items()) if not someone.is_erased else []
        gambler += [place] * len(taken)
        gambles += [session.gambles[n] for n, _ in taken]
        accepted += [accept for _, accept in taken]
        if someone.is_erased or not someone.beliefs:
            continue
        evidence = shown_evidence(session, someone.world, someone.post)
        for (number, when, question), tenths in sorted(someone.beliefs.items()):
            # Before a round one has heard of the rounds before it; after it, of it too.
            heard = number - 1 if when == BEFORE else number
            if question not in ("exempt", "exempt_filed") or when not in (BEFORE, AFTER):
                continue
            if number > session.n_rounds:
                continue
            model = _belief_parts(
                session, someone.world, someone.post, number, evidence[min(heard, len(evidence) - 1)], question
            )
            person.append(place)
            believed.append(tenths / 10.0)
            at_nothing.append(model[0])
            at_all.append(model[1])
    return Answers(
        len(session.people),
        np.array(gambler, dtype=np.int64),
        np.array(gambles, dtype=np.float64).reshape(-1, 2),
        np.array(accepted, dtype=bool),
        np.array(person, dtype=np.int64),
        np.array(believed),
        np.array(at_nothing),
        np.array(at_all),
    )


def _belief_parts(
    session: Session, world: int, post: int, number: int, evidence: NDArray[np.float64], question: str
) -> tuple[float, float]:
    """Return the model's belief in exemption of one who believes nothing announced, and what full credence adds."""
    faced = session.rounds[world][number - 1].told.faced[0, post]
    parameters = session.designs[world].parameters_in(number)
    suffix = "filed" if question == "exempt_filed" else "unfiled"
    announced = faced[FACED.index(f"here_announced_exemption_{suffix}")]
    credence, strength = parameters.behaviour.credence, parameters.behaviour.prior_strength
    known = dict(zip(EVIDENCE, evidence, strict=True))
    seen, denied = known[f"exemption_seen_{suffix}"], known[f"exemption_denied_{suffix}"]
    nothing = belief(0.0, strength, seen, denied)
    everything = belief(announced / credence if credence > 0.0 else 0.0, strength, seen, denied)
    return nothing, everything - nothing
