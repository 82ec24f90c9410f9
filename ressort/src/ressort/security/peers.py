"""Which neighbours are believed when they say on whose behalf they call."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from ressort.errors import RessortError

_REMEMBERED = 1024
LOOPBACK = ("127.0.0.0/8", "::1/128")


class TrustedPeers:
    """Addresses and networks (CIDR) whose `X-Forwarded-*` headers are believed; loopback by default."""

    def __init__(self, networks: Iterable[str] = LOOPBACK) -> None:
        try:
            self._networks = tuple(ipaddress.ip_network(n.strip(), strict=False) for n in networks)
        except ValueError as error:
            raise RessortError(f"ressort.security.trusted-peers: {error}") from error
        self._known: dict[str, bool] = {}

    def __contains__(self, peer: object) -> bool:
        """Whether a peer's textual address lies in one of the networks."""
        address = str(peer)
        known = self._known.get(address)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[address] = self._looked_up(address)
        return known

    def _looked_up(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        mapped = getattr(found, "ipv4_mapped", None)
        return any((mapped or found) in network for network in self._networks)
