"""Following a registry: full answer, deltas, hash check, back-off, and the copy on disk."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ressort.discovery._disk_copy import DiskCopy
from ressort.discovery._eureka_copy import RegistryCopy
from ressort.discovery._eureka_http import EurekaServers, RegistryUnavailableError
from ressort.discovery._worker import Worker, retry_pause
from ressort.discovery.client import Listeners
from ressort.discovery.wire import WireError, read_applications

_log = logging.getLogger("ressort.discovery")
EAGER_BELOW_S = 5.0
SAVE_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between fetches: at rest, and while the estate moves (for a window after each change)."""

    interval_s: float = 30.0
    eager_s: float = 0.5
    eager_window_s: float = 10.0

    def pause(self, since_change_s: float) -> float:
        """The wait before the next fetch, `since_change_s` after the last change."""
        eager = self.interval_s <= EAGER_BELOW_S and since_change_s < self.eager_window_s
        return min(self.eager_s, self.interval_s) if eager else self.interval_s


class Follower:
    """Keeps a `RegistryCopy` true in a thread of its own."""

    def __init__(
        self,
        servers: EurekaServers,
        copy: RegistryCopy,
        listeners: Listeners,
        *,
        pace: Pace,
        disk: DiskCopy | None = None,
        use_delta: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._servers = servers
        self._copy = copy
        self._listeners = listeners
        self._pace = pace
        self._disk = disk
        self._use_delta = use_delta
        self._monotonic = monotonic
        self._worker = Worker("eureka-fetch", self.step)
        self._stepped = threading.Condition()
        self._steps = 0
        self._failures = 0
        self._fetched = False
        self._stepping = False
        self._changed_at = monotonic()
        self._unsaved_since: float | None = None
        self._away_since: float | None = None
        self.reason = "not yet asked"

    @property
    def answering(self) -> bool:
        """Whether the last fetch succeeded."""
        return self._fetched and self._failures == 0

    def start(self) -> None:
        """Recall the copy on disk and start following."""
        if self._disk is not None and self._copy.empty:
            self._listeners.tell(self._copy.remember(self._disk.load()))
        self._changed_at = self._monotonic()
        self._worker.start()

    def stop(self, timeout_s: float) -> None:
        """Stop following and save what is newly known."""
        self._worker.stop(timeout_s)
        self._save_newcomers()
        self._servers.close()

    def refresh(self, timeout_s: float) -> None:
        """Fetch now; returns when a fetch begun after the call has ended, or after `timeout_s`."""
        if not self._worker.running:
            return
        with self._stepped:
            wanted = self._steps + (2 if self._stepping else 1)
            self._worker.wake()
            self._stepped.wait_for(lambda: self._steps >= wanted, timeout_s)

    def step(self) -> float:
        """One fetch; the seconds to wait before the next one."""
        self._stepping = True
        try:
            return self._step()
        finally:
            with self._stepped:
                self._stepping = False
                self._steps += 1
                self._stepped.notify_all()

    def _step(self) -> float:
        try:
            changed = self._fetch()
        except (RegistryUnavailableError, WireError) as error:
            return self._failed(str(error))
        self._succeeded()
        now = self._monotonic()
        changed |= self._copy.give_up(now)
        if changed:
            self._changed_at = now
            self._unsaved_since = now if self._unsaved_since is None else self._unsaved_since
            self._listeners.tell(changed)
        self._save()
        return self._pace.pause(now - self._changed_at)

    def _fetch(self) -> set[str]:
        """A delta once there is a copy, be it empty, else everything.

        Spring's server may go on answering an outdated full registry when a read crosses a change (its
        cache is filled after it was emptied); the delta's hash then tells the truth.
        """
        if self._use_delta and self._fetched:
            changed = self._fetch_delta()
            if changed is not None:
                return changed
        answer = self._servers.call("GET", "apps/", {200})
        applications = read_applications(answer.body)
        vanished = not applications.instances and not self._copy.empty
        outage = self._failures > 0
        careful = outage or (self._fetched and (self._use_delta or vanished))
        return self._copy.replace(applications, self._monotonic(), careful)

    def _fetch_delta(self) -> set[str] | None:
        answer = self._servers.call("GET", "apps/delta", {200, 403, 404})
        if answer.status != 200:
            return None
        changed = self._copy.patch(read_applications(answer.body))
        if changed is None:
            _log.debug("the registry copy does not match the delta's hash; fetching everything")
        return changed

    def _failed(self, reason: str) -> float:
        self._failures += 1
        self.reason = reason
        if self._away_since is None:
            self._away_since = self._monotonic()
            known = len(self._copy.instances())
            _log.warning("registry unreachable (%s); going on with %d known instances", reason, known)
        return retry_pause(self._failures, self._pace.interval_s)

    def _succeeded(self) -> None:
        if self._away_since is not None:
            away = self._monotonic() - self._away_since
            _log.info("registry %s answers again after %.1f s", self._servers.current, away)
        elif not self._fetched:
            _log.info("following registry %s", self._servers.current)
        self._fetched, self._failures, self._away_since, self.reason = True, 0, None, ""

    def _save(self) -> None:
        if self._disk is None or self._unsaved_since is None:
            return
        if self._monotonic() - self._unsaved_since >= SAVE_EVERY_S:
            self._disk.save(self._copy.instances())
            self._unsaved_since = None

    def _save_newcomers(self) -> None:
        """At the end, when the whole estate may be leaving with us: who has just left is kept for the next start."""
        if self._disk is None or self._unsaved_since is None:
            return
        known = {instance.instance_id for instance in self._copy.instances()}
        if known >= {instance.instance_id for instance in self._disk.load()}:
            self._disk.save(self._copy.instances())
        self._unsaved_since = None
