"""The panel holds what every official did in every month, and who holds the post after it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pyarrow import parquet

from analysis.design.comparison import Plan
from analysis.execution.comparison import execute
from analysis.officials import panel as panel_module
from analysis.officials.panel import OUTCOMES, SCHEMA, Panel
from model.arrays import places_of
from model.scenario import Scenario, find_scenario, with_settings
from model.simulate import Result
from model.state import OfficialState
from model.vocabulary import ACTIONS

OFFICIALS, MONTHS = 70, 9


def scenarios() -> tuple[Scenario, ...]:
    found = (find_scenario("baseline"), find_scenario("four_provinces"))
    return tuple(with_settings(scenario, {}, OFFICIALS, MONTHS) for scenario in found)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("panel") / "panel.parquet"


@pytest.fixture(scope="module")
def results(path: Path) -> tuple[Result, ...]:
    with Panel(path, scenarios()) as panel:
        execution = execute(Plan(scenarios(), 2, seed=3, by_jurisdiction=True), on_month=panel.add)
        panel.close()
    return execution.results


def test_that_there_is_a_typed_row_for_every_official_month_and_run(results: tuple[Result, ...], path: Path) -> None:
    table = parquet.read_table(path)
    assert table.schema.names == SCHEMA.names
    assert table.schema.types == SCHEMA.types
    frame = table.to_pandas()
    assert len(frame) == 2 * 2 * MONTHS * OFFICIALS
    assert not frame.duplicated(["scenario", "run", "month", "official"]).any()
    assert set(frame["official"]) == set(range(OFFICIALS))
    assert set(frame["action"]) <= set(ACTIONS)
    assert set(frame["outcome"]) <= set(OUTCOMES)
    assert tuple(frame.columns[-len(OfficialState._fields) :]) == OfficialState._fields


def test_that_the_panel_adds_up_to_the_months_of_every_jurisdiction(results: tuple[Result, ...], path: Path) -> None:
    frame = parquet.read_table(path).to_pandas().astype({"scenario": str, "jurisdiction": str})
    keys = ["scenario", "run", "month", "jurisdiction"]
    idle = (frame["action"] == "inaction").groupby([frame[key] for key in keys]).mean().rename("idle").reset_index()
    months = pd.concat([result.months.astype({"jurisdiction": str}) for result in results])
    both = months.merge(idle, on=keys)
    assert len(both) == 2 * MONTHS * (20 + 4)
    np.testing.assert_allclose(both["idle"], both["inaction_rate"], atol=1e-12)


def test_that_every_newcomer_is_a_new_generation(results: tuple[Result, ...], path: Path) -> None:
    frame = parquet.read_table(path).to_pandas()
    frame = frame[(frame["scenario"] == "baseline") & (frame["run"] == 0)].sort_values(["official", "month"])
    arrived = frame.groupby("official")["generation"].diff().fillna(frame["generation"])
    newcomers = frame[arrived > 0]
    assert (newcomers["age"] < 32).all()
    months = results[0].months
    months = months[(months["run"] == 0) & (months["jurisdiction"] == "all")]
    assert len(newcomers) == months["retirements"].sum() + months["removals"].sum()


def test_that_small_months_share_a_row_group_and_large_ones_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def groups(least: int, most: int) -> list[int]:
        monkeypatch.setattr(panel_module, "_LEAST_ROWS", least)
        monkeypatch.setattr(panel_module, "_MOST_ROWS", most)
        with Panel(tmp_path / "p.parquet", scenarios()[:1]) as panel:
            execute(Plan(scenarios()[:1], 1), on_month=panel.add)
            panel.close()
        about = parquet.ParquetFile(tmp_path / "p.parquet").metadata
        assert about.num_rows == MONTHS * OFFICIALS
        return [about.row_group(n).num_rows for n in range(about.num_row_groups)]

    assert groups(10**6, 10**6) == [MONTHS * OFFICIALS]
    assert groups(2 * OFFICIALS, 10**6) == [140, 140, 140, 140, 70]
    assert groups(30, 30)[:4] == [30, 30, 40, 30]


def test_that_every_official_has_one_place(results: tuple[Result, ...]) -> None:
    layout = results[1].series[0].job.setting.layout
    blocks, lanes, jurisdictions = places_of(layout, 0, OFFICIALS)
    assert len({*zip(blocks, lanes, strict=True)}) == OFFICIALS
    assert list(np.bincount(jurisdictions)) == list(layout.sizes)
    for part, whole in zip(places_of(layout, 13, 57), (blocks, lanes, jurisdictions), strict=True):
        np.testing.assert_array_equal(part, whole[13:57])


def test_that_a_panel_given_up_says_nothing_of_a_full_disk(tmp_path: Path) -> None:
    panel = Panel(tmp_path / "p.parquet", scenarios()[:1])
    panel.give_up()
    panel.give_up()
    assert (tmp_path / "p.parquet").exists()
