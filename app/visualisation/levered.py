"""The engine in Mesa with levers as keywords, as Mesa's visualisation wants them, and what the levers are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.catalogue import Catalogue, Language, labels
from model.engines.mesa_engine import Administration
from model.parameters import DECISION_RULES, about, value_at
from model.scenario import Scenario, find_scenario, with_settings

WORDS = Path(__file__).parent / "words"
RULE = "decision.rule"
# The levers by the keyword that Mesa's controls use.
LEVERS = {
    "certainty": "accountability.certainty",
    "severity": "accountability.severity",
    "inaction_certainty": "accountability.inaction_certainty",
    "exemption": "exemption.probability",
    "disclosure": "exemption.disclosure",
    "detection": "supervision.detection",
    "complexity": "work.complexity",
    "conformity": "behaviour.conformity",
}
_STEPS = 100
_OFFICIALS, _MOST_OFFICIALS, _MOST_JURISDICTIONS = 200, 500, 10


@dataclass(frozen=True)
class Control:
    """A slider: what it says, where it stands, and its least and greatest value and step; whole numbers or not."""

    label: str
    value: float
    low: float
    high: float
    step: float
    is_whole: bool


class LeveredAdministration(Administration):
    """An administration whose levers are keywords; a lever that is None stands where the scenario has it.

    Parameters
    ----------
    setting : what the levers depart from; its changes over time stay.
    officials, jurisdictions : the size; jurisdictions that are listed in the scenario keep theirs.
    rule : the name of a decision rule.
    """

    def __init__(
        self,
        setting: Scenario | str = "baseline",
        seed: int = 1,
        officials: int = _OFFICIALS,
        jurisdictions: int = 4,
        rule: str = DECISION_RULES[0],
        certainty: float | None = None,
        severity: float | None = None,
        inaction_certainty: float | None = None,
        exemption: float | None = None,
        disclosure: float | None = None,
        detection: float | None = None,
        complexity: float | None = None,
        conformity: float | None = None,
    ) -> None:
        given = {
            "certainty": certainty,
            "severity": severity,
            "inaction_certainty": inaction_certainty,
            "exemption": exemption,
            "disclosure": disclosure,
            "detection": detection,
            "complexity": complexity,
            "conformity": conformity,
        }
        settings = {LEVERS[name]: float(value) for name, value in given.items() if value is not None}
        super().__init__(
            scenario_with(setting, {**settings, RULE: DECISION_RULES.index(rule)}, officials, jurisdictions), seed
        )


def scenario_with(scenario: Scenario | str, settings: dict[str, float], officials: int, jurisdictions: int) -> Scenario:
    """Return a scenario at a size that Mesa does at once; listed jurisdictions keep their officials."""
    base = find_scenario(scenario) if isinstance(scenario, str) else scenario
    if base.jurisdictions:
        return with_settings(base, settings)
    return with_settings(
        base, {**settings, "size.jurisdictions": jurisdictions}, officials=max(officials, jurisdictions)
    )


def controls_of(scenario: Scenario, language: Language) -> dict[str, Control]:
    """Return the sliders by the keyword of `LeveredAdministration`, standing where the scenario has them."""
    words, own = labels(language), words_of(language)
    found = {}
    for name, path in LEVERS.items():
        low, high = about(path).plausible or about(path).bounds
        value = value_at(scenario.parameters, path)
        low, high = min(low, value), max(high, value)
        label = words.text(f"parameters.{path}.label")
        found[name] = Control(label, value, low, high, (high - low) / _STEPS, is_whole=False)
    if not scenario.jurisdictions:
        own_label = own.text("visualisation.officials")
        found["officials"] = Control(own_label, _OFFICIALS, 20, _MOST_OFFICIALS, 20, is_whole=True)
        own_label = own.text("visualisation.jurisdictions")
        found["jurisdictions"] = Control(own_label, 4, 1, _MOST_JURISDICTIONS, 1, is_whole=True)
    found["seed"] = Control(own.text("visualisation.seed"), 1, 1, _STEPS, 1, is_whole=True)
    return found


def words_of(language: Language) -> Catalogue:
    """Return the words of the page and of the model in a language."""
    return labels(language, WORDS)


def model_parameters(scenario: Scenario, language: Language, slider: Any) -> dict[str, Any]:
    """Return what Mesa's visualisation is to build the model with: `slider` makes a control of Mesa's from numbers."""
    sliders = {
        name: slider(one.label, one.value, one.low, one.high, one.step, dtype=int if one.is_whole else float)
        for name, one in controls_of(scenario, language).items()
    }
    rule = {
        "type": "Select",
        "value": DECISION_RULES[int(value_at(scenario.parameters, RULE))],
        "values": list(DECISION_RULES),
        "label": words_of(language).text("visualisation.rule"),
    }
    return {"setting": scenario, **sliders, "rule": rule}
