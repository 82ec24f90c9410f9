"""All leases, and which of them have run out, without a scan per look."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator

from discovery.domain.lease import Key, Lease, Record
from ressort.discovery.wire import InstanceInfo


class LeaseBook:
    """Leases by application and id, with a queue of expiries; used under the registry's lock.

    Each lease lies in the queue once, at an expiry it may have outlived by beating; it is put back when
    its turn comes. So a beat costs nothing here and a lease is looked at once per duration.
    """

    def __init__(self) -> None:
        self._applications: dict[str, dict[str, Lease]] = {}
        self._queue: list[tuple[float, int, Lease]] = []
        self._sequence = itertools.count()
        self._late: dict[Key, Lease] = {}
        self.count = 0
        self.expected_per_minute = 0.0

    def __iter__(self) -> Iterator[Lease]:
        """Leases by application, then instance id."""
        return (lease for _, leases in self.by_application() for lease in leases)

    def by_application(self) -> list[tuple[str, list[Lease]]]:
        """Applications with their leases, both sorted."""
        return [
            (app, [leases[instance_id] for instance_id in sorted(leases)])
            for app, leases in sorted(self._applications.items())
        ]

    def get(self, app: str, instance_id: str) -> Lease | None:
        """One lease."""
        return self._applications.get(app, {}).get(instance_id)

    def put(self, info: InstanceInfo, now: float, now_ms: int) -> Lease:
        """Begin the lease of an instance, or begin it again."""
        lease = self.get(info.app, info.id)
        if lease is None:
            lease = Lease(Record(info), 0.0, now, now_ms)
            self._applications.setdefault(info.app, {})[info.id] = lease
            self.count += 1
        else:
            self.expected_per_minute -= 60 / lease.info.lease.renewal_interval_s
            lease.record = Record(info)
        self.expected_per_minute += 60 / info.lease.renewal_interval_s
        self.extend(lease, now, now_ms)
        return lease

    def extend(self, lease: Lease, now: float, now_ms: int) -> None:
        """A beat."""
        lease.renew(now, now_ms)
        if self._late:
            self._late.pop(lease.record.key, None)
        if not lease.queued:
            self._enqueue(lease)

    def remove(self, lease: Lease) -> None:
        """End a lease."""
        info = lease.info
        leases = self._applications[info.app]
        del leases[info.id]
        if not leases:
            del self._applications[info.app]
        self._late.pop(lease.record.key, None)
        self.count -= 1
        self.expected_per_minute -= 60 / info.lease.renewal_interval_s

    def late(self, now: float) -> list[Lease]:
        """Leases that have run out at `now`, sorted by application and id."""
        while self._queue and self._queue[0][0] <= now:
            _, _, lease = heapq.heappop(self._queue)
            lease.queued = False
            if self.get(*lease.record.key) is not lease:
                continue
            if lease.expires_at > now:
                self._enqueue(lease)
            else:
                self._late[lease.record.key] = lease
        return [self._late[key] for key in sorted(self._late)]

    def _enqueue(self, lease: Lease) -> None:
        lease.queued = True
        heapq.heappush(self._queue, (lease.expires_at, next(self._sequence), lease))
