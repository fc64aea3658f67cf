"""Officials who behave like this class: a scenario file with what the class told, and the model's fan with it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.choices import place_of
from analysis.rooms.comparators import Posts, QuantileBand, fan_of, model_runs
from analysis.rooms.fit import NAMES, ClassFit
from analysis.rooms.world import Design
from model.parameters import Parameters, about

CLASS_DRAWS, RUNS_OF_A_DRAW = 40, 5
_PATHS = {
    "temperature": "behaviour.temperature",
    "loss_aversion": "population.loss_aversion_mean",
    "credence": "behaviour.credence",
    "conformity": "behaviour.conformity",
    "routine_effort": "work.routine_effort",
    "innovation_effort": "work.innovation_effort",
    "filing_cost": "exemption.filing_cost",
}


@dataclass(frozen=True)
class ClassSettings:
    """The settings of officials who behave like a class; `clipped` names those that the model's bounds changed."""

    settings: dict[str, float]
    clipped: tuple[str, ...]


def settings_of(values: NDArray[np.float64], parameters: Parameters) -> ClassSettings:
    """Return a draw of the posterior (or its medians) as settings of the model, within the model's bounds."""
    settings, clipped = {}, []
    spread = parameters.population.loss_aversion_sd
    for name, path in _PATHS.items():
        value = float(values[NAMES.index(name)])
        if name == "loss_aversion":
            value *= math.exp(0.5 * spread**2)  # the model knows its mean, the fit its median
        low, high = about(path).bounds
        if not low <= value <= high:
            clipped.append(path)
        settings[path] = min(max(value, low), high)
    return ClassSettings(settings, tuple(clipped))


def class_toml(fit: ClassFit, parameters: Parameters, room: str) -> str:
    """Return the scenario file of officials who behave like this class: medians, and what the class does not tell."""
    medians = np.array([estimate.median for estimate in fit.estimates])
    found = settings_of(medians, parameters)
    told = {_PATHS[estimate.name] for estimate in fit.estimates if estimate.name in _PATHS and estimate.is_told}
    lines = [
        f"# Officials who decide like the people of room {room}: {fit.people} people, {fit.decisions} decisions.",
        'schema = 2\nextends = "baseline"\n',
        '[title]\nen = "Like this class"\nzh = "像这个班一样"\n',
        "[question]",
        'en = "What would officials do who decide like the people of this class?"',
        'zh = "如果干部像这个班的学员那样决策，会怎样？"',
    ]
    table = ""
    for path, value in sorted(found.settings.items()):
        name, _, key = path.partition(".")
        if name != table:
            lines.append(f"\n[{name}]")
            table = name
        remark = "" if path in told else "  # the class hardly tells"
        remark += "  # at the model's bound" if path in found.clipped else ""
        lines.append(f"{key} = {value:.6g}{remark}")
    return "\n".join(lines) + "\n"


def like_this_class(design: Design, settings: dict[str, float]) -> Design:
    """Return a design whose officials behave like a class, under the same rules."""
    policies = design.setting.policies
    rows = policies.rows.copy()
    for path, value in settings.items():
        rows[:, place_of(path)] = value
    setting = replace(design.setting, policies=policies._replace(rows=rows))
    return replace(design, setting=setting)


def class_fan(design: Design, fit: ClassFit, parameters: Parameters, posts: Posts) -> QuantileBand:
    """Return the fan of the model with officials like this class: some draws of the posterior, some runs of each."""
    places = np.linspace(0, len(fit.draws) - 1, CLASS_DRAWS).astype(int)
    done = [
        model_runs(
            like_this_class(design, settings_of(fit.draws[place], parameters).settings),
            range(1 + number * RUNS_OF_A_DRAW, 1 + (number + 1) * RUNS_OF_A_DRAW),
        )
        for number, place in enumerate(places)
    ]
    return fan_of(np.concatenate(done)[:, : len(posts)], posts)
