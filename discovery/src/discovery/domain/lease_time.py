"""Time as leases count it: the registry's own pauses are not held against its clients."""

from __future__ import annotations

from collections.abc import Callable

LONGEST_STEP_S = 5.0


class LeaseTime:
    """Seconds that pass only while the registry is awake.

    It is read at least once a second; a longer gap means this process was stopped or starved, when no
    heartbeat could arrive either, and counts as `longest_step_s` only. Not thread-safe: the registry
    reads it under its lock.
    """

    def __init__(self, monotonic: Callable[[], float], longest_step_s: float = LONGEST_STEP_S) -> None:
        self._monotonic = monotonic
        self._longest_step_s = longest_step_s
        self._last = monotonic()
        self._elapsed = 0.0

    def __call__(self) -> float:
        """Seconds awake since this object was made."""
        now = self._monotonic()
        self._elapsed += min(max(0.0, now - self._last), self._longest_step_s)
        self._last = now
        return self._elapsed
