"""What the page knows of the model is what Python says: complete, up to date, the same bytes every time."""

from __future__ import annotations

import json

import pytest

from app.builder.export import exported, model, scenario
from app.builder.kernel_wasm import GENERATED
from model.measures import MEASURES
from model.parameters import parameter_paths
from model.scenario import find_scenario, shipped_scenarios

FILES = ("model.json", "scenarios.json", "sources.json", "catalogue.en.json", "catalogue.zh-CN.json", "names.ts")


@pytest.mark.page
@pytest.mark.parametrize("name", FILES)
def test_that_what_is_exported_is_up_to_date(name: str) -> None:
    stored = (GENERATED / name).read_text(encoding="utf-8")
    assert stored == exported()[name], f"app/generated/{name} is stale; run: python run.py build-page"


def test_that_all_exported_files_are_checked() -> None:
    assert set(exported()) == set(FILES)


def test_that_every_parameter_and_measure_is_there_in_order() -> None:
    known = model()
    assert tuple(parameter["path"] for parameter in known["parameters"]) == parameter_paths()
    assert tuple(measure["name"] for measure in known["measures"]) == MEASURES


def test_that_every_parameter_has_a_source_that_exists_or_none() -> None:
    sources = json.loads(exported()["sources.json"])
    for parameter in model()["parameters"]:
        assert parameter["source"] in {*sources, "assumption", "judgement"}


def test_that_a_shipped_scenario_is_exported_with_all_that_it_sets() -> None:
    told = scenario(find_scenario("rule_out_of_use"))
    assert told["settings"] == {"exemption.probability": 0.41}
    assert told["changes"] == [
        {
            "month": 24,
            "until": None,
            "phaseInMonths": 60,
            "settings": {"exemption.probability": 0.11, "exemption.access": 0.3},
        }
    ]


def test_that_all_shipped_scenarios_are_exported_in_order() -> None:
    assert [one["name"] for one in json.loads(exported()["scenarios.json"])] == list(shipped_scenarios())
