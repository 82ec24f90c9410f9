"""A broker inside the process: every rule of the real ones, nothing kept. For unit tests."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ressort.observability.health import Health

from .binder import Binding, DeadLetter, Handler
from .errors import PublishError
from .message import Message
from .processing import Again, Dead, Processor

if TYPE_CHECKING:
    from ressort.observability.metrics import MeterRegistry

Key = tuple[str, str]


@dataclass(order=True)
class _Delivery:
    due: float
    seq: int
    message: Message = field(compare=False)
    failures: int = field(default=0, compare=False)


@dataclass
class _Group:
    waiting: list[_Delivery] = field(default_factory=list)
    running: int = 0
    dead: list[DeadLetter] = field(default_factory=list)


class MemoryBinder:
    """See the module's text. Without `start`ed subscriptions, `drain()` delivers on the caller's thread.

    `monotonic` is the clock of the pauses between attempts, in seconds.
    """

    kind = "memory"

    def __init__(
        self, metrics: MeterRegistry | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.published: list[tuple[str, Message]] = []
        self._metrics = metrics
        self._monotonic = monotonic
        self._groups: dict[Key, _Group] = {}
        self._seq = itertools.count()
        self._changed = threading.Condition()
        self._subscriptions: list[MemorySubscription] = []

    def start(self) -> None:
        """Nothing to prepare."""

    def stop(self, timeout_s: float) -> None:
        """Stops the subscriptions still running."""
        for subscription in self._subscriptions:
            subscription.stop(timeout_s)

    def declare(self, destination: str, groups: Collection[str]) -> None:
        with self._changed:
            for group in groups:
                self._groups.setdefault((destination, group), _Group())

    def publish(self, destination: str, messages: Sequence[Message]) -> None:
        with self._changed:
            groups = [group for (name, _), group in self._groups.items() if name == destination]
            if not groups:
                reason = "no consumer group is bound"
                raise PublishError(destination, dict.fromkeys(range(len(messages)), reason))
            now = self._monotonic()
            for message in messages:
                self.published.append((destination, message))
                for group in groups:
                    heapq.heappush(group.waiting, _Delivery(now, next(self._seq), message))
            self._changed.notify_all()

    def subscribe(self, binding: Binding, handler: Handler) -> MemorySubscription:
        self.declare(binding.destination, [binding.group])
        subscription = MemorySubscription(self, binding, Processor(binding, handler, self._metrics))
        self._subscriptions.append(subscription)
        return subscription

    def drain(self) -> int:
        """Delivers everything due now, also what the handlers publish meanwhile; how many deliveries."""
        count = 0
        while delivered := sum(subscription.deliver_one() for subscription in self._subscriptions):
            count += delivered
        return count

    def dead_letters(self, destination: str, group: str, limit: int = 100) -> list[DeadLetter]:
        with self._changed:
            return self._group(destination, group).dead[:limit]

    def replay(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        with self._changed:
            chosen = self._take_dead(destination, group, ids)
            for letter in chosen:
                delivery = _Delivery(self._monotonic(), next(self._seq), letter.message)
                heapq.heappush(self._group(destination, group).waiting, delivery)
            self._changed.notify_all()
        return len(chosen)

    def discard(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        with self._changed:
            return len(self._take_dead(destination, group, ids))

    def backlog(self, destination: str, group: str) -> int:
        with self._changed:
            found = self._group(destination, group)
            return len(found.waiting) + found.running

    def health(self) -> Health:
        return Health()

    def _group(self, destination: str, group: str) -> _Group:
        return self._groups.setdefault((destination, group), _Group())

    def _take_dead(self, destination: str, group: str, ids: Collection[str] | None) -> list[DeadLetter]:
        found = self._group(destination, group)
        chosen = [letter for letter in found.dead if ids is None or letter.id in ids]
        found.dead = [letter for letter in found.dead if letter not in chosen]
        return chosen

    def _take(self, binding: Binding) -> _Delivery | None:
        group = self._group(binding.destination, binding.group)
        if not group.waiting or group.waiting[0].due > self._monotonic():
            return None
        group.running += 1
        return heapq.heappop(group.waiting)

    def _settle(self, binding: Binding, delivery: _Delivery, outcome: object) -> None:
        with self._changed:
            group = self._group(binding.destination, binding.group)
            group.running -= 1
            if isinstance(outcome, Again):
                delivery.failures += outcome.failed
                delivery.due = self._monotonic() + outcome.pause_s
                heapq.heappush(group.waiting, delivery)
            elif isinstance(outcome, Dead):
                group.dead.append(_dead_letter(binding, delivery, outcome))
            self._changed.notify_all()


def _dead_letter(binding: Binding, delivery: _Delivery, outcome: Dead) -> DeadLetter:
    return DeadLetter(
        id=delivery.message.id or str(delivery.seq),
        destination=binding.destination,
        group=binding.group,
        message=delivery.message,
        error=outcome.error,
        stacktrace=outcome.stacktrace,
        attempts=delivery.failures + 1,
        died_at=datetime.now(UTC),
    )


class MemorySubscription:
    """A consumer of the memory broker; several threads when its binding says so."""

    _POLL_S = 0.05

    def __init__(self, binder: MemoryBinder, binding: Binding, processor: Processor) -> None:
        self.binding = binding
        self._binder = binder
        self._processor = processor
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        self._stopping.clear()
        name = f"{self.binding.destination}.{self.binding.group}"
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True)
            for n in range(1, self.binding.concurrency + 1)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self, timeout_s: float) -> bool:
        self._stopping.set()
        with self._binder._changed:
            self._binder._changed.notify_all()
        end = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def deliver_one(self) -> bool:
        """Handles one message that is due, on this thread; False when there is none."""
        with self._binder._changed:
            delivery = self._binder._take(self.binding)
        if delivery is None:
            return False
        outcome = self._processor.process(delivery.message, delivery.failures)
        self._binder._settle(self.binding, delivery, outcome)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self.deliver_one():
                with self._binder._changed:
                    self._binder._changed.wait(self._POLL_S)
