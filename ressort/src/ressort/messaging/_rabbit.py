"""RabbitMQ, with the exchanges and queues of Spring Cloud Stream, so that Java services share them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pika
from pika.exceptions import AMQPError, ChannelClosedByBroker

from ressort.observability.health import Health

from ._rabbit_consumer import RabbitSubscription
from ._rabbit_messages import (
    DIED_AT,
    EXCEPTION_MESSAGE,
    EXCEPTION_STACKTRACE,
    FAILURES,
    ORIGINAL_EXCHANGE,
    ORIGINAL_ROUTING_KEY,
    failures_of,
    from_amqp,
    to_amqp,
    with_headers,
)
from ._rabbit_options import RabbitOptions, RabbitStreamOptions
from ._rabbit_publisher import Letter, RabbitPublisher, configuration_error
from ._rabbit_topology import GroupTopology, exchange
from .binder import Binding, DeadLetter, Handler
from .errors import BinderConfigurationError, BinderUnavailableError, PublishError, UnreadableMessageError
from .message import Message
from .options import StreamOptions
from .processing import Processor

if TYPE_CHECKING:
    from ressort.config import Environment
    from ressort.observability.metrics import MeterRegistry

Choice = Callable[[DeadLetter], bool]


class RabbitBinder:
    """One publishing connection, one per consumer; short ones for looking at dead letters."""

    kind = "rabbit"

    def __init__(
        self,
        options: RabbitOptions,
        stream: RabbitStreamOptions | None = None,
        bindings: StreamOptions | None = None,
        name: str = "ressort",
        metrics: MeterRegistry | None = None,
    ) -> None:
        self._stream = stream or RabbitStreamOptions()
        self._bindings = bindings or StreamOptions()
        self._metrics = metrics
        self._parameters = options.parameters(name)
        self._publisher = RabbitPublisher(self._parameters)
        self._subscriptions: list[RabbitSubscription] = []

    def start(self) -> None:
        for subscription in self._subscriptions:
            self._declare(subscription.topology)
        self._publisher.start()

    def stop(self, timeout_s: float) -> None:
        end = time.monotonic() + timeout_s
        for subscription in self._subscriptions:
            subscription.stop(max(0.0, end - time.monotonic()))
        self._publisher.stop(max(1.0, end - time.monotonic()))

    def declare(self, destination: str, groups: Collection[str]) -> None:
        self._publisher.start()
        self._publisher.wait_settled()
        for group in groups:
            self._declare(self._topology(destination, group))

    def _declare(self, topology: GroupTopology) -> None:
        if not topology.anonymous:
            self._publisher.declare(topology.queue, topology.declarations())

    def publish(self, destination: str, messages: Sequence[Message]) -> None:
        name = f"{self._stream.default.consumer.prefix}{destination}"
        needs = ((f"exchange {name}", (exchange(name, "topic"),)),)
        letters = [
            Letter(name, destination, to_amqp(message), message.payload, needs if index == 0 else ())
            for index, message in enumerate(messages)
        ]
        failures = self._publisher.send(letters)
        self._count("rabbitmq.published", len(messages))
        self._count("rabbitmq.acknowledged.published", len(messages) - len(failures))
        if failures:
            self._count("rabbitmq.failed.to.publish", len(failures))
            raise PublishError(destination, failures)

    def subscribe(self, binding: Binding, handler: Handler) -> RabbitSubscription:
        topology = self._topology(binding.destination, binding.group)
        processor = Processor(binding, handler, self._metrics)
        subscription = RabbitSubscription(binding, topology, processor, self._parameters, self._publisher)
        self._subscriptions.append(subscription)
        return subscription

    # dead letters -------------------------------------------------------------------------------

    def dead_letters(self, destination: str, group: str, limit: int = 100) -> list[DeadLetter]:
        topology = self._topology(destination, group)
        with self._short_channel() as channel:
            return [letter for _, letter, _, _ in _browse(channel, topology, limit)]

    def replay(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        topology = self._topology(destination, group)
        count = 0
        with self._short_channel() as channel:
            for tag, letter, properties, body in _browse(channel, topology):
                if ids is not None and letter.id not in ids:
                    continue
                fresh = with_headers(properties, **dict.fromkeys(_DEATH_HEADERS))
                if failures := self._publisher.send([Letter("", topology.queue, fresh, body)]):
                    raise PublishError(destination, failures)
                channel.basic_ack(tag)
                count += 1
        return count

    def discard(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        count = 0
        with self._short_channel() as channel:
            for tag, letter, _, _ in _browse(channel, self._topology(destination, group)):
                if ids is None or letter.id in ids:
                    channel.basic_ack(tag)
                    count += 1
        return count

    def backlog(self, destination: str, group: str) -> int:
        topology = self._topology(destination, group)
        names = [topology.queue, *self._publisher.declared(f"{topology.queue}.retry.")]
        with self._short_channel() as channel:
            counts = [channel.queue_declare(name, passive=True).method.message_count for name in names]
        return int(sum(counts))

    def health(self) -> Health:
        lost = [subscription for subscription in self._subscriptions if subscription.error]
        if not self._publisher.connected:
            return Health("DOWN", {"error": self._publisher.error or "not connected yet"})
        if lost:
            return Health("DOWN", {"error": f"{lost[0].topology.queue}: {lost[0].error}"})
        return Health("UP", {"version": self._publisher.version})

    def _topology(self, destination: str, group: str) -> GroupTopology:
        fitting = (
            name
            for name, found in self._bindings.bindings.items()
            if (found.destination or name) == destination
        )
        return GroupTopology(destination, group, self._stream.consumer(next(fitting, None)))

    @contextmanager
    def _short_channel(self) -> Iterator[Any]:
        """A channel for one look; what is taken from a queue and not acknowledged goes back to its place."""
        try:
            connection = pika.BlockingConnection(self._parameters)
            try:
                yield connection.channel()
            finally:
                if connection.is_open:
                    connection.close()
        except (AMQPError, OSError) as error:
            refused = configuration_error(error)
            kind = BinderConfigurationError if refused else BinderUnavailableError
            raise kind(refused or f"RabbitMQ is out of reach: {error or type(error).__name__}") from error

    def _count(self, name: str, amount: int) -> None:
        if self._metrics is not None:
            self._metrics.counter(name, name="rabbit").increment(amount)


_DEATH_HEADERS = (
    EXCEPTION_MESSAGE,
    EXCEPTION_STACKTRACE,
    ORIGINAL_EXCHANGE,
    ORIGINAL_ROUTING_KEY,
    FAILURES,
    DIED_AT,
)


def _browse(
    channel: Any, topology: GroupTopology, limit: int | None = None
) -> Iterator[tuple[int, DeadLetter, Any, bytes]]:
    """Takes the dead letters present now one by one, without acknowledging."""
    try:
        present = channel.queue_declare(topology.dead_queue, passive=True).method.message_count
    except ChannelClosedByBroker as error:
        if error.reply_code == 404:
            return
        raise
    for _ in range(present if limit is None else min(limit, present)):
        method, properties, body = channel.basic_get(topology.dead_queue)
        if method is None:
            return
        yield method.delivery_tag, _letter(topology, method, properties, body), properties, body


def _letter(topology: GroupTopology, method: Any, properties: Any, body: bytes) -> DeadLetter:
    headers = properties.headers or {}
    try:
        message = from_amqp(properties, body)
    except UnreadableMessageError:
        message = Message(body, {"id": properties.message_id or ""})
    died_at = headers.get(DIED_AT)
    return DeadLetter(
        id=message.id or f"position-{method.delivery_tag}",
        destination=topology.destination,
        group=topology.group,
        message=message,
        error=str(headers.get(EXCEPTION_MESSAGE, _broker_reason(headers))),
        stacktrace=str(headers.get(EXCEPTION_STACKTRACE, "")),
        attempts=failures_of(properties),
        died_at=datetime.fromisoformat(died_at) if isinstance(died_at, str) else None,
    )


def _broker_reason(headers: dict[str, Any]) -> str:
    """What the broker says of a letter it put here itself."""
    deaths = headers.get("x-death") or []
    return f"dead-lettered by the broker: {deaths[0].get('reason', 'unknown')}" if deaths else ""


def create_binder(env: Environment, metrics: MeterRegistry | None) -> RabbitBinder:
    """The binder of `spring.rabbitmq.*`; connects on `start`."""
    name = str(env.get("spring.application.name", "ressort"))
    return RabbitBinder(
        env.bind(RabbitOptions), env.bind(RabbitStreamOptions), env.bind(StreamOptions), name, metrics
    )
