"""A command line in this process, for the command of the page."""

from __future__ import annotations

from tests.analysis.command_line.conftest import line

__all__ = ["line"]
