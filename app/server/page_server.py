"""Serve the built page on this machine, or on one address of its network; open it in the browser, stop on Ctrl-C.

The page needs no server: it can be opened from disk by double click. Served, it gets headers that a file cannot have
(no framing), and a link in its address can be handed to another window.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from app.browser import open_beside

PAGE = Path(__file__).parents[1] / "officials.html"
LOOPBACK = "127.0.0.1"
ANY_FREE_PORT = 0

_HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class PageNotBuiltError(Exception):
    """The built page is not there; its text tells the user what to do."""


def handler_of(page: bytes, address: str = LOOPBACK) -> type[BaseHTTPRequestHandler]:
    """Return a handler that answers requests for the page with these bytes, and every other request with 404."""

    class Handler(BaseHTTPRequestHandler):
        """Answers GET and HEAD for one page."""

        server_version = "officials"
        sys_version = ""

        def do_GET(self) -> None:
            """Send the page."""
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            """Send what would come before the page."""
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            if self.path.partition("?")[0] not in ("/", "/officials.html"):
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            if self.headers.get("Host", "").partition(":")[0] not in (address, LOOPBACK, "localhost"):
                # Another site's name that was pointed at this machine.
                self.send_error(HTTPStatus.FORBIDDEN)
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet: nobody reads a log of one page."""

    return Handler


class _PageServer(ThreadingHTTPServer):
    """Answers many readers at once; one who leaves is no error."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who left while the page was sent."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def page_server(page_file: Path = PAGE, port: int = ANY_FREE_PORT, address: str = LOOPBACK) -> ThreadingHTTPServer:
    """Return a server of the page, bound to a port of one address (the loopback interface) but not yet answering.

    Raises
    ------
    PageNotBuiltError
        If the page's file cannot be read.
    OSError
        If the port is taken, or if the machine does not have the address.
    """
    try:
        page = page_file.read_bytes()
    except OSError as error:
        raise PageNotBuiltError(
            f"{page_file}: the page cannot be read ({error.strerror}); build it with `python run.py build-page`"
        ) from error
    return _PageServer((address, port), handler_of(page, address))


def serve_page(
    page_file: Path = PAGE,
    port: int = ANY_FREE_PORT,
    *,
    address: str = LOOPBACK,
    is_opened: bool = True,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve the page until Ctrl-C; `tell` is given the address as soon as it answers.

    Raises
    ------
    PageNotBuiltError
        If the page's file cannot be read.
    OSError
        If the port is taken, or if the machine does not have the address.
    """
    with page_server(page_file, port, address) as server:
        origin = f"http://{address}:{server.server_address[1]}/"
        try:
            tell(f"The page is at {origin} (stop with Ctrl-C)")
            sys.stdout.flush()
            if is_opened:
                open_beside(origin)
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            tell("Stopped.")
