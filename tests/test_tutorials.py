"""The tutorials run as they stand, each in a folder of its own."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.py"))


def test_that_every_tutorial_is_listed_in_its_order() -> None:
    text = (ROOT / "docs" / "tutorials" / "README.md").read_text(encoding="utf-8")
    places = [text.index(f"({path.name})") for path in TUTORIALS]
    assert len(places) >= 8
    assert places == sorted(places)


@pytest.mark.slow
@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_that_a_tutorial_runs_from_top_to_bottom(path: Path, tmp_path: Path) -> None:
    for package, extra in (("distributed", "cluster"), ("nltk", "evidence"), ("pymoo", "evidence")):
        if f'the extra "{extra}"' in path.read_text(encoding="utf-8") and importlib.util.find_spec(package) is None:
            pytest.skip(f'needs the extra "{extra}"')
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", str(path)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
