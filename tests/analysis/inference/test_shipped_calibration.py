"""What is shipped of a calibration is up to date, and its sources are known."""

from __future__ import annotations

import re
import tomllib
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.design.experiment_file import find_experiment
from analysis.documents import document_path, document_paths
from analysis.inference.calibration import experiment_text
from analysis.inference.shipped_calibration import (
    DOCUMENT,
    DRAWS,
    EXPERIMENT,
    N_SHIPPED,
    TARGETS,
    document,
    shipped_calibration,
    shipped_draws,
)
from analysis.inference.targets_file import read_targets

ROOT = Path(__file__).parents[3]


def test_that_every_shipped_target_names_a_known_source() -> None:
    known = set(tomllib.loads((ROOT / "model" / "sources.toml").read_text(encoding="utf-8")))
    named = {key for target in read_targets(TARGETS).targets for key in target.source.split("; ")}
    assert named <= known


def test_that_the_shipped_draws_lie_in_the_ranges_and_can_be_swept() -> None:
    targets, specification = read_targets(TARGETS), find_experiment(EXPERIMENT.stem)
    listed = np.array(specification.design.listed)
    assert listed.shape == (N_SHIPPED, len(targets.parameters))
    low, high = (np.array([getattr(parameter, end) for parameter in targets.parameters]) for end in ("low", "high"))
    assert ((listed >= low) & (listed <= high)).all()
    assert EXPERIMENT.read_text(encoding="utf-8") == experiment_text(targets, file=DRAWS.name)


def test_that_the_document_never_says_calibrated_without_the_contraction() -> None:
    text = document_path(DOCUMENT, "en").read_text(encoding="utf-8")
    chinese = document_path(DOCUMENT, "zh").read_text(encoding="utf-8")
    assert "未说明：所见即假定" in chinese
    assert "| contraction |" in text
    assert "not told: what you see is the assumption" in text
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for sentence in " ".join(readme.split()).replace("none is calibrated", "").split(". "):
        assert "calibrated" not in sentence or "contraction" in sentence, sentence


def test_that_the_readme_says_how_many_parameters_are_told_as_the_document_does() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    counted = re.compile(r"Of (\d+) parameters the targets tell (\d+), tell (\d+) in part")
    (found,) = counted.findall(document_path(DOCUMENT, "en").read_text(encoding="utf-8"))
    words = {"0": "none", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "10": "ten", "12": "twelve"}
    n, told, in_part = (words[number] for number in found)
    assert f"what base rates and facts tell of {n} parameters: {told} is told, {in_part} in part" in readme


@pytest.mark.slow
def test_that_the_document_of_the_calibration_is_up_to_date(tmp_path: Path) -> None:
    found = shipped_calibration(tmp_path / TARGETS)
    for language, path in document_paths(DOCUMENT).items():
        told = document(found, language)
        assert told == path.read_text(encoding="utf-8"), "renew it: python -m analysis.inference.shipped_calibration"
    shipped = pd.read_csv(StringIO(DRAWS.read_text(encoding="utf-8")))
    assert shipped.to_numpy() == pytest.approx(shipped_draws(found).to_numpy(), rel=1e-5)
