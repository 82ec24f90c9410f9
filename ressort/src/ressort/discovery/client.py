"""The port: what a process may ask of a registry, whatever stands behind it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Protocol

from ressort.discovery.instance import Registration, ServiceInstance
from ressort.observability.health import Health

Listener = Callable[[frozenset[str]], None]
_log = logging.getLogger("ressort.discovery")


class DiscoveryClient(Protocol):
    """Who is there, and telling others that we are.

    Reads answer from memory at once, from any thread, and never raise because a registry is away.
    Every implementation passes `ressort.testing.discovery_conformance`.
    """

    def start(self) -> None:
        """Begin to follow the registry (and register, when made with a registration); returns at once.

        May be called again after `stop`. Call it in the process that will use it, after any fork.
        """

    def stop(self, timeout_s: float = 5.0) -> None:
        """Deregister if registered, end every thread within about `timeout_s`; harmless when stopped."""

    def services(self) -> list[str]:
        """Lower-case ids of the services known, sorted."""

    def instances(self, service_id: str) -> list[ServiceInstance]:
        """The callable instances of a service (case is ignored), in a stable order; empty if unknown."""

    def refresh(self, timeout_s: float = 1.0) -> None:
        """Ask the registry now and wait for its answer, `timeout_s` at most; never raises.

        For a caller who finds nobody under a name: a member that has just come may not be known yet.
        """

    def register(self, registration: Registration) -> None:
        """Announce this process and keep its lease alive until `deregister` or `stop`; returns at once."""

    def set_status(self, status: str) -> None:
        """Announce another status (UP, DOWN, OUT_OF_SERVICE, STARTING, UNKNOWN) for this process."""

    def deregister(self) -> None:
        """Withdraw this process from the registry now, at best effort; harmless when not registered."""

    def on_change(self, listener: Listener) -> None:
        """Call `listener(ids of the services that changed)` after each change, off the reads' way."""

    def health(self) -> Health:
        """UP when the registry answers, UNKNOWN with the reason when it does not: known copies still serve."""


class Listeners:
    """The callbacks of `on_change`: one that raises is logged and does not stop the others."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()

    def add(self, listener: Listener) -> None:
        """Add a callback; it stays for the life of the client."""
        self._listeners = (*self._listeners, listener)

    def tell(self, changed: Collection[str]) -> None:
        """Call every listener with the changed service ids; nothing happens when there are none."""
        if not changed:
            return
        for listener in self._listeners:
            try:
                listener(frozenset(changed))
            except Exception:  # noqa: BLE001 - a listener is foreign code; the registry must go on
                _log.exception("a listener of registry changes failed")
