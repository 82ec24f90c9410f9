"""The last thousand arrivals, departures and acts of operators, for people."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from discovery.domain.lease import Key

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """When (ms since 1970) who came or went, and how: `registered`, `cancelled` or `expired`.

    An operator's act is `evicted`, `overridden` (with the `status` imposed) or `restored`. `reason` is an operator's,
    empty when nobody gave one.
    """

    at_ms: int
    app: str
    instance_id: str
    kind: str
    reason: str = ""
    status: str = ""


class History:
    """Three rings, newest first when read; every re-registration counts."""

    def __init__(self) -> None:
        self._registered: deque[Event] = deque(maxlen=KEPT)
        self._gone: deque[Event] = deque(maxlen=KEPT)
        self._acts: deque[Event] = deque(maxlen=KEPT)

    def registered(self, key: Key, at_ms: int) -> None:
        """An instance registered."""
        self._registered.appendleft(Event(at_ms, *key, "registered"))

    def gone(self, key: Key, at_ms: int, kind: str, reason: str = "") -> None:
        """An instance left: `cancelled` or `expired`."""
        self._gone.appendleft(Event(at_ms, *key, kind, reason))

    def acted(self, key: Key, at_ms: int, kind: str, reason: str, status: str = "") -> None:
        """An operator did something: `evicted`, `overridden` or `restored`."""
        self._acts.appendleft(Event(at_ms, *key, kind, reason, status))

    def last_registered(self) -> list[Event]:
        """Arrivals, newest first."""
        return list(self._registered)

    def last_gone(self) -> list[Event]:
        """Departures, newest first."""
        return list(self._gone)

    def last_acts(self) -> list[Event]:
        """What operators did, newest first."""
        return list(self._acts)
