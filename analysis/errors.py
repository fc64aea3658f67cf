"""The one exception of an experiment that cannot be run or whose result cannot be kept."""

from __future__ import annotations

import os


class ExperimentError(Exception):
    """What stands in the way. ``str(error)`` is the message for the user: what, where, what is allowed, what to do."""


def told(error: OSError) -> str:
    """Return why the operating system refused, in its own words."""
    return os.strerror(error.errno) if error.errno else str(error)
