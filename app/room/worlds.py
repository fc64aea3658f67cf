"""The worlds of a room: the model under the class's orders, and what each seat sees of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.rooms.comparators import model_runs
from analysis.rooms.points import POINTS_PER_UTILITY, came_column, chance_of_success, points_of, sure_points
from analysis.rooms.wall import TENTHS, OfficeNews, WallNumbers, news_of_offices, parts_of, tenths_of, wall_of
from analysis.rooms.world import PRACTICE_RUN, Told, World, chairs_of, office_of, orders_for
from app.room.game import COINS, GameState, SeatState, new_game
from app.room.messages import Final, Last, MonthOf, Office, RoundOf, SameLuck, You
from app.room.plays import ReadPlay
from model.draws import coin_luck
from model.faced import FACED
from model.rules.career import drive
from model.state import OfficialState
from model.vocabulary import ACTIONS, Action

LEAST_FOR_FIFTHS = 5  # of fewer people a fifth would be less than one
_N_STATE = len(OfficialState._fields)
_FIRST_SHARE = FACED.index("here_share_inaction")
_COLUMN = {name: place for place, name in enumerate(FACED)}


@dataclass(frozen=True)
class Round:
    """A round that is over: what was told, its points (months, officials), each office's news, the posts ordered.

    `begun` is the world as it stood when the round began; it tells of nobody.
    """

    begun: World
    told: Told
    points: NDArray[np.float64]
    news: list[OfficeNews]
    ordered: Mapping[int, int]  # post: action


class Worlds:
    """All worlds of a room, each with its twin, in which nobody is ordered anything; and the practice."""

    def __init__(self, read: ReadPlay, seed: int) -> None:
        self.read, self.seed = read, seed
        n = len(read.play.worlds)
        self.designs = [read.design_of(number, seed) for number in range(n)]
        self.chairs = chairs_of(self.designs[0])
        self.worlds = [World(design) for design in self.designs]
        self.twins = [World(design) for design in self.designs]
        self.rounds: list[list[Round]] = [[] for _ in range(n)]
        self.twin_rounds: list[list[Round]] = [[] for _ in range(n)]
        self.practice = [World(read.design_of(number, seed, PRACTICE_RUN)) for number in range(n)]
        self.practised: list[Round | None] = [None] * n
        self.walls = [
            [wall_of(design, number, read.baseline) for number in range(1, read.play.rounds + 1)]
            for design in self.designs
        ]
        # What seats face and have got changes with a round only, and is told after each of their choices.
        self._yous: dict[tuple[int, int, int], You] = {}
        self._offices: dict[tuple[int, int, int], Office] = {}
        self._totals: dict[tuple[int, int, int], int] = {}
        self._histories: dict[tuple[int, int, int], list[RoundOf]] = {}

    # --- Rounds ---

    def post_of(self, seat: SeatState) -> int:
        """Return the post that a seat holds."""
        return self.chairs[seat.chair]

    def close(self, state: GameState, number: int) -> None:
        """Take all worlds through a round that has closed; 0 is the practice."""
        for known in (self._yous, self._offices, self._totals):
            known.clear()
        for place in range(len(self.worlds)):
            ordered = self._ordered(state, number, place)
            if number == 0:
                self.practised[place] = _played(self.practice[place], ordered)
            else:
                self.rounds[place].append(_played(self.worlds[place], ordered))
                self.twin_rounds[place].append(_played(self.twins[place], {}))

    def _ordered(self, state: GameState, number: int, world: int) -> dict[int, int]:
        seats = [seat for seat in state.seats.values() if seat.world == world]
        chosen = state.closed.get(number, {})
        ordered = {self.post_of(seat): chosen[seat.number] for seat in seats if seat.number in chosen}
        return {**ordered, **self.hands(state, number)} if world == 0 else ordered

    def hands(self, state: GameState, number: int) -> dict[int, int]:
        """Return the orders of a show of hands, by post; none where no hands were counted.

        They take the first chairs that no phone had when the round began, and a keyed draw mixes them there.
        """
        actions = [action for action, count in enumerate(state.hands.get(number, ())) for _ in range(count)]
        mixed = np.random.default_rng([self.seed, number]).permutation(np.array(actions, dtype=np.int64))
        taken = sum(seat.first_round <= number for seat in state.seats.values())
        return {post: int(action) for post, action in zip(self.chairs[taken:], mixed, strict=False)}

    # --- What a seat sees ---

    def wall(self, world: int, number: int) -> WallNumbers:
        """Return what stands on the wall in a round; before the first it is the first one's, after the last its own."""
        return self.walls[world][min(max(number, 1), self.read.play.rounds) - 1]

    def facing(self, seat: SeatState, number: int) -> NDArray[np.float64]:
        """Return what a seat faces in the round that comes next (0 for practice), (FACED,)."""
        world = self.practice[seat.world] if number == 0 else self.worlds[seat.world]
        row: NDArray[np.float64] = world.facing[self.post_of(seat)]
        return row

    def you(self, seat: SeatState, number: int) -> You:
        """Return the official that a person plays, in whole numbers."""
        place = (seat.world, seat.chair, number)
        if place not in self._yous:
            self._yous[place] = self._you(seat, number)
        return self._yous[place]

    def _you(self, seat: SeatState, number: int) -> You:
        row, design = self.facing(seat, number), self.designs[seat.world]
        parameters = design.parameters_in(max(number, 1))
        official = OfficialState(*row[1 : 1 + _N_STATE])
        unbarred = drive(official._replace(freeze_months=0.0), parameters.career)
        return You(
            chance_tenths=tenths_of(float(chance_of_success(row, parameters))),
            worth=_points(row[_COLUMN["sees_drive"]]),
            worth_unbarred=_points(unbarred),
            barred_rounds=math.ceil(official.freeze_months / design.months_per_round),
            age=int(official.age),
            may_file=_may_file(row),
            sure=[round(float(points)) for points in sure_points(row, parameters)],
            actions=self._open(row),
            is_successor=bool(row[0] > 0.0),
        )

    def _open(self, row: NDArray[np.float64]) -> list[int]:
        """Return the actions that are open to who faces so: where the matter is urgent, there is no time to file."""
        named = [action for action, name in enumerate(ACTIONS) if name in self.read.play.actions]
        return [action for action in named if action != Action.FILED_INNOVATION or _may_file(row)]

    def office(self, seat: SeatState, number: int) -> Office:
        """Return what is known in a person's office: last month's shares, and the last round's news."""
        place = (seat.world, seat.chair, number)
        if place not in self._offices:
            self._offices[place] = self._office(seat, number)
        return self._offices[place]

    def _office(self, seat: SeatState, number: int) -> Office:
        row, place = self.facing(seat, number), office_of(self.designs[seat.world], self.post_of(seat))
        shares = [float(share) for share in row[_FIRST_SHARE : _FIRST_SHARE + 3]]
        over = self.rounds[seat.world]
        news = over[-1].news[place] if over and number > 0 else OfficeNews(0, 0, 0)
        return Office(
            shares=list(parts_of(shares, TENTHS)),
            sanctions=news.sanctions,
            exemptions=news.exemptions,
            unpursued=news.unpursued,
        )

    def last(self, seat: SeatState, number: int) -> Last | None:
        """Return what a round came to for a seat; None if it had none."""
        over = self.practised[seat.world] if number == 0 else self._round(seat, number)
        if over is None or (number > 0 and number < seat.first_round):
            return None
        months, points = self._months(over, seat, number)
        return Last(round=number, months=months, points=points, deputy=self.post_of(seat) not in over.ordered)

    def _round(self, seat: SeatState, number: int) -> Round | None:
        over = self.rounds[seat.world]
        return over[number - 1] if 0 < number <= len(over) else None

    def _months(self, over: Round, seat: SeatState, number: int) -> tuple[list[MonthOf], int]:
        post, held = self.post_of(seat), self.designs[0].months_per_round
        months = _months_of(over.told.came[:, post], over.points[:, post], (max(number, 1) - 1) * held)
        return months, sum(month.points for month in months)

    def total(self, seat: SeatState) -> int:
        """Return a seat's points so far, of the rounds since somebody sat in it."""
        place = (seat.world, seat.chair, seat.first_round)
        if place not in self._totals:
            self._totals[place] = sum(self._round_points(self.rounds[seat.world], seat))
        return self._totals[place]

    def _round_points(self, rounds: list[Round], seat: SeatState) -> list[int]:
        post = self.post_of(seat)
        return [
            sum(round(float(points)) for points in over.points[:, post])
            for number, over in enumerate(rounds, start=1)
            if number >= seat.first_round
        ]

    def history(self, seat: SeatState, is_over: bool) -> list[RoundOf]:
        """Return all rounds of a seat, a predecessor's too; the twin's beside them once the play is over."""
        rows = []
        for number, (over, twin) in enumerate(
            zip(self.rounds[seat.world], self.twin_rounds[seat.world], strict=True), start=1
        ):
            post = self.post_of(seat)
            months, points = self._months(over, seat, number)
            rows.append(
                RoundOf(
                    round=number,
                    act=self.designs[seat.world].act_of_round[number - 1],
                    action=over.ordered.get(post, months[0].action),
                    deputy=post not in over.ordered,
                    months=months,
                    points=points,
                    twin_action=int(came_column(twin.told.came[0, post], "action")) if is_over else None,
                    twin_points=sum(round(float(p)) for p in twin.points[:, post]) if is_over else None,
                )
            )
        return rows

    def history_with_luck(self, seat: SeatState) -> list[RoundOf]:
        """Return all rounds of a seat and its twin, and what the same luck would have brought in the seat's own.

        For the time after the play only; it takes some thousandths of a second a round.
        """
        place = (seat.world, seat.chair, seat.first_round)
        if place not in self._histories:
            self._histories[place] = [
                row.model_copy(update={"same_luck": self.same_luck(seat, row)})
                for row in self.history(seat, is_over=True)
            ]
        return self._histories[place]

    def same_luck(self, seat: SeatState, row: RoundOf) -> list[SameLuck]:
        """Return what each other choice that was open in a round would have brought, all before being as it was."""
        if row.round < seat.first_round:
            return []  # a predecessor's
        over = self.rounds[seat.world][row.round - 1]
        others = [action for action in self._open(over.told.faced[0, self.post_of(seat)]) if action != row.action]
        return [self.otherwise(seat, row.round, action) for action in others]

    def otherwise(self, seat: SeatState, number: int, action: int) -> SameLuck:
        """Return what a round would have come to for a seat under an order: the same draws, the engine's own month."""
        over, post = self.rounds[seat.world][number - 1], self.post_of(seat)
        world = over.begun.telling_of([post])
        told = world.play(orders_for(world, {**over.ordered, post: action}))
        points = points_of(told.faced, told.came, world.design.parameters_in(number))
        months = _months_of(told.came[:, 0], points[:, 0], (number - 1) * world.design.months_per_round)
        return SameLuck(action=action, months=months, points=sum(month.points for month in months))

    def final(self, state: GameState, seat: SeatState) -> Final:
        """Return what the end shows a person: the own points beside the twin's."""
        rows = [row for row in self.history(seat, is_over=True) if row.round >= seat.first_round]
        totals = sorted(self.total(other) for other in state.seats.values())
        mine = self.total(seat)
        below = sum(total < mine for total in totals)
        return Final(
            points=mine,
            twin_points=sum(row.twin_points or 0 for row in rows),
            tried=sum(row.action >= Action.INNOVATION for row in rows),
            twin_tried=sum((row.twin_action or 0) >= Action.INNOVATION for row in rows),
            rounds=len(rows),
            fifth=min(5 * below // len(totals), 4) if len(totals) >= LEAST_FOR_FIFTHS else -1,
            coin_points=self.coin_points(seat),
        )

    def coin_points(self, seat: SeatState) -> int:
        """Return what the gambles that a person took have come to: each coin is tossed by a keyed draw."""
        key, post = self.worlds[0].key, np.uint64(self.post_of(seat))
        won = 0
        for number, accepted in seat.coins.items():
            win, lose = COINS[number]
            toss = coin_luck(key, post, np.uint64(number))
            won += (win if toss < 0.5 else -lose) if accepted else 0
        return won

    # --- What the class is held against ---

    def people(self, state: GameState, world: int) -> list[list[SeatState]]:
        """Return, round by round, the seats of a world whose person decided."""
        return [
            [
                seat
                for number_of_seat, seat in state.seats.items()
                if seat.world == world and not seat.is_erased and number_of_seat in state.closed.get(number, {})
            ]
            for number in range(1, len(self.rounds[world]) + 1)
        ]

    def posts_decided(self, state: GameState, world: int) -> list[list[int]]:
        """Return, round by round, the posts of a world that people decided for, by phone or by show of hands."""
        return [
            [*(self.post_of(seat) for seat in seats), *(self.hands(state, number) if world == 0 else ())]
            for number, seats in enumerate(self.people(state, world), start=1)
        ]

    @cached_property
    def fan_runs(self) -> list[NDArray[np.int8]]:
        """Return the model's runs of each world; it takes a second or two, so it is asked for in a thread."""
        return [model_runs(design) for design in self.designs]


def warm_up(read: ReadPlay, seed: int) -> None:
    """Take a world of its own through a round, so that nothing is compiled any more when a class is waiting."""
    state, worlds = new_game(read.play), Worlds(read, seed)
    worlds.close(state, 0)
    worlds.close(state, 1)
    model_runs(worlds.designs[0], range(1))
    seat = SeatState(1, 0, 0, "", "en", 0)
    worlds.you(seat, 1)
    worlds.coin_points(replace(seat, coins={0: True}))


def _may_file(row: NDArray[np.float64]) -> bool:
    return bool(row[_COLUMN["sees_may_file"]] > 0.0)


def _months_of(came: NDArray[np.float64], points: NDArray[np.float64], first: int) -> list[MonthOf]:
    """Return the months of a post from what came of them, (months, CAME), and their points; `first` were before."""
    return [
        MonthOf(
            month=first + place + 1,
            action=int(came_column(row, "action")),
            outcome=int(came_column(row, "outcome")),
            case=bool(came_column(row, "is_failure_case") + came_column(row, "is_misconduct") > 0),
            exempt=bool(came_column(row, "is_exempt")),
            rung=int(came_column(row, "rung")),
            points=round(float(points[place])),
        )
        for place, row in enumerate(came)
    ]


def _points(utility: float) -> int:
    return round(POINTS_PER_UTILITY * float(utility))


def _played(world: World, ordered: Mapping[int, int]) -> Round:
    """Return a world's next round under orders for some posts."""
    design, begun = world.design, world.telling_of([])
    parameters = design.parameters_in(world.rounds_done + 1)
    told = world.play(orders_for(world, ordered))
    points = points_of(told.faced, told.came, parameters)
    return Round(begun, told, points, news_of_offices(design, told, parameters), dict(ordered))
