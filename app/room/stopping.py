"""How serving ends: Ctrl-C and its like are heard by the loop in its own time."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


@contextmanager
def stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set the event when somebody asks the program to end; who asks again interrupts at once.

    As an exception the signal could come in any callback, and what calls those notes exceptions and goes on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}

    def hear(number: int, frame: FrameType | None) -> None:
        earlier = before[signal.Signals(number)]
        if stop.is_set() and callable(earlier):
            earlier(number, frame)
        else:
            loop.call_soon_threadsafe(stop.set)

    heard = [number for number, earlier in before.items() if earlier is not signal.SIG_IGN and earlier is not None]
    for number in heard:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])
