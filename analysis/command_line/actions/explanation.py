"""Why an official did that: what explain does and says."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.command_line.options import Choices, chosen_scenario, chosen_settings
from analysis.command_line.task import tell_if_compiling, tell_if_invented
from analysis.command_line.terminal import progress, standard_output
from analysis.command_line.words.explanation import print_explanation, print_flips, print_other
from analysis.design.reach import BASE
from analysis.errors import ExperimentError
from analysis.officials.explanation import Who, after_the_month, deed_of, deed_under, flips_of, scene_of
from analysis.words import words_in


def explain(name: str, who: Who, choices: Choices, from_start: Sequence[str] = ()) -> None:
    """Print why an official did what it did in a month, and what it would have done under another policy.

    What is other from the start belongs to the scenario. The settings chosen are those of that other policy; without
    any, every lever is tried alone.
    """
    words, console = words_in(choices.language), standard_output()
    scenario = chosen_scenario(name, Choices(choices.officials, choices.months, list(from_start)))
    for option, number, most in (("official", who.official, scenario.officials), ("month", who.month, scenario.months)):
        if not 0 <= number < most:
            raise ExperimentError(
                f"--{option} {number + 1} is not there: {scenario.name} has 1 to {most:,}; give one of them"
            )
    chosen = chosen_settings(choices.settings or ())
    if any(setting.where != BASE for setting in chosen):
        raise ExperimentError("--set: explain puts another policy into that month everywhere; give no place")
    settings = {setting.path: setting.value for setting in chosen}
    tell_if_invented([scenario], words)
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
