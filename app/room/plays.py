"""Plays: which rules a class lives under, for how long, and what is asked on the way; read from files and checked."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import ExperimentError
from analysis.rooms.file_errors import problems_in
from analysis.rooms.world import Design
from model.arrays import Policies, structure_of
from model.parameters import Parameters, parameter_paths, row_of, value_at
from model.policy import Setting, layout_of
from model.scenario import Scenario, ScenarioError, find_scenario, shipped_scenarios, with_settings
from model.suggestions import nearest

FOLDER = Path(__file__).parent / "plays"
SCHEMA = 1
ACTIONS_OF_PEOPLE = ("inaction", "routine", "innovation", "filed_innovation", "self_dealing")
_CERTAINTY = "accountability.certainty"
_MOST_CERTAINTY = 0.9


class PlayError(ExperimentError):
    """A play cannot be used; the text says which file, which key, and what is allowed."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TwoTexts(_Strict):
    """A text in both languages."""

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]

    def said(self) -> dict[str, str]:
        """Return the text by language, as messages hold it."""
        return {"en": self.en, "zh": self.zh}


class DebriefQuestion(TwoTexts):
    """A question of the debrief; with answers to choose from it is asked on the phones, without it is talked about."""

    answers: Annotated[tuple[TwoTexts, ...], Field(max_length=6)] = ()


class Act(_Strict):
    """Some rounds under one rule."""

    rounds: Annotated[int, Field(ge=1, le=24)]
    scenario: str = "baseline"
    settings: dict[str, float] = {}
    title: TwoTexts
    rule: TwoTexts


class PlayWorld(_Strict):
    """A world: which act's rule holds in each stretch of rounds; its title is what people read."""

    name: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")]
    acts: tuple[int, ...]
    title: TwoTexts | None = None


class Play(_Strict):
    """A play as its file says."""

    schema_number: Annotated[int, Field(alias="schema")]
    settings: dict[str, float] = {}
    certainty_times: Annotated[float, Field(gt=0, le=25)] = 1.0
    actions: tuple[str, ...] = ("inaction", "routine", "innovation", "filed_innovation")
    months_per_round: Annotated[int, Field(ge=1, le=6)] = 3
    seconds: Annotated[int, Field(ge=0, le=600)] = 30
    result_seconds: Annotated[int, Field(ge=0, le=600)] = 20
    least_seconds: Annotated[float, Field(ge=0, le=60)] = 8.0
    practice_rounds: Annotated[int, Field(ge=0, le=1)] = 1
    coins: bool = True
    guess: bool = True
    beliefs_before: tuple[int, ...] = ()
    beliefs_after: tuple[int, ...] = ()
    title: TwoTexts
    question: TwoTexts
    story: TwoTexts
    act: Annotated[tuple[Act, ...], Field(min_length=1, max_length=6)]
    world: tuple[PlayWorld, ...] = ()
    debrief: Annotated[tuple[DebriefQuestion, ...], Field(min_length=1, max_length=6)]
    cannot_tell: Annotated[tuple[TwoTexts, ...], Field(min_length=1)]
    note: tuple[TwoTexts, ...] = ()

    @property
    def rounds(self) -> int:
        """Return how many rounds are played."""
        return sum(act.rounds for act in self.act)

    @property
    def asked_on_phones(self) -> tuple[int, ...]:
        """Return which questions of the debrief phones are asked, counted from 0."""
        return tuple(n for n, question in enumerate(self.debrief) if question.answers)

    @property
    def worlds(self) -> tuple[PlayWorld, ...]:
        """Return the worlds: one with all acts in their order, if the file names none."""
        return self.world or (PlayWorld(name="one", acts=tuple(range(len(self.act)))),)

    def stretch_of(self, round_number: int) -> int:
        """Return in which stretch of rounds, counted from 0, a round lies."""
        ends = np.cumsum([act.rounds for act in self.act])
        return int(np.searchsorted(ends, round_number, side="left"))

    def first_round_of(self, stretch: int) -> int:
        """Return the first round of a stretch, counted from 1."""
        return 1 + sum(act.rounds for act in self.act[:stretch])


@dataclass(frozen=True)
class ReadPlay:
    """A play, its name, and the hash of its text, which stands in every room that plays it."""

    name: str
    play: Play
    sha256: str
    text: str

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return the scenario of each act."""
        return tuple(scenario_of_act(self, number) for number in range(len(self.play.act)))

    @cached_property
    def baseline(self) -> Parameters:
        """Return the model's own baseline, which the wall compares the play with."""
        return find_scenario("baseline").parameters

    def design_of(self, world: int, seed: int, run: int = 0) -> Design:
        """Return the design of one of the worlds."""
        play = self.play
        acts = [play.worlds[world].acts[play.stretch_of(number)] for number in range(1, play.rounds + 1)]
        rows = np.array([row_of(scenario.parameters) for scenario in self.scenarios])
        row_of_month = np.repeat(np.array(acts, dtype=np.int64), play.months_per_round)[:, None]
        setting = Setting(
            layout_of(self.scenarios[0]),
            Policies(rows, row_of_month),
            len(row_of_month),
            structure_of(self.scenarios[0].parameters),
        )
        return Design(setting, seed, run, play.rounds, play.months_per_round, tuple(acts))


