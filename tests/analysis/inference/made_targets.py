"""Files of targets small enough for tests, and tables whose posterior is known in closed form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.stats import qmc

from analysis.inference.ranges import Floats, Ranges

HEAD = """schema = 1
points = {points}
seed = 3

[size]
officials = 40
jurisdictions = 2
months = 36
"""
PARAMETERS = """
[[parameter]]
path = "work.complexity"

[[parameter]]
path = "behaviour.temperature"
"""
NUISANCE = """
[[nuisance]]
name = "dose"
low = 1.0
high = 3.0

[[probe]]
name = "harsh"
change = [{ month = 12, until = 24, accountability.severity = "times dose", accountability.certainty = 0.2 }]
"""
SUCCESS = """
[[target]]
name = "success"
statistic = "mean"
measure = "success_rate"
window = [12, 36]
value = 0.5
sd = 0.02
discrepancy = 0.0
source = "made up"
use = "calibrate"
"""
INNOVATION = """
[[target]]
name = "innovation"
statistic = "mean"
measure = "innovation_rate"
window = [12, 36]
low = 0.2
high = 0.36
discrepancy = 0.01
source = "made up"
use = "calibrate"
"""
FALL = """
[[target]]
name = "fall"
statistic = "relative_change"
measure = "innovation_rate"
probe = "harsh"
window = [18, 24]
low = -0.4
high = -0.1
discrepancy = 0.05
source = "made up"
use = "calibrate"
"""
SIGN = """
[[target]]
name = "sign"
statistic = "difference"
measure = "inaction_rate"
probe = "harsh"
window = [18, 24]
low = 0.0
source = "made up"
use = "validate"
"""


def file_of(folder: Path, *parts: str, points: int = 512, name: str = "made") -> Path:
    """Return the path of a file of targets made of parts, with its head."""
    path = folder / f"{name}.toml"
    path.write_text(HEAD.format(points=points) + "".join(parts), encoding="utf-8")
    return path


def unit_points(n: int, n_parameters: int, seed: int = 1) -> Floats:
    """Return points of a Sobol' sequence in the unit cube."""
    sampler = qmc.Sobol(n_parameters, rng=np.random.default_rng(seed))
    return np.asarray(sampler.random(n), dtype=np.float64)


def unit_ranges(n_parameters: int) -> Ranges:
    """Return ranges from 0 to 1."""
    names = tuple(f"made.p{place}" for place in range(n_parameters))
    return Ranges(names, np.zeros(n_parameters), np.ones(n_parameters))
