"""Exchanges and queues exactly as Spring Cloud Stream's provisioner declares them.

An exchange per destination (topic, durable), a durable queue `<destination>.<group>` bound with `#`, dead
letters through the direct exchange `DLX` to `<destination>.<group>.dlq`. The arguments must equal Java's: the
broker refuses a second declaration that differs (406). Pauses between attempts are ours: a queue per pause,
`<queue>.retry.<ms>`, whose messages expire back into the queue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ._rabbit_options import RabbitConsumerOptions

Declaration = tuple[str, dict[str, Any]]
"""A channel method's name and its arguments, to be called on any kind of pika channel."""


@dataclass(frozen=True)
class GroupTopology:
    """Names of what one group needs."""

    destination: str
    group: str
    options: RabbitConsumerOptions

    @property
    def anonymous(self) -> bool:
        """Whether the group ends with its connection."""
        return self.group.startswith("anonymous.")

    @property
    def exchange(self) -> str:
        return f"{self.options.prefix}{self.destination}"

    @property
    def queue(self) -> str:
        return f"{self.exchange}.{self.group}"

    @property
    def dead_exchange(self) -> str:
        return f"{self.options.prefix}DLX"

    @property
    def dead_queue(self) -> str:
        return f"{self.queue}.dlq"

    @property
    def keeps_dead_letters(self) -> bool:
        return self.options.auto_bind_dlq and not self.anonymous

    def declarations(self) -> list[Declaration]:
        """In the order to make them."""
        return [
            exchange(self.exchange, "topic"),
            *self._dead_letters(),
            ("queue_declare", self._queue()),
            ("queue_bind", {"queue": self.queue, "exchange": self.exchange, "routing_key": "#"}),
        ]

    def _dead_letters(self) -> list[Declaration]:
        if not self.keeps_dead_letters:
            return []
        return [
            exchange(self.dead_exchange, "direct"),
            ("queue_declare", {"queue": self.dead_queue, "durable": True}),
            (
                "queue_bind",
                {"queue": self.dead_queue, "exchange": self.dead_exchange, "routing_key": self.queue},
            ),
        ]

    def _queue(self) -> dict[str, Any]:
        if self.anonymous:
            return {"queue": self.queue, "exclusive": True, "auto_delete": True}
        arguments = None
        if self.keeps_dead_letters:
            arguments = {
                "x-dead-letter-exchange": self.dead_exchange,
                "x-dead-letter-routing-key": self.queue,
            }
        return {"queue": self.queue, "durable": True, "arguments": arguments}

    def retry_queue(self, pause_s: float) -> tuple[str, list[Declaration]]:
        """The queue that holds a message for about `pause_s` (rounded up to 1, 2 or 5 times a power of ten)."""
        pause_ms = ladder_step_ms(pause_s)
        name = f"{self.queue}.retry.{pause_ms}"
        arguments = {
            "x-message-ttl": pause_ms,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": self.queue,
        }
        return name, [("queue_declare", {"queue": name, "durable": True, "arguments": arguments})]


def exchange(name: str, kind: str) -> Declaration:
    """A durable exchange that stays when nothing is bound to it."""
    return "exchange_declare", {"exchange": name, "exchange_type": kind, "durable": True}


def ladder_step_ms(pause_s: float) -> int:
    """The smallest of 10, 20, 50, 100, 200, 500, ... milliseconds that is not shorter."""
    power_ms = 10
    while True:
        for step_ms in (power_ms, 2 * power_ms, 5 * power_ms):
            if step_ms >= pause_s * 1000:
                return step_ms
        power_ms *= 10


def declare_all(
    channel: Any, declarations: list[Declaration], on_done: Callable[[Any], None] | None = None
) -> None:
    """Makes the declarations on a blocking channel, or on a callback channel without waiting for each.

    `on_done` is called with the broker's answer to the last one (callback channels only).
    """
    for number, (method, arguments) in enumerate(declarations, start=1):
        if on_done is not None and number == len(declarations):
            getattr(channel, method)(**arguments, callback=on_done)
        else:
            getattr(channel, method)(**arguments)
