"""After a push: fetch, wake those who wait, tell the bus; in a thread of its own, so that the sender need not wait."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from config_server.application.ports import Backend

_LOG = logging.getLogger("config_server")


class Announcer:
    """Pushes that come while one is worked on are worked on together. Thread-safe."""

    def __init__(
        self,
        backend: Backend,
        wake: Callable[[], None] | None = None,
        publish: Callable[[str], None] | None = None,
    ) -> None:
        self._backend = backend
        self._wake = wake
        self._publish = publish
        self._condition = threading.Condition()
        self._pending: dict[str, None] = {}
        self._running = False
        self._thread: threading.Thread | None = None

    def pushed(self, services: Sequence[str]) -> None:
        """Something changed for these applications (``*`` for all); returns at once."""
        with self._condition:
            self._pending |= dict.fromkeys(services)
            self._condition.notify()

    def start(self) -> None:
        """Start the thread."""
        self._running = True
        self._thread = threading.Thread(target=self._run, name="config-pushes", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Work on what is known, then end."""
        with self._condition:
            self._running = False
            self._condition.notify()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while services := self._next():
            self._announce(services)

    def _next(self) -> list[str]:
        with self._condition:
            self._condition.wait_for(lambda: self._pending or not self._running)
            services, self._pending = list(self._pending), {}
            return services

    def _announce(self, services: Sequence[str]) -> None:
        try:
            refresh = getattr(self._backend, "refresh", None)
            if refresh is not None:
                refresh()
        except Exception as error:  # noqa: BLE001 - told; what is known is announced all the same
            _LOG.warning("fetching after a push failed: %s", error)
        if self._wake is not None:
            self._wake()
        for service in services if self._publish is not None else ():
            try:
                self._publish(service)  # type: ignore[misc]
            except Exception as error:  # noqa: BLE001 - told; the others are to hear of it
                _LOG.warning("telling the bus that %s changed failed: %s", service, error)
