"""Points: what a month was worth to a person, a hundred for each unit of the model's utility (induced value).

What people bring themselves is left out, since it is what is estimated: how much a loss frightens them (loss aversion
1), that they like to do as others do (conformity 0), habit (0). Care is the model's own: the official that a person
plays takes the care that the model's official would, and pays for it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.faced import CAME, FACED
from model.parameters import LADDER_LOSSES, Parameters
from model.vocabulary import Action, Outcome

POINTS_PER_UTILITY = 100.0
_FACED = {name: place for place, name in enumerate(FACED)}
_CAME = {name: place for place, name in enumerate(CAME)}
_LOSS_OF_RUNG = np.array([*LADDER_LOSSES, 0.0])  # the last for no rung, which is -1


def faced_column(faced: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Return one quantity that was faced; the last axis of `faced` holds them all."""
    column: NDArray[np.float64] = faced[..., _FACED[name]]
    return column


def came_column(came: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Return one quantity of what came of a month; the last axis of `came` holds them all."""
    column: NDArray[np.float64] = came[..., _CAME[name]]
    return column


def points_of(faced: NDArray[np.float64], came: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
    """Return the points of months: what was gained, what the work and the care cost, what the authorities did."""
    work, exemption, accountability = parameters.work, parameters.exemption, parameters.accountability
    action, outcome = came_column(came, "action"), came_column(came, "outcome")
    care, drive = came_column(came, "care"), faced_column(faced, "sees_drive")
    is_routine, innovates = action == Action.ROUTINE, action >= Action.INNOVATION
    gained = np.where(is_routine & (outcome == Outcome.NOTHING), work.routine_reward * drive, 0.0)
    gained = gained + np.where(innovates & (outcome == Outcome.SUCCESS), drive, 0.0)
    private = work.self_dealing_gain * (1.0 - faced_column(faced, "integrity"))
    gained = gained + np.where(action == Action.SELF_DEALING, private, 0.0)
    cost = np.where(is_routine, work.routine_effort + work.routine_care_cost * care**2 / 2.0, 0.0)
    trying = work.innovation_effort + parameters.supervision.red_tape * parameters.supervision.detection
    cost = cost + np.where(innovates, trying + work.care_cost * care**2 / 2.0, 0.0)
    cost = cost + np.where(action == Action.FILED_INNOVATION, exemption.filing_cost, 0.0)
    lost = exemption.review_burden * came_column(came, "is_failure_case")
    lost = lost + _LOSS_OF_RUNG[came_column(came, "rung").astype(int)]
    lost = lost + np.where(outcome == Outcome.CALLED_TO_ACCOUNT, accountability.inaction_loss, 0.0)
    points: NDArray[np.float64] = POINTS_PER_UTILITY * (gained - cost - lost)
    return points


def sure_points(faced: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
    """Return what each action brings for sure, before luck has its say; the last axis is the first four actions.

    Inaction brings nothing; routine its reward less its effort and care; trying costs its effort and care, and filing
    more.
    """
    work = parameters.work
    drive = faced_column(faced, "sees_drive")
    routine_care = work.routine_care_cost * faced_column(faced, "sees_routine_care") ** 2 / 2.0
    routine = work.routine_reward * drive - work.routine_effort - routine_care
    trying = work.innovation_effort + parameters.supervision.red_tape * parameters.supervision.detection
    unfiled = -trying - work.care_cost * faced_column(faced, "sees_unfiled_care") ** 2 / 2.0
    filed_care = work.care_cost * faced_column(faced, "sees_filed_care") ** 2 / 2.0
    filed = -trying - filed_care - parameters.exemption.filing_cost
    return POINTS_PER_UTILITY * np.stack([np.zeros_like(drive), routine, unfiled, filed], axis=-1)


def chance_of_success(faced: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
    """Return how likely an innovation succeeds, with the care that is taken."""
    sound, care = faced_column(faced, "sees_sound"), faced_column(faced, "sees_unfiled_care")
    chance: NDArray[np.float64] = sound * (1.0 - parameters.work.negligence * (1.0 - care))
    return chance
