"""Sliding windows of call results: the last N calls, or the calls of the last N seconds.

Not thread-safe: the breaker records under its own short lock. Source of the arithmetic: Resilience4j's
FixedSizeSlidingWindowMetrics and SlidingTimeWindowMetrics, as documented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

FAILED = 1
SLOW = 2


@dataclass(slots=True)
class Tally:
    """How many calls a window holds, and of which kinds."""

    calls: int = 0
    failed: int = 0
    slow: int = 0
    slow_failed: int = 0

    def add(self, outcome: int, sign: int = 1) -> None:
        """Counts an outcome (bits FAILED, SLOW) in, or out with sign -1."""
        self.calls += sign
        self.failed += sign * (outcome & FAILED)
        if outcome & SLOW:
            self.slow += sign
            self.slow_failed += sign * (outcome & FAILED)

    def subtract(self, other: Tally) -> None:
        """Takes another tally out."""
        self.calls -= other.calls
        self.failed -= other.failed
        self.slow -= other.slow
        self.slow_failed -= other.slow_failed


class Window(Protocol):
    """What the breaker needs of a window."""

    def record(self, outcome: int) -> None:
        """Adds one call."""

    def tally(self) -> Tally:
        """What the window holds now."""


class CountWindow:
    """The last `size` calls, in a ring of one byte each."""

    def __init__(self, size: int) -> None:
        self._ring = bytearray(size)
        self._next = 0
        self._sum = Tally()

    def record(self, outcome: int) -> None:
        """Adds one call; the oldest one leaves a full window. The same outcome in and out changes no sum."""
        ring, place = self._ring, self._next
        self._next = place + 1 if place + 1 < len(ring) else 0
        if self._sum.calls == len(ring):
            oldest = ring[place]
            if oldest == outcome:
                return
            self._sum.add(oldest, -1)
        ring[place] = outcome
        self._sum.add(outcome)

    def tally(self) -> Tally:
        """What the window holds."""
        return self._sum


class TimeWindow:
    """The calls of the last `seconds`, in one bucket per second of a monotonic clock."""

    def __init__(self, seconds: int, monotonic: Callable[[], float]) -> None:
        self._buckets = [Tally() for _ in range(seconds)]
        self._monotonic = monotonic
        self._second = int(monotonic())
        self._sum = Tally()

    def record(self, outcome: int) -> None:
        """Adds one call to the present second."""
        self._advance()
        self._buckets[self._second % len(self._buckets)].add(outcome)
        self._sum.add(outcome)

    def tally(self) -> Tally:
        """What the window holds now; old seconds have left it."""
        self._advance()
        return self._sum

    def _advance(self) -> None:
        now = int(self._monotonic())
        size = len(self._buckets)
        for second in range(max(self._second + 1, now - size + 1), now + 1):
            self._sum.subtract(self._buckets[second % size])
            self._buckets[second % size] = Tally()
        self._second = max(self._second, now)
