"""What a browser reads where it is refused: one sentence in both languages, and the address to open instead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Set

from starlette.requests import Request
from starlette.responses import Response

from app.room.gate import PLAIN_HEADERS

FOREIGN_PAGE = 403
_ELSEWHERE = "请打开 {address}\nPlease open {address}\n"
_FOREIGN = (
    "此请求来自其他网页，未予受理；请打开 {address}\n"
    "This came from another page and was not taken; please open {address}\n"
)


def refusal(status: int, origins: Set[str]) -> Response:
    """Return the answer to who came by another address, from another page, or to a place that is not there."""
    text = (_FOREIGN if status == FOREIGN_PAGE else _ELSEWHERE).format(address=" ".join(sorted(origins)))
    return Response(text, status, PLAIN_HEADERS, "text/plain; charset=utf-8")


def not_there(origins: Set[str]) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers who asks for a page that is not there."""

    async def answer(request: Request, error: Exception) -> Response:
        return refusal(404, origins)

    return answer
