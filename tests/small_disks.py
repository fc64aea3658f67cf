"""A disk that is really full: a small one is mounted, and filled up."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MEGABYTES = 2


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Mount a disk of two megabytes, or of so many as a test asks for, where this machine lets a test do that."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={getattr(request, 'param', MEGABYTES)}m", "tmpfs", str(place)]
    is_mounted = sys.platform == "linux" and subprocess.run(command, check=False, capture_output=True).returncode == 0
    if not is_mounted:
        pytest.skip("only an administrator of Linux can mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def filled(disk: Path, left: int) -> Path:
    """Fill a disk up to so many bytes, and return the file that has to go for there to be room again."""
    filler = disk / "something_large"
    with filler.open("ab") as file:
        file.write(b"x" * max(shutil.disk_usage(disk).free - left, 0))
    return filler
