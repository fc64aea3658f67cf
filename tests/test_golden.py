"""The shipped scenarios give the numbers they gave when the model was last changed on purpose, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from model.scenario import shipped_scenarios
from tests import golden
from tests.golden import (
    FOLDER,
    RENEW,
    first_difference,
    golden_text,
    is_change_announced,
    is_moved,
    stored_text,
    text_of,
)
from tests.golden.picture import PICTURE, golden_hash, stamp_of


@pytest.mark.parametrize("name", shipped_scenarios())
def test_that_a_shipped_scenario_gives_its_golden_result(name: str) -> None:
    stored, found = stored_text(name), golden_text(name)
    assert stored is not None, f"{name} has no golden result.\n{RENEW}"
    assert found == stored, f"{name}, {first_difference(stored, found)}.\n{RENEW}"


def test_that_there_is_no_golden_result_of_a_scenario_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(shipped_scenarios())


def test_that_a_difference_is_told_by_run_month_and_measure() -> None:
    stored = "run,month,measure,value\n0,11,care,0.25\n0,23,care,0.5\n"
    assert first_difference(stored, stored.replace("0.5", "0.75")) == "run 0, month 23: care was 0.5, is 0.75"
    assert first_difference(stored, f"{stored}0,23,nerve,1.0\n") == "run 0, month 23: nerve was missing, is 1.0"
    assert first_difference(stored, stored.replace("0,23,care,0.5\n", "")) == "there were 2 values, there are 1"


def test_that_a_measure_that_is_new_only_adds_lines() -> None:
    values = np.random.default_rng(1).random((2, 36, 3))
    names = ("care", "newcomer", "nerve")
    before, after = text_of(values[:, :, [0, 2]], ("care", "nerve")), text_of(values, names)
    added = [line for line in after.splitlines() if ",newcomer," in line]
    assert len(added) == 2 * 3
    assert [line for line in after.splitlines() if line not in added] == before.splitlines()
    assert not is_moved(before, after)
    assert is_moved(after, before)
    assert is_moved(before, after.replace("0.", "0.1"))


def test_that_changed_numbers_are_not_kept_without_a_line_in_the_changelog(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(
        "# Changelog\n\nWhat **changes results** is marked.\n\n## Unreleased\n\n## 0.1.0\n\n- changes results\n"
    )
    (tmp_path / "baseline.csv").write_text("run,month,measure,value\n0,11,care,1.0\n")
    monkeypatch.setattr(golden, "CHANGELOG", changelog)
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    monkeypatch.setattr(golden, "shipped_scenarios", lambda: ["baseline"])
    assert golden.main() == 2
    assert "CHANGELOG.md" in capsys.readouterr().err
    assert (tmp_path / "baseline.csv").read_text() == "run,month,measure,value\n0,11,care,1.0\n"

    changelog.write_text("# Changelog\n\n## Unreleased\n\n- **changes results**: a rule was wrong\n\n## 0.1.0\n")
    assert is_change_announced()
    assert golden.main() == 0
    assert (tmp_path / "baseline.csv").read_text() == golden_text("baseline")


def test_that_the_picture_in_the_readme_shows_the_golden_results() -> None:
    assert stamp_of(PICTURE) == golden_hash(FOLDER), "run: python -m tests.golden.picture"
