"""The embedded run's broker: durable, for several processes of one machine, without a server.

Everything lies in one SQLite file. Publishers nudge the listening processes over UDP on the loopback, so a
message is handled within milliseconds while an idle process looks once per second whether it missed one.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import sqlite3
import threading
import time
import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ressort.observability.health import Health

from ._local_store import Owner, Store, Taken, is_dead
from .binder import Binding, DeadLetter, Handler
from .errors import PublishError
from .message import Message
from .processing import Again, Dead, Handled, Outcome, Processor

if TYPE_CHECKING:
    from ressort.observability.metrics import MeterRegistry

logger = logging.getLogger(__name__)

POLL_S = 1.0
DELIVERY_LIMIT = 20
"""Deliveries in a row that ended with the process instead of an outcome, before a message counts as deadly."""

ANONYMOUS = "anonymous."


class LocalBinder:
    """The broker of `var/broker/broker.db`. Opens nothing before `start` or the first call."""

    kind = "local"

    def __init__(self, file: Path, metrics: MeterRegistry | None = None) -> None:
        self.file = file
        self._owners = file.parent / "owners"
        self._metrics = metrics
        self._opening = threading.Lock()
        self._publishing: Store | None = None
        self._working: Store | None = None
        self._watch: _Watch | None = None
        self._subscriptions: list[LocalSubscription] = []
        self.owner = f"{os.getpid()}-{uuid.uuid4().hex}"

    def start(self) -> None:
        self._publisher()
        for subscription in self._subscriptions:
            self._declare(subscription.binding)

    def stop(self, timeout_s: float) -> None:
        end = time.monotonic() + timeout_s
        for subscription in self._subscriptions:
            subscription.stop(max(0.0, end - time.monotonic()))
        with self._opening:
            watch, self._watch = self._watch, None
            stores = [store for store in (self._publishing, self._working) if store is not None]
            self._publishing = self._working = None
        if watch is not None:
            watch.stop()
        for store in stores:
            store.close()

    def declare(self, destination: str, groups: Collection[str]) -> None:
        self._publisher().declare(destination, groups)

    def publish(self, destination: str, messages: Sequence[Message]) -> None:
        try:
            groups = self._publisher().publish(destination, messages)
        except sqlite3.Error as error:
            raise PublishError(destination, dict.fromkeys(range(len(messages)), str(error))) from error
        if groups == 0:
            reason = "no consumer group is bound"
            raise PublishError(destination, dict.fromkeys(range(len(messages)), reason))
        self._nudge()

    def subscribe(self, binding: Binding, handler: Handler) -> LocalSubscription:
        subscription = LocalSubscription(self, binding, Processor(binding, handler, self._metrics))
        self._subscriptions.append(subscription)
        return subscription

    def dead_letters(self, destination: str, group: str, limit: int = 100) -> list[DeadLetter]:
        return self._worker().dead_letters(destination, group, limit)

    def replay(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        count = self._publisher().revive(destination, group, ids)
        self._nudge()
        return count

    def discard(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        return self._publisher().discard(destination, group, ids)

    def backlog(self, destination: str, group: str) -> int:
        return self._worker().backlog(destination, group)

    def health(self) -> Health:
        try:
            self._worker().version()
        except (sqlite3.Error, OSError) as error:
            return Health.down(error, file=str(self.file))
        return Health("UP", {"version": f"SQLite {sqlite3.sqlite_version}", "file": str(self.file)})

    def _publisher(self) -> Store:
        with self._opening:
            if self._publishing is None:
                self._publishing = Store(self.file, durable=True)
                self._publishing.create()
            return self._publishing

    def _worker(self) -> Store:
        self._publisher()
        with self._opening:
            if self._working is None:
                self._working = Store(self.file, durable=False)
            return self._working

    def _watching(self) -> _Watch:
        self._publisher()
        with self._opening:
            if self._watch is None:
                self._watch = _Watch(self.file, self._owners, self.owner)
            return self._watch

    def _declare(self, binding: Binding) -> None:
        owner = self.owner if binding.group.startswith(ANONYMOUS) else None
        if owner is not None:
            self._watching()  # so that the owner is known to be alive
        self._publisher().declare(binding.destination, [binding.group], owner)

    def _nudge(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            for port in self._publisher().listeners():
                try:
                    sender.sendto(b".", ("127.0.0.1", port))
                except OSError as error:
                    logger.debug("no nudge to port %d, its process looks by itself: %s", port, error)


class _Watch:
    """The thread of a process that wakes its consumers: on a nudge, when a retry is due, every second if
    something changed; and that frees what dead processes held."""

    def __init__(self, file: Path, owners: Path, owner: str) -> None:
        self._store = Store(file, durable=False)
        self._owners = owners
        self._owner = Owner(owners, owner)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self._port = self._socket.getsockname()[1]
        self._store.enrol(owner, self._port)
        self._consumers: list[LocalSubscription] = []
        self._others: set[str] = set()
        self._version = -1
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="broker-watch", daemon=True)
        self._thread.start()

    def add(self, consumer: LocalSubscription) -> None:
        self._consumers.append(consumer)

    def soon(self) -> None:
        """Lets the thread look at its consumers' due times again."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b".", ("127.0.0.1", self._port))

    def stop(self) -> None:
        self._stopping = True
        self.soon()
        self._thread.join(5)
        self._store.bury(self._owner.name)
        self._store.close()
        self._socket.close()
        self._owner.close()

    def _run(self) -> None:
        looked_s = 0.0
        while not self._stopping:
            nudged = self._wait()
            try:
                if nudged or self._changed() or self._due():
                    self._wake()
                if time.monotonic() - looked_s >= POLL_S:
                    self._bury_the_dead()
                    looked_s = time.monotonic()
            except sqlite3.Error:
                logger.exception("local broker %s cannot be read, again in %g s", self._owners.parent, POLL_S)
                time.sleep(POLL_S)

    def _wait(self) -> bool:
        dues = [due for consumer in self._consumers if (due := consumer.due) is not None]
        timeout_s = min([POLL_S, *(max(0.0, due - time.time()) for due in dues)])
        readable, _, _ = select.select([self._socket], [], [], timeout_s)
        while readable:
            try:
                self._socket.recv(16)
            except BlockingIOError:
                break
        return bool(readable)

    def _changed(self) -> bool:
        version = self._store.version()
        changed, self._version = version != self._version, version
        if changed:
            self._others = self._store.owners() - {self._owner.name}
        return changed

    def _due(self) -> bool:
        now = time.time()
        return any(consumer.due is not None and consumer.due <= now for consumer in self._consumers)

    def _wake(self) -> None:
        for consumer in self._consumers:
            consumer.wake()

    def _bury_the_dead(self) -> None:
        for owner in [owner for owner in self._others if is_dead(self._owners, owner)]:
            freed = self._store.bury(owner)
            self._others.discard(owner)
            logger.warning("process of %s has died, %d message(s) it held are delivered again", owner, freed)
            self._wake()


