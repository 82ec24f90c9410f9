"""One message: bytes and text headers, the same whichever broker carries it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from ressort.clock import Clock
from ressort.observability import tracing

from .errors import UnreadableMessageError

JSON = "application/json"


@dataclass(frozen=True)
class Message:
    """A payload with headers `id`, `type`, `source`, `time` (ISO 8601, Z), `contentType` and `traceparent`."""

    payload: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json_of(
        cls,
        *,
        type: str,
        source: str,
        payload: Any,
        clock: Clock,
        id: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Message:
        """A JSON message carrying the trace of the running request.

        `source` is the sender's application name; `id` is made up (UUID) unless given. Raises TypeError for
        values JSON has no word for, such as Decimal.
        """
        complete = {
            "id": id or str(uuid.uuid4()),
            "type": type,
            "source": source,
            "time": iso_instant(clock.now()),
            "contentType": JSON,
            **(headers or {}),
        }
        tracing.inject(complete)
        return cls(orjson.dumps(payload), complete)

    @property
    def id(self) -> str:
        """The message's identity, the same at every delivery; empty when the sender gave none."""
        return self.headers.get("id", "")

    @property
    def type(self) -> str:
        """What the message says happened or asks for; empty when the sender gave none."""
        return self.headers.get("type", "")

    def json(self) -> Any:
        """The payload as JSON. Raises UnreadableMessageError when it is not."""
        try:
            return orjson.loads(self.payload)
        except orjson.JSONDecodeError as error:
            raise UnreadableMessageError(f"message {self.id or '?'} is not JSON: {error}") from error

    def with_headers(self, **headers: str) -> Message:
        """The same message with these headers added or replaced."""
        return Message(self.payload, {**self.headers, **headers})


def iso_instant(instant: datetime) -> str:
    """`2026-11-20T10:15:00.123456Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
