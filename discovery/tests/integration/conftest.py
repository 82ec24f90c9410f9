"""A registry server on a free port, in this process, that tests may stop and start again."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from discovery.adapters.eureka_api import EurekaApi
from discovery.adapters.hot import EurekaOnLoop
from discovery.app import create_app, create_registry
from discovery.domain.registry import Registry
from discovery.settings import Settings
from ressort.server import HttpEngine, Limits, Listener


class Server:
    """One registry at one port; `stop` and `start` again at the same one."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.registry = create_registry(Settings())
        self._engine: HttpEngine | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/eureka/"

    def start(self, registry: Registry | None = None) -> None:
        self.registry = registry or self.registry
        api = EurekaApi(self.registry)
        limits = replace(Limits(), ambiguous_paths=True)
        app = create_app(Settings(), self.registry)
        self._engine = HttpEngine(
            (Listener("127.0.0.1", self.port, EurekaOnLoop(api), app, limits),), threads=2
        )
        self._engine.start()

    def stop(self) -> None:
        if self._engine is not None:
            self._engine.stop()
            self._engine = None


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.stop()
