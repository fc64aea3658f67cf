"""The gate: who may come in, how often they may speak, and from which pages; nothing here knows the game.

Addresses are kept in memory for a minute, to slow guessing down; they are neither stored nor logged.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CODE_TRIES_IN_ALL, CODE_TRIES_OF_ONE, RECOVERY_TRIES = 30, 6, 5
MINUTE = 60.0
BURST, PER_SECOND = 20, 5.0
MOST_BAD_FRAMES = 20

Clock = Callable[[], float]


def new_code() -> str:
    """Return six digits that let new phones in."""
    return f"{secrets.randbelow(1_000_000):06d}"


def new_secret() -> str:
    """Return 128 random bits as hexadecimal digits."""
    return secrets.token_hex(16)


def hash_of_key(key: str) -> str:
    """Return what is kept of a phone's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def recovery_of(secret: str, seat: int) -> str:
    """Return the four digits with which a seat can move to another phone."""
    digest = hmac.new(bytes.fromhex(secret), f"seat {seat}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:4], 'big') % 10_000:04d}"


def is_same(one: str, other: str) -> bool:
    """Tell whether two secrets are the same, in a time that does not tell how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())


@dataclass
class Tries:
    """How often something was tried wrongly within the last minute; over the limit all is refused for another."""

    limit: int
    clock: Clock = time.monotonic
    wrong: deque[float] = field(default_factory=deque)
    refused_until: float = -1.0

    def wait_seconds(self) -> float:
        """Return for how long nothing may be tried; 0 if it may."""
        return max(self.refused_until - self.clock(), 0.0)

    def failed(self) -> None:
        """Note a wrong try."""
        now = self.clock()
        self.wrong.append(now)
        while self.wrong and now - self.wrong[0] > MINUTE:
            self.wrong.popleft()
        if len(self.wrong) >= self.limit:
            self.refused_until = now + MINUTE
            self.wrong.clear()


@dataclass
class Gate:
    """Lets new keys in by the code, and old seats move by their digits, as often as guessing stays hopeless."""

    code: str
    clock: Clock = time.monotonic
    of_address: dict[str, Tries] = field(default_factory=dict)
    of_seat: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to count."""
        self.in_all = Tries(CODE_TRIES_IN_ALL, self.clock)

    def wait_ms(self, address: str) -> int:
        """Return for how many milliseconds new keys from an address are refused; 0 if they are not."""
        mine = self.of_address.get(address)
        return round(1000 * max(self.in_all.wait_seconds(), mine.wait_seconds() if mine else 0.0))

    def is_right(self, code: str | None, address: str) -> bool:
        """Tell whether a code is the room's; a wrong one is counted."""
        if code is not None and is_same(code, self.code):
            return True
        if len(self.of_address) > 4 * CODE_TRIES_IN_ALL:
            self._forget()
        self.of_address.setdefault(address, Tries(CODE_TRIES_OF_ONE, self.clock)).failed()
        self.in_all.failed()
        return False

    def _forget(self) -> None:
        now = self.clock()
        self.of_address = {
            address: tries
            for address, tries in self.of_address.items()
            if tries.wait_seconds() > 0.0 or (tries.wrong and now - tries.wrong[-1] < MINUTE)
        }

    def may_recover(self, seat: int) -> bool:
        """Tell whether a seat's digits may still be tried; after five wrong tries only the trainer can help."""
        return self.of_seat.get(seat, 0) < RECOVERY_TRIES

    def recovery_failed(self, seat: int) -> None:
        """Note a wrong try of a seat's digits."""
        self.of_seat[seat] = self.of_seat.get(seat, 0) + 1


@dataclass
class Pace:
    """How fast one may speak: a burst of messages, then so many a second."""

    clock: Clock = time.monotonic
    left: float = BURST
    bad_frames: int = 0

    def __post_init__(self) -> None:
        """Begin to count."""
        self.last = self.clock()

    def may_speak(self) -> bool:
        """Tell whether another message may come now."""
        now = self.clock()
        self.left = min(BURST, self.left + (now - self.last) * PER_SECOND)
        self.last = now
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


# --- Pages and where they come from ---

_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def is_foreign(headers: Mapping[str, str], origins: set[str], *, needs_origin: bool) -> int:
    """Return the status with which a request is refused, or 0: 421 for another host, 403 for another page's."""
    hosts = {origin.partition("//")[2] for origin in origins}
    if headers.get("host", "") not in hosts:
        return 421
    origin = headers.get("origin")
    if needs_origin and origin is None:
        return 403
    return 403 if origin is not None and origin not in origins else 0


def headers_of(page: bytes, origins: set[str], *, computes: bool = False) -> dict[str, str]:
    """Return the headers of a page: nothing may be loaded, run or called but what it brings and its own server.

    `computes`: the page brings compiled code of its own.
    """
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(page)) or "'none'"
    scripts += " 'wasm-unsafe-eval'" if computes else ""
    sockets = " ".join(sorted(origin.replace("http", "ws", 1) for origin in origins))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        f"connect-src 'self' {sockets}; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {"Content-Security-Policy": policy, **PLAIN_HEADERS}


PLAIN_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
# For pages of this machine: a browser heeds it of addresses that it trusts only, and complains of it from others.
OWN_WINDOW = {"Cross-Origin-Opener-Policy": "same-origin"}


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()
