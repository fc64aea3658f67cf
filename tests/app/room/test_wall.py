"""The wall: like is held against like, fewer than five are not told of, hands and two worlds are shown as they are."""

from __future__ import annotations

import asyncio
import re
import secrets
from pathlib import Path

import numpy as np
import pytest

from analysis.rooms.choices import choices_of
from analysis.rooms.comparators import shares_of_runs
from analysis.rooms.effect import effects_of
from analysis.rooms.fitness import acts_of
from analysis.rooms.report import room_words
from analysis.rooms.reported import Reported, gain_told
from app.room.afterwards import reported
from app.room.class_lines import lines_of_class
from app.room.desk_views import desk_view, wall_view
from app.room.folders import stored_room
from app.room.messages import Choose
from app.room.sessions import session_of
from tests.app.room.test_desk import DeskScene, NoNetwork, scene
from tests.app.room.test_live import hashed, seated, to_phase

TWO_WORLDS = """
[[world]]
name = "changed"
acts = [0, 1]
title = { en = "New rule", zh = "新规定组" }
[[world]]
name = "unchanged"
acts = [0, 0]
"""


def test_the_wall_after_the_last_round_tells_of_the_last_rule(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 5)
        await at.played(np.random.default_rng(1))
        for phase in ("reveal", "debrief", "closed"):
            await to_phase(at.room, phase)
            wall = wall_view(at.room, NoNetwork(), at.desk.findings)
            assert wall.act == 1, phase
            assert wall.reveal == (1 if phase == "reveal" else 5)
            for number in range(at.room.read.play.rounds, at.room.read.play.rounds + 7):
                assert at.room.worlds.wall(0, number) == at.room.worlds.wall(0, at.room.read.play.rounds)

    scene(tmp_path, act)


def test_a_class_of_eight_is_told_by_stretches_and_so_is_all_that_it_is_held_against(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 8)
        await at.played(np.random.default_rng(6))
        await to_phase(at.room, "debrief")
        wall = wall_view(at.room, NoNetwork(), at.desk.findings)
        (world,) = wall.worlds
        assert wall.shows == "acts"
        assert world.stretches == [0, 0, 1, 1]
        rounds, decided = at.room.worlds.rounds[0], at.room.worlds.posts_decided(at.room.state, 0)
        tried = [
            np.mean([over.ordered[post] >= 2 for post in posts]) for over, posts in zip(rounds, decided, strict=True)
        ]
        assert world.shares == pytest.approx(np.repeat([np.mean(tried[:2]), np.mean(tried[2:])], 2))
        runs = shares_of_runs(at.room.worlds.fan_runs[0], decided)
        means = np.stack([runs[:, :2].mean(axis=1), runs[:, 2:].mean(axis=1)], axis=1)
        assert world.fan is not None
        assert world.shoes is not None
        assert world.fan.low90 == pytest.approx(np.repeat(np.quantile(means, 0.05, axis=0), 2))
        assert world.fan.high90 == pytest.approx(np.repeat(np.quantile(means, 0.95, axis=0), 2))
        # Of sixteen decisions, the model expects how many in its officials' shoes: in steps of sixteenths.
        assert [16 * value % 1 for value in world.shoes.high90] == [0.0] * 4
        assert world.shoes.high90[0] == world.shoes.high90[1]
        twins = lines_of_class(at.room.state, at.room.worlds, 0, "rounds").twins()
        assert world.twins == pytest.approx(np.repeat([twins[:2].mean(), twins[2:].mean()], 2))

    scene(tmp_path, act)


def test_a_round_in_which_too_few_decide_is_in_no_mean(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 6)
        await to_phase(at.room, "decide")
        while at.room.state.phase != "end":
            if at.room.state.phase == "decide":
                number = at.room.state.now.round
                for seat in range(1, 7 if number != 2 else 3):  # in the second round two of six
                    choice = Choose(id=secrets.token_hex(8), round=number, action=2 if number == 2 else 0)
                    await at.room.said(choice, hashed(at.room, seat), "")
                await at.room.close_round()
            else:
                await at.room.go_to(at.room.state.step + 1)
        (world,) = wall_view(at.room, NoNetwork(), at.desk.findings).worlds
        assert world.shares == [0.0, None, 0.0, 0.0]

    room = scene(tmp_path, act)
    told = Reported(session_of(stored_room(room.path)), 0, None)
    assert np.array_equal(told.shares, [0.0, np.nan, 0.0, 0.0], equal_nan=True)
    assert (told.people, told.rounds_told) == ([6, 2, 6, 6], 3)


def test_private_gain_counts_as_trying_and_is_told_apart_of_the_class_as_of_the_model(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 10)
        await to_phase(at.room, "decide")
        while at.room.state.phase != "end":
            if at.room.state.phase == "decide":
                number = at.room.state.now.round
                for seat in range(1, 11):  # two of ten seek it in the first stretch, four in the second
                    action = 4 if seat <= (2 if number <= 2 else 4) else 2 if seat == 10 else 0
                    choice = Choose(id=secrets.token_hex(8), round=number, action=action)
                    await at.room.said(choice, hashed(at.room, seat), "")
                await at.room.close_round()
            else:
                await at.room.go_to(at.room.state.step + 1)
        for told in range(1, 4):
            await at.room.go_to(at.room.state.step + 1)
            wall = wall_view(at.room, NoNetwork(), at.desk.findings)
            (world,) = wall.worlds
            assert wall.has_gain
            assert world.shares == pytest.approx([0.3, 0.3, 0.5, 0.5])
            assert world.gain == (None if told < 2 else pytest.approx([0.2, 0.2, 0.4, 0.4]))
            assert (world.gain_of_model is None) == (told < 3)
        posts = at.room.worlds.posts_decided(at.room.state, 0)
        sought = [at.room.worlds.fan_runs[0][:, place, posts[place]] == 4 for place in range(4)]
        of_stretch = [np.mean(sought[place : place + 2], axis=(0, 2)) for place in (0, 2)]
        assert world.gain_of_model == pytest.approx(np.repeat([np.median(of) for of in of_stretch], 2))

    actions = ["inaction", "routine", "innovation", "filed_innovation", "self_dealing"]
    room = scene(tmp_path, act, actions=actions)
    session = session_of(stored_room(room.path))
    (told,) = gain_told(session, Reported(session, 0, None), 0, room_words("en"))
    assert re.search(r"it was 20% under rule A \(.*\d+%\), 40% under rule B", getattr(told, "text", ""))


