"""A thread that repeats one step and really stops."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

_log = logging.getLogger("ressort.discovery")
FIRST_RETRY_S = 0.5
LONGEST_RETRY_S = 10.0


class Worker:
    """Runs `step()` again and again, waiting between two the seconds it returned; a daemon thread.

    The thread exists between `start` and `stop` only, so an object made before a fork is used after it.
    """

    def __init__(self, name: str, step: Callable[[], float]) -> None:
        self._name = name
        self._step = step
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether the thread is alive."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start the thread; nothing happens when it runs."""
        if self._thread is not None and self._stopping:
            self._thread.join()
        if self.running:
            return
        self._stopping = False
        self._wake.clear()
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Take the next step now."""
        self._wake.set()

    def stop(self, timeout_s: float) -> bool:
        """End the thread after its current step; False if that took longer than the time-out."""
        thread, self._stopping = self._thread, True
        self._wake.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout_s)
        return not self.running

    def _run(self) -> None:
        while not self._stopping:
            try:
                pause = self._step()
            except Exception:  # noqa: BLE001 - a thread that dies silently would be worse
                _log.exception("%s failed; it goes on", self._name)
                pause = 5.0
            self._wake.wait(pause)
            self._wake.clear()


def retry_pause(failures: int, longest_s: float) -> float:
    """Seconds before the next attempt after `failures` in a row: 0.5, 1, 2... +-20 %.

    Never more than `longest_s` nor ten seconds: a registry that is back should be noticed.
    """
    pause = min(longest_s, LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(failures - 1, 16))
    return pause * random.uniform(0.8, 1.2)
