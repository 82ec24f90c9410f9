"""Everything a service needs of messaging, set up from its configuration."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from ressort.clock import Clock
from ressort.config import ConfigError, Environment
from ressort.data import Database
from ressort.lifecycle import Lifecycle, Phase
from ressort.observability.health import HealthRegistry
from ressort.observability.metrics import MeterRegistry

from .binder import Binder, Handler, Subscription
from .dead_letters import DeadLetters
from .errors import MessagingError
from .inbox import Inbox
from .message import Message
from .options import OutboxOptions, StreamOptions
from .outbox import Outbox
from .relay import OutboxRelay

logger = logging.getLogger(__name__)

BinderFactory = Callable[[Environment, MeterRegistry | None], Binder]


class Messaging:
    """One broker with its consumers and outboxes. Nothing connects before `start`."""

    def __init__(
        self,
        binder: Binder,
        options: StreamOptions | None = None,
        outbox_options: OutboxOptions | None = None,
        metrics: MeterRegistry | None = None,
        health: HealthRegistry | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.binder = binder
        self.options = options or StreamOptions()
        self.subscriptions: list[Subscription] = []
        self.dead_letters = DeadLetters(binder, self.subscriptions)
        self._outbox_options = outbox_options or OutboxOptions()
        self._metrics = metrics
        self._health = health
        self._clock = clock
        self._outboxes: dict[int, Outbox] = {}
        self._inboxes: dict[int, Inbox] = {}
        self._relays: list[OutboxRelay] = []
        if health is not None:
            health.register(f"binders/{binder.kind}", binder.health)
            if binder.kind == "rabbit":
                health.register("rabbit", binder.health)

    def outbox(self, database: Database) -> Outbox:
        """The outbox of a database, with the relay that publishes it; the same at every call."""
        if id(database) not in self._outboxes:
            outbox = Outbox(database, self._metrics)
            relay = OutboxRelay(outbox, self.binder, self._outbox_options)
            relay.add_maintenance(lambda: self._purge_inbox(database))
            self._outboxes[id(database)] = outbox
            self._relays.append(relay)
            if self._health is not None:
                self._health.register("outbox", relay.health)
        return self._outboxes[id(database)]

    def inbox(self, database: Database) -> Inbox:
        """The inbox of a database; the same at every call."""
        if id(database) not in self._inboxes:
            self._inboxes[id(database)] = Inbox(database)
        return self._inboxes[id(database)]

    def listen(
        self, destination: str, group: str | None, handler: Handler, database: Database | None = None
    ) -> Subscription:
        """A consumer, started with the rest.

        With a database, each message is handled in one transaction with its inbox row: a message that comes
        again is acknowledged without calling the handler, whose own `database.transaction()` blocks join.
        Without a group the consumer is anonymous: it misses what is sent while it is down.
        """
        name = group or f"anonymous.{uuid.uuid4().hex[:22]}"
        wanted = self._once(database, name, handler) if database is not None else handler
        subscription = self.binder.subscribe(self.options.consumer(destination, name), wanted)
        self.subscriptions.append(subscription)
        if self._metrics is not None:
            self._metrics.gauge(
                "messaging.backlog",
                lambda: self._backlog(destination, name),
                "Messages waiting for a group",
                destination=destination,
                group=name,
            )
        return subscription

    def send(self, destination: str, messages: Sequence[Message]) -> None:
        """Publishes now, outside of any transaction. Raises PublishError, BinderUnavailableError."""
        self.binder.publish(destination, messages)

    def start_broker(self) -> None:
        """Phase BROKER: groups and queues exist from here on."""
        self.binder.start()
        for destination, groups in self.options.required_groups().items():
            self.binder.declare(destination, groups)

    def start_relays(self) -> None:
        """Phase OUTBOX."""
        for relay in self._relays:
            relay.start()

    def stop_relays(self, timeout_s: float) -> None:
        """Phase OUTBOX: publishes what is due, then ends."""
        _stop_all([relay.stop for relay in self._relays], timeout_s)

    def start_consumers(self) -> None:
        """Phase CONSUMERS."""
        for subscription in self.subscriptions:
            subscription.start()

    def stop_consumers(self, timeout_s: float) -> None:
        """Phase CONSUMERS: running handlers finish, nothing new is taken."""
        _stop_all([subscription.stop for subscription in self.subscriptions], timeout_s)

    def install(self, lifecycle: Lifecycle) -> None:
        """Adds broker, outbox relays and consumers to a process's lifecycle."""
        lifecycle.add("broker", Phase.BROKER, self.start_broker, self.binder.stop)
        lifecycle.add("outbox", Phase.OUTBOX, self.start_relays, self.stop_relays)
        lifecycle.add("consumers", Phase.CONSUMERS, self.start_consumers, self.stop_consumers)

    def start(self) -> None:
        """Everything in order, for programs without a lifecycle."""
        self.start_broker()
        self.start_relays()
        self.start_consumers()

    def stop(self, timeout_s: float) -> None:
        """Everything in reverse order."""
        self.stop_consumers(timeout_s)
        self.stop_relays(timeout_s)
        self.binder.stop(timeout_s)

    def _once(self, database: Database, group: str, handler: Handler) -> Handler:
        inbox = self.inbox(database)

        def handle(message: Message) -> None:
            with database.transaction() as connection:
                if inbox.first_time(connection, group, message.id):
                    handler(message)
                else:
                    logger.info("group %s has handled message %s before", group, message.id)

        return handle

    def _purge_inbox(self, database: Database) -> None:
        inbox = self._inboxes.get(id(database))
        if inbox is not None:
            inbox.purge(self._outbox_options.inbox_retention_s)

    def _backlog(self, destination: str, group: str) -> float:
        try:
            return float(self.binder.backlog(destination, group))
        except MessagingError:
            return float("nan")


def _stop_all(stops: Collection[Callable[[float], object]], timeout_s: float) -> None:
    end = time.monotonic() + timeout_s
    for stop in stops:
        stop(max(0.0, end - time.monotonic()))


def create(
    env: Environment, metrics: MeterRegistry | None = None, health: HealthRegistry | None = None
) -> Messaging:
    """Messaging as `spring.cloud.stream.*` says; nothing is opened yet. Raises ConfigError."""
    options = env.bind(StreamOptions)
    factory = _FACTORIES.get(options.binder_kind)
    if factory is None:
        key = "spring.cloud.stream.default-binder"
        known = ", ".join(sorted(_FACTORIES))
        raise ConfigError(
            f"no such binder; known: {known}", key=key, value=options.binder_kind, origin=env.origin(key)
        )
    return Messaging(factory(env, metrics), options, env.bind(OutboxOptions), metrics, health)


def _local(env: Environment, metrics: MeterRegistry | None) -> Binder:
    from ._local import LocalBinder

    file = Path(str(env.get("ressort.broker.file", str(env.home / "var" / "broker" / "broker.db"))))
    return LocalBinder(file, metrics)


def _memory(_env: Environment, metrics: MeterRegistry | None) -> Binder:
    from ._memory import MemoryBinder

    return MemoryBinder(metrics)


def _rabbit(env: Environment, metrics: MeterRegistry | None) -> Binder:
    from ._rabbit import create_binder

    return create_binder(env, metrics)


_FACTORIES: dict[str, BinderFactory] = {"local": _local, "memory": _memory, "rabbit": _rabbit}
"""A further broker is one private module and one line here."""