class LocalSubscription:
    """A consumer: `concurrency` threads, each with one message at a time."""

    def __init__(self, binder: LocalBinder, binding: Binding, processor: Processor) -> None:
        self.binding = binding
        self.due: float | None = None
        self._binder = binder
        self._processor = processor
        self._woken = threading.Condition()
        self._calls = 0
        self._stopping = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        self._binder._declare(self.binding)
        self._stopping = False
        name = f"{self.binding.destination}.{self.binding.group}"
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True)
            for n in range(1, self.binding.concurrency + 1)
        ]
        self._binder._watching().add(self)
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float) -> bool:
        self._stopping = True
        self.wake()
        end = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def wake(self) -> None:
        """Lets the threads look for messages."""
        with self._woken:
            self._calls += 1
            self._woken.notify_all()

    def _run(self) -> None:
        store = self._binder._worker()
        while not self._stopping:
            calls = self._calls
            try:
                if not self._deliver_one(store):
                    self._sleep(store, calls)
            except sqlite3.Error:
                if self._stopping:
                    return
                logger.exception("local broker %s fails, again in %g s", self._binder.file, POLL_S)
                time.sleep(POLL_S)

    def _sleep(self, store: Store, calls: int) -> None:
        due = store.next_due(self.binding.destination, self.binding.group)
        if due != self.due:
            self.due = due
            self._binder._watching().soon()
        with self._woken:
            self._woken.wait_for(lambda: self._calls != calls or self._stopping)

    def _deliver_one(self, store: Store) -> bool:
        taken = store.take(self.binding.destination, self.binding.group, self._binder.owner)
        if taken is None:
            return False
        self._settle(store, taken)
        return True

    def _settle(self, store: Store, taken: Taken) -> None:
        if taken.deliveries > DELIVERY_LIMIT:
            outcome: Outcome = Dead(f"delivered {DELIVERY_LIMIT} times, each time the process ended", "")
        else:
            outcome = self._processor.process(taken.message, taken.failures)
        while True:
            try:
                self._keep(store, taken, outcome)
                return
            except sqlite3.OperationalError as error:  # locked or a full disk: the outcome must not be lost
                logger.warning(
                    "outcome of message %s not stored, again in %g s: %s", taken.message.id, POLL_S, error
                )
                time.sleep(POLL_S)

    def _keep(self, store: Store, taken: Taken, outcome: Outcome) -> None:
        match outcome:
            case Handled():
                store.handled(taken.seq)
            case Again(pause_s, error, failed):
                store.again(taken.seq, pause_s, error, failed)
            case Dead(error, stacktrace):
                store.dead(taken.seq, error, stacktrace)
