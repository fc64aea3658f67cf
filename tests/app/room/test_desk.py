"""The desk, the wall and the page of lessons: what the trainer can do, and what is shown of it to whom."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.room.desk import DeskApp
from app.room.desk_messages import Address, Do, Done
from app.room.desk_views import debrief_of, desk_view, guesses_of, lessons_view, wall_view
from app.room.folders import open_room, stored_room
from app.room.live import LiveRoom
from app.room.messages import VERSION, Choose, DebriefAnswer, Guess, Leave, Message, Move
from app.room.plays import read_play
from tests.app.room.running import quick_play
from tests.app.room.test_live import hashed, seated, to_phase

LESSON = "campaign_and_fear"


class NoNetwork:
    """A network that is never lost."""

    is_lost = False
    phones_url = "http://192.0.2.1:8700"
    desk_url = "http://127.0.0.1:8701"

    def others(self) -> list[Address]:
        return []

    async def move_to(self, address: str) -> bool:
        return False


class Line:
    """A phone's line: what was sent, and with what it was closed."""

    key_hash = ""

    def __init__(self) -> None:
        self.closed: int | None = None

    def send(self, text: str) -> None:
        pass

    def close(self, code: int) -> None:
        self.closed = code


class DeskScene:
    """A room with its desk."""

    def __init__(self, room: LiveRoom) -> None:
        self.room = room
        self.desk = DeskApp(room, NoNetwork(), {"http://127.0.0.1:8701"})

    async def do(self, deed: str, **values: Any) -> Done:
        command = Do.model_validate(
            {"id": secrets.token_hex(8), "do": deed, "from_step": self.room.state.step, **values}
        )
        return await self.desk.carried_out(command)

    async def guess(self, seat: int, values: list[float], asked: str = LESSON) -> dict[str, Any]:
        message = Guess(id=secrets.token_hex(8), asked=asked, values=values)
        told: dict[str, Any] = json.loads((await self.room.said(message, hashed(self.room, seat), ""))[0])
        return told

    async def played(self, luck: np.random.Generator) -> None:
        """Play to the end of the term; everybody decides at random."""
        while self.room.state.phase != "end":
            if self.room.state.phase in ("decide", "practice"):
                for seat in self.room.state.deciding():
                    choice = Choose(
                        id=secrets.token_hex(8), round=self.room.state.now.round, action=int(luck.integers(4))
                    )
                    await self.room.said(choice, seat.key, "")
                await self.room.close_round()
            else:
                await self.room.go_to(self.room.state.step + 1)


def scene(
    folder: Path, act: Callable[[DeskScene], Awaitable[None]], more: str = "", seconds: int = 0, **changes: Any
) -> LiveRoom:
    path = quick_play(folder, rounds=2, seconds=seconds, **changes)
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    stored = stored_room(open_room(read_play(path), 30, 5, None, folder / "rooms"))
    room = LiveRoom(stored.path, stored.about, stored.read)

    async def played() -> None:
        room.begin()
        try:
            await act(DeskScene(room))
        finally:
            await room.close()

    asyncio.run(played())
    return room


def test_guesses_for_a_lesson_are_collected_hidden_until_they_are_locked_and_then_drawn_without_names(
    tmp_path: Path,
) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 6)
        assert (await at.do("ask", asked=LESSON, places=3)).done
        assert (await at.guess(1, [0.1, 0.2]))["why"] == "form"  # a value for every place
        assert (await at.guess(1, [0.1, 0.2, 0.3], "another"))["why"] == "phase"
        for seat in range(1, 7):
            assert (await at.guess(seat, [0.1 * seat, 0.5, 0.9 - 0.1 * seat]))["t"] == "ok"
        waiting = lessons_view(at.room, NoNetwork())
        assert (waiting.asked, waiting.answered, waiting.guesses) == (LESSON, 6, {})
        assert (await at.do("lock")).done
        told = lessons_view(at.room, NoNetwork()).guesses[LESSON]
        assert told.n == 6
        assert told.each == sorted(told.each)
        assert told.median == pytest.approx([0.35, 0.5, 0.55])
        assert told.low50[0] < told.median[0] < told.high50[0]
        assert wall_view(at.room, NoNetwork(), at.desk.findings).guesses is None  # those of a lesson are not the wall's
        assert (await at.guess(1, [0.0, 0.0, 0.0]))["why"] == "phase"  # locked

    scene(tmp_path, act)


def test_fewer_than_five_guesses_are_counted_and_not_shown(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 4)
        await at.do("ask", asked=LESSON, places=1)
        for seat in range(1, 5):
            await at.guess(seat, [0.5])
        await at.do("lock")
        told = guesses_of(at.room, LESSON)
        assert told is not None
        assert (told.n, told.each, told.median) == (4, [], [])

    scene(tmp_path, act)


def test_a_question_stops_the_clock_so_that_it_is_not_gone_with_the_step(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 1)
        await to_phase(at.room, "decide")
        assert (await at.do("ask", asked=LESSON, places=1)).why == "is_open"  # a round is open
        await at.room.close_round()
        at.room.clock.left_seconds = 20.0
        assert (await at.do("ask", asked=LESSON, places=1)).done
        assert at.room.is_held

    scene(tmp_path, act, seconds=30)


