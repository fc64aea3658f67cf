"""A parameter out of its bounds is refused in a file, with the bounds, so that no rule meets what it cannot take."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.parameters import about, words_of
from model.scenario import ScenarioError, read_scenario
from model.scenario.schema import ACTIONS_PATH, settable_paths

TEXTS = '[title]\nen = "A"\nzh = "甲"\n[question]\nen = "A?"\nzh = "甲？"\n'
PATHS = [path for path in settable_paths("scenario") if path != ACTIONS_PATH and not words_of(path)]
# Zero would make a rule divide by nothing: two ways of innovating cannot be wholly one, care cannot be free.
NEVER_ZERO = (
    "behaviour.nesting",
    "behaviour.temperature",
    "behaviour.prior_strength",
    "behaviour.memory_half_life_months",
    "work.care_cost",
    "work.routine_care_cost",
    "work.learning_half",
    "population.loss_aversion_mean",
)


def message_on(folder: Path, path: str, value: float) -> str:
    """Return the message on a scenario in which a parameter has an impossible value."""
    table, _, name = path.partition(".")
    file = folder / "mine.toml"
    file.write_text(f'schema = 2\nextends = "baseline"\n{TEXTS}[{table}]\n{name} = {value!r}\n', encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(file)
    return str(caught.value)


@pytest.mark.parametrize("path", PATHS)
def test_that_a_value_below_or_above_its_bounds_is_refused_with_them(path: str, tmp_path: Path) -> None:
    known = about(path)
    low, high = known.bounds
    for value in (low - 1.0, 2.0 * high + 1.0):
        message = message_on(tmp_path, path, value)
        assert (
            f"mine.toml, line 10, {path}: found {value!r}; allowed is a number from {low:.12g} to {high:.12g}"
            in message
        )
        assert f"({known.unit})" in message


@pytest.mark.parametrize("path", NEVER_ZERO)
def test_that_what_must_be_positive_cannot_be_zero(path: str, tmp_path: Path) -> None:
    assert f"{path}: found 0.0; allowed is a number from " in message_on(tmp_path, path, 0.0)
