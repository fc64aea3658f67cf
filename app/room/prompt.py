"""Connections of a class: who does not say within seconds what is wanted, or does not read what is sent, is let go."""

from __future__ import annotations

import asyncio
from typing import cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEADER_SECONDS = 5.0
SLOW_SECONDS = 2.0


class PromptProtocol(H11Protocol):
    """A connection on which the head of each request has to be whole in time, so that idle ones cannot pile up."""

    late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take in what was sent; a request that is whole is no longer waited for."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        is_mine = cast(object, self.transport.get_protocol()) is self  # it is a socket's after an upgrade
        if not is_mine or self.transport.is_closing() or self.conn.their_state is not h11.IDLE:
            self._forget()
        elif self.late is None:
            self.late = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _forget(self) -> None:
        if self.late is not None:
            self.late.cancel()
            self.late = None


class PromptSocket(WebSocketsSansIOProtocol):
    """A socket that is dropped where what is sent is not read in time: a polite close would wait for that, too."""

    stuck: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """Begin to wait for the reader."""
        super().pause_writing()
        self.stuck = self.loop.call_later(SLOW_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Wait no more: it reads."""
        super().resume_writing()
        self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._forget()
        super().connection_lost(exc)

    def _forget(self) -> None:
        if self.stuck is not None:
            self.stuck.cancel()
            self.stuck = None