def test_hands_take_chairs_that_no_phone_has_and_are_in_wall_and_report(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 3)
        await to_phase(at.room, "decide")
        while at.room.state.phase != "end":
            if at.room.state.phase == "decide":
                for seat in (1, 2, 3):
                    choice = Choose(id=secrets.token_hex(8), round=at.room.state.now.round, action=0)
                    await at.room.said(choice, hashed(at.room, seat), "")
                assert (await at.do("hands", counts=[5, 5, 5, 0, 2])).why == "action"  # this play has no private gain
                assert wall_view(at.room, NoNetwork(), at.desk.findings).hands == 0
                assert (await at.do("hands", counts=[5, 5, 7, 0])).done
                assert desk_view(at.room, NoNetwork()).hands == 17
                assert wall_view(at.room, NoNetwork(), at.desk.findings).hands == 17
                await at.room.close_round()
            else:
                await at.room.go_to(at.room.state.step + 1)
        posts = at.room.worlds.posts_decided(at.room.state, 0)
        assert all(len(set(of_round)) == len(of_round) == 20 for of_round in posts)
        lines = lines_of_class(at.room.state, at.room.worlds, 0, "rounds")
        assert lines.shares() == pytest.approx([7 / 20] * 4)
        assert (await at.do("hands", counts=[1000, 0, 0, 0])).why == "no_round"  # no round is open
        await to_phase(at.room, "debrief")
        at.desk.findings.status()
        async with asyncio.timeout(60):
            while at.desk.findings.status() == "working":
                await asyncio.sleep(0.1)
        assert at.desk.findings.status() == "hands"  # not that too few had decided

    room = scene(tmp_path, act)
    kept = stored_room(room.path)
    assert kept.worlds().worlds[0].memory() == room.worlds.worlds[0].memory()
    session = session_of(kept)
    assert list(Reported(session, 0, None).shares) == pytest.approx([7 / 20] * 4)
    assert session.facts["hands"] == {str(number): [5, 5, 7, 0] for number in range(1, 5)}
    assert "Hands were counted" in reported(str(room.path), "en").read_text(encoding="utf-8")


def test_two_worlds_hold_matched_chairs_and_the_rule_changes_in_one_of_them(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 24)
        seats = at.room.state.seats.values()
        assert sorted(seat.chair for seat in seats if seat.world == 0) == list(range(12))
        assert sorted(seat.chair for seat in seats if seat.world == 1) == list(range(12))
        first = {seat.world: seat for seat in seats if seat.chair == 0}
        assert at.room.worlds.you(first[0], 1) == at.room.worlds.you(first[1], 1)
        await at.played(np.random.default_rng(4))
        await to_phase(at.room, "debrief")
        wall = wall_view(at.room, NoNetwork(), at.desk.findings)
        assert [world.name for world in wall.worlds] == ["changed", "unchanged"]
        assert [world.title for world in wall.worlds] == [{"en": "New rule", "zh": "新规定组"}, None]
        assert [world.acts for world in wall.worlds] == [[0, 0, 1, 1], [0, 0, 0, 0]]
        assert [world.stretches for world in wall.worlds] == [[0, 0, 1, 1]] * 2
        assert wall.rule is None  # there are two, and each phone has its own
        assert all(world.people == [12] * 4 for world in wall.worlds)
        assert (await at.do("hands", counts=[1, 1, 1, 1])).why == "no_round"

    room = scene(tmp_path, act, TWO_WORLDS)
    session = session_of(stored_room(room.path))
    choices = choices_of(session)
    worlds = np.array([session.people[person].world for person in choices.person])
    acts = acts_of(session, choices)
    assert set(acts[(worlds == 0) & (choices.round > 2)]) == {1}  # the changed rule held for these decisions alone
    assert set(acts[(worlds == 1) | (choices.round <= 2)]) == {0}
    across = effects_of(session)[-1]
    assert across.name == "changed against unchanged"
    assert across.people == 12
    assert across.p_value is not None
    assert 0.0 < across.p_value <= 1.0
    # Same people, same luck: where the rules are the same, the twins are.
    for number in (1, 2):
        both = [session.twins[world][number - 1].told.came for world in (0, 1)]
        assert np.array_equal(both[0], both[1])


@pytest.mark.slow
def test_the_report_of_two_worlds_names_each_in_the_reader_s_language(tmp_path: Path) -> None:
    async def act(at: DeskScene) -> None:
        await seated(at.room, 20)
        await at.played(np.random.default_rng(4))

    room = scene(tmp_path, act, TWO_WORLDS)
    told = reported(str(room.path), "zh").read_text(encoding="utf-8")
    for title in ("新规定组：本班与模型", "unchanged：本班与模型", "新规定组：原有规定 → 看得见的容错"):
        assert title in told
