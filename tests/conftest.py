"""How tests run: random examples are the same ones every time, and a first call may take its time to compile."""

from __future__ import annotations

from hypothesis import settings

from tests.small_disks import small_disk

__all__ = ["small_disk"]

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")
