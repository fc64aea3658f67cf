"""A block done under watch: a run that takes too long becomes a row, and the runs after it go on.

Compiled code cannot be interrupted from outside. The runs of a block are therefore done in a thread that is left behind
if it hangs: it may go on computing until the program ends, but nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Thread

from analysis.design.runs import Run
from analysis.execution.runner import outcomes_of
from analysis.execution.tasks import BlockTask, StoppedError, clock, rows_of
from analysis.store.rows import TIMED_OUT, Rows, RunOutcome, no_outcome

_SECONDS_BETWEEN_LOOKS = 0.2


class _Attempt:
    """A thread that does the runs of a block that are not done yet; `outcomes` grows while it works."""

    def __init__(self, task: BlockTask, earlier: Sequence[RunOutcome]) -> None:
        self.outcomes: list[RunOutcome] = []
        self.at_hand: Run | None = None
        self.error: BaseException | None = None
        self.has_ended, self.stop = Event(), Event()
        arguments = (task, tuple(earlier))
        Thread(target=self._work, args=arguments, name=f"block {task.block.number}", daemon=True).start()

    def _work(self, task: BlockTask, earlier: Sequence[RunOutcome]) -> None:
        try:
            for outcome in outcomes_of(task, self._begin, earlier):
                self.outcomes.append(outcome)
        except BaseException as error:  # raised again where it is waited for
            self.error = error
        self.has_ended.set()

    def _begin(self, run: Run) -> None:
        if self.stop.is_set():
            raise StoppedError
        self.at_hand = run


def watched_rows(task: BlockTask, stop: Event) -> Rows:
    """Return the rows of a block; StoppedError if that is asked for meanwhile.

    When the time of the block is up, the run at hand has timed out, and the runs after it get the same time again.
    """
    began = clock()
    outcomes: list[RunOutcome] = list(task.known)
    while True:
        attempt = _Attempt(task, outcomes)
        is_at_end = _ends_in_time(attempt, task.specification.timeout_seconds, stop)
        at_hand = attempt.at_hand
        outcomes += list(attempt.outcomes)
        if is_at_end:
            outcomes.sort(key=lambda outcome: outcome.run.id)
            return rows_of(task, outcomes, clock() - began)
        if at_hand is not None and all(outcome.run != at_hand for outcome in outcomes):
            message = f"the {task.specification.timeout_seconds:g} seconds of its block were up"
            outcomes.append(no_outcome(task.specification, at_hand, TIMED_OUT, message))


def _ends_in_time(attempt: _Attempt, seconds: float, stop: Event) -> bool:
    """Wait for an attempt; tell whether it came to its end in time. If not, it is asked to stop and left behind."""
    deadline = clock() + seconds
    while not attempt.has_ended.wait(max(0.0, min(deadline - clock(), _SECONDS_BETWEEN_LOOKS))):
        if stop.is_set() or clock() >= deadline:
            attempt.stop.set()
            if stop.is_set():
                raise StoppedError
            return False
    if attempt.error is not None:
        raise attempt.error
    return True
