"""Consuming from RabbitMQ: a thread does the connection's I/O, workers run the handlers.

A slow handler therefore never misses a heartbeat. Acknowledgements go back through the I/O thread; those of a
connection since lost are dropped, the broker delivers such messages again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from queue import SimpleQueue
from typing import Any

import pika
from pika.exceptions import AMQPError

from ._rabbit_messages import (
    DIED_AT,
    EXCEPTION_MESSAGE,
    EXCEPTION_STACKTRACE,
    FAILURES,
    ORIGINAL_EXCHANGE,
    ORIGINAL_ROUTING_KEY,
    failures_of,
    from_amqp,
    shortened,
    with_headers,
)
from ._rabbit_publisher import Letter, RabbitPublisher, configuration_error, reconnect_pause_s
from ._rabbit_topology import GroupTopology, declare_all
from .binder import Binding
from .errors import MessagingError, UnreadableMessageError
from .message import iso_instant
from .processing import Again, Dead, Handled, Outcome, Processor

logger = logging.getLogger(__name__)

_LOOP_S = 1.0
_PERMANENT_PAUSE_S = 30.0
_REQUEUE_PAUSE_S = 1.0


class RabbitSubscription:
    """A consumer with a connection of its own."""

    def __init__(
        self,
        binding: Binding,
        topology: GroupTopology,
        processor: Processor,
        parameters: list[pika.ConnectionParameters],
        publisher: RabbitPublisher,
    ) -> None:
        self.binding = binding
        self.topology = topology
        self.error: str | None = None
        self.connected = False
        self._processor = processor
        self._parameters = parameters
        self._publisher = publisher
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._running = 0
        self._idle = threading.Condition()
        self._connection: Any = None
        self._deliveries: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._workers: list[threading.Thread] = []

    def start(self) -> None:
        self._stopping.clear()
        if not self.topology.anonymous:
            self._publisher.start()
            self._publisher.wait_settled()
            self._publisher.declare(self.topology.queue, self.topology.declarations())
        for number in range(len(self._workers) + 1, self.binding.concurrency + 1):
            worker = threading.Thread(
                target=self._handle, name=f"{self.topology.queue}-{number}", daemon=True
            )
            self._workers.append(worker)
            worker.start()
        self._thread = threading.Thread(target=self._run, name=self.topology.queue, daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float) -> bool:
        self._stopping.set()
        self._wake()
        end = time.monotonic() + timeout_s
        with self._idle:
            idle = self._idle.wait_for(lambda: self._running == 0, timeout_s)
        if self._thread is not None:
            self._thread.join(max(0.5, end - time.monotonic()))
        return idle

    def _wake(self) -> None:
        connection = self._connection
        if connection is not None:
            with suppress(AMQPError):
                connection.add_callback_threadsafe(lambda: None)

    # the connection's thread --------------------------------------------------------------------

    def _run(self) -> None:
        attempt = 0
        while not self._stopping.is_set():
            try:
                self._consume(self._parameters[attempt % len(self._parameters)])
                attempt = 0
            except (AMQPError, OSError) as error:
                attempt = 1 if self.connected else attempt + 1
                self.connected = False
                self._stopping.wait(self._note(error, attempt))
            finally:
                self.connected = False

    def _note(self, error: BaseException, attempt: int) -> float:
        """Logs why there is no connection; how long to wait before the next try."""
        refused = configuration_error(error)
        text = refused or f"RabbitMQ is out of reach: {error or type(error).__name__}"
        if text != self.error:
            logger.log(logging.ERROR if refused else logging.WARNING, "%s: %s", self.topology.queue, text)
        self.error = text
        return _PERMANENT_PAUSE_S if refused else reconnect_pause_s(attempt)

    def _consume(self, parameters: pika.ConnectionParameters) -> None:
        connection = self._connection = pika.BlockingConnection(parameters)
        try:
            channel = connection.channel()
            declare_all(channel, self.topology.declarations())
            channel.basic_qos(prefetch_count=max(self.topology.options.prefetch, self.binding.concurrency))
            tag = channel.basic_consume(self.topology.queue, partial(self._deliver, connection))
            self.connected, self.error = True, None
            logger.info("consuming %s", self.topology.queue)
            while not self._stopping.is_set():
                connection.process_data_events(time_limit=_LOOP_S)
            channel.basic_cancel(tag)
            self._finish(connection)
        finally:
            if connection.is_open:
                with suppress(AMQPError):
                    connection.close()

    def _finish(self, connection: Any) -> None:
        """Sends the acknowledgements of handlers still running; `stop` decides how long to wait for them."""
        while True:
            connection.process_data_events(time_limit=0.05)
            with self._idle:
                if self._running == 0:
                    break
        connection.process_data_events(time_limit=0)

    def _deliver(
        self,
        connection: Any,
        channel: Any,
        method: Any,
        properties: Any,
        body: bytes,
    ) -> None:
        if self._stopping.is_set():
            channel.basic_nack(method.delivery_tag, requeue=True)
            return
        with self._idle:
            self._running += 1
        self._deliveries.put(partial(self._work, connection, channel, method, properties, body))

    # a worker's threads --------------------------------------------------------------------------

    def _handle(self) -> None:
        """Runs deliveries until the process ends; idle, it waits on an empty queue."""
        while True:
            self._deliveries.get()()

    def _work(self, connection: Any, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        settle = partial(channel.basic_nack, method.delivery_tag, requeue=True)
        try:
            if not self._stopping.is_set():
                settle = self._settlement(channel, method, properties, body)
        finally:
            self._hand_over(connection, channel, settle)

    def _hand_over(self, connection: Any, channel: Any, settle: partial[None]) -> None:
        def apply() -> None:
            if channel.is_open:
                settle()
            self._done()

        try:
            connection.add_callback_threadsafe(apply)
        except AMQPError as error:
            logger.info("%s: connection lost, a message will come again: %s", self.topology.queue, error)
            self._done()

    def _done(self) -> None:
        with self._idle:
            self._running -= 1
            self._idle.notify_all()

    def _settlement(self, channel: Any, method: Any, properties: Any, body: bytes) -> partial[None]:
        """What the I/O thread is to tell the broker about this delivery."""
        requeue = partial(channel.basic_nack, method.delivery_tag, requeue=True)
        acknowledge = partial(channel.basic_ack, method.delivery_tag)
        letter: Letter | None
        match self._outcome(properties, body):
            case Handled():
                return acknowledge
            case Again(pause_s, _, failed):
                letter = self._retry(properties, body, pause_s, failed)
            case Dead(error, stacktrace):
                if not self.topology.keeps_dead_letters:
                    return acknowledge
                if not self.topology.options.republish_to_dlq:
                    return partial(channel.basic_nack, method.delivery_tag, requeue=False)
                letter = self._dead(method, properties, body, error, stacktrace)
        return acknowledge if self._sent(letter) else requeue

    def _outcome(self, properties: Any, body: bytes) -> Outcome:
        try:
            message = from_amqp(properties, body)
        except UnreadableMessageError as error:
            return Dead(f"{type(error).__name__}: {error}", "")
        return self._processor.process(message, failures_of(properties))

    def _retry(self, properties: Any, body: bytes, pause_s: float, failed: bool) -> Letter:
        queue, declarations = self.topology.retry_queue(pause_s)
        count = failures_of(properties) + int(failed)
        needs = ((queue, tuple(declarations)),)
        return Letter("", queue, with_headers(properties, **{FAILURES: count}), body, needs)

    def _dead(self, method: Any, properties: Any, body: bytes, error: str, stacktrace: str) -> Letter:
        headers = {
            EXCEPTION_MESSAGE: error[:5000],
            EXCEPTION_STACKTRACE: shortened(stacktrace),
            ORIGINAL_EXCHANGE: self.topology.exchange,
            ORIGINAL_ROUTING_KEY: method.routing_key,
            FAILURES: failures_of(properties) + 1,
            DIED_AT: iso_instant(datetime.now(UTC)),
        }
        return Letter(
            self.topology.dead_exchange, self.topology.queue, with_headers(properties, **headers), body
        )

    def _sent(self, letter: Letter) -> bool:
        try:
            failures = self._publisher.send([letter])
        except MessagingError as error:
            failures = {0: str(error)}
        if failures:
            logger.warning("%s: message comes again at once: %s", self.topology.queue, failures[0])
            self._stopping.wait(_REQUEUE_PAUSE_S)
        return not failures
