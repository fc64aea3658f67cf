"""The script of a session: the steps that a play goes through, in their order."""

from __future__ import annotations

from typing import NamedTuple

from app.room.messages import Phase
from app.room.plays import Play

REVEALS = ("guesses", "class", "fan", "twins", "shoes")


class GameStep(NamedTuple):
    """A stretch of the session: its phase, and the round (0 for practice) and the act that it belongs to."""

    phase: Phase
    round: int
    act: int


def script_of(play: Play) -> tuple[GameStep, ...]:
    """Return the steps of a session, in their order."""
    steps = [GameStep("lobby", 0, 0)]
    steps += [GameStep("coins", 0, 0)] if play.coins else []
    steps += [GameStep("guess", 0, 0)] if play.guess else []
    steps += [GameStep("practice", 0, 0), GameStep("practised", 0, 0)] if play.practice_rounds else []
    for number in range(1, play.rounds + 1):
        stretch = play.stretch_of(number)
        if stretch > 0 and number == play.first_round_of(stretch):
            steps.append(GameStep("announce", number, stretch))
        if number in play.beliefs_before:
            steps.append(GameStep("believe", number, stretch))
        steps += [GameStep("decide", number, stretch), GameStep("result", number, stretch)]
        if number in play.beliefs_after:
            steps.append(GameStep("believe", number, stretch))
    last = play.stretch_of(play.rounds)
    steps.append(GameStep("end", play.rounds, last))
    steps += [GameStep("reveal", play.rounds, last) for _ in REVEALS]
    steps += [GameStep("questions", play.rounds, last)] if play.asked_on_phones else []
    return (*steps, GameStep("debrief", play.rounds, last), GameStep("closed", play.rounds, last))
