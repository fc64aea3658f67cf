"""The engine in Mesa behind levers: the same numbers as ever, and controls that Mesa's visualisation takes."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from app.visualisation.charts import actions_figure, belief_figure, posts_figure, value_figure
from app.visualisation.levered import (
    LEVERS,
    LeveredAdministration,
    controls_of,
    model_parameters,
    scenario_with,
    words_of,
)
from model.catalogue import Language
from model.engines.mesa_engine import Administration
from model.parameters import DECISION_RULES
from model.scenario import find_scenario, shipped_scenarios
from model.simulate import simulate

MONTHS = 6


def test_that_levers_give_what_the_same_settings_give_in_the_compiled_engine() -> None:
    administration = LeveredAdministration("crackdown", 3, 40, 2, "fear", certainty=0.1, exemption=0.8)
    for _ in range(MONTHS):
        administration.step()
    settings = {"accountability.certainty": 0.1, "exemption.probability": 0.8, "decision.rule": 2.0}
    assert DECISION_RULES[2] == "fear"
    result = simulate(scenario_with("crackdown", settings, 40, 2), replications=1, seed=3)
    np.testing.assert_array_equal(np.array(administration.measures), result.values[0, MONTHS - 1])


def test_that_every_lever_is_a_keyword_and_takes_its_own_value_from_the_scenario() -> None:
    keywords = set(inspect.signature(LeveredAdministration.__init__).parameters) - {"self"}
    assert set(model_parameters(find_scenario("baseline"), "en", lambda *given, **named: given)) <= keywords
    assert set(LEVERS) <= keywords
    bare = LeveredAdministration("crackdown", officials=20, jurisdictions=2)
    assert str(bare.jurisdictions[0].parameters) == str(Administration("crackdown").jurisdictions[0].parameters)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_that_controls_stand_where_the_scenario_has_them_within_their_ends(name: str) -> None:
    for one in controls_of(find_scenario(name), "zh").values():
        assert one.low <= one.value <= one.high
        assert one.step > 0.0


def test_that_listed_jurisdictions_keep_their_size() -> None:
    scenario = find_scenario("four_provinces")
    assert scenario_with(scenario, {}, 60, 2).officials == scenario.officials
    assert "officials" not in controls_of(scenario, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_figures_are_drawn_before_the_first_month_and_after(language: Language) -> None:
    administration, words = LeveredAdministration(officials=20, jurisdictions=2), words_of(language)
    for _ in range(2):
        for figure_of in (posts_figure, actions_figure, belief_figure, value_figure):
            assert figure_of(administration, words).axes
        administration.step()
    (image,) = posts_figure(administration, words).axes[0].get_images()
    done = [1 + int(official.action) for official in administration.officials]
    assert image.get_array().ravel().astype(int).tolist() == done  # type: ignore[union-attr]
