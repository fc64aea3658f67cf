"""What scenarios are, and that reading, changing and writing them keeps what they say."""

from __future__ import annotations

import math
import pickle
import re
import textwrap
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from model.parameters import Parameters, about, parameter_paths, value_at
from model.rules.exemption import exempt_negligence, exempt_self_dealing, honest_exemption, review_of
from model.scenario import (
    Change,
    ListedJurisdiction,
    Scenario,
    Settings,
    Text,
    find_scenario,
    read_scenario,
    scenario_toml,
    shipped_scenarios,
    with_settings,
)
from model.scenario.document import SCHEMA
from model.scenario.schema import Section, settable_paths

HARSH = {
    "accountability.certainty": 0.1,
    "accountability.severity": 0.45,
    "accountability.misconduct_severity": 0.8,
}
SEEN = {"exemption.probability": 0.8, "exemption.disclosure": 0.9, "exemption.access": 1.0}
LEVERS = {
    "baseline": {},
    "crackdown": HARSH,
    "harshness_alone": {"accountability.certainty": 0.1},
    "campaign": {},
    "strict_with_gain_mild_with_failure": {
        "accountability.severity": 0.15,
        "accountability.misconduct_severity": 0.85,
    },
    "inaction_punished": {"accountability.inaction_certainty": 0.04},
    "inaction_punished_without_bar": {
        "accountability.inaction_certainty": 0.04,
        "accountability.inaction_freeze_months": 0.0,
    },
    "blanket_leniency": {"exemption.probability": 1.0},
    "amnesty_on_paper": {"exemption.probability": 0.8, "exemption.disclosure": 0.0},
    "tolerance_seen": SEEN,
    "reform": {},
    "filing_in_advance": {"exemption.filing_cost": 0.0, "exemption.evidence_filing": 2.0},
    "clear_list": {
        "exemption.evidence_force_majeure": 4.0,
        "exemption.evidence_complexity": 3.0,
        "exemption.evidence_ability": 2.0,
    },
    "leniency_without_list": {"exemption.probability": 0.7467941156411899},
    "remedy_that_works": {"exemption.remedy": 0.5},
    "objective_public": {"public.objectivity": 0.9},
    "shield_for_acts": {"exemption.probability": 0.9, "accountability.inaction_certainty": 0.024},
    "rule_out_of_use": {"exemption.probability": 0.41},
    "rule_out_of_use_by_nerve": {"exemption.caution": 3.0},
    "urgent_times": {"work.urgency": 0.5},
    "one_size_fits_all": {"work.complexity_spread": 0.3},
    "local_flexibility": {"work.complexity_spread": 0.3, "guidance.flexibility": 1.0},
    "local_favour": {
        "work.complexity_spread": 0.3,
        "guidance.flexibility": 1.0,
        "guidance.local_knowledge": 0.0,
        "guidance.local_favour": 1.0,
    },
    "four_provinces": {},
}
CHANGES = {
    "campaign": Change(36, 72, 0, HARSH),
    "reform": Change(60, None, 24, SEEN),
    "rule_out_of_use": Change(24, None, 60, {"exemption.probability": 0.11, "exemption.access": 0.3}),
    "rule_out_of_use_by_nerve": Change(24, None, 60, {"public.objectivity": 0.0, "public.loss_failure": 0.2}),
}
TEXTS = {"title": {"en": "A title", "zh": "标题"}, "question": {"en": "A question?", "zh": "问题？"}}
SIZE = {"officials": 10, "jurisdictions": 3, "months": 24}


def written(folder: Path, tables: dict[str, Any], name: str = "mine") -> Path:
    """Return the path of a scenario file with these tables and whatever else it needs."""
    path = folder / f"{name}.toml"
    path.write_text(tomli_w.dumps({"schema": SCHEMA, **TEXTS, **tables}), encoding="utf-8")
    return path


def read(folder: Path, tables: dict[str, Any], name: str = "mine") -> Scenario:
    """Return the scenario read from a file with these tables."""
    return read_scenario(written(folder, tables, name))


def number_within(path: str) -> st.SearchStrategy[float]:
    """Return numbers within the bounds of a parameter, whole ones too."""
    low, high = about(path).bounds
    whole = st.integers(math.ceil(low), math.floor(high)) if math.ceil(low) <= high else st.nothing()
    return st.floats(low, high, allow_nan=False) | whole.map(float)


