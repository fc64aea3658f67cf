"""The messages of the desk and of the wall, the two pages that only this machine can open."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.room.messages import MOST_VALUES, Id, Language, Message, No, Phase, Wall
from app.room.trouble import Trouble

Deed = Literal[
    "begin",
    "next",
    "back",
    "hold",
    "go",
    "close",
    "more_time",
    "seats",
    "release",
    "hands",
    "ask",
    "lock",
    "address",
    "report",
    "slides",
    "export",
    "erase",
    "end",
]
# Why the trainer's command was not carried out; `Trouble` besides, where the room's folder is what stands in the way.
Refusal = Literal[
    "moved_on",
    "over",
    "unplayed",
    "no_round",
    "is_open",
    "not_over",
    "not_asked",
    "no_back",
    "chairs",
    "seat",
    "hands",
    "action",
    "address",
    "extra",
    "failed",
    "form",
]
FindingsStatus = Literal["none", "working", "few", "hands", "failed", "told"]


class Watch(Message):
    """A page of this machine wants to be told: the desk, or the wall, which only watches."""

    t: Literal["watch"] = "watch"
    token: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    view: Literal["desk", "wall", "lessons"]


class Do(Message):
    """The trainer does something; it counts only if the room still is where the trainer saw it."""

    id: Id
    do: Deed
    from_step: int
    seats: Annotated[int, Field(ge=1, le=1000)] | None = None
    seat: Annotated[int, Field(ge=1, le=9999)] | None = None
    seconds: Annotated[int, Field(ge=1, le=600)] | None = None
    counts: Annotated[list[Annotated[int, Field(ge=0, le=1000)]], Field(max_length=5)] | None = None
    address: Annotated[str, Field(max_length=60)] | None = None
    asked: Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,40}$")] | None = None
    places: Annotated[int, Field(ge=1, le=MOST_VALUES)] | None = None
    lang: Language = "en"


class StepOf(Message):
    """A step of the strip at the desk."""

    phase: Phase
    round: int
    act: int


class Address(Message):
    """An address that phones could use, and the name of its network device."""

    address: str
    device: str


class DebriefOf(Message):
    """A question of the debrief: its answers, how many chose each (empty if that is not told), how many answered."""

    text: dict[str, str]
    answers: list[dict[str, str]]
    counts: list[int]
    people: int


class Desk(Message):
    """All that the desk shows; nobody's choice is in it."""

    t: Literal["desk"] = "desk"
    seq: int
    room: str
    play: str
    title: dict[str, str]
    phase: Phase
    step: int
    steps: list[StepOf]
    round: int
    rounds: int
    months: int  # of a round
    open: bool
    left_ms: int | None
    held: bool
    limit: int
    seated: int
    awake: int
    answered: int
    late: int
    deputies: int
    left: int
    code: str
    phones_url: str
    wall_url: str
    addresses: list[Address]
    address_lost: bool
    arrived: int
    websockets: int
    posts: int
    trouble: Trouble | None
    folder: str
    notes: list[dict[str, str]]
    debrief: list[DebriefOf]
    cannot_tell: list[dict[str, str]]
    filing_never_pays: bool
    groups: int
    hands: int
    asked: str | None
    actions: list[int]
    may: list[Deed]


class DrawnGuesses(Message):
    """The guesses of something: how many, each of them in no order of seats, the middle one and the middle half."""

    n: int
    each: list[list[float]]
    median: list[float]
    low50: list[float]
    high50: list[float]


class Lessons(Message):
    """What the page of lessons needs: whether phones are asked, how many have answered, what was guessed."""

    t: Literal["lessons"] = "lessons"
    seq: int
    step: int
    seated: int
    awake: int
    answered: int
    asked: str | None
    may: list[Deed]
    folder: str
    guesses: dict[str, DrawnGuesses]
    code: str
    phones_url: str


class EstimateOf(Message):
    """What the class tells of a parameter, beside the model's own value; not told: its interval says nothing."""

    name: str
    median: float
    low: float
    high: float
    model: float
    told: bool


class Findings(Message):
    """How the class decides, in the model's parameters; a misfit: even so the model misses it in too many rounds."""

    people: int
    decisions: int
    misfit: bool
    outside: int
    rounds: int
    estimates: list[EstimateOf]


class Band(Message):
    """A line round by round with its half and its nine tenths."""

    median: list[float]
    low50: list[float]
    high50: list[float]
    low90: list[float]
    high90: list[float]


class WallWorld(Message):
    """One world on the wall: the class's line; the model's, once it is revealed.

    `stretches` says which rounds belong together: the rule could change between two of them only. `gain` is how much
    of what was tried was private gain, stretch by stretch, where that can be chosen.
    """

    name: str
    title: dict[str, str] | None
    shares: list[float | None]
    people: list[int]
    acts: list[int]
    stretches: list[int]
    gain: list[float | None] | None = None
    gain_of_model: list[float] | None = None
    fan: Band | None = None
    twins: list[float] | None = None
    shoes: Band | None = None


class WallState(Message):
    """All that the wall shows: sums only, and only from five people on."""

    t: Literal["wall"] = "wall"
    seq: int
    room: str
    play: str
    title: dict[str, str]
    question: dict[str, str]
    story: dict[str, str]
    phase: Phase
    step: int
    round: int
    rounds: int
    months: int  # of a round
    open: bool
    left_ms: int | None
    held: bool
    seated: int
    awake: int
    answered: int
    code: str
    phones_url: str
    act: int
    acts: list[dict[str, dict[str, str]]]
    rule: Wall | None
    times_baseline: float
    has_gain: bool
    hands: int
    shows: Literal["rounds", "acts", "nothing"]
    worlds: list[WallWorld]
    guesses: DrawnGuesses | None
    reveal: int
    asked: str | None
    debrief: list[DebriefOf]
    cannot_tell: list[dict[str, str]]
    findings_status: FindingsStatus
    findings: Findings | None


class Done(Message):
    """What came of a command: done, or not and why."""

    t: Literal["done"] = "done"
    id: str
    done: bool
    why: Refusal | Trouble | None = None
    file: str | None = None


ToDesk = Desk | WallState | Lessons | Done | No
