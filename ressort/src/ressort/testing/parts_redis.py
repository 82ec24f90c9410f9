"""A Redis server for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ressort.testing.parts import executable, free_port, launch, listening, wait_until


class Redis:
    """A running server without persistence; `url` is ready for clients."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid
        self.url = f"redis://127.0.0.1:{port}/0"

    @classmethod
    def start(cls, directory: Path) -> Redis:
        port = free_port()
        command = [executable("redis-server") or "redis-server", "--port", str(port), "--bind", "127.0.0.1"]
        process = launch([*command, "--save", "", "--appendonly", "no"], directory, "redis.log")
        wait_until(lambda: listening(port), process, "Redis", directory / "redis.log")
        return cls(port, process.pid)

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Redis:
        return cls(state["port"], state["pids"][0])

    def state(self) -> dict[str, Any]:
        return {"port": self.port, "pids": [self.pid]}
