"""The messages of a room: what phones, the desk and the wall may say, and what they are told.

JSON text, checked here and nowhere else; TypeScript's types are made from these classes. The server sends codes and
numbers only, and the receiving page says them in its own language.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

VERSION = 1
LARGEST_MESSAGE = 2048
MOST_VALUES = 24

Language = Literal["en", "zh"]
Phase = Literal[
    "lobby",
    "coins",
    "guess",
    "practice",
    "practised",
    "believe",
    "decide",
    "result",
    "announce",
    "end",
    "reveal",
    "questions",
    "debrief",
    "closed",
]
Question = Literal["pursued", "exempt", "exempt_filed", "others"]
Why = Literal[
    "code", "full", "over", "version", "room", "closed", "round", "phase", "action", "form", "seat", "storage", "busy"
]
Key = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Message(BaseModel):
    """A message: nothing but the fields that are named."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Kind = TypeVar("Kind", bound=Message)


# --- From a phone ---


class Hello(Message):
    """A phone says who it is; the code is needed for a key that is new."""

    t: Literal["hello"] = "hello"
    v: int
    room: Annotated[str, Field(max_length=40)]
    key: Key
    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None
    lang: Language = "en"


class Move(Message):
    """A seat is to belong to another phone, which tells the four digits that the first was given."""

    t: Literal["move"] = "move"
    v: int
    room: Annotated[str, Field(max_length=40)]
    seat: Annotated[int, Field(ge=1, le=9999)]
    recovery: Annotated[str, Field(pattern=r"^[0-9]{4}$")]
    key: Key
    lang: Language = "en"


class Consent(Message):
    """Whether the answers may be used for research."""

    t: Literal["consent"] = "consent"
    id: Id
    research: bool


class Choose(Message):
    """What the person does in a round; the last one before the round closes holds."""

    t: Literal["choose"] = "choose"
    id: Id
    round: Annotated[int, Field(ge=0, le=999)]
    action: Annotated[int, Field(ge=0, le=4)]


class Coin(Message):
    """Whether a gamble is taken."""

    t: Literal["coin"] = "coin"
    id: Id
    n: Annotated[int, Field(ge=0, le=9)]
    accept: bool


class Believe(Message):
    """In how many of ten cases something is believed to happen."""

    t: Literal["believe"] = "believe"
    id: Id
    round: Annotated[int, Field(ge=0, le=999)]
    question: Question
    tenths: Annotated[int, Field(ge=0, le=10)]


class Guess(Message):
    """A drawn guess: of the class's share, round by round ("share"), or of what a lesson asks."""

    t: Literal["guess"] = "guess"
    id: Id
    asked: Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,40}$")]
    values: Annotated[list[Annotated[float, Field(ge=-1000, le=1000, strict=False)]], Field(max_length=MOST_VALUES)]


class DebriefAnswer(Message):
    """Which of the answers to a question of the debrief is chosen; both are numbered from 0."""

    t: Literal["answer"] = "answer"
    id: Id
    n: Annotated[int, Field(ge=0, le=9)]
    choice: Annotated[int, Field(ge=0, le=9)]


class Leave(Message):
    """The person leaves; the answers are erased if that is wanted."""

    t: Literal["leave"] = "leave"
    id: Id
    erase: bool


class AskHistory(Message):
    """The person wants to see all the rounds."""

    t: Literal["history"] = "history"


class Ping(Message):
    """A phone that is awake says so."""

    t: Literal["ping"] = "ping"
    n: Annotated[int, Field(ge=0, le=2**53)]


PhoneMessage = Hello | Move | Consent | Choose | Coin | Believe | Guess | DebriefAnswer | Leave | AskHistory | Ping
_PHONE: TypeAdapter[PhoneMessage] = TypeAdapter(Annotated[PhoneMessage, Field(discriminator="t")])


# --- To a phone ---


class Seat(Message):
    """The seat that a key has, and the digits with which another phone can take it over."""

    t: Literal["seat"] = "seat"
    seat: int
    recovery: str


class Ok(Message):
    """What was said is stored, for good."""

    t: Literal["ok"] = "ok"
    id: str
    seq: int


class No(Message):
    """What was said does not count, and why; `wait_ms` where it may be said again later."""

    t: Literal["no"] = "no"
    id: str | None = None
    why: Why
    wait_ms: int | None = None


class Pong(Message):
    """The answer to a ping."""

    t: Literal["pong"] = "pong"
    n: int


