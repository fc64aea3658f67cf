"""The main job, compare and simulate, each a function of what was chosen on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from analysis.command_line.actions.carry_out import carry_out
from analysis.command_line.options import Choices, chosen_scenario, chosen_settings, partly_reached, with_chosen
from analysis.command_line.task import folder_name_of, task_of
from analysis.command_line.terminal import note
from analysis.command_line.words.comparison import tell_comparison, tell_simulation
from analysis.design.comparison import check_comparable
from analysis.errors import ExperimentError
from analysis.report.section_words import reach_text
from analysis.words import words_in
from model.scenario import Scenario, ScenarioError, named, shipped_scenarios

# "baseline:accountability.severity=0.5": a scenario with settings of its own in a comparison.
_WITH_SETTINGS = re.compile(r"(?P<name>.+?):(?P<settings>[a-z_]+\.[a-z_]+ *=.*)", re.DOTALL)
_NEXT_SETTING = re.compile(r":(?=[a-z_]+\.[a-z_]+ *=)")


def main_job(choices: Choices) -> None:
    """Compare every shipped scenario with the baseline, and map severity and exemption."""
    baseline, *others = shipped_scenarios()
    scenarios = [chosen_scenario(baseline, choices)]
    for name in others:
        try:
            scenarios.append(chosen_scenario(name, choices))
            _tell_reach(scenarios[-1], choices)
        except ScenarioError as error:  # with few --months, a change may begin after the end
            note(words_in(choices.language).text("command_line.left_out").format(reason=error))
        except ExperimentError as error:  # a setting that does nothing in one scenario is no reason to stop
            note(f"{scenarios[-1].name}: {error}")
    if len(scenarios) < 2:
        raise ExperimentError("no policy holds with these settings, so there is nothing to compare; change them")
    check_comparable(scenarios)
    carry_out(task_of("main", scenarios, choices, "main"), tell_comparison)


def compare(names: Sequence[str], against: Sequence[str], choices: Choices) -> None:
    """Compare scenarios, and the first under other settings, with the first of them."""
    if len(names) + len(against) < 2:
        raise ExperimentError(
            "compare needs two scenarios or more, the reference first, or --against with a setting; "
            "for one there is simulate"
        )
    given = [*names, *(f"{names[0]}:{settings}" for settings in against)]
    scenarios = [_variant(name, choices) for name in given]
    for scenario in scenarios:
        _tell_reach(scenario, choices)
    check_comparable(scenarios)
    carry_out(task_of("compare", scenarios, choices, folder_name_of(scenarios), names), tell_comparison)


def _variant(text: str, choices: Choices) -> Scenario:
    """Return the scenario of a name, or of "name:key=value", which is called by its settings, too."""
    found = None if Path(text).is_file() else _WITH_SETTINGS.fullmatch(text)
    if found is None:
        return chosen_scenario(text, choices)
    scenario = chosen_scenario(found["name"], choices)
    texts = _NEXT_SETTING.split(found["settings"])
    settings = chosen_settings(texts)
    for setting in settings:
        partly_reached(scenario, [setting])
    return named(with_chosen(scenario, settings, Choices()), f"{scenario.name}+{'+'.join(texts)}".replace(" ", ""))


def _tell_reach(scenario: Scenario, choices: Choices) -> None:
    """Say where and when a setting acts that does not act everywhere and always; ExperimentError if it never does."""
    words = words_in(choices.language)
    for setting, reach in partly_reached(scenario, chosen_settings(choices.settings or ())):
        note(f"{scenario.name}: --set {setting.path}: {reach_text(reach, setting.where, words)}")


def simulate(name: str, choices: Choices) -> None:
    """Simulate one scenario."""
    scenario = chosen_scenario(name, choices)
    _tell_reach(scenario, choices)
    carry_out(task_of("simulate", [scenario], choices, scenario.name, [name]), tell_simulation)
