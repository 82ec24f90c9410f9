"""Callers that do not stop when something dies: what each was answered is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Callers(Generic[T]):
    """Threads that call `act(n)` with 0, 1, 2… until stopped or `limit` is reached; `answers` in no order."""

    def __init__(self, act: Callable[[int], T], threads: int, limit: int, pause_s: float) -> None:
        self.answers: list[T] = []
        self.errors: list[BaseException] = []
        self._act = act
        self._limit = limit
        self._pause_s = pause_s
        self._next = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]

    def _run(self) -> None:
        while not self._stopped.is_set():
            with self._lock:
                number = self._next
                self._next += 1
            if number >= self._limit:
                return
            try:
                answer = self._act(number)
            except BaseException as error:
                self.errors.append(error)
                return
            with self._lock:
                self.answers.append(answer)
            time.sleep(self._pause_s)

    def start(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let them end their call; raises the first error one of them met."""
        self._stopped.set()
        self.join()

    def join(self) -> None:
        """Wait until the limit is reached; raises the first error one of them met."""
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]


@contextmanager
def calling(
    act: Callable[[int], T], threads: int = 2, limit: int = 100_000, pause_s: float = 0.02
) -> Iterator[Callers[T]]:
    """Callers during a block, stopped at its end; each pauses after an answer."""
    callers = Callers(act, threads, limit, pause_s)
    callers.start()
    try:
        yield callers
    finally:
        callers.stop()
