"""The fit finds the parameters of classes that were made with known ones, and says where it does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.rooms.choices import answers_of, choices_of
from analysis.rooms.class_scenario import class_toml, settings_of
from analysis.rooms.comparators import poisson_binomial
from analysis.rooms.effect import effects_of, stretches_of
from analysis.rooms.fit import NAMES, SCIENTIFIC, ClassFit, centre, fitted_class
from analysis.rooms.fitness import fitness_of
from model.faced import FACED
from model.parameters import Parameters
from model.rules.utility import PerAction
from model.scenario import read_scenario
from model.vocabulary import Action
from tests.analysis.rooms.made_classes import MadeClass, made_class

CLASSES, PEOPLE = 60, 30
# What a trial told and how well medians went with truths, less 0.1: told, correlation. Conformity is drawn where the
# model allows it, from 0 on, so that truths vary a third less than the prior: a correlation of 0.63 is to be expected.
FLOORS = {
    "temperature": (0.79, 0.83),
    "loss_aversion": (0.86, 0.88),
    "credence": (0.81, 0.88),
    "conformity": (0.54, 0.53),
    "routine_effort": (0.81, 0.81),
    "innovation_effort": (0.74, 0.77),
    "filing_cost": (0.63, 0.79),
}


def fit_of(made: MadeClass, draws: int = 2000) -> ClassFit:
    session = made.session
    return fitted_class(choices_of(session), answers_of(session), session.designs[0].parameters_in(1), draws)


@pytest.fixture(scope="module")
def made() -> MadeClass:
    return made_class(3, 12, "four_rules")


def test_utilities_taken_apart_are_those_of_the_model_at_its_own_parameters(made: MadeClass) -> None:
    session = made.session
    choices = choices_of(session)
    person, number = session.people[4], 7
    row = np.flatnonzero((choices.person == 4) & (choices.round == number))[0]
    faced = session.rounds[0][number - 1].told.faced[0, person.post]
    aversion = faced[FACED.index("loss_aversion")]
    behaviour = session.designs[0].parameters_in(number).behaviour
    worth = choices.utilities(aversion, behaviour.credence, behaviour.conformity, np.zeros(3))[row]
    expected = np.array([faced[FACED.index(f"utility_{action.name.lower()}")] for action in Action])
    # What was shown is whole cases, what the model hears their mean: no case was heard of in the quietest office.
    assert worth[:2] == pytest.approx(expected[:2], abs=0.25)
    assert PerAction(*worth)._fields == PerAction._fields


def test_in_the_first_round_what_was_shown_is_what_the_model_knows(made: MadeClass) -> None:
    session = made.session
    choices = choices_of(session)
    for row in np.flatnonzero(choices.round == 1):
        faced = session.rounds[0][0].told.faced[0, session.people[choices.person[row]].post]
        behaviour = session.designs[0].parameters_in(1).behaviour
        aversion = faced[FACED.index("loss_aversion")]
        worth = choices.utilities(aversion, behaviour.credence, behaviour.conformity, np.zeros(3))[row]
        expected = [faced[FACED.index(f"utility_{action.name.lower()}")] for action in Action]
        assert worth == pytest.approx(np.array(expected), abs=1e-9)


def test_a_fit_tells_what_a_class_told_and_greys_the_rest(made: MadeClass) -> None:
    fit = fit_of(made, draws=1500)
    assert fit.people == 12
    assert fit.decisions == 12 * 12
    assert fit.effective_draws > 200
    assert fit.estimate("loss_aversion").is_told
    for estimate in fit.estimates:
        assert estimate.low <= estimate.median <= estimate.high
        assert 0.0 <= estimate.told <= 1.0


def test_a_class_of_two_tells_nothing() -> None:
    fit = fit_of(made_class(5, 2, "tolerance"), draws=400)
    assert not any(estimate.is_told for estimate in fit.estimates)


def test_the_class_s_scenario_runs_in_the_model_and_keeps_to_its_bounds(made: MadeClass, tmp_path: Path) -> None:
    parameters = made.session.designs[0].parameters_in(1)
    fit = fit_of(made, draws=400)
    path = tmp_path / "class.toml"
    path.write_text(class_toml(fit, parameters, "made"), encoding="utf-8")
    scenario = read_scenario(path)
    assert scenario.parameters.behaviour.credence == pytest.approx(fit.estimate("credence").median, rel=1e-4)
    far = settings_of(np.array([-1.0, -1.0, 2.0, -1.0, -1.0, -1.0, -1.0, 1.0]), Parameters())
    assert len(far.clipped) == len(SCIENTIFIC)


def test_the_poisson_binomial_has_the_mean_and_variance_that_it_must() -> None:
    probabilities = np.array([0.1, 0.5, 0.9, 0.3])
    mass = poisson_binomial(probabilities)
    counts = np.arange(5)
    assert mass.sum() == pytest.approx(1.0)
    assert (mass * counts).sum() == pytest.approx(probabilities.sum())
    variance = (mass * counts**2).sum() - (mass * counts).sum() ** 2
    assert variance == pytest.approx((probabilities * (1 - probabilities)).sum())


def test_effects_are_paired_by_seat_and_the_twins_are_beside_them(made: MadeClass) -> None:
    effects = effects_of(made.session)
    assert [len(stretch) for stretch in stretches_of(made.session)] == [3, 3, 3, 3]
    assert len(effects) == 3
    for effect in effects:
        assert effect.people == 12
        assert effect.low <= effect.difference <= effect.high


# --- Slow: the trial that says how good the fit is ---


def default_class(seed: int, people: int) -> MadeClass:
    return made_class(seed, people, "tolerance", theta=centre(Parameters()))


@pytest.mark.slow
def test_the_parameters_of_sixty_classes_are_found_again() -> None:
    truths, medians, lows, highs, told = [], [], [], [], []
    for seed in range(CLASSES):
        made = made_class(100 + seed, PEOPLE, "four_rules")
        fit = fit_of(made)
        truths.append(made.truth)
        medians.append([one.median for one in fit.estimates])
        lows.append([one.low for one in fit.estimates])
        highs.append([one.high for one in fit.estimates])
        told.append([one.told for one in fit.estimates])
    truth, median = np.array(truths), np.array(medians)
    covered = ((truth >= np.array(lows)) & (truth <= np.array(highs))).mean(axis=0)
    rows = {
        name: (covered[place], float(np.mean(np.array(told)[:, place])), correlation(truth[:, place], median[:, place]))
        for place, name in enumerate(NAMES)
    }
    for name, row in rows.items():
        print(f"{name:20} covered {row[0]:.2f}, told {row[1]:.2f}, correlation {row[2]:.2f}")
    for name in SCIENTIFIC:
        assert 0.8 <= rows[name][0] <= 1.0, (name, rows[name])
    for name, (told_at_least, correlated_at_least) in FLOORS.items():
        assert rows[name][1] >= told_at_least, (name, rows[name])
        assert rows[name][2] >= correlated_at_least, (name, rows[name])


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.slow
def test_a_class_of_default_officials_is_in_the_model_s_shoes_and_coin_flippers_are_not() -> None:
    outside = rounds = 0
    for seed in range(40):
        session = default_class(500 + seed, 25).session
        fitness = fitness_of(session, choices_of(session), None)
        outside, rounds = outside + fitness.outside, rounds + fitness.rounds
    print(f"inside the band in {rounds - outside} of {rounds} quarters")
    assert 0.85 <= 1.0 - outside / rounds <= 0.95
    flippers = made_class(900, 25, "tolerance", coin_flippers=True)
    fitness = fitness_of(flippers.session, choices_of(flippers.session), fit_of(flippers, 800))
    assert fitness.is_misfit