def shipped_plays() -> dict[str, Path]:
    """Return the path of each shipped play by its name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def find_play(name_or_path: str) -> ReadPlay:
    """Return a shipped play by its name, or any by the path of its file.

    Raises
    ------
    PlayError
        If there is none, or if it does not hold.
    """
    shipped = shipped_plays()
    if name_or_path in shipped:
        return read_play(shipped[name_or_path])
    if name_or_path.endswith(".toml"):
        return read_play(Path(name_or_path))
    near = nearest(name_or_path, shipped)
    question = f"did you mean {near}? Shipped" if near else "shipped"
    raise PlayError(
        f"there is no play {name_or_path!r}; {question} are {', '.join(shipped)}; or give the path of a .toml file"
    )


def read_play(path: Path) -> ReadPlay:
    """Return the play in a file, checked."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlayError(f"{path}: the play cannot be read ({error}); give the path of a .toml file in UTF-8") from error
    return play_of(path.stem, text, str(path))


def play_of(name: str, text: str, label: str) -> ReadPlay:
    """Return a play from its text, checked; `label` says in messages where it stands."""
    try:
        play = Play.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PlayError(f"{label}: not valid TOML: {error}") from error
    except ValidationError as error:
        raise PlayError("\n".join(f"{label}: {line}" for line in problems_in(error, _keys()))) from error
    problems = list(problems_of(play))
    if problems:
        raise PlayError("\n".join(f"{label}: {problem}" for problem in problems))
    found = ReadPlay(name, play, hashlib.sha256(text.encode()).hexdigest(), text)
    try:
        _ = found.scenarios
    except ScenarioError as error:
        raise PlayError(f"{label}: {error}") from error
    return found


def scenario_of_act(read: ReadPlay, number: int) -> Scenario:
    """Return what holds in an act: its scenario, the play's settings, its own; pursued so many times as often."""
    play, act = read.play, read.play.act[number]
    scenario = find_scenario(act.scenario)
    certainty = value_at(scenario.parameters, _CERTAINTY) * play.certainty_times
    settings: dict[str, Any] = {"behaviour.actions": tuple(play.actions), _CERTAINTY: min(certainty, _MOST_CERTAINTY)}
    months = play.rounds * play.months_per_round
    return with_settings(scenario, {**settings, **play.settings, **act.settings}, None, months)


# --- Checks ---


def _keys() -> list[str]:
    """Return all keys of a play's file."""
    kinds = (Play, Act, PlayWorld, DebriefQuestion)
    return [field.alias or name for kind in kinds for name, field in kind.model_fields.items()]


def problems_of(play: Play) -> Iterator[str]:
    """Yield what is wrong with a play, each as a sentence that says where and what is allowed."""
    if play.schema_number != SCHEMA:
        yield f"schema is {play.schema_number}; this program reads {SCHEMA}"
    for action in play.actions:
        if action not in ACTIONS_OF_PEOPLE:
            yield f"actions: there is no action {action}; there are {', '.join(ACTIONS_OF_PEOPLE)}"
    if not {"inaction", "innovation"} <= set(play.actions):
        yield "actions: inaction and innovation are always open; list both"
    for where, names in (("beliefs_before", play.beliefs_before), ("beliefs_after", play.beliefs_after)):
        if any(not 1 <= number <= play.rounds for number in names):
            yield f"{where}: rounds are numbered from 1 to {play.rounds}"
    for number, question in enumerate(play.debrief, start=1):
        if len(question.answers) == 1:
            yield f"[[debrief]] {number}: one answer is no choice; list two to six, or none"
    yield from _problems_of_acts(play)
    for world in play.world:
        if len(world.acts) != len(play.act) or any(not 0 <= act < len(play.act) for act in world.acts):
            yield f"world {world.name}: acts has to hold {len(play.act)} numbers from 0 to {len(play.act) - 1}"
    if len(play.world) not in (0, 2):
        yield f"there are {len(play.world)} worlds; allowed is none, or two, which then share their officials and luck"


def _problems_of_acts(play: Play) -> Iterator[str]:
    for number, act in enumerate(play.act, start=1):
        if act.scenario not in shipped_scenarios():
            yield f"[[act]] {number}: there is no scenario {act.scenario}; there are {', '.join(shipped_scenarios())}"
            continue
        scenario = find_scenario(act.scenario)
        if scenario.changes or scenario.jurisdictions:
            found = f"{act.scenario} changes over time or lists jurisdictions"
            yield f"[[act]] {number}: {found}; an act is one rule for all, so name a scenario that does neither"
        for path in (*act.settings, *play.settings):
            if path not in parameter_paths():
                near = nearest(path, parameter_paths())
                yield f"[[act]] {number}: there is no parameter {path}" + (f"; did you mean {near}?" if near else "")
