"""The readable engine: officials and jurisdictions as Mesa agents (placeholder until written)."""

from typing import Any


def mesa_run(*a: Any) -> Any:
    raise NotImplementedError
