"""The registry: every operation of Eureka on one lock, expiry decided whenever anybody looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from discovery.domain.changes import ChangeLog
from discovery.domain.history import Event, History
from discovery.domain.lease import Key, Lease, Record
from discovery.domain.lease_book import LeaseBook
from discovery.domain.readings import Delta, Figures, Renewal, Saved, View
from discovery.domain.renewal_count import RenewalCount
from discovery.domain.self_preservation import ProtectionPolicy, SelfPreservation
from discovery.domain.status_rules import resolved_status
from ressort.discovery.instance import UNKNOWN, UP
from ressort.discovery.wire import InstanceInfo, hashcode
from ressort.discovery.wire import Lease as WireLease


class Registry:
    """Thread-safe. `elapsed` counts lease seconds, `wall_ms` dates what goes on the wire."""

    def __init__(
        self,
        elapsed: Callable[[], float],
        wall_ms: Callable[[], int],
        policy: ProtectionPolicy = ProtectionPolicy(),  # noqa: B008 - frozen
        delta_retention_s: float = 180.0,
    ) -> None:
        self._elapsed = elapsed
        self._wall_ms = wall_ms
        self._lock = threading.RLock()
        self._book = LeaseBook()
        self._overrides: dict[str, str] = {}
        self._changes = ChangeLog(delta_retention_s)
        self._purges = 0
        self._protection = SelfPreservation(policy)
        self._renewals = RenewalCount()
        self._history = History()
        self._version = wall_ms()
        self._view: View | None = None
        self._delta: Delta | None = None

    # -- writes -------------------------------------------------------------------------------------------

    def register(self, info: InstanceInfo, replicated: bool = False) -> None:
        """Take a new lease; a stored copy with a newer dirty stamp is kept instead of the one sent."""
        with self._lock:
            now, now_ms = self._elapsed(), self._wall_ms()
            key = (info.app, info.id)
            existing = self._book.get(*key)
            if (
                existing is not None
                and info.last_dirty_ms
                and existing.info.last_dirty_ms > info.last_dirty_ms
            ):
                info = existing.info
            if info.overridden_status != UNKNOWN:
                self._overrides.setdefault(info.id, info.overridden_status)
            override = self._overrides.get(info.id)
            status = resolved_status(
                info.status, override, existing.info.status if existing else None, replicated
            )
            info = replace(
                info,
                status=status,
                overridden_status=override or UNKNOWN,
                last_updated_ms=now_ms,
                last_dirty_ms=info.last_dirty_ms or now_ms,
                is_coordinating=False,  # whatever the client says, as Spring's registry does
                lease=_new_lease(info, existing, status, now_ms),
            )
            self._publish(self._book.put(info, now, now_ms), info, "ADDED", now)
            self._history.registered(key, now_ms)

    def renew(
        self,
        app: str,
        instance_id: str,
        last_dirty_ms: int | None = None,
        replicated: bool = False,
        overridden_status: str | None = None,
    ) -> Renewal:
        """A heartbeat. UNKNOWN for no lease, an UNKNOWN status, or a client newer than our copy."""
        with self._lock:
            lease = self._book.get(app, instance_id)
            if lease is None:
                return Renewal.UNKNOWN
            info = lease.info
            override = self._overrides.get(info.id)
            status = resolved_status(info.status, override, info.status, replicated)
            if status == UNKNOWN:
                return Renewal.UNKNOWN
            now, now_ms = self._elapsed(), self._wall_ms()
            self._renewals.add(now)
            self._book.extend(lease, now, now_ms)
            if status != info.status:
                self._change_status(lease, status, now, now_ms)
            if last_dirty_ms is None or last_dirty_ms == info.last_dirty_ms:
                return Renewal.ACCEPTED
            if last_dirty_ms > info.last_dirty_ms:
                if replicated and overridden_status not in (None, UNKNOWN):
                    self._overrides[info.id] = str(overridden_status)
                return Renewal.UNKNOWN
            return Renewal.OUTDATED if replicated else Renewal.ACCEPTED

    def cancel(self, app: str, instance_id: str, reason: str = "") -> bool:
        """End a lease and forget its override; False when there was none. The history keeps an operator's reason."""
        with self._lock:
            now, now_ms = self._elapsed(), self._wall_ms()
            self._history.gone((app, instance_id), now_ms, "cancelled", reason)
            self._overrides.pop(instance_id, None)
            lease = self._book.get(app, instance_id)
            if lease is not None:
                self._remove(lease, now, now_ms)
                if reason:
                    self._history.acted(lease.record.key, now_ms, "evicted", reason)
            return lease is not None

    def override(
        self, app: str, instance_id: str, status: str, last_dirty_ms: int | None = None, reason: str = ""
    ) -> bool:
        """An operator's status, which wins until removed; False for an unknown instance. The history keeps it."""
        with self._lock:
            lease = self._book.get(app, instance_id)
            if lease is None:
                return False
            now, now_ms = self._elapsed(), self._wall_ms()
            self._book.extend(lease, now, now_ms)
            if lease.info.status != status:
                self._overrides[lease.info.id] = status
                self._change_status(lease, status, now, now_ms, last_dirty_ms)
                self._history.acted(lease.record.key, now_ms, "overridden", reason, status)
            return True

    def remove_override(
        self,
        app: str,
        instance_id: str,
        status: str = UNKNOWN,
        last_dirty_ms: int | None = None,
        reason: str = "",
    ) -> bool:
        """Drop the override and show `status` until the client speaks; False for an unknown instance.

        With UNKNOWN the next heartbeat is refused, so the client registers with its real status.
        """
        with self._lock:
            lease = self._book.get(app, instance_id)
            if lease is None:
                return False
            now, now_ms = self._elapsed(), self._wall_ms()
            self._book.extend(lease, now, now_ms)
            if self._overrides.pop(lease.info.id, None) is not None:
                self._change_status(lease, status, now, now_ms, last_dirty_ms)
                self._history.acted(lease.record.key, now_ms, "restored", reason)
            return True

    def update_metadata(self, app: str, instance_id: str, entries: Mapping[str, str]) -> bool:
        """Merge metadata, as a registration of the instance by itself; False for an unknown one."""
        with self._lock:
            lease = self._book.get(app, instance_id)
            if lease is None:
                return False
            self.register(replace(lease.info, metadata={**lease.info.metadata, **entries}))
            return True

    def expire(self) -> list[Key]:
        """Evict leases that have run out, unless protection holds them; who was evicted.

        Called before every read and once a second, so an expired instance is never shown.
        """
        with self._lock:
            now = self._elapsed()
            if self._changes.purge(now):
                self._purges += 1
            late = self._book.late(now)
            if not self._protection.may_evict(self._book.count, len(late), now):
                return []
            now_ms, evicted = self._wall_ms(), [lease.record.key for lease in late]
            for lease in late:
                self._overrides.pop(lease.info.id, None)
                self._remove(lease, now, now_ms)
                self._history.gone(lease.record.key, now_ms, "expired")
            self._protection.evicted(len(evicted), now)
            return evicted

    # -- reads --------------------------------------------------------------------------------------------

    def view(self) -> View:
        """Everything registered; the same object until something changes."""
        with self._lock:
            self.expire()
            if self._view is None:
                applications = {
                    app: tuple(lease.record for lease in leases)
                    for app, leases in self._book.by_application()
                }
                statuses = (record.info.status for records in applications.values() for record in records)
                self._view = View(self._version, hashcode(statuses), applications)
            return self._view

    def delta(self) -> Delta:
        """What changed within the retention; the same object, and stamp, until that changes."""
        with self._lock:
            view = self.view()
            stamp = (view.version, self._purges)
            if self._delta is None or self._delta.stamp != stamp:
                records = tuple(self._changes.records())
                self._delta = Delta(view.version, stamp, view.registry_hash, records)
            return self._delta

    def instance(self, app: str, instance_id: str) -> InstanceInfo | None:
        """One instance with its latest beat, None when unknown or expired."""
        with self._lock:
            self.expire()
            lease = self._book.get(app, instance_id)
            return lease.fresh_info() if lease else None

    def instance_anywhere(self, instance_id: str) -> InstanceInfo | None:
        """The first instance of that id in any application."""
        with self._lock:
            self.expire()
            found = (lease for lease in self._book if lease.info.id == instance_id)
            lease = next(found, None)
            return lease.fresh_info() if lease else None

    def leases(self) -> list[tuple[InstanceInfo, float]]:
        """Every instance with its latest beat and the seconds its lease still has (negative when late)."""
        with self._lock:
            self.expire()
            now = self._elapsed()
            return [(lease.fresh_info(), lease.expires_at - now) for lease in self._book]

    def overrides(self) -> dict[str, str]:
        """Operators' statuses by instance id."""
        with self._lock:
            return dict(self._overrides)

    def figures(self) -> Figures:
        """Counts of the moment."""
        with self._lock:
            now = self._elapsed()
            return Figures(
                self._book.count,
                self._renewals.last_minute(now),
                self._book.expected_per_minute,
                self._protection.state(self._book.count, len(self._book.late(now)), now),
            )

    def last_registered(self) -> list[Event]:
        """Arrivals, newest first."""
        with self._lock:
            return self._history.last_registered()

    def last_gone(self) -> list[Event]:
        """Departures, newest first."""
        with self._lock:
            return self._history.last_gone()

    def last_acts(self) -> list[Event]:
        """What operators did, newest first."""
        with self._lock:
            return self._history.last_acts()

    # -- a life after a restart ---------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Grows with every change; begins at the milliseconds of the start, so it never repeats a former life."""
        return self._version

    def saved(self) -> Saved:
        """What a restart should begin with."""
        with self._lock:
            infos = tuple(lease.info for lease in self._book)
            return Saved(self._wall_ms(), infos, dict(self._overrides))

    def restore(self, saved: Saved) -> None:
        """Begin with a former life's instances, each given one lease duration to beat."""
        with self._lock:
            now, now_ms = self._elapsed(), self._wall_ms()
            self._overrides.update(saved.overrides)
            for info in saved.instances:
                lease = self._book.put(info, now, info.lease.renewed_ms or now_ms)
                self._publish(lease, info, "ADDED", now)

    # -- inside, under the lock ---------------------------------------------------------------------------

    def _change_status(
        self, lease: Lease, status: str, now: float, now_ms: int, last_dirty_ms: int | None = None
    ) -> None:
        info = lease.info
        up_since = info.lease.up_since_ms or (now_ms if status == UP else 0)
        changed = replace(
            info,
            status=status,
            overridden_status=self._overrides.get(info.id, UNKNOWN),
            last_updated_ms=now_ms,
            last_dirty_ms=max(info.last_dirty_ms, last_dirty_ms or 0),
            lease=replace(info.lease, up_since_ms=up_since, renewed_ms=now_ms),
        )
        self._publish(lease, changed, "MODIFIED", now)

    def _remove(self, lease: Lease, now: float, now_ms: int) -> None:
        info = lease.info
        self._book.remove(lease)
        gone = replace(
            info, action="DELETED", last_updated_ms=now_ms, lease=replace(info.lease, evicted_ms=now_ms)
        )
        self._changes.add(Record(gone), now)
        self._changed()

    def _publish(self, lease: Lease, info: InstanceInfo, action: str, now: float) -> None:
        record = lease.record = Record(replace(info, action=action))
        self._changes.add(record, now)
        self._changed()

    def _changed(self) -> None:
        self._version += 1
        self._view = None


def _new_lease(info: InstanceInfo, existing: Lease | None, status: str, now_ms: int) -> WireLease:
    since = existing.info.lease.up_since_ms if existing else 0
    return replace(
        info.lease,
        registered_ms=now_ms,
        renewed_ms=now_ms,
        evicted_ms=0,
        up_since_ms=since or (now_ms if status == UP else 0),
    )
