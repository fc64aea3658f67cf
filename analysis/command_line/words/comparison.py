"""What the runs say: the answer first, in one to three sentences, then how it was found, then the table."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.command_line.task import Task
from analysis.command_line.terminal import standard_output
from analysis.command_line.words.answers import answers
from analysis.command_line.words.effects_table import (
    comparison_of,
    fewer_pairs,
    form_of,
    print_comparison,
    print_means,
)
from analysis.command_line.words.measures import short_label
from analysis.command_line.words.scenarios import display_names
from analysis.number_format import figure, whole
from analysis.report.section_words import said, size_text
from analysis.statistics.paired_effects import measure_means, paired_effects, runs_of
from model.simulate import WINDOW_MONTHS, Result

_SENTENCE = (
    ("innovation", "innovation_rate"),
    ("routine", "routine_rate"),
    ("inaction", "inaction_rate"),
    ("lazy", "lazy_prevalence"),
)


def tell_comparison(task: Task, results: Sequence[Result]) -> None:
    """Print the answer, then the table of means and of paired differences from the first scenario."""
    words, console, runs = task.words, standard_output(), runs_of(results)
    scenarios = tuple(result.scenario for result in results)
    names = display_names(scenarios, words)
    effects = paired_effects(runs, scenarios[0].name)
    for answer in answers(effects, names, words):
        console.print(answer, style="bold")
    console.print()
    texts = {"reference": names[scenarios[0].name], **_texts_of(task)}
    console.print(words.text("command_line.how_compared").format(**texts))
    comparison = comparison_of(measure_means(runs), effects, names)
    if (form := form_of(console, comparison)) != "lines":
        console.print(words.text(f"command_line.how_to_read_{form}").format(reference=texts["reference"]))
    console.print()
    print_comparison(console, comparison, words)
    for measure, scenario, n in fewer_pairs(comparison, task.plan.replications):
        label = short_label(measure, words)
        console.print(words.text("command_line.fewer_pairs").format(measure=label, scenario=names[scenario], n=n))
    _tell_of_single_run(task)


def tell_simulation(task: Task, results: Sequence[Result]) -> None:
    """Print what officials do in the last five years, then the table of means."""
    words, console, result = task.words, standard_output(), results[0]
    means = measure_means(result.runs)
    of_measure = means.set_index("measure")["mean"]
    texts = {key: figure(measure, of_measure[measure]) for key, measure in _SENTENCE}
    console.print(f"{result.scenario.name}: {said(result.scenario.title, words)}")
    console.print(words.text("command_line.answer_simulated").format(window=_window(task), **texts), style="bold")
    console.print()
    console.print(words.text("command_line.how_simulated").format(**_texts_of(task)))
    console.print()
    print_means(console, means, words)
    _tell_of_single_run(task)


def _texts_of(task: Task) -> dict[str, str]:
    plan = task.plan
    size = size_text(plan.scenarios[0], task.words)
    return {"runs": whole(plan.replications), "size": size, "seed": str(plan.seed), "window": _window(task)}


def _window(task: Task) -> str:
    """Return over which months the means are taken."""
    is_long = task.plan.scenarios[0].months >= WINDOW_MONTHS
    return task.words.text("charts.last_five_years" if is_long else "charts.all_months")


def _tell_of_single_run(task: Task) -> None:
    if task.plan.replications < 2:
        standard_output().print(task.words.text("command_line.single_run"))
