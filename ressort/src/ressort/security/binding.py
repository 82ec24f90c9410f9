"""The bind guard: without login, a process listens on the loopback interface only, unless told to."""

from __future__ import annotations

import ipaddress

from ressort.errors import StartError


class UnprotectedError(StartError):
    """`server.address` would let strangers in."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"server.address={address} is reachable from outside this machine and there is no login yet;"
            " listen on 127.0.0.1, or set ressort.security.unprotected=true if the network is trusted"
        )


def guard_binding(address: str, unprotected: bool) -> None:
    """Raise UnprotectedError when `address` is not a loopback one and nobody said that this is wanted."""
    if not unprotected and not is_loopback(address):
        raise UnprotectedError(address)


def is_loopback(address: str) -> bool:
    """True for 127.0.0.0/8, ::1 and `localhost`; other names count as reachable, as they may resolve so."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
