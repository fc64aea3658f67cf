"""The main job, compare and simulate, each a function of what was chosen on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.command_line.actions.carry_out import carry_out
from analysis.command_line.options import Choices, chosen_scenario
from analysis.command_line.task import folder_name_of, task_of
from analysis.command_line.terminal import note
from analysis.command_line.words.comparison import tell_comparison, tell_simulation
from analysis.design.comparison import check_comparable
from analysis.errors import ExperimentError
from analysis.words import words_in
from model.scenario import ScenarioError, shipped_scenarios


def main_job(choices: Choices) -> None:
    """Compare every shipped scenario with the baseline, and map severity and exemption."""
    baseline, *others = shipped_scenarios()
    scenarios = [chosen_scenario(baseline, choices)]
    for name in others:
        try:
            scenarios.append(chosen_scenario(name, choices))
        except ScenarioError as error:  # with few --months, a change may begin after the end
            note(words_in(choices.language).text("command_line.left_out").format(reason=error))
    if len(scenarios) < 2:
        raise ExperimentError("no policy holds with these settings, so there is nothing to compare; change them")
    check_comparable(scenarios)
    carry_out(task_of("main", scenarios, choices, "main"), tell_comparison)


def compare(names: Sequence[str], choices: Choices) -> None:
    """Compare scenarios with the first of them."""
    if len(names) < 2:
        raise ExperimentError("compare needs two scenarios or more, the reference first; for one there is simulate")
    scenarios = [chosen_scenario(name, choices) for name in names]
    check_comparable(scenarios)
    carry_out(task_of("compare", scenarios, choices, folder_name_of(scenarios), names), tell_comparison)


def simulate(name: str, choices: Choices) -> None:
    """Simulate one scenario."""
    scenario = chosen_scenario(name, choices)
    carry_out(task_of("simulate", [scenario], choices, scenario.name, [name]), tell_simulation)
