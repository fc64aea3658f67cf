"""What is wrong in a file of keys and values, each as a sentence that says where, and what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from model.suggestions import nearest


def problems_in(error: ValidationError, keys: Sequence[str]) -> Iterator[str]:
    """Yield what pydantic found wrong; `keys` are those that the file may have."""
    for problem in error.errors():
        place = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            near = nearest(str(problem["loc"][-1]), keys)
            yield f"{place}: there is no such key" + (
                f"; did you mean {near}?" if near else "; docs/rooms.md lists them"
            )
        elif problem["type"] == "missing":
            yield f"{place}: this key is missing"
        else:
            yield f"{place}: {problem['msg']}"