@pytest.mark.slow
def test_what_the_class_tells_of_itself_is_on_the_wall_after_the_term(tmp_path: Path) -> None:
    pytest.importorskip("pptx")

    async def act(at: DeskScene) -> None:
        await seated(at.room, 6)
        await at.played(np.random.default_rng(3))
        assert at.desk.findings.status() == "none"
        await to_phase(at.room, "debrief")
        assert at.desk.findings.status() == "working"
        async with asyncio.timeout(120):
            while at.desk.findings.status() == "working":
                await asyncio.sleep(0.1)
        wall = wall_view(at.room, NoNetwork(), at.desk.findings)
        assert wall.findings_status == "told"
        assert wall.findings is not None
        assert (wall.findings.people, wall.findings.decisions) == (6, 24)
        assert {one.name for one in wall.findings.estimates} >= {"loss_aversion", "credence", "conformity"}
        assert all(one.low <= one.median <= one.high for one in wall.findings.estimates)
        for deed, end in (("report", "report.zh.html"), ("slides", "slides.zh.pptx"), ("export", "tables")):
            done = await at.do(deed, lang="zh")
            assert done.file is not None, done
            assert done.file.endswith(end)
            assert Path(done.file).exists()

    scene(tmp_path, act)


def test_the_debrief_s_answers_are_hidden_while_phones_answer_and_then_told_as_sums_of_five_or_more(
    tmp_path: Path,
) -> None:
    async def act(at: DeskScene) -> None:
        async def said(seat: int, message: Message) -> dict[str, Any]:
            told: dict[str, Any] = json.loads((await at.room.said(message, hashed(at.room, seat), ""))[0])  # type: ignore[arg-type]
            return told

        def answer(n: int, choice: int) -> DebriefAnswer:
            return DebriefAnswer(id=secrets.token_hex(8), n=n, choice=choice)

        await seated(at.room, 6)
        await at.played(np.random.default_rng(3))
        assert (await said(1, answer(0, 0)))["why"] == "phase"
        await to_phase(at.room, "questions")
        assert (await said(1, answer(9, 0)))["why"] == "form"
        assert (await said(1, answer(0, 9)))["why"] == "form"
        for seat in range(1, 7):
            before = json.loads(at.room.state_text(at.room.state.seats[seat]))["asked"]
            assert (before["debrief"]["n"], before["debriefed"], before["debriefs"]) == (0, 0, 3)
            assert (await said(seat, answer(0, seat % 2)))["t"] == "ok"
        await said(1, answer(1, 2))
        after = json.loads(at.room.state_text(at.room.state.seats[1]))["asked"]
        assert (after["debrief"]["n"], after["debriefed"]) == (2, 2)
        hidden = wall_view(at.room, NoNetwork(), at.desk.findings).debrief
        assert [(one.counts, one.people) for one in hidden] == [([], 6), ([], 1), ([], 0)]
        assert desk_view(at.room, NoNetwork()).debrief == hidden
        assert (await at.do("back")).done  # another look at the last reveal
        assert at.room.state.phase == "reveal"
        await to_phase(at.room, "debrief")
        assert [one.counts for one in debrief_of(at.room)] == [[3, 3, 0, 0], [], []]
        assert (await said(2, answer(2, 0)))["why"] == "phase"
        await said(2, Leave(id="f" * 16, erase=True))
        assert debrief_of(at.room)[0].counts == [2, 3, 0, 0]
        await said(3, Leave(id="e" * 16, erase=True))
        assert (debrief_of(at.room)[0].counts, debrief_of(at.room)[0].people) == ([], 4)

    room = scene(tmp_path, act)
    kept = [event for event in stored_room(room.path).events if event.kind == "answered"]
    assert len(kept) == 7
    assert [event.body["choice"] for event in kept if event.seat == 3] == [0]  # what was erased is blank


def test_a_class_of_four_is_not_estimated(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 4)
        await at.played(np.random.default_rng(3))
        await to_phase(at.room, "debrief")
        at.desk.findings.status()
        async with asyncio.timeout(60):
            while at.desk.findings.status() == "working":
                await asyncio.sleep(0.1)
        assert at.desk.findings.status() == "few"
        assert at.desk.findings.found() is None

    scene(tmp_path, act)


def test_a_released_seat_lets_its_phone_go_and_comes_back_by_its_digits(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 2)
        line = Line()
        at.room.connected(1, line)
        before = at.room.state.seats[1].key
        assert (await at.do("release", seat=1)).done
        assert line.closed == 4003
        assert at.room.seat_of(before) is None
        assert (await at.do("release", seat=9)).why == "seat"
        digits = json.loads(at.room._welcome(at.room.state.seats[1])[0])["recovery"]
        move = Move(v=VERSION, room="", seat=1, recovery=digits, key=secrets.token_hex(16))
        assert json.loads((await at.room.said(move, "", ""))[0])["seat"] == 1

    scene(tmp_path, act)


def test_seats_are_added_up_to_the_chairs_of_the_world_and_never_taken_away(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 3)
        assert (await at.do("seats", seats=1)).done
        assert at.room.state.limit == 3  # those who sit stay
        assert (await at.do("seats", seats=at.room.state.most)).done
        assert desk_view(at.room, NoNetwork()).limit == at.room.state.most
        assert (await at.do("seats", seats=at.room.state.most + 1)).why == "chairs"

    scene(tmp_path, act)


def test_a_room_is_erased_from_the_desk_only_when_it_is_over(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 1)
        assert (await at.do("erase")).why == "not_over"
        assert (await at.do("end")).done
        assert "erase" in desk_view(at.room, NoNetwork()).may
        assert (await at.do("erase")).done
        assert at.room.is_to_be_erased.is_set()

    scene(tmp_path, act)
