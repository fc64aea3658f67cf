"""One official's month, printed: what each action seemed worth and why, what was done, what might have been."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from analysis.command_line.tables import print_table
from analysis.command_line.words.explanation_sentences import (
    action_label,
    belief_lines,
    care_line,
    consequence_lines,
    deed_line,
    draw_line,
    matter_lines,
    outcome_label,
    person_lines,
    setting_label,
    setting_text,
)
from analysis.command_line.words.rule_sentences import rule_lines
from analysis.officials.explanation import Deed, Flip, Scene
from model.catalogue import Catalogue
from model.parameters import value_at
from model.rules.utility import NOTHING, TERMS
from model.scenario.scenario import open_actions
from model.vocabulary import ACTIONS


def print_explanation(console: Console, scene: Scene, deed: Deed, leaves: int, words: Catalogue) -> None:
    """Print who the official is, what each action seemed worth, what was done and what came of it."""
    who, believes, matter = person_lines(scene, words), belief_lines(deed, words), matter_lines(deed, words)
    for line in (*who, *believes, *matter, *rule_lines(deed, words)):
        console.print(line)
    console.print()
    print_terms(console, deed, words)
    console.print(draw_line(scene, deed, words))
    console.print(Text(deed_line(deed, words), style="bold"))
    for line in (*care_line(deed, words), *consequence_lines(deed, leaves, words)):
        console.print(line)


def print_other(
    console: Console, scene: Scene, deeds: tuple[Deed, Deed], paths: Sequence[str], words: Catalogue
) -> None:
    """Print what the official would have done under another policy: `deeds` are the deed and the other."""
    deed, other = deeds
    console.print()
    for path in paths:
        before, after = (setting_text(path, each, words) for each in deeds)
        texts = {"setting": setting_label(path, words), "before": before, "after": after}
        console.print(Text(words.text("command_line.if_set").format(**texts), style="bold"))
    print_utilities(console, deed, other, words)
    console.print(draw_line(scene, other, words))
    key = "command_line.same_deed" if other.action == deed.action else "command_line.other_deed"
    texts = {"action": action_label(other.action, words), "before": action_label(deed.action, words)}
    outcome = outcome_label(other, words)
    console.print(Text(words.text(key).format(outcome=outcome, **texts), style="bold"))
    console.print(words.text("command_line.ordered_draws"))


def print_flips(console: Console, deed: Deed, flips: Sequence[Flip], words: Catalogue) -> None:
    """Print which single levers would have led to another action."""
    console.print()
    console.print(words.text("command_line.flips" if flips else "command_line.no_flip"))
    for flip in flips:
        text = words.text("command_line.flip").format(
            setting=setting_label(flip.path, words),
            before=f"{value_at(deed.parameters, flip.path):g}",
            after=f"{flip.value:g}",
            action=action_label(flip.action, words),
        )
        console.print(f"- {text}")
    console.print(words.text("command_line.how_to_set"))


def print_terms(console: Console, deed: Deed, words: Catalogue) -> None:
    """Print a table with a row a term, a column an action; costs and fears are below 0."""
    rows = [
        (words.text(f"terms.{term}"), *(f"{value:+.3f}" if value != NOTHING else "" for value in values))
        for term, values in zip(TERMS, deed.reasons.terms, strict=True)
        if any(values)
    ]
    rows.append((words.text("command_line.utility"), *(f"{value:+.3f}" for value in deed.reasons.utilities)))
    rows.append((words.text("command_line.probability"), *chances(deed, words)))
    head = [words.text("command_line.term"), *(action_label(action, words) for action in range(len(ACTIONS)))]
    print_table(console, head, rows, strong={len(rows) - 2})


def print_utilities(console: Console, deed: Deed, other: Deed, words: Catalogue) -> None:
    """Print a table of utilities and probabilities as they were and as they would have been."""
    before, after = chances(deed, words), chances(other, words)
    rows = []
    for action in range(len(ACTIONS)):
        utilities = [f"{each.reasons.utilities[action]:+.3f}" for each in (deed, other)]
        rows.append((action_label(action, words), *utilities, before[action], after[action]))
    keys = ("action", "utility", "would_be", "probability", "would_be")
    print_table(console, [words.text(f"command_line.{key}") for key in keys], rows)


def chances(deed: Deed, words: Catalogue) -> list[str]:
    """Return the probability of every action, or that it is not open: never, or not in a month of urgency."""
    is_open = set(open_actions({f"behaviour.{name}": value for name, value in _behaviour(deed).items()}))
    if not deed.reasons.outlook.may_file:
        is_open.discard("filed_innovation")
    return [
        f"{probability:.1%}" if action in is_open else words.text("command_line.not_open")
        for action, probability in zip(ACTIONS, deed.reasons.probabilities, strict=True)
    ]


def _behaviour(deed: Deed) -> dict[str, float]:
    return deed.parameters.behaviour._asdict()
