"""The registry's own thread: expiry once a second, the snapshot, and a line in the log when it matters."""

from __future__ import annotations

import logging
import threading

from discovery.adapters.snapshot import Snapshot
from discovery.domain.registry import Registry

_log = logging.getLogger("discovery")
TICK_S = 1.0


class RegistryKeeper:
    """Looks at the registry every second, between `start` and `stop`."""

    def __init__(self, registry: Registry, snapshot: Snapshot | None, tick_s: float = TICK_S) -> None:
        self._registry = registry
        self._snapshot = snapshot
        self._tick_s = tick_s
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._saved_version = registry.version
        self._protecting = False

    def start(self, now_ms: int) -> None:
        """Restore the last snapshot if it is recent, then begin."""
        saved = self._snapshot.load(now_ms) if self._snapshot else None
        if saved is not None and saved.instances:
            self._registry.restore(saved)
            _log.info("restored %d instances of the former run", len(saved.instances))
        self._thread = threading.Thread(target=self._run, name="registry-keeper", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """End the thread and save the registry a last time."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
        self._save()

    def tick(self) -> None:
        """One look."""
        for app, instance_id in self._registry.expire():
            _log.warning("lease of %s (%s) expired: no heartbeat within its duration", instance_id, app)
        self._tell_protection()
        self._save()

    def _run(self) -> None:
        while not self._stopping.wait(self._tick_s):
            try:
                self.tick()
            except Exception:  # noqa: BLE001 - expiry must go on whatever one look met
                _log.exception("a look at the registry failed; the next one follows")

    def _tell_protection(self) -> None:
        protection = self._registry.figures().protection
        if protection.active and not self._protecting:
            _log.warning(
                "self-preservation begins: %d of %d leases ran out within a minute, nobody is removed",
                protection.late + protection.recently_evicted,
                protection.instances + protection.recently_evicted,
            )
        elif self._protecting and not protection.active:
            _log.info("self-preservation ends")
        self._protecting = protection.active

    def _save(self) -> None:
        version = self._registry.version
        if self._snapshot is not None and version != self._saved_version:
            self._snapshot.save(self._registry.saved())
            self._saved_version = version
