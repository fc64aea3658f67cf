"""The clock of a step: how long phones can still answer, on the clock of this machine that nobody can set."""

from __future__ import annotations

import time

from app.room.game import GameState


class StepClock:
    """What is left of a step; nothing runs in steps that the trainer ends."""

    def __init__(self) -> None:
        self.left_seconds: float | None = None
        self._began = time.monotonic()

    def begin(self, state: GameState) -> None:
        """Begin the step that the room is in."""
        play, phase = state.play, state.phase
        self.left_seconds, self._began = None, time.monotonic()
        if not play.seconds or not state.is_attended:  # whoever counts hands takes the time that it needs
            return
        if phase in ("decide", "practice"):
            self.left_seconds = float(play.seconds)
        elif play.result_seconds and phase == "result" and _goes_on_by_itself(state):
            self.left_seconds = float(play.result_seconds)

    def stop(self) -> None:
        """Let nothing run any more in this step."""
        self.left_seconds = None

    def add(self, seconds: float) -> None:
        """Put the clock on, or let time pass where it is negative."""
        if self.left_seconds is not None:
            self.left_seconds += seconds

    @property
    def is_running(self) -> bool:
        """Tell whether the step ends by itself."""
        return self.left_seconds is not None

    @property
    def is_over(self) -> bool:
        """Tell whether the time of the step is up."""
        return self.left_seconds is not None and self.left_seconds <= 0

    @property
    def left_ms(self) -> int | None:
        """Return what is left of the step, or None where no clock runs."""
        return None if self.left_seconds is None else max(round(1000 * self.left_seconds), 0)

    @property
    def passed_seconds(self) -> float:
        """Return for how long the step has lasted."""
        return time.monotonic() - self._began


def _goes_on_by_itself(state: GameState) -> bool:
    return state.script[state.step + 1].phase in ("decide", "end")
