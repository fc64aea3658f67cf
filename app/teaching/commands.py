"""The lessons' commands: write the trainers' guide, and check that what the lessons claim is true.

    python -m app.teaching.commands                            # write docs/trainers.md and docs/trainers.html anew
    python -m app.teaching.commands --check do_more_err_more   # simulate the lesson and say which of its claims hold

A lesson is one folder, ``app/lessons/<lesson>/lesson.toml``, in both languages: app/lessons/README.md.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from app.teaching.claims import report
from app.teaching.files import FOLDER, LessonError, lessons
from app.teaching.guide import guide, printable

ROOT = Path(__file__).parents[2]
GUIDE, PRINTABLE = ROOT / "docs" / "trainers.md", ROOT / "docs" / "trainers.html"


def write(folder: Path = FOLDER, to: Path = GUIDE, to_print: Path = PRINTABLE) -> list[Path]:
    """Write guide and printable page anew; return their files."""
    found = lessons(folder)
    to.write_text(guide(found), encoding="utf-8", newline="\n")
    to_print.write_text(printable(found), encoding="utf-8", newline="\n")
    return [to, to_print]


def main(arguments: Sequence[str]) -> int:
    """Write both, or check a lesson's claims; return the exit code."""
    try:
        if not arguments:
            print(*write(), sep="\n")
            return 0
        if arguments[0] == "--check":
            return report([lesson for lesson in lessons() if lesson.name in arguments[1:] or len(arguments) == 1])
    except LessonError as error:
        print(error, file=sys.stderr)
        return 2
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
