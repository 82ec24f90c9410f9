"""Polls the config server and refreshes the environment when the central configuration changed."""

from __future__ import annotations

import logging
import threading

from ressort.config.environment import Environment
from ressort.config.errors import ConfigError

_LOG = logging.getLogger("ressort.config")
_LONGEST_WAIT_S = 1.0


class ConfigWatcher:
    """One quiet thread; does nothing without a config server or with
    ``spring.cloud.config.watch.enabled=false``.

    Also how a process recovers by itself: as soon as a config server that was away answers, it is read.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start polling; returns at once. Call it after a fork, never before."""
        central = self._environment.central
        if central is None or not central.options.watch.enabled or self._thread is not None:
            return
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="config-watch", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop polling; waits a moment for a question under way, which does no harm when it is cut off."""
        self._stopping.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(min(timeout_s, _LONGEST_WAIT_S))

    def poll(self) -> list[str]:
        """Ask once; the changed keys when the configuration was refreshed, else nothing."""
        central = self._environment.central
        if central is None or not central.changed():
            return []
        return self._environment.refresh()

    def _run(self) -> None:
        central = self._environment.central
        delay_s = central.options.watch.initial_delay_s if central is not None else 2.0
        failing = False
        while not self._stopping.wait(delay_s):
            try:
                self.poll()
                failing = False
            except ConfigError as error:
                if not failing:
                    _LOG.warning("the configuration in use is kept, the new one cannot be used: %s", error)
                failing = True
            except Exception:  # noqa: BLE001 - logged; the next poll may succeed
                if not failing:
                    _LOG.exception("polling the config server failed")
                failing = True
            central = self._environment.central
            delay_s = central.options.watch.delay_s if central is not None else delay_s
