"""Who may reach a process, and who is believed."""

from __future__ import annotations

import pytest

from ressort.errors import RessortError
from ressort.security import TrustedPeers, UnprotectedError, guard_binding


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_loopback_needs_no_permission(address: str) -> None:
    """Nobody outside the machine reaches it."""
    guard_binding(address, unprotected=False)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.5", "facture.example", ""])
def test_anything_else_is_refused_with_the_remedy(address: str) -> None:
    """The message names the value and the property that allows it."""
    with pytest.raises(UnprotectedError, match=r"ressort\.security\.unprotected=true"):
        guard_binding(address, unprotected=False)
    guard_binding(address, unprotected=True)


def test_peers_are_trusted_by_network() -> None:
    """Loopback by default, IPv4-mapped included; rubbish never."""
    peers = TrustedPeers()
    assert "127.0.0.1" in peers and "::1" in peers and "::ffff:127.0.0.1" in peers
    assert "10.0.0.1" not in peers and "unix" not in peers and "" not in peers
    assert "10.1.2.3" in TrustedPeers(["10.0.0.0/8"])


def test_a_wrong_network_is_told() -> None:
    """At start, not at the first request."""
    with pytest.raises(RessortError, match="trusted-peers"):
        TrustedPeers(["10.0.0.0/99"])
