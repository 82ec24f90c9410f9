"""Heartbeats of the last minute, in sixty buckets of a second."""

from __future__ import annotations

SECONDS = 60


class RenewalCount:
    """A sliding count; costs two additions per beat."""

    def __init__(self) -> None:
        self._buckets = [0] * SECONDS
        self._second = 0
        self._sum = 0

    def add(self, now: float) -> None:
        """Count one beat at `now` seconds."""
        self._advance(int(now))
        self._buckets[self._second % SECONDS] += 1
        self._sum += 1

    def last_minute(self, now: float) -> int:
        """Beats in the sixty seconds up to `now`."""
        self._advance(int(now))
        return self._sum

    def _advance(self, second: int) -> None:
        for passed in range(self._second + 1, min(second, self._second + SECONDS) + 1):
            self._sum -= self._buckets[passed % SECONDS]
            self._buckets[passed % SECONDS] = 0
        self._second = max(self._second, second)
