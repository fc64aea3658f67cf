"""Searches small enough for tests."""

from __future__ import annotations

from pathlib import Path

TINY = """schema = 1
scenario = "baseline"
worlds = 3
seed = 1

[size]
officials = 30
jurisdictions = 2
months = 8

[[lever]]
path = "accountability.certainty"
low = 0.01
high = 0.2

[[lever]]
path = "exemption.probability"

[[world]]
path = "work.complexity"

[[objective]]
measure = "innovation_rate"
better = "more"

[[objective]]
measure = "public_value"
better = "more"
over = "worst_decile"

[[constraint]]
measure = "self_dealing_share"
at_most = 0.5

[algorithm]
population = 8
generations = 3

[check]
worlds = 8
replications = 1
failure_worlds = 200
"""


def made_file(folder: Path, text: str = TINY, name: str = "tiny") -> Path:
    """Return the path of a search file with a text."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path
