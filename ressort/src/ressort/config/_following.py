"""Follows the stream of a config server that tells of changes, and knows when to try it again after a fault."""

from __future__ import annotations

import http.client
import logging
import os
import random
import threading
import time
from collections.abc import Callable

from ressort.config._config_server import Unavailable
from ressort.config._event_stream import EventStream
from ressort.config.central import CentralConfiguration

_LOG = logging.getLogger("ressort.config")
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 60.0
_HEALTHY_AFTER_S = 10.0


class Follower:
    """Used by one thread; only ``close`` may be called from another."""

    def __init__(self, on_event: Callable[[], bool], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._on_event = on_event
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._stream: EventStream | None = None
        self._closed = False
        self._failures = 0
        self._next_try = 0.0
        self._pid = os.getpid()

    def follow(self, central: CentralConfiguration) -> bool:
        """Call ``on_event`` for every change until it answers False or the stream ends.

        False when there is no stream, or when it is too early to try again.
        """
        if self._closed or self._monotonic() < self._next_try:
            return False
        began = self._monotonic()
        try:
            opened = central.stream()
            if opened is None:
                return False
            self._read(*opened)
        except (Unavailable, OSError, http.client.HTTPException) as error:
            _LOG.debug("the stream of configuration changes ended: %s", error)
        self._pause(began)
        return True

    def close(self) -> None:
        """End the reading under way and every later one."""
        with self._lock:
            self._closed = True
            stream = self._stream
        if stream is None:
            return
        if os.getpid() == self._pid:
            stream.close()
        else:
            stream.dispose()

    def _read(self, stream: EventStream, response: http.client.HTTPResponse) -> None:
        with self._lock:
            self._stream = stream
        try:
            if self._closed:
                return
            for _ in stream.events(response):
                if not self._on_event():
                    return
        finally:
            with self._lock:
                self._stream = None
            response.close()
            stream.dispose()

    def _pause(self, began: float) -> None:
        """A stream that lived a while is opened again at once-ish, one that fails more and more rarely."""
        now = self._monotonic()
        self._failures = 1 if now - began > _HEALTHY_AFTER_S else self._failures + 1
        longest = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2 ** (self._failures - 1))
        self._next_try = now + longest * random.uniform(0.5, 1.0)
