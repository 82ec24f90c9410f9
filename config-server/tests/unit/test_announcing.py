"""What follows a push."""

from __future__ import annotations

import threading

from config_server.adapters.memory import MemoryRepository
from config_server.application.announcing import Announcer
from config_server.application.file_backend import FileBackend


class Fetching(FileBackend):
    """A backend that notes when it is told to fetch, and fails when asked to."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(MemoryRepository({}))
        self.steps = steps
        self.failing = False

    def refresh(self) -> None:
        self.steps.append("fetch")
        if self.failing:
            raise OSError("gone")


def test_fetched_then_woken_then_published() -> None:
    """Each application once; a fetch or a broker that fails keeps nobody else from hearing."""
    steps: list[str] = []
    done = threading.Event()

    def publish(service: str) -> None:
        steps.append(service)
        if service == "last":
            done.set()
        if service == "broken":
            raise OSError("no broker")

    backend = Fetching(steps)
    backend.failing = True
    announcer = Announcer(backend, lambda: steps.append("wake"), publish)
    announcer.pushed(["foo", "broken", "foo", "last"])
    announcer.start()
    assert done.wait(20)
    announcer.stop()
    assert steps == ["fetch", "wake", "foo", "broken", "last"]


def test_what_is_known_when_it_stops_is_still_told() -> None:
    """The thread ends only after it."""
    steps: list[str] = []
    announcer = Announcer(Fetching(steps), None, steps.append)
    announcer.pushed(["foo"])
    announcer.start()
    announcer.stop(20)
    assert steps == ["fetch", "foo"]
