"""The last minutes' changes, as deltas tell them."""

from __future__ import annotations

from collections import OrderedDict

from discovery.domain.lease import Key, Record


class ChangeLog:
    """Each changed instance once, with its last state; entries leave after `retention_s`."""

    def __init__(self, retention_s: float = 180.0) -> None:
        self._retention_s = retention_s
        self._entries: OrderedDict[Key, tuple[float, Record]] = OrderedDict()

    def add(self, record: Record, now: float) -> None:
        """Note the newest state of an instance (its action says what happened)."""
        self._entries.pop(record.key, None)
        self._entries[record.key] = (now, record)

    def purge(self, now: float) -> bool:
        """Drop entries older than the retention; whether any was dropped."""
        dropped = False
        while self._entries:
            key, (at, _) = next(iter(self._entries.items()))
            if at > now - self._retention_s:
                break
            del self._entries[key]
            dropped = True
        return dropped

    def records(self) -> list[Record]:
        """Changes, departures last: Java's client would otherwise keep the departed of a new application."""
        records = [record for _, record in self._entries.values()]
        return sorted(records, key=lambda record: record.info.action == "DELETED")
