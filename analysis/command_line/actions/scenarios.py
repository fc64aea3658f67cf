"""The commands, each a function of what was chosen on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.command_line.actions.carry_out import carry_out
from analysis.command_line.failures import EXIT_FAILURE, complain
from analysis.command_line.options import Choices, chosen_scenario, chosen_settings
from analysis.command_line.task import folder_name_of, task_of, tell_if_compiling
from analysis.command_line.terminal import note, progress, standard_output
from analysis.command_line.words.comparison import tell_comparison, tell_simulation
from analysis.command_line.words.explanation import print_explanation, print_flips, print_other
from analysis.command_line.words.scenarios import print_description, print_list, said, size_of
from analysis.design.comparison import check_comparable
from analysis.errors import ExperimentError
from analysis.officials.explanation import Who, after_the_month, deed_of, deed_under, flips_of, scene_of
from model.catalogue import Language, labels
from model.scenario import ScenarioError, find_scenario, read_scenario, shipped_scenarios


def main_job(choices: Choices) -> None:
    """Compare every shipped scenario with the baseline, and map severity and exemption."""
    baseline, *others = shipped_scenarios()
    scenarios = [chosen_scenario(baseline, choices)]
    for name in others:
        try:
            scenarios.append(chosen_scenario(name, choices))
        except ScenarioError as error:  # with few --months, a change may begin after the end
            note(labels(choices.language).text("command_line.left_out").format(reason=error))
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
    carry_out(task_of("compare", scenarios, choices, folder_name_of(scenarios)), tell_comparison)


def simulate(name: str, choices: Choices) -> None:
    """Simulate one scenario."""
    scenario = chosen_scenario(name, choices)
    carry_out(task_of("simulate", [scenario], choices, scenario.name), tell_simulation)


def list_scenarios(language: Language) -> None:
    """Print the shipped scenarios."""
    print_list(standard_output(), labels(language))


def describe(name: str, language: Language) -> None:
    """Print what a scenario asks and how it differs from the baseline."""
    print_description(standard_output(), find_scenario(name), find_scenario("baseline"), labels(language))


def check(files: Sequence[str], language: Language) -> int:
    """Print which files are valid scenarios, complain about the others, and return the exit code."""
    words, console, n_wrong = labels(language), standard_output(), 0
    for file in files:
        try:
            scenario = find_scenario(file) if file in shipped_scenarios() else read_scenario(Path(file))
        except ScenarioError as error:
            n_wrong += 1
            complain(str(error))
        else:
            texts = {"title": said(scenario.title, words), "size": size_of(scenario, words)}
            console.print(words.text("command_line.valid").format(file=file, **texts), soft_wrap=True)
    return EXIT_FAILURE if n_wrong else 0


def explain(name: str, who: Who, choices: Choices) -> None:
    """Print why an official did what it did in a month, and what it would have done under another policy.

    The settings chosen are those of that other policy; without any, every lever is tried alone.
    """
    words, console = labels(choices.language), standard_output()
    scenario = chosen_scenario(name, Choices(officials=choices.officials, months=choices.months))
    settings = chosen_settings(choices.settings or ())
    tell_if_compiling(words)
    with progress(words.text("command_line.following"), max(who.month, 1)) as advance:
        scene = scene_of(scenario, who, advance)
    deed = deed_of(scene)
    other = deed_under(scene, settings) if settings else None
    flips = [] if settings else flips_of(scene, deed.action)
    _, _, leaves = after_the_month(scene)
    print_explanation(console, scene, deed, leaves, words)
    if other:
        print_other(console, scene, (deed, other), list(settings), words)
    else:
        print_flips(console, deed, flips, words)
