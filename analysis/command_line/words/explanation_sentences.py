"""One official's month in sentences: who it is, what it believes, what it did, what came of it."""

from __future__ import annotations

import numpy as np

from analysis.command_line.words.scenarios import said, value_text
from analysis.officials.explanation import Deed, Scene, shares_below
from model.arrays import DISMISSED, RETIRES
from model.catalogue import Catalogue
from model.parameters import value_at
from model.rules.outcome import Consequence
from model.scenario.scenario import open_actions
from model.scenario.schema import ACTIONS_PATH
from model.vocabulary import ACTIONS, Cause, Outcome

TRAITS = ("competence", "loss_aversion", "public_service_motivation", "ambition", "integrity")
CAUSES = tuple(cause.name.lower() for cause in Cause)
OUTCOMES = tuple(outcome.name.lower() for outcome in Outcome)
RUNGS = (
    "command_line.reminder",
    "command_line.light_sanction",
    "command_line.heavy_sanction",
    "command_line.dismissal",
)


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
    return value_text(path, value_at(deed.parameters, path), words)


def setting_label(path: str, words: Catalogue) -> str:
    """Return the name of a setting, and its key path."""
    return words.text("command_line.setting").format(label=words.text(f"parameters.{path}.label"), path=path)


def person_lines(scene: Scene, words: Catalogue) -> list[str]:
    """Return who the official is: the post, the career, the traits and where they stand among all officials."""
    official, who = scene.official, scene.who
    listed = scene.scenario.jurisdictions
    place = said(listed[scene.jurisdiction].name, words) if listed else str(scene.jurisdiction + 1)
    first = words.text("command_line.official_line").format(
        official=who.official,
        month=who.month,
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
    outlook, circumstances = deed.outlook, deed.circumstances
    return [
        words.text("command_line.believes_accountability").format(
            believed=f"{outlook.perceived_accountability:.0%}",
            announced=f"{circumstances.announced_accountability:.0%}",
            actual=f"{circumstances.pursuit:.0%}",
        ),
        words.text("command_line.believes_exemption").format(
            believed=f"{outlook.perceived_exemption:.0%}", announced=f"{circumstances.announced_exemption:.0%}"
        ),
        words.text("command_line.expects").format(
            loss=f"{circumstances.perceived_loss:.2f}", success=f"{outlook.success:.0%}", drive=f"{outlook.drive:.2f}"
        ),
    ]


def draw_line(scene: Scene, deed: Deed, words: Catalogue) -> str:
    """Return the draw that decided, and the stretch of probabilities laid end to end into which it fell."""
    edges = np.concatenate([[0.0], np.cumsum(deed.probabilities)])
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


def consequence_lines(deed: Deed, leaves: int, words: Catalogue) -> list[str]:
    """Return what the authorities made of it, and whether the official leaves."""
    lines = [] if deed.consequence is None else _case_lines(deed.consequence, words)
    if leaves == DISMISSED:
        lines.append(words.text("command_line.is_dismissed"))
    elif leaves == RETIRES:
        lines.append(words.text("command_line.retires"))
    return lines


def _case_lines(consequence: Consequence, words: Catalogue) -> list[str]:
    lines = []
    if consequence.is_unpursued:
        lines.append(words.text("command_line.unpursued"))
    if consequence.is_case:
        cause = CAUSES[consequence.cause]
        label = words.text("actions.self_dealing.label") if cause == "self_dealing" else words.text(f"outcomes.{cause}")
        key = "command_line.case_exempt" if consequence.is_exempt else "command_line.case_sanctioned"
        lines.append(words.text(key).format(cause=label))
    if consequence.rung >= 0:
        lines.append(words.text("command_line.sanction").format(sanction=words.text(RUNGS[consequence.rung])))
    if consequence.freeze_months > 0:
        lines.append(words.text("command_line.freeze").format(months=f"{consequence.freeze_months:.0f}"))
    return lines
