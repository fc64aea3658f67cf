"""A scenario names its decision rule and its network by words; a mistake is answered with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.parameters import DECISION_RULES, NETWORKS, words_of
from model.scenario import ScenarioError, differences, find_scenario, parse_setting, read_scenario, scenario_toml
from model.scenario import with_settings as changed

BASELINE = find_scenario("baseline")
HEAD = 'schema = 2\nextends = "baseline"\n[title]\nen = "a"\nzh = "一"\n[question]\nen = "a?"\nzh = "一？"\n'
RULES = ", ".join(DECISION_RULES)

MISTAKES = {
    "a word like a rule": ('[decision]\nrule = "prospct"', f'did you mean "prospect"? Allowed are {RULES}'),
    "a word like none": ('[decision]\nrule = "xyz"', f'found "xyz"; allowed are {RULES}'),
    "a number for a rule": ("[decision]\nrule = 3", 'write for example rule = "expected_utility"'),
    "a word like a network": ('[network]\nkind = "small-world"', 'did you mean "small_world"?'),
    "too much weight": ("[decision]\nweight = 1.5", "allowed is a number from 0 to 1 (share)"),
    "a rule from some month on": (
        '[[change]]\nmonth = 3\ndecision.rule = "fear"',
        "[[change]] 1, decision: is the same everywhere and always",
    ),
    "a network of one place": (
        '[[jurisdiction]]\nname = { en = "a", zh = "一" }\nofficials = 5\nnetwork.kind = "hierarchy"',
        "[[jurisdiction]] 1, network: is the same everywhere and always",
    ),
    "more neighbours than there are": (
        '[network]\nkind = "small_world"\nneighbours = 60',
        "found 60.0; allowed is at most 49 in jurisdiction 1, which has 50",
    ),
    "an odd number of neighbours": (
        '[network]\nkind = "small_world"\nneighbours = 7',
        "an even number, half of them on each side, or all but one of a jurisdiction; write neighbours = 6",
    ),
    "half a neighbour": ('[network]\nkind = "small_world"\nneighbours = 8.5', "a whole number of officials"),
    "half a subordinate": ('[network]\nkind = "hierarchy"\nspan = 2.5', "network.span: found 2.5"),
}


def read(text: str, folder: Path) -> str:
    """Return the message on a scenario file, empty if there is none."""
    path = folder / "mine.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    try:
        read_scenario(path)
    except ScenarioError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("name", MISTAKES)
def test_that_a_mistake_is_answered_with_its_place_and_what_to_write(name: str, tmp_path: Path) -> None:
    text, words = MISTAKES[name]
    message = read(text, tmp_path)
    assert words in message
    assert "mine.toml" in message
    assert "\n" not in message


def test_that_a_place_too_small_for_its_neighbours_is_named(tmp_path: Path) -> None:
    places = "".join(
        f'[[jurisdiction]]\nname = {{ en = "{name}", zh = "{name}地" }}\nofficials = {size}\n'
        for name, size in (("Hill", 30), ("Dale", 5))
    )
    message = read(f'[network]\nkind = "small_world"\n{places}', tmp_path)
    assert "found 8.0; allowed is at most 4 in jurisdiction Dale, which has 5" in message


@pytest.mark.parametrize("rule", DECISION_RULES)
@pytest.mark.parametrize("kind", NETWORKS)
def test_that_words_survive_being_written_and_read(rule: str, kind: str, tmp_path: Path) -> None:
    scenario = changed(BASELINE, {"decision.rule": rule, "network.kind": kind})
    assert scenario.parameters.decision.rule == DECISION_RULES.index(rule)
    assert changed(BASELINE, {"decision.rule": float(DECISION_RULES.index(rule)), "network.kind": kind}) == scenario
    path = tmp_path / "baseline.toml"
    path.write_text(scenario_toml(scenario), encoding="utf-8")
    assert f'rule = "{rule}"' in path.read_text(encoding="utf-8")
    assert read_scenario(path) == scenario
    told = {found.path: found.value for found in differences(scenario, BASELINE)}
    words = {"decision.rule": rule, "network.kind": kind}
    assert told == {path: word for path, word in words.items() if word != words_of(path)[0]}


def test_that_the_command_line_takes_words_with_and_without_quotes() -> None:
    assert parse_setting("decision.rule=fear") == parse_setting('decision.rule="fear"') == ("decision.rule", "fear")
    with pytest.raises(ScenarioError, match=r'--set, decision\.rule: found "faer"; did you mean "fear"\?'):
        parse_setting("decision.rule=faer")
