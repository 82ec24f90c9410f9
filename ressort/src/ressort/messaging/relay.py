"""Carries the outbox to the broker: in order, in batches, by one process at a time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError

from ressort.data import DataError
from ressort.observability.health import Health

from .binder import Binder
from .errors import BinderConfigurationError, BinderUnavailableError, PublishError
from .options import OutboxOptions
from .outbox import Outbox, Pending

logger = logging.getLogger(__name__)

_MAINTENANCE_EVERY_S = 600.0


class OutboxRelay:
    """A thread that wakes on commit and looks every second besides.

    Of several processes on one database, one holds the lock `outbox-relay` and publishes; the lock frees
    itself when that process dies. A message may be published twice (crash between the broker's confirm and
    the mark); its id stays the same.
    """

    def __init__(self, outbox: Outbox, binder: Binder, options: OutboxOptions | None = None) -> None:
        self._outbox = outbox
        self._binder = binder
        self._options = options or OutboxOptions()
        self._lock = outbox.database.lock("outbox-relay")
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._last_error: str | None = None
        self._maintained_s = time.monotonic()
        self._maintenance: list[Callable[[], object]] = [lambda: outbox.purge(self._options.retention_s)]
        outbox.on_commit(self._wake.set)

    def add_maintenance(self, task: Callable[[], object]) -> None:
        """Runs `task` about every ten minutes on the relay's thread."""
        self._maintenance.append(task)

    def start(self) -> None:
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="outbox-relay", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Publishes what is due once more, then ends; what does not fit in the time stays for the next start."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def drain(self) -> int:
        """Publishes what is due, on this thread, whoever holds the lock; how many. For tests and tools."""
        count = 0
        while moved := self._publish_batch():
            count += moved
        return count

    def health(self) -> Health:
        """UP with the size and age of the backlog; a broker out of reach has a health of its own."""
        try:
            pending, age_s = self._outbox.backlog()
        except SQLAlchemyError as error:
            return Health.down(error)
        details: dict[str, object] = {"pending": pending, "oldestAgeSeconds": round(age_s, 1)}
        if self._last_error:
            details["lastError"] = self._last_error
        return Health("UP", details)

    def _run(self) -> None:
        try:
            while not self._stopping:
                self._wake.clear()
                if not self._turn():
                    self._wake.wait(self._options.poll_interval_s)
            self._turn()
        finally:
            self._lock.release()

    def _turn(self) -> bool:
        """One look; True when there may be more to do at once."""
        try:
            if not (self._lock.held() or self._lock.acquire(0)):
                return False
            self._maintain()
            return self._publish_batch() > 0
        except (BinderUnavailableError, BinderConfigurationError) as error:
            self._failing(error)
        except (SQLAlchemyError, DataError) as error:
            self._failing(error)
            self._lock.release()
        return False

    def _failing(self, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}"
        if text != self._last_error:
            logger.warning("outbox of %r waits: %s", self._outbox.database, text)
        self._last_error = text
        if not self._stopping:
            time.sleep(self._options.poll_interval_s)

    def _publish_batch(self) -> int:
        pending = self._outbox.pending(self._options.batch_size)
        if not pending:
            return 0
        published: list[int] = []
        failed: dict[int, tuple[str, float]] = {}
        try:
            for destination, group in groupby(pending, key=lambda item: item.destination):
                self._publish(destination, list(group), published, failed)
        finally:
            if published or failed:
                self._outbox.settle(published, failed)
        if not failed:
            self._last_error = None
        return len(published)

    def _publish(
        self,
        destination: str,
        items: list[Pending],
        published: list[int],
        failed: dict[int, tuple[str, float]],
    ) -> None:
        failures: dict[int, str] = {}
        try:
            self._binder.publish(destination, [item.message for item in items])
        except PublishError as error:
            failures = error.failures
            self._last_error = str(error)
            logger.warning("outbox of %r: %s", self._outbox.database, error)
        for index, item in enumerate(items):
            if index in failures:
                failed[item.seq] = (failures[index], self._pause_s(item.attempts + 1))
            else:
                published.append(item.seq)

    def _pause_s(self, attempts: int) -> float:
        return float(min(self._options.retry_max_interval_s, 0.5 * 2 ** min(attempts, 10)))

    def _maintain(self) -> None:
        if time.monotonic() - self._maintained_s < _MAINTENANCE_EVERY_S:
            return
        self._maintained_s = time.monotonic()
        _run_all(self._maintenance)


def _run_all(tasks: Iterable[Callable[[], object]]) -> None:
    for task in tasks:
        task()