@st.composite
def tables_of(draw: st.DrawFn, section: Section) -> dict[str, Any]:
    """Return tables of parameters for a section, none of them out of bounds and the ages in order."""
    paths = [path for path in settable_paths(section) if not path.startswith(("career.", "decision.", "network."))]
    tables: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(paths), unique=True, min_size=section == "change", max_size=6)):
        table, name = path.split(".")
        more = st.lists(st.sampled_from(("routine", "filed_innovation", "self_dealing")), unique=True)
        value = ["innovation", *draw(more), "inaction"] if name == "actions" else draw(number_within(path))
        tables.setdefault(table, {})[name] = value
    if draw(st.booleans()):
        tables["career"] = {"ceiling_age": draw(st.floats(18, 50)), "retirement_age": draw(st.floats(53, 120))}
    return tables


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
texts = st.fixed_dictionaries({"en": words, "zh": words})


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Any]:
    """Return a change within the first 24 months."""
    month = draw(st.integers(0, 23))
    until = draw(st.none() | st.integers(month + 1, month + 60))
    longest = 60 if until is None else until - month
    change = {"month": month, "phase_in_months": draw(st.integers(0, longest)), **draw(tables_of("change"))}
    return change if until is None else {**change, "until": until}


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Return the tables of a valid scenario."""
    data: dict[str, Any] = {"schema": SCHEMA, "title": draw(texts), "question": draw(texts), "size": {"months": 24}}
    data |= {"references": draw(st.lists(st.sampled_from(["nagin_2013", "weaver_1986"]), unique=True))}
    data |= draw(tables_of("scenario"))
    data["change"] = draw(st.lists(changes(), max_size=3))
    names = draw(st.lists(words, unique=True, max_size=3))
    if names:
        data["jurisdiction"] = [
            {"name": {"en": name, "zh": name}, "officials": draw(st.integers(1, 99)), **draw(tables_of("jurisdiction"))}
            for name in names
        ]
    else:
        data["size"] |= {"officials": draw(st.integers(9, 2_000_000)), "jurisdictions": draw(st.integers(1, 9))}
    return data


# --- Shipped scenarios ---


def test_that_the_shipped_scenarios_are_these_with_the_baseline_first() -> None:
    assert list(shipped_scenarios()) == list(LEVERS)
    assert all(path.is_file() and path.stem == name for name, path in shipped_scenarios().items())


@pytest.mark.parametrize("name", LEVERS)
def test_that_a_shipped_scenario_moves_exactly_its_levers(name: str) -> None:
    scenario = find_scenario(name)
    moved = {
        path: value_at(scenario.parameters, path)
        for path in parameter_paths()
        if value_at(scenario.parameters, path) != value_at(Parameters(), path)
    }
    moved.pop("behaviour.initial_innovation_share")  # NaN, which differs from itself
    assert moved == LEVERS[name]
    assert scenario.changes == ((CHANGES[name],) if name in CHANGES else ())


@pytest.mark.parametrize("name", LEVERS)
def test_that_a_shipped_scenario_has_its_texts_in_both_languages_and_a_place_in_the_readme(name: str) -> None:
    scenario = find_scenario(name)
    assert scenario.name == name
    assert scenario.question.en.endswith("?")
    assert scenario.question.zh.endswith("？")
    assert all("\u4e00" <= text[0] <= "\u9fff" for text in (scenario.title.zh, scenario.question.zh))
    assert scenario.references
    readme = shipped_scenarios()[name].with_name("README.md").read_text(encoding="utf-8")
    assert f"`{name}`" in readme
    assert scenario.question.en in readme


def test_that_the_baseline_is_the_defaults_and_twenty_jurisdictions_of_fifty_for_ten_years() -> None:
    baseline = find_scenario("baseline")
    assert baseline.parameters == Parameters()
    assert baseline.sizes == (50,) * 20
    assert baseline.months == 120


def test_that_no_shipped_title_stands_twice() -> None:
    titles = [find_scenario(name).title for name in shipped_scenarios()]
    assert len({title.en for title in titles}) == len({title.zh for title in titles}) == len(titles)


def test_that_the_four_provinces_are_a_thousand_officials_in_four_sizes_with_policies_of_their_own() -> None:
    scenario = find_scenario("four_provinces")
    assert sum(scenario.sizes) == scenario.officials == 1000
    assert len(set(scenario.sizes)) == scenario.n_jurisdictions == 4
    assert len({listed.settings["work.complexity"] for listed in scenario.jurisdictions}) == 4
    assert all(len(listed.settings) > 1 for listed in scenario.jurisdictions)
    assert "invented" in scenario.question.en
    assert "虚构" in scenario.question.zh


def exempted(name: str) -> list[tuple[float, ...]]:
    """Return X of an honest failure by its cause, unfiled and filed, and of negligence and private gain."""
    parameters = find_scenario(name).parameters
    exemption = parameters.exemption
    review = review_of(exemption.probability, exemption, parameters.guidance)
    honest = [tuple(honest_exemption(filing, review, exemption)) for filing in (0.0, exemption.evidence_filing)]
    return [*honest, (exempt_negligence(review, exemption), exempt_self_dealing(review, exemption))]


def test_that_without_the_list_the_honest_are_exempted_as_often_whatever_the_cause_and_the_guilty_more() -> None:
    with_list, without = exempted("clear_list"), exempted("leniency_without_list")
    for here, there in zip(with_list[:2], without[:2], strict=True):
        assert here == pytest.approx(there, abs=1e-9)
    assert all(here < there / 5 for here, there in zip(with_list[2], without[2], strict=True))


def test_that_the_leniency_that_equals_the_list_follows_from_the_burden_of_proof() -> None:
    normal = NormalDist()
    burden = 2 * (1 - normal.inv_cdf(Parameters().exemption.probability))
    threshold = 3 / 2 + burden / 3
    found = find_scenario("leniency_without_list").parameters.exemption.probability
    assert found == pytest.approx(normal.cdf(2 - (threshold - 1)), abs=1e-9)


def test_that_the_example_in_the_readme_is_a_scenario(tmp_path: Path) -> None:
    readme = shipped_scenarios()["baseline"].with_name("README.md").read_text(encoding="utf-8")
    example, change, jurisdiction = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    path = tmp_path / "mine.toml"
    path.write_text(example, encoding="utf-8")
    assert read_scenario(path).parameters.accountability.certainty == 0.08
    path.write_text(f"{example}{textwrap.dedent(change)}{textwrap.dedent(jurisdiction)}", encoding="utf-8")
    assert read_scenario(path).sizes == (400,)


# --- What a scenario is ---


def test_that_officials_are_spread_as_evenly_as_can_be_with_the_first_jurisdictions_larger(tmp_path: Path) -> None:
    assert read(tmp_path, {"size": {"officials": 11, "jurisdictions": 3, "months": 1}}).sizes == (4, 4, 3)


def test_that_settings_are_a_mapping_that_can_be_hashed_and_pickled_and_equals_a_dictionary() -> None:
    one, other = Settings({"a.b": 1, "c.d": 2}), Settings((("c.d", 2.0), ("a.b", 1.0)))
    assert one == other == {"a.b": 1.0, "c.d": 2.0}
    assert hash(one) == hash(other)
    assert dict(pickle.loads(pickle.dumps(one))) == dict(one)
    assert repr(one) == "Settings({'a.b': 1.0, 'c.d': 2.0})"
    assert len(one) == 2


def test_that_a_change_made_from_a_dictionary_can_be_hashed() -> None:
    change = Change(3, None, 0, {"accountability.certainty": 1})
    assert dict(change.settings) == {"accountability.certainty": 1.0}
    assert hash(change) == hash(Change(3, None, 0, Settings({"accountability.certainty": 1.0})))


@pytest.mark.parametrize("name", ["baseline", "four_provinces", "rule_out_of_use"])
def test_that_a_pickled_scenario_is_equal_to_the_original_and_has_its_hash(name: str) -> None:
    scenario = find_scenario(name)
    copy = pickle.loads(pickle.dumps(scenario))
    assert copy == scenario
    assert hash(copy) == hash(scenario)


# --- Reading ---


def test_that_a_file_without_extends_stands_on_the_defaults(tmp_path: Path) -> None:
    scenario = read(tmp_path, {"size": SIZE, "accountability": {"certainty": 1}, "references": ["nagin_2013"]})
    assert scenario.parameters == Parameters()._replace(
        accountability=Parameters().accountability._replace(certainty=1.0)
    )
    assert (scenario.name, scenario.officials, scenario.n_jurisdictions, scenario.months) == ("mine", 10, 3, 24)
    assert scenario.title == Text("A title", "标题")
    assert scenario.references == ("nagin_2013",)
    assert scenario.jurisdictions == ()
    assert scenario.changes == ()


def test_that_a_scenario_takes_from_the_one_it_extends_what_it_does_not_set(tmp_path: Path) -> None:
    below = {"accountability": {"certainty": 0.9, "severity": 0.4}, "size": SIZE, "references": ["nagin_2013"]}
    written(tmp_path, {**below, "change": [{"month": 3, "work": {"complexity": 0.2}}]}, "below")
    scenario = read(
        tmp_path, {"extends": "below", "accountability": {"certainty": 0.1}, "size": {"months": 12}}, "above"
    )
    assert scenario.parameters.accountability.certainty == 0.1
    assert scenario.parameters.accountability.severity == 0.4
    assert (scenario.months, scenario.officials) == (12, 10)
    assert scenario.changes == (Change(3, None, 0, {"work.complexity": 0.2}),)
    assert scenario.references == ()


def test_that_changes_replace_those_of_the_extended_scenario(tmp_path: Path) -> None:
    written(tmp_path, {"size": SIZE, "change": [{"month": 1, "accountability": {"certainty": 0.9}}] * 2}, "below")
    own = {"month": 5, "accountability": {"certainty": 0.1}}
    scenario = read(tmp_path, {"extends": "below", "change": [own]})
    assert scenario.changes == (Change(5, None, 0, {"accountability.certainty": 0.1}),)


def test_that_a_file_in_the_same_folder_is_extended_before_a_shipped_one(tmp_path: Path) -> None:
    written(tmp_path, {"size": SIZE}, "crackdown")
    assert read(tmp_path, {"extends": "crackdown"}).officials == 10


def test_that_listed_jurisdictions_replace_the_sizes_of_the_extended_scenario(tmp_path: Path) -> None:
    listed = [
        {"name": {"en": "North", "zh": "北"}, "officials": 7, "work": {"complexity": 0}},
        {"name": {"en": "South", "zh": "南"}, "officials": 5, "behaviour": {"actions": ["inaction", "innovation"]}},
    ]
    scenario = read(tmp_path, {"extends": "baseline", "jurisdiction": listed})
    assert scenario.sizes == (7, 5)
    assert (scenario.officials, scenario.n_jurisdictions, scenario.months) == (12, 2, 120)
    assert scenario.jurisdictions[0] == ListedJurisdiction(Text("North", "北"), 7, {"work.complexity": 0.0})
    assert set(scenario.jurisdictions[1].settings.values()) == {0.0}


def test_that_sizes_beside_listed_jurisdictions_are_taken_if_they_agree(tmp_path: Path) -> None:
    listed = [{"name": {"en": "North", "zh": "北"}, "officials": 7}]
    assert read(tmp_path, {"size": {**SIZE, "officials": 7, "jurisdictions": 1}, "jurisdiction": listed}).sizes == (7,)


def test_that_the_list_of_actions_sets_the_switches(tmp_path: Path) -> None:
    behaviour = read(
        tmp_path, {"size": SIZE, "behaviour": {"actions": ["innovation", "routine", "inaction"]}}
    ).parameters[5]
    assert (behaviour.routine_open, behaviour.filed_innovation_open, behaviour.self_dealing_open) == (1.0, 0.0, 0.0)


def test_that_a_scenario_is_found_by_its_shipped_name_or_by_its_path(tmp_path: Path) -> None:
    assert find_scenario("crackdown") == read_scenario(shipped_scenarios()["crackdown"])
    path = written(tmp_path, {"size": SIZE})
    assert find_scenario(str(path)) == read_scenario(path)


def test_that_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, {"size": SIZE})
    expected = read_scenario(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_scenario(path) == expected


# --- Writing ---


@pytest.mark.parametrize("name", LEVERS)
def test_that_a_shipped_scenario_written_and_read_again_is_equal(name: str, tmp_path: Path) -> None:
    scenario = find_scenario(name)
    path = tmp_path / f"{name}.toml"
    path.write_text(scenario_toml(scenario), encoding="utf-8")
    assert read_scenario(path) == scenario
    assert "extends" not in path.read_text(encoding="utf-8")


@settings(max_examples=60, deadline=None)
@given(scenarios())
def test_that_any_scenario_written_and_read_again_is_equal(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("round") / "mine.toml"
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    scenario = read_scenario(path)
    path.write_text(scenario_toml(scenario), encoding="utf-8")
    again = read_scenario(path)
    assert again == scenario
    assert hash(again) == hash(scenario)
    assert with_settings(scenario, {}) == scenario


@pytest.mark.parametrize(("there", "text"), [("en", "Mine"), ("zh", "我的")])
def test_that_one_language_is_enough_for_a_scenario_of_ones_own(there: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        f'schema = 2\n[title]\n{there} = "{text}"\n[question]\n{there} = "{text}?"\n[size]\nmonths = 3\n'
        f'[[jurisdiction]]\nname.{there} = "{text}"\nofficials = 3\n',
        encoding="utf-8",
    )
    scenario = read_scenario(tmp_path / "mine.toml")
    assert (scenario.title.en, scenario.title.zh) == (text, text)
    assert (scenario.jurisdictions[0].name.en, scenario.jurisdictions[0].name.zh) == (text, text)
