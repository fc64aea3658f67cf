"""How many processors this program may use: fewer than the machine has, where somebody has set a bound."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OWN_GROUPS = Path("/proc/self/cgroup")
_GROUPS = Path("/sys/fs/cgroup")


def allowed_processors() -> int:
    """Return how many processors this program may use: by its affinity, and by the quota of its container or job."""
    return max(1, min(_by_affinity(), *(_by_quota(_OWN_GROUPS, _GROUPS) or (_by_affinity(),))))


def _by_affinity() -> int:
    count = getattr(os, "process_cpu_count", None)  # from Python 3.13 on
    if count is not None:
        return int(count() or 1)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _by_quota(own_groups: Path, groups: Path) -> list[int]:
    """Return the processors that each control group above this process allows, rounded up; none if there is no bound.

    ``/proc/self/cgroup`` has a line "number:controllers:path" for each hierarchy; version 2 names no controllers.
    """
    try:
        lines = own_groups.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # no Linux
        return []
    bounds = []
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers == "":
            bounds += [_bound_of_v2(folder) for folder in _upwards(groups, path)]
        elif "cpu" in controllers.split(","):
            bounds += [_bound_of_v1(folder) for folder in _upwards(groups / "cpu", path)]
    return [bound for bound in bounds if bound is not None]


def _upwards(top: Path, path: str) -> Iterator[Path]:
    """Yield a group's folder and those above it; inside a container the path may lead nowhere, and only the top is."""
    folder = top / path.lstrip("/")
    while folder != top and top in folder.parents:
        yield folder
        folder = folder.parent
    yield top


def _bound_of_v2(folder: Path) -> int | None:
    with suppress(OSError, ValueError):
        quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
        return None if quota == "max" else math.ceil(int(quota) / int(period))
    return None


def _bound_of_v1(folder: Path) -> int | None:
    with suppress(OSError, ValueError):
        quota, period = (
            int((folder / f"cpu.cfs_{name}_us").read_text(encoding="ascii")) for name in ("quota", "period")
        )
        return None if quota <= 0 else math.ceil(quota / period)
    return None
