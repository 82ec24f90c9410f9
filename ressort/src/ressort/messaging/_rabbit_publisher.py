"""Publishing with confirms, many in flight, on one connection with a thread of its own."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pika
from pika.exceptions import (
    ChannelClosedByBroker,
    ConnectionClosedByBroker,
    ConnectionClosedByClient,
    ConnectionWrongStateError,
)

from ._rabbit_topology import Declaration, declare_all
from .errors import BinderConfigurationError, BinderUnavailableError

logger = logging.getLogger(__name__)

WINDOW = 500
_FIRST_CONNECT_S = 5.0
_CONFIRM_TIMEOUT_S = 30.0
_LOST = "connection lost before the broker confirmed"
_PERMANENT_CODES = (403, 404, 406)
_PERMANENT_PAUSE_S = 30.0


@dataclass(frozen=True)
class Letter:
    """What to publish where; `needs` is declared before, once per connection."""

    exchange: str
    routing_key: str
    properties: pika.BasicProperties
    body: bytes
    needs: tuple[tuple[str, tuple[Declaration, ...]], ...] = ()


@dataclass
class _Batch:
    letters: Sequence[Letter]
    remaining: int
    failures: dict[int, str] = field(default_factory=dict)
    done: threading.Event = field(default_factory=threading.Event)

    def settle(self, index: int, failure: str | None) -> None:
        if failure is not None:
            self.failures[index] = failure
        self.remaining -= 1
        if self.remaining == 0:
            self.done.set()


def reconnect_pause_s(attempt: int) -> float:
    """Exponential with full jitter, 0.1 to 10 s."""
    return random.uniform(0.1, min(10.0, 0.25 * 2 ** min(attempt, 6)))


def configuration_error(error: BaseException) -> str | None:
    """Why trying again at once is of no use; None for errors that may pass."""
    if isinstance(
        error, pika.exceptions.ProbableAuthenticationError | pika.exceptions.ProbableAccessDeniedError
    ):
        return f"the broker refuses user or virtual host: {error}"
    if (
        isinstance(error, ChannelClosedByBroker | ConnectionClosedByBroker)
        and error.reply_code in _PERMANENT_CODES
    ):
        return f"the broker refuses the configuration: {error.reply_code} {error.reply_text}"
    return None


class RabbitPublisher:
    """See the module's text. Threads wait for their own messages' confirms only."""

    def __init__(self, parameters: list[pika.ConnectionParameters]) -> None:
        self._parameters = parameters
        self._lock = threading.Lock()
        self._queue: deque[tuple[_Batch, int]] = deque()
        self._topology: dict[str, list[Declaration]] = {}
        self._settled = threading.Event()  # connected, or the first attempt has failed
        self._pause = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._connection: Any = None
        self._channel: Any = None
        self._ready = False
        self.error: str | None = None
        self.permanent = False
        self.version: str | None = None
        self._forget()

    def _forget(self) -> None:
        self._tag = 0
        self._unconfirmed: dict[int, tuple[_Batch, int, str]] = {}
        self._tags_of: dict[str, list[int]] = {}
        self._returned: dict[int, str] = {}
        self._made: set[str] = set()
        self._declaring: list[threading.Event] = []

    # called by any thread -----------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Whether messages can be sent now."""
        return self._ready

    def start(self) -> None:
        """Starts connecting in the background; does nothing the second time."""
        with self._lock:
            if self._thread is None:
                self._stopping = False
                self._thread = threading.Thread(target=self._run, name="rabbit-publisher", daemon=True)
                self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Closes the connection; what is not confirmed by then counts as not published."""
        self._stopping = True
        self._pause.set()
        with self._lock:
            thread, self._thread = self._thread, None
            if self._connection is not None:
                self._connection.ioloop.add_callback_threadsafe(self._close)
        if thread is not None:
            thread.join(timeout_s)

    def send(self, letters: Sequence[Letter]) -> dict[int, str]:
        """Publishes and waits for the confirms; index -> reason of those that failed.

        Raises BinderUnavailableError or BinderConfigurationError when nothing could be sent.
        """
        if not letters:
            return {}
        self._require_connection()
        batch = _Batch(letters, len(letters))
        with self._lock:
            if not self._ready:
                raise BinderUnavailableError(self.error or "RabbitMQ is out of reach")
            self._queue.extend((batch, index) for index in range(len(letters)))
            self._connection.ioloop.add_callback_threadsafe(self._pump)
        if not batch.done.wait(_CONFIRM_TIMEOUT_S + 0.01 * len(letters)):
            return dict.fromkeys(range(len(letters)), "no confirm in time")
        return batch.failures

    def declare(self, name: str, declarations: list[Declaration]) -> bool:
        """Declares now, and again after every reconnect; False when the broker is out of reach now."""
        with self._lock:
            self._topology[name] = declarations
            if not self._ready:
                return False
            done = threading.Event()
            self._connection.ioloop.add_callback_threadsafe(lambda: self._declare(declarations, done))
        return done.wait(_CONFIRM_TIMEOUT_S) and self._ready

    def declared(self, prefix: str) -> list[str]:
        """Names beginning so that were declared on demand on this connection."""
        return sorted(name for name in list(self._made) if name.startswith(prefix))

    def wait_settled(self) -> None:
        """Returns once connected, or once the first attempt has failed."""
        self._settled.wait(_FIRST_CONNECT_S)

    def _require_connection(self) -> None:
        self.start()
        self.wait_settled()
        if self._ready:
            return
        kind = BinderConfigurationError if self.permanent else BinderUnavailableError
        raise kind(self.error or "RabbitMQ is out of reach")

    # the connection's thread --------------------------------------------------------------------

    def _run(self) -> None:
        attempt = 0
        while not self._stopping:
            began = time.monotonic()
            self._connect(self._parameters[attempt % len(self._parameters)])
            if self._stopping:
                return
            attempt = 0 if time.monotonic() - began > _FIRST_CONNECT_S * 2 else attempt + 1
            self._pause.wait(_PERMANENT_PAUSE_S if self.permanent else reconnect_pause_s(attempt))

    def _connect(self, parameters: pika.ConnectionParameters) -> None:
        connection = pika.SelectConnection(
            parameters,
            on_open_callback=self._on_open,
            on_open_error_callback=self._on_lost,
            on_close_callback=self._on_lost,
        )
        with self._lock:
            self._connection = connection
        try:
            connection.ioloop.start()
        finally:
            self._disconnected()
            connection.ioloop.close()

    def _on_open(self, connection: Any) -> None:
        self.version = _server_version(connection)
        connection.channel(on_open_callback=self._on_channel)

    def _on_channel(self, channel: Any) -> None:
        self._forget()
        self._channel = channel
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_return_callback(self._on_return)
        channel.confirm_delivery(self._on_confirm, callback=self._on_confirming)

    def _on_confirming(self, _frame: Any) -> None:
        with self._lock:
            declarations = [item for items in self._topology.values() for item in items]
        if declarations:
            declare_all(self._channel, declarations, self._on_ready)
        else:
            self._on_ready(None)

    def _on_ready(self, _frame: Any) -> None:
        with self._lock:
            self._ready = True
        self.error, self.permanent = None, False
        self._settled.set()
        logger.info("connected to RabbitMQ %s for publishing", self.version)
        self._pump()

    def _declare(self, declarations: list[Declaration], done: threading.Event) -> None:
        """Holds publishing back meanwhile: pika sends declarations after a pending one, messages at once."""
        self._declaring.append(done)
        declare_all(self._channel, declarations, lambda _: self._declared(done))

    def _declared(self, done: threading.Event) -> None:
        self._declaring.remove(done)
        done.set()
        self._pump()

    def _on_channel_closed(self, _channel: Any, reason: BaseException) -> None:
        if not self._stopping:
            self._note(reason)
            self._close()

    def _on_lost(self, connection: Any, reason: BaseException) -> None:
        if not isinstance(reason, ConnectionClosedByClient):
            self._note(reason)
        connection.ioloop.stop()

    def _note(self, reason: BaseException) -> None:
        refused = configuration_error(reason)
        text = refused or f"RabbitMQ is out of reach: {reason or type(reason).__name__}"
        self.permanent = refused is not None
        if text != self.error:
            logger.log(logging.ERROR if refused else logging.WARNING, "publishing waits: %s", text)
        self.error = text

    def _close(self) -> None:
        connection = self._connection
        if connection is None or connection.is_closing or connection.is_closed:
            return
        try:
            connection.close()
        except ConnectionWrongStateError:
            connection.ioloop.stop()

    def _disconnected(self) -> None:
        with self._lock:
            self._ready = False
            self._connection = self._channel = None
            waiting = list(self._queue)
            self._queue.clear()
        for done in self._declaring:
            done.set()
        for batch, index, _ in self._unconfirmed.values():
            batch.settle(index, _LOST)
        for batch, index in waiting:
            batch.settle(index, _LOST)
        self._forget()
        self._settled.set()

    def _pump(self) -> None:
        """Sends what waits, as far as the window allows."""
        channel = self._channel
        while self._can_publish(channel):
            with self._lock:
                if not self._queue:
                    return
                batch, index = self._queue.popleft()
            self._publish(channel, batch, index)

    def _can_publish(self, channel: Any) -> bool:
        if not self._ready or self._declaring or channel is None or not channel.is_open:
            return False
        return len(self._unconfirmed) < WINDOW

    def _publish(self, channel: Any, batch: _Batch, index: int) -> None:
        letter = batch.letters[index]
        for name, declarations in letter.needs:
            if name not in self._made:
                self._made.add(name)
                declare_all(channel, list(declarations))
        self._tag += 1
        identity = letter.properties.message_id or ""
        self._unconfirmed[self._tag] = (batch, index, identity)
        self._tags_of.setdefault(identity, []).append(self._tag)
        channel.basic_publish(
            letter.exchange, letter.routing_key, letter.body, letter.properties, mandatory=True
        )

    def _on_return(self, _channel: Any, method: Any, properties: Any, _body: bytes) -> None:
        """Comes before the confirm of the same message; of several with one id, the oldest."""
        tags = self._tags_of.get(properties.message_id or "", [])
        tag = next((tag for tag in tags if tag not in self._returned), None)
        if tag is not None:
            self._returned[tag] = f"no consumer group is bound ({method.reply_code} {method.reply_text})"

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        refused = "refused by the broker (nack)" if method.NAME == "Basic.Nack" else None
        first = (
            min(self._unconfirmed, default=method.delivery_tag) if method.multiple else method.delivery_tag
        )
        for tag in range(first, method.delivery_tag + 1):
            entry = self._unconfirmed.pop(tag, None)
            if entry is None:
                continue
            batch, index, identity = entry
            self._drop_tag(identity, tag)
            batch.settle(index, refused or self._returned.pop(tag, None))
        self._pump()

    def _drop_tag(self, identity: str, tag: int) -> None:
        tags = self._tags_of[identity]
        tags.remove(tag)
        if not tags:
            del self._tags_of[identity]


def _server_version(connection: Any) -> str:
    properties = connection.server_properties or {}
    version = properties.get("version", "unknown")
    return version.decode() if isinstance(version, bytes) else str(version)
