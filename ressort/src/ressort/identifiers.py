"""New identifiers: UUIDv7 (RFC 9562), whose text order is their order in time."""

from __future__ import annotations

import os
import secrets
import threading
import uuid

from ressort.clock import Clock

_COUNTER_MAXIMUM = (1 << 12) - 1


class Uuid7:
    """Gives UUIDv7 texts of 36 characters, strictly increasing within one process.

    A clock that stands still or goes back is followed by counting on from the last value given.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last = (0, 0)
        self._pid = os.getpid()

    def __call__(self) -> str:
        """A new identifier."""
        if self._pid != os.getpid():
            self._lock, self._pid = threading.Lock(), os.getpid()
        with self._lock:
            self._last = ms, counter = self._next(int(self._clock.now().timestamp() * 1000))
        bits = ms << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62)
        return str(uuid.UUID(int=bits))

    def _next(self, now_ms: int) -> tuple[int, int]:
        """The millisecond and a counter within it."""
        ms, counter = self._last
        if now_ms > ms:
            return now_ms, 0
        if counter < _COUNTER_MAXIMUM:
            return ms, counter + 1
        return ms + 1, 0
