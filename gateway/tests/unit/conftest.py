"""The operators' handler in a gateway."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gateway.exploitation.addresses import Address, Addresses
from gateway.exploitation.directory import Directory
from gateway.exploitation.handler import EXPLOITATION, Exploitation
from gateway.problems import Problems
from ressort.discovery import ServiceInstance

sys.path[:0] = [str(Path(__file__).parent)]

from exploitation_peers import CLOCK, QUICK, ROUTES, Known  # noqa: E402


@pytest.fixture
def operated(gateway: Any) -> Callable[..., Any]:
    """A gateway whose operators' handler knows the given instances and servers."""

    def make(*known: ServiceInstance, bound: str = "127.0.0.1", **more: Any) -> Any:
        addresses = Addresses(
            tuple(Address("127.0.0.1", port, base=b"/eureka") for port in more.get("registries", ())),
            tuple(Address("127.0.0.1", port) for port in more.get("configurations", ())),
        )
        directory = Directory(Known(*known), addresses)
        options = more.get("options", QUICK)
        handler = Exploitation(bound, addresses, directory, Problems("fr"), CLOCK, options)
        return gateway(ROUTES, local={EXPLOITATION: handler.handle})

    return make
