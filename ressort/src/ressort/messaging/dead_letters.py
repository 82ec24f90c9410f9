"""Dead letters as an operator sees them: listed, inspected, replayed or discarded, in plain values for JSON."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any

from .binder import Binder, DeadLetter, Subscription
from .errors import MessagingError
from .message import iso_instant

logger = logging.getLogger(__name__)

_SHOWN = 500
_PAYLOAD_CHARACTERS = 10_000


class UnknownGroupError(MessagingError):
    """This process consumes no such destination with such a group."""

    def __init__(self, destination: str, group: str) -> None:
        super().__init__(f"no consumer of {destination} with group {group} in this process")


class DeadLetters:
    """The dead letters of the groups this process consumes with."""

    def __init__(self, binder: Binder, subscriptions: Collection[Subscription]) -> None:
        self._binder = binder
        self._subscriptions = subscriptions

    def overview(self) -> list[dict[str, Any]]:
        """Per group: how many messages wait and how many are dead (500 stands for more)."""
        return [
            {
                "destination": binding.destination,
                "group": binding.group,
                "waiting": self._binder.backlog(binding.destination, binding.group),
                "dead": len(self._binder.dead_letters(binding.destination, binding.group, _SHOWN)),
            }
            for binding in (subscription.binding for subscription in self._subscriptions)
        ]

    def letters(self, destination: str, group: str, limit: int = 100) -> list[dict[str, Any]]:
        """The oldest letters with payload, headers and error. Raises UnknownGroupError."""
        self._require(destination, group)
        found = self._binder.dead_letters(destination, group, max(1, min(limit, _SHOWN)))
        return [_shown(letter) for letter in found]

    def replay(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        """Delivers these letters (all: None) to their group again; how many. Raises UnknownGroupError."""
        self._require(destination, group)
        count = self._binder.replay(destination, group, ids)
        logger.info("%d dead letter(s) of %s.%s replayed", count, destination, group)
        return count

    def discard(self, destination: str, group: str, ids: Collection[str] | None = None) -> int:
        """Deletes these letters (all: None); how many. Raises UnknownGroupError."""
        self._require(destination, group)
        count = self._binder.discard(destination, group, ids)
        logger.warning("%d dead letter(s) of %s.%s discarded", count, destination, group)
        return count

    def _require(self, destination: str, group: str) -> None:
        bound = ((s.binding.destination, s.binding.group) for s in self._subscriptions)
        if (destination, group) not in bound:
            raise UnknownGroupError(destination, group)


def _shown(letter: DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "type": letter.message.type,
        "headers": letter.message.headers,
        "payload": letter.message.payload.decode("utf-8", "replace")[:_PAYLOAD_CHARACTERS],
        "error": letter.error,
        "stacktrace": letter.stacktrace,
        "attempts": letter.attempts,
        "diedAt": iso_instant(letter.died_at) if letter.died_at else None,
    }
