"""A client made before a fork works after it."""

from __future__ import annotations

import os

from ressort.discovery import EurekaClientOptions, EurekaDiscoveryClient


def test_a_client_made_before_a_fork_starts_and_stops_after_it() -> None:
    """No thread, connection or held lock crosses."""
    client = EurekaDiscoveryClient(EurekaClientOptions(service_url={"defaultZone": "http://127.0.0.1:9/"}))
    child = os.fork()
    if child == 0:
        client.start()
        client.stop()
        os._exit(0 if client.services() == [] else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