class Wall(Message):
    """The rule in force, as it stands on the wall; see `analysis.rooms.wall.WallNumbers`."""

    act: int
    pursued_in_100: float
    exempt_tenths: int
    exempt_filed_tenths: int
    ladder: list[int]
    losses: list[int]
    bars: list[int]
    publicity_tenths: int
    disclosure_tenths: int
    called_in_1000: int
    called_loss: int
    called_bar: int
    review: int
    filing: int
    times_baseline: float


class You(Message):
    """The official that the person plays.

    `sure` holds what each action brings for sure, in points, in the order of the actions; `worth` what a success adds.
    """

    chance_tenths: int
    worth: int
    worth_unbarred: int
    barred_rounds: int
    age: int
    may_file: bool
    sure: list[int]
    actions: list[int]
    is_successor: bool


class Office(Message):
    """What is known in the office: last month's shares in ten pictograms (nothing, routine, trying), and the news."""

    shares: list[int]
    sanctions: int
    exemptions: int
    unpursued: int


class MonthOf(Message):
    """A month of the person: what was done, how it turned out, what came of it; `rung` is -1 where there is none."""

    month: int
    action: int
    outcome: int
    case: bool
    exempt: bool
    rung: int
    points: int


class Last(Message):
    """The last round: its months, its points, and whether the deputy decided."""

    round: int
    months: list[MonthOf]
    points: int
    deputy: bool


class DebriefAsked(Message):
    """A question of the debrief and its answers, in both languages; `n` is its number in the play, from 0."""

    n: int
    text: dict[str, str]
    answers: list[dict[str, str]]


class Asked(Message):
    """What is asked now, and what was answered so far.

    `coins`: the gambles (win, lose) and the answers; `questions`: those of beliefs; `guess`: how many values, of what;
    `debrief`: the next question that has no answer yet, of `debriefs`, of which `debriefed` have one.
    """

    coins: list[tuple[int, int]] = []
    accepted: list[bool | None] = []
    questions: list[Question] = []
    tenths: list[int | None] = []
    guess: str | None = None
    places: int = 0
    values: list[float] = []
    debrief: DebriefAsked | None = None
    debriefed: int = 0
    debriefs: int = 0


class Final(Message):
    """What the end shows: the person's points and tries, the twin's, the own fifth of the class (-1: too few)."""

    points: int
    twin_points: int
    tried: int
    twin_tried: int
    rounds: int
    fifth: int
    coin_points: int


class State(Message):
    """All that a phone shows; it replaces whatever was shown before, unless it is older than the newest `ok`."""

    t: Literal["state"] = "state"
    seq: int
    seat: int
    phase: Phase
    step: int
    round: int
    rounds: int
    act: int
    open: bool
    left_ms: int | None
    held: bool
    changed: bool
    research: bool
    play: str
    months: int  # of a round
    wall: Wall | None = None
    you: You | None = None
    office: Office | None = None
    choice: int | None = None
    last: Last | None = None
    total: int = 0
    asked: Asked | None = None
    final: Final | None = None


class SameLuck(Message):
    """What the same luck would have brought in a round, had the person chosen something else."""

    action: int
    months: list[MonthOf]
    points: int


class RoundOf(Message):
    """A row of the history: the rule, the choice, what came of it.

    Once the play is over, also the twin's choice, and what the same luck would have brought to each other choice.
    """

    round: int
    act: int
    action: int
    deputy: bool
    months: list[MonthOf]
    points: int
    twin_action: int | None = None
    twin_points: int | None = None
    same_luck: list[SameLuck] = []


class History(Message):
    """All rounds of the person."""

    t: Literal["history"] = "history"
    rows: list[RoundOf]


ToPhone = Seat | Ok | No | Pong | State | History


class FormError(Exception):
    """A frame that is no message."""


def phone_message(text: str | bytes) -> PhoneMessage:
    """Return the message in a frame; FormError if it is none."""
    try:
        return _PHONE.validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        raise FormError from error


def message_of(kind: type[Kind], text: str | bytes) -> Kind:
    """Return a message of one kind in a frame; FormError if it is none."""
    try:
        return kind.model_validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        raise FormError from error


def text_of(message: Message) -> str:
    """Return a message as it goes over the wire."""
    return message.model_dump_json()


def kinds_of(union: Any) -> tuple[type[Message], ...]:
    """Return the kinds of message in a union."""
    return get_args(union)
