"""One official's month in sentences: who it is, what it believes, what it did, what came of it."""

from __future__ import annotations

import numpy as np

from analysis.command_line.words.scenarios import value_text
from analysis.officials.explanation import Deed, Scene, shares_below
from analysis.report.section_words import said
from model.arrays import REMOVED, RETIRES
from model.catalogue import Catalogue
from model.parameters import HABIT_MONTHS, value_at
from model.rules.outcome import NO_RUNG, Consequence, care_taken
from model.scenario.scenario import open_actions
from model.scenario.schema import ACTIONS_PATH
from model.scenario.serialisation import word_at
from model.vocabulary import ACTIONS, Action, Cause, Outcome

TRAITS = ("competence", "loss_aversion", "public_service_motivation", "ambition", "integrity")
CAUSES = tuple(cause.name.lower() for cause in Cause)
OUTCOMES = tuple(outcome.name.lower() for outcome in Outcome)
# The rungs of the two ladders (model.md, 6), from the lowest.
RUNGS = ("circular", "admonition", "discipline", "organisational_removal")
FORMS = ("first_form", "second_form", "third_form", "fourth_form")
# How a case ends, by whether it is exempt.
ENDS_OF_FAILURES = ("case_sanctioned", "case_exempt")
ENDS_OF_MISCONDUCT = ("misconduct_sanctioned", "misconduct_exempt")


def action_label(action: int, words: Catalogue) -> str:
    """Return the name of an action."""
    return words.text(f"actions.{ACTIONS[action]}.label")


def outcome_label(deed: Deed, words: Catalogue) -> str:
    """Return how it turned out."""
    return words.text(f"outcomes.{OUTCOMES[deed.outcome]}")


def setting_text(path: str, deed: Deed, words: Catalogue) -> str:
    """Return the value of a setting under which a deed was done."""
    if path == ACTIONS_PATH:
        switches = {f"behaviour.{name}": value for name, value in deed.parameters.behaviour._asdict().items()}
        return value_text(path, open_actions(switches), words)
    return value_text(path, word_at(path, value_at(deed.parameters, path)), words)


def setting_label(path: str, words: Catalogue) -> str:
    """Return the name of a setting, and its key path."""
    return words.text("command_line.setting").format(label=words.text(f"parameters.{path}.label"), path=path)


def person_lines(scene: Scene, words: Catalogue) -> list[str]:
    """Return who the official is: the post, the career, the traits and where they stand among all officials."""
    official, who = scene.official, scene.who
    listed = scene.scenario.jurisdictions
    place = said(listed[scene.jurisdiction].name, words) if listed else str(scene.jurisdiction + 1)
    first = words.text("command_line.official_line").format(
        official=who.official + 1,
        month=who.month + 1,
        run=who.run,
        seed=who.seed,
        scenario=scene.scenario.name,
        jurisdiction=place,
        age=f"{official.age:.1f}",
        holder=scene.generation + 1,
    )
    career = "command_line.frozen" if official.freeze_months > 0 else "command_line.not_frozen"
    return [first, words.text(career).format(months=f"{official.freeze_months:.0f}"), _traits(scene, words)]


def _traits(scene: Scene, words: Catalogue) -> str:
    """Return the traits, each with the share of officials who have less of it."""
    shares = shares_below(scene)
    traits = (
        words.text("command_line.trait").format(
            trait=words.text(f"official.{trait}"),
            value=f"{getattr(scene.official, trait):.2f}",
            share=f"{shares[trait]:.0%}",
        )
        for trait in TRAITS
    )
    return words.text("command_line.traits").format(traits=words.text("command_line.semicolon").join(traits))


