"""The lessons as their files say, checked: every mistake is told with its file and its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.teaching.drawn import problems_of_charts
from model.catalogue import Language, labels
from model.measures import MEASURES
from model.parameters import parameter_paths
from model.scenario import find_scenario, shipped_scenarios
from model.scenario.checks import source_keys

FOLDER = Path(__file__).parents[1] / "lessons"
STEPS = ("predict", "lock", "reveal", "discuss")
LANGUAGES: tuple[Language, ...] = ("en", "zh")
FORMS = ("points", "curve", "jurisdictions")
SCHEMA = 1
# The tables whose parameters the page has as levers: src/levers/groups.ts has the same.
LEVER_TABLES = ("accountability", "exemption", "supervision", "guidance", "public")
CLAIMED = ("above", "below", "same")

Tree = Mapping[str, Any]


class LessonError(Exception):
    """A lesson cannot be read; the text says which file, which key, and what is allowed."""


@dataclass(frozen=True)
class Lesson:
    """One lesson: its folder's name and its file's content, checked."""

    name: str
    content: Tree

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return sum(int(self.content["step"][step]["minutes"]) for step in STEPS)

    def said(self, key: str, language: str) -> str:
        """Return one of its texts."""
        text: str = self.content[key][language]
        return text


def lessons(folder: Path = FOLDER) -> list[Lesson]:
    """Return all lessons, in the order of their numbers.

    Raises
    ------
    LessonError
        If a file is not TOML, lacks a key or says something that the model does not know.
    """
    found = [read(path) for path in sorted(folder.glob("*/lesson.toml"))]
    return sorted(found, key=lambda lesson: (lesson.content["number"], lesson.name))


def read(path: Path) -> Lesson:
    """Return the lesson in a file, checked."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"{path}: not valid TOML: {error}") from error
    for problem in problems_of(content):
        raise LessonError(f"{path}: {problem}")
    return Lesson(path.parent.name, content)


# --- Checks ---


def problems_of(content: Tree) -> Iterator[str]:
    """Yield what is wrong with a lesson, each as a sentence that says where and what is allowed."""
    needed = ("schema", "number", "title", "question", "story", "arm", "prediction", "claim", "step", "cannot_tell")
    missing = [key for key in needed if key not in content]
    if missing:
        yield f"{', '.join(missing)} is missing"
        return
    if content["schema"] != SCHEMA:
        yield f"schema is {content['schema']}; this program reads {SCHEMA}"
    unknown = set(content.get("references", ())) - set(source_keys())
    if unknown:
        yield f"references: {', '.join(sorted(unknown))} is not in model/sources.toml"
    yield from _problems_of_arms(content)
    yield from _problems_of_steps(content)
    yield from _problems_of_claims(content)
    yield from problems_of_charts(content)
    yield from _problems_of_short(content)
    for where, text in texts_of(content):
        if any(not str(text.get(language, "")).strip() for language in LANGUAGES):
            yield f"{where}: both en and zh are needed"


def _problems_of_arms(content: Tree) -> Iterator[str]:
    arms = {arm["name"] for arm in content["arm"]}
    for arm in content["arm"]:
        if arm["scenario"] not in shipped_scenarios():
            there_are = ", ".join(shipped_scenarios())
            yield f"arm {arm['name']}: there is no scenario {arm['scenario']}; there are {there_are}"
        for path in arm.get("settings", {}):
            if path not in parameter_paths():
                yield f"arm {arm['name']}: there is no parameter {path}"
    for where, tree in _branches("", content):
        named = [name for key in ("arm", "arms", "less") for name in _listed(tree.get(key, ()))]
        yield from (f"{where}: there is no arm {name}" for name in named if name not in arms)
        sums = [one for key in ("measure", "measures", "per") for one in _listed(tree.get(key, ()))]
        asked = [name for one in sums for _, name in parts_of(one)]
        yield from (f"{where}: there is no measure {name}" for name in asked if name not in MEASURES)
        if "form" in tree and tree["form"] not in FORMS:
            yield f"{where}.form is {tree['form']}; allowed is {', '.join(FORMS)}"


def parts_of(measures: str) -> list[tuple[int, str]]:
    """Return the measures of a sum such as "cases - exemptions", each with the sign with which it counts."""
    return [(-1 if sign == "-" else 1, name) for sign, name in re.findall(r"([+-]?)\s*([^\s+-]+)", measures)]


def _listed(found: str | Sequence[Any]) -> list[str]:
    """Return one name as a list of one; of a list what is a name (an arm is also a table of its own)."""
    return [found] if isinstance(found, str) else [name for name in found if isinstance(name, str)]


def _problems_of_steps(content: Tree) -> Iterator[str]:
    if set(content["step"]) != set(STEPS):
        yield f"step: needed are {', '.join(STEPS)}, each once"
    for name, step in content["step"].items():
        if not step.get("minutes") or not step.get("questions"):
            yield f"step.{name}: minutes and questions are needed"
        yield from (f"step.{name}: {problem}" for problem in _problems_of_uses(step))


def _problems_of_claims(content: Tree) -> Iterator[str]:
    charts = len(content.get("reveal", ()))
    for number, claim in enumerate(content["claim"], start=1):
        if claim.get("is") not in CLAIMED:
            yield f"claim[{number}].is is {claim.get('is')}; allowed is {', '.join(CLAIMED)}"
        if "ask" not in claim:
            yield f"claim[{number}].ask is missing: what the room is asked before it reads the claim"
        if not 0 <= claim.get("chart", 0) <= charts:
            yield f"claim[{number}].chart is {claim['chart']}; the lesson has {charts} charts of its reveal"


def _problems_of_short(content: Tree) -> Iterator[str]:
    claims = len(content["claim"])
    for number in content.get("short", ()):
        if number not in range(1, claims + 1):
            yield f"short names claim {number}; the lesson has 1 to {claims}"


def _problems_of_uses(step: Tree) -> Iterator[str]:
    """Yield what an instruction sends the trainer to that the page does not show, or shows under another name."""
    for used in step.get("uses", ()):
        if used in shipped_scenarios():
            names = {"en": find_scenario(used).title.en, "zh": find_scenario(used).title.zh}
        elif used.partition(".")[0] in LEVER_TABLES and used in parameter_paths():
            names = {language: labels(language).text(f"parameters.{used}.label") for language in LANGUAGES}
        else:
            yield f"uses {used}, which is neither a shipped scenario nor a lever of the page"
            continue
        missing = [name for language, name in names.items() if name.lower() not in step["does"][language].lower()]
        yield from (f"does not call {used} by its name on the page, {name}" for name in missing)


def _branches(where: str, tree: Any) -> Iterator[tuple[str, Tree]]:
    """Yield every table of a file with its place."""
    if isinstance(tree, dict):
        yield where or "the lesson", tree
        for key, branch in tree.items():
            yield from _branches(f"{where}.{key}".lstrip("."), branch)
    elif isinstance(tree, list):
        for number, branch in enumerate(tree, start=1):
            yield from _branches(f"{where}[{number}]", branch)


def texts_of(content: Tree) -> Iterator[tuple[str, Tree]]:
    """Yield every text in two languages with its place."""
    for where, tree in _branches("", content):
        if set(tree) & set(LANGUAGES):
            yield where, tree
