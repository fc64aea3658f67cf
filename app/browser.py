"""The browser that is opened on a page that this machine serves."""

from __future__ import annotations

import threading
import webbrowser


def open_beside(address: str) -> None:
    """Open the browser while the page is served: one in a terminal keeps whoever opened it until it is left."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