def belief_lines(deed: Deed, words: Catalogue) -> list[str]:
    """Return what the official believes, beside what is announced or so in fact, and what it can hope for."""
    outlook, circumstances = deed.reasons.outlook, deed.circumstances
    return [
        words.text("command_line.believes_accountability").format(
            believed=f"{outlook.perceived_accountability:.1%}",
            announced=f"{circumstances.announced_accountability:.1%}",
            actual=f"{circumstances.pursuit:.1%}",
        ),
        words.text("command_line.believes_exemption").format(
            unfiled=f"{outlook.perceived_exemption_unfiled:.0%}",
            at_first=f"{circumstances.announced_exemption_unfiled:.0%}",
            filed=f"{outlook.perceived_exemption_filed:.0%}",
            at_first_filed=f"{circumstances.announced_exemption_filed:.0%}",
        ),
        words.text("command_line.nerve").format(nerve=f"{circumstances.nerve:.0%}"),
        words.text("command_line.expects").format(
            loss=f"{circumstances.perceived_loss:.2f}", drive=f"{outlook.drive:.2f}"
        ),
    ]


def matter_lines(deed: Deed, words: Catalogue) -> list[str]:
    """Return what the month's matter is like, how far it can succeed, and the care that would be best in it."""
    outlook = deed.reasons.outlook
    key = "command_line.not_urgent" if outlook.may_file else "command_line.urgent"
    return [
        words.text(key).format(complexity=f"{outlook.complexity:.0%}", sound=f"{outlook.sound:.0%}"),
        words.text("command_line.best_care").format(
            unfiled=f"{outlook.unfiled_care:.0%}",
            filed=f"{outlook.filed_care:.0%}",
            routine=f"{outlook.routine_care:.0%}",
        ),
        words.text("command_line.own_inaction").format(months=f"{HABIT_MONTHS * outlook.own_inaction:.0f}"),
    ]


def draw_line(scene: Scene, deed: Deed, words: Catalogue) -> str:
    """Return the draw that decided, and the stretch of probabilities laid end to end into which it fell."""
    edges = np.concatenate([[0.0], np.cumsum(deed.reasons.probabilities)])
    return words.text("command_line.draw").format(
        draw=f"{scene.luck.month.choice:.3f}",
        low=f"{edges[deed.action]:.3f}",
        high=f"{edges[deed.action + 1]:.3f}",
        action=action_label(deed.action, words),
    )


def deed_line(deed: Deed, words: Catalogue) -> str:
    """Return what was done and how it turned out."""
    texts = {"action": action_label(deed.action, words), "outcome": outcome_label(deed, words)}
    return words.text("command_line.deed").format(**texts)


def care_line(deed: Deed, words: Catalogue) -> list[str]:
    """Return the care taken in what was done; nothing of one who did nothing."""
    if deed.action == Action.INACTION:
        return []
    care = care_taken(deed.action, deed.reasons.outlook)
    return [words.text("command_line.took_care").format(care=f"{care:.0%}")]


def consequence_lines(deed: Deed, leaves: int, words: Catalogue) -> list[str]:
    """Return what the authorities made of it, and whether the official leaves."""
    lines = [] if deed.consequence is None else _case_lines(deed.consequence, words)
    if deed.is_passed_down:
        lines.append(words.text("command_line.passed_down"))
    if leaves == REMOVED:
        lines.append(words.text("command_line.is_removed"))
    elif leaves == RETIRES:
        lines.append(words.text("command_line.retires"))
    return lines


def _case_lines(consequence: Consequence, words: Catalogue) -> list[str]:
    lines = []
    if consequence.is_unpursued:
        lines.append(words.text("command_line.unpursued"))
    if consequence.is_failure_case or consequence.is_misconduct:
        keys = ENDS_OF_MISCONDUCT if consequence.is_misconduct else ENDS_OF_FAILURES
        cause = "" if consequence.is_misconduct else words.text(f"outcomes.{CAUSES[consequence.cause]}")
        lines.append(words.text(f"command_line.{keys[consequence.is_exempt]}").format(cause=cause))
    if consequence.rung != NO_RUNG:
        ladder = FORMS if consequence.is_misconduct else RUNGS
        sanction = words.text(f"command_line.{ladder[consequence.rung]}")
        lines.append(words.text("command_line.sanction").format(sanction=sanction))
    if consequence.freeze_months > 0:
        lines.append(words.text("command_line.freeze").format(months=f"{consequence.freeze_months:.0f}"))
    return lines
