"""An experiment written down again: as the file and the commands that make it anew."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomli_w

from analysis.design.experiment_file import read_experiment
from analysis.design.levels import level_in
from analysis.design.reach import BASE
from analysis.design.sampling import design_points, kind_of
from analysis.design.specification import SCENARIO, Factor, Specification
from analysis.errors import ExperimentError, printable
from analysis.shell import command_in_clone, quoted
from analysis.store.experiment import Experiment
from analysis.store.manifest import lock_of
from model.measures import MEASURES

EXPERIMENT_FILE, POINTS_FILE = "experiment.toml", "points.csv"
_ALIKE = (
    "window_months",
    "window_until",
    "seed",
    "common_random_numbers",
    "monthly_series",
    "timeout_seconds",
    "runs_per_block",
)


def experiment_toml(specification: Specification) -> str:
    """Return the text of an experiment file that gives the same experiment.

    Beside it belong its scenarios, as scenario/<name>.toml, and for a list its points, as points.csv.
    """
    facts = asdict(specification)
    tables: dict[str, Any] = {"schema": 1, "scenario": scenario_file(specification.base.name)}
    tables["measures"] = "all" if specification.measures == MEASURES else list(specification.measures)
    if specification.replicate_until is None:
        tables["replications"] = specification.replications
    tables |= {key: facts[key] for key in _ALIKE if facts[key] is not None}
    tables |= {"title": facts["title"], "question": facts["question"]}
    if specification.replicate_until is not None:
        tables["replicate_until"] = facts["replicate_until"]
    kind = kind_of(specification.design)
    tables["design"] = {"kind": kind.name} | {key: facts["design"][key] for key in kind.keys if key in facts["design"]}
    if kind.factors_by == "points":
        tables["design"]["file"] = POINTS_FILE
    else:
        tables["factor"] = [_factor(factor) for factor in specification.factors]
    return tomli_w.dumps(tables)


def _factor(factor: Factor) -> dict[str, Any]:
    table: dict[str, Any] = {"path": factor.path}
    if factor.where != BASE:
        table["where"] = factor.where if isinstance(factor.where, str) else list(factor.where)
    if factor.levels:
        names = [str(level_in(factor, value)) for value in factor.values]
        return table | {"values": [scenario_file(name) for name in names] if factor.path == SCENARIO else names}
    if factor.values:
        return table | {"values": list(factor.values)}
    table |= {"low": factor.low, "high": factor.high}
    if factor.distribution is not None:
        spread = {key: value for key, value in asdict(factor.distribution).items() if value is not None}
        table |= {"distribution": spread.pop("kind"), **spread}
    return table


def scenario_file(name: str) -> str:
    """Return where the file of a scenario lies beside that of the experiment."""
    return f"scenario/{name}.toml"


def points_csv(experiment: Experiment) -> str:
    """Return the points of the design as CSV, all digits kept: what a list of points asks for."""
    text: str = experiment.design.to_csv(index=False)
    return text


def is_same_experiment(file: Path, experiment: Experiment) -> bool:
    """Tell whether an experiment's file gives the same experiment, to the last digit.

    One that was put together in Python may hold what no file can say.
    """
    try:
        specification = read_experiment(file)
    except ExperimentError:
        return False
    return lock_of(specification, design_points(specification)) == experiment.lock


def sweep_command(by_file: bool, folders: tuple[str, str, str]) -> str:
    """Return the command that makes an experiment again.

    Parameters
    ----------
    by_file : from its file; else from the plan in its result.
    folders : that of the file (empty for the current one), that of the result, and where the new result goes.
    """
    of_file, result, again = folders
    if by_file:
        path = f"{of_file}/{EXPERIMENT_FILE}" if of_file else EXPERIMENT_FILE
        return command_in_clone("sweep", path, "--out", again)
    return ".venv/bin/python -c " + quoted(
        "from analysis.experiments import open_experiment, sweep; "
        f"sweep(open_experiment({result!r}).specification, {again!r})"
    )


def commands_of(experiment: Experiment, by_file: bool) -> str:
    """Return the commands that make an experiment again from its code, line by line."""
    git = experiment.manifest.get("git") or {}
    name = printable(experiment.folder.resolve().name)
    lines = ["python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e ."]
    if git.get("commit"):
        lines.insert(0, f"git checkout {git['commit']}")
    return "\n".join(
        [
            *lines,
            sweep_command(by_file, ("", name, f"results/{name}")),
            command_in_clone("status", f"results/{name}"),
            command_in_clone("report", f"results/{name}"),
            command_in_clone("rerun", f"results/{name}", "--run", 0),
        ]
    )
