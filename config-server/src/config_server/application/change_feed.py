"""Who waits for which answer to change, and one thread that looks."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from config_server.domain.errors import ConfigServerError
from config_server.domain.question import Question

_LOG = logging.getLogger("config_server")
_IDLE_SHARE = 10
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a question is answered with now. ``tags`` are all the names a client may know it by."""

    identity: str
    state: str
    version: str | None
    tags: frozenset[str]


Look = Callable[[Question, Seen | None], Seen]
"""What answers the question now; the second argument again when nothing changed since. Raises ConfigServerError."""


class Watcher(Protocol):
    """A client that waits. Called from the feed's thread; must not block."""

    def offer(self, seen: Seen) -> None:
        """What is in force now; told at every look, so that a watcher decides for itself what is new."""
        ...

    def beat(self) -> None:
        """Nothing happened for a while."""
        ...

    def refuse(self, error: ConfigServerError) -> None:
        """The very first look failed: there is nothing to wait for."""
        ...

    def end(self) -> None:
        """The server stops."""
        ...


@dataclass(slots=True)
class _Group:
    watchers: list[Watcher] = field(default_factory=list)
    seen: Seen | None = None


class ChangeFeed:
    """Looks at each question that is waited for every ``interval_s`` seconds, or seldom enough to spend at most a
    tenth of one processor on it; at once after ``wake``. Thread-safe."""

    def __init__(
        self, look: Look, interval_s: float = 0.1, heartbeat_s: float = 15.0, limit: int = 500
    ) -> None:
        self._look = look
        self._interval_s = interval_s
        self._heartbeat_s = heartbeat_s
        self._limit = limit
        self._lock = threading.Lock()
        self._awake = threading.Event()
        self._groups: dict[Question, _Group] = {}
        self._count = 0
        self._running = False
        self._thread: threading.Thread | None = None

    @property
    def count(self) -> int:
        """How many clients wait."""
        return self._count

    def add(self, question: Question, watcher: Watcher) -> bool:
        """Let the watcher hear of its question; False when there are too many, or the server stops."""
        with self._lock:
            if not self._running or self._count >= self._limit:
                return False
            self._groups.setdefault(question, _Group()).watchers.append(watcher)
            self._count += 1
        self._awake.set()
        return True

    def remove(self, question: Question, watcher: Watcher) -> None:
        """Forget a watcher; harmless twice."""
        with self._lock:
            group = self._groups.get(question)
            if group is None or watcher not in group.watchers:
                return
            group.watchers.remove(watcher)
            self._count -= 1
            if not group.watchers:
                del self._groups[question]

    def wake(self) -> None:
        """Look now: something has probably changed."""
        self._awake.set()

    def start(self) -> None:
        """Start the thread."""
        self._running = True
        self._thread = threading.Thread(target=self._run, name="config-changes", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = _PATIENCE_S) -> None:
        """End every watcher, and the thread."""
        with self._lock:
            self._running = False
            waiting = [watcher for group in self._groups.values() for watcher in group.watchers]
            self._groups.clear()
            self._count = 0
        self._awake.set()
        for watcher in waiting:
            watcher.end()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        next_beat = time.monotonic() + self._heartbeat_s
        pause_s = self._interval_s
        while self._running:
            self._awake.wait(pause_s if self._count else None)
            self._awake.clear()
            began = time.monotonic()
            beat = began >= next_beat
            if beat:
                next_beat = began + self._heartbeat_s
            self._round(beat)
            pause_s = max(self._interval_s, _IDLE_SHARE * (time.monotonic() - began))

    def _round(self, beat: bool) -> None:
        with self._lock:
            groups = [(question, group, list(group.watchers)) for question, group in self._groups.items()]
        for question, group, watchers in groups:
            try:
                self._tell(question, group, watchers)
            except Exception:  # noqa: BLE001 - logged; one question must not silence the others
                _LOG.exception("watching %s failed", question.name)
            if beat:
                for watcher in watchers:
                    watcher.beat()

    def _tell(self, question: Question, group: _Group, watchers: list[Watcher]) -> None:
        try:
            group.seen = self._look(question, group.seen)
        except ConfigServerError as error:
            if group.seen is None:
                for watcher in watchers:
                    watcher.refuse(error)
            return
        for watcher in watchers:
            watcher.offer(group.seen)
