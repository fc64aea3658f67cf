"""Which address phones can reach: the best of this machine's networks, told and changeable, never all of them."""

from __future__ import annotations

import ipaddress
import re
import socket
import sys
from typing import NamedTuple

import psutil

FIRST_PORT, LAST_PORT = 8700, 8709
LOOPBACK = "127.0.0.1"
_GOOD = re.compile(r"^(wi-?fi|wlan|wlp|wl|en|eth|ethernet|ap|bridge100)", re.IGNORECASE)
_POOR = re.compile(
    r"^(docker|veth|br-|virbr|vethernet|vmware|vmnet|vbox|virtualbox|tun|tap|utun|wg|tailscale|zt|lo)", re.IGNORECASE
)
_WIRELESS = re.compile(r"^(wi-?fi|wlan|wlp|wl)", re.IGNORECASE)


class FoundAddresses(NamedTuple):
    """An address of this machine, the name of its network device, and how likely phones reach it."""

    address: str
    device: str
    score: int


def score_of(address: str, device: str, is_route: bool) -> int:
    """Return how likely phones in the room reach an address: real network devices first, tunnels last."""
    score = 20 if _GOOD.match(device) else 0
    score += 5 if _WIRELESS.match(device) else 0
    score -= 40 if _POOR.match(device) else 0
    score += 10 if ipaddress.ip_address(address).is_private else -10
    return score + (3 if is_route else 0)


def addresses() -> list[FoundAddresses]:
    """Return the addresses of this machine that are up, the best first; loopback only where there is nothing else."""
    is_up = {name: state.isup for name, state in psutil.net_if_stats().items()}
    route, found = _route(), []
    for device, listed in psutil.net_if_addrs().items():
        for one in listed:
            if one.family != socket.AF_INET or not is_up.get(device, False):
                continue
            address = ipaddress.ip_address(one.address)
            if address.is_loopback or address.is_link_local or address.is_unspecified:
                continue
            found.append(FoundAddresses(one.address, device, score_of(one.address, device, one.address == route)))
    return sorted(found, key=lambda one: (-one.score, one.device, one.address)) or [
        FoundAddresses(LOOPBACK, "loopback", 0)
    ]


def _route() -> str:
    """Return the address from which this machine would speak to others; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found: str = probe.getsockname()[0]
        except OSError:
            return ""
    return found


def is_there(address: str) -> bool:
    """Tell whether this machine still has an address."""
    return address == LOOPBACK or any(found.address == address for found in addresses())


def bound(address: str, port: int | None, before: int | None = None) -> socket.socket:
    """Return a socket bound to an address, to the port, or to the one it had before, or to the first that is free.

    Raises
    ------
    OSError
        If the port, or every port that is tried, is taken, or if the machine does not have the address.
    """
    ports = [port] if port is not None else [*([before] if before else []), *range(FIRST_PORT, LAST_PORT + 1), 0]
    last: OSError | None = None
    for candidate in ports:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # where it would let two programs take one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address, candidate))
            listening.listen(1024)
        except OSError as error:
            listening.close()
            last = error
            continue
        listening.setblocking(False)
        return listening
    raise last or OSError("no port is free")


def origin_of(listening: socket.socket) -> str:
    """Return the address of a socket as browsers say it."""
    address, port = listening.getsockname()[:2]
    return f"http://{address}:{port}"
