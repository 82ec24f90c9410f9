"""Hears from the config server, or asks it, and refreshes the environment when its configuration changed."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

from ressort.config._following import Follower
from ressort.config.environment import Environment
from ressort.config.errors import ConfigError

_LOG = logging.getLogger("ressort.config")
_LONGEST_WAIT_S = 1.0


class ConfigWatcher:
    """One quiet thread; does nothing without a config server or with
    ``spring.cloud.config.watch.enabled=false``.

    A server that offers `/watch` tells of changes itself; any other one, or one that fails, is polled. So a process
    also recovers by itself: as soon as a config server that was away answers, it is read.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._follower: Follower | None = None
        self._pid = os.getpid()
        self._failing = False

    def start(self) -> None:
        """Start watching; returns at once. After a fork the child may start its own; the parent's goes on."""
        central = self._environment.central
        if self._thread is not None and self._pid != os.getpid():
            self._forget_parents()
        if central is None or not central.options.watch.enabled or self._thread is not None:
            return
        self._pid = os.getpid()
        self._stopping = threading.Event()
        self._follower = Follower(self._told)
        self._thread = threading.Thread(
            target=self._run, args=(self._stopping, self._follower), name="config-watch", daemon=True
        )
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Stop watching; waits a moment for a question under way, which does no harm when it is cut off."""
        self._stopping.set()
        thread, self._thread = self._thread, None
        if self._follower is not None:
            self._follower.close()
        if thread is not None and self._pid == os.getpid():
            thread.join(min(timeout_s, _LONGEST_WAIT_S))

    def poll(self) -> list[str]:
        """Ask once; the changed keys when the configuration was refreshed, else nothing."""
        central = self._environment.central
        if central is None or not central.changed():
            return []
        return self._environment.refresh()

    def _forget_parents(self) -> None:
        """The thread stayed in the parent; its socket came along and is given back."""
        if self._follower is not None:
            self._follower.close()
        self._thread = self._follower = None

    def _run(self, stopping: threading.Event, follower: Follower) -> None:
        central = self._environment.central
        delay_s = central.options.watch.initial_delay_s if central is not None else 2.0
        while not stopping.is_set():
            central = self._environment.central
            if central is not None and central.options.watch.push and follower.follow(central):
                delay_s = 0.0
            if stopping.wait(delay_s):
                return
            self._carefully(self.poll)
            central = self._environment.central
            delay_s = central.options.watch.delay_s if central is not None else max(delay_s, 2.0)

    def _told(self) -> bool:
        """The server says that something changed; False when that could not be read, so that it is asked again."""
        done = self._carefully(self._environment.refresh)
        central = self._environment.central
        return done and central is not None and central.state().reachable

    def _carefully(self, ask: Callable[[], object]) -> bool:
        """Whether it worked. A fault is told once, until it is over."""
        try:
            ask()
            self._failing = False
            return True
        except ConfigError as error:
            if not self._failing:
                _LOG.warning("the configuration in use is kept, the new one cannot be used: %s", error)
            self._failing = True
        except Exception:  # noqa: BLE001 - logged; the next try may succeed
            if not self._failing:
                _LOG.exception("asking the config server failed")
            self._failing = True
        return False
