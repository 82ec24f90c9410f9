"""One runner among several processes, by ShedLock's rules; `ressort.batch` has the one on a database.

A lock guards the firing of a task; what the task does must still be safe when it happens twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from ressort.clock import Clock, SystemClock


class LockProvider(Protocol):
    """Gives a named lock to one process at a time."""

    def take(self, name: str, at_most_s: float, at_least_s: float) -> Callable[[], None] | None:
        """A function that releases the lock, or None while another holder has it."""


class InMemoryLockProvider:
    """For one process: the same rules without a database."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._until: dict[str, datetime] = {}
        self._guard = threading.Lock()

    def take(self, name: str, at_most_s: float, at_least_s: float) -> Callable[[], None] | None:
        """See `LockProvider`."""
        with self._guard:
            now = self._clock.now()
            if self._until.get(name, now) > now:
                return None
            self._until[name] = now + timedelta(seconds=at_most_s)

        def release() -> None:
            with self._guard:
                self._until[name] = max(self._clock.now(), now + timedelta(seconds=at_least_s))

        return release
