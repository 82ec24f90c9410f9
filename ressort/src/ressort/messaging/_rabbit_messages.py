"""Our messages as AMQP's and back, also those of Spring's producers and of CloudEvents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pika

from .errors import UnreadableMessageError
from .message import JSON, Message, iso_instant

FAILURES = "x-ressort-failures"
DIED_AT = "x-ressort-died-at"
EXCEPTION_MESSAGE = "x-exception-message"
EXCEPTION_STACKTRACE = "x-exception-stacktrace"
ORIGINAL_EXCHANGE = "x-original-exchange"
ORIGINAL_ROUTING_KEY = "x-original-routingKey"

_INTERNAL = ("x-ressort-", "x-exception-", "x-original-", "x-death", "x-first-death", "x-last-death")
_CLOUD_EVENTS = ("cloudEvents:", "cloudEvents_")
_STRUCTURED = "application/cloudevents+json"
_PERSISTENT = 2
_TEXT_LIMIT = 20_000


def to_amqp(message: Message, **more: Any) -> pika.BasicProperties:
    """Persistent, identified properties; our headers travel as headers too. `more` are further headers."""
    headers = message.headers
    return pika.BasicProperties(
        content_type=headers.get("contentType", JSON),
        delivery_mode=_PERSISTENT,
        message_id=headers.get("id") or None,
        timestamp=_epoch(headers.get("time")),
        type=headers.get("type"),
        app_id=headers.get("source"),
        headers={**headers, **more},
    )


def _epoch(time: str | None) -> int | None:
    if not time:
        return None
    try:
        return int(datetime.fromisoformat(time).timestamp())
    except ValueError:
        return None


def from_amqp(properties: pika.BasicProperties, body: bytes) -> Message:
    """The message as handlers see it. Raises UnreadableMessageError for a broken structured CloudEvent."""
    headers = {
        name: text
        for name, value in (properties.headers or {}).items()
        if not name.startswith(_INTERNAL) and (text := _text(value)) is not None
    }
    _complete(headers, properties)
    if headers.get("contentType", "").startswith(_STRUCTURED):
        return _structured(headers, body)
    return Message(body, headers)


def _text(value: Any) -> str | None:
    """Tables and lists have no place in text headers."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime):
        return iso_instant(value.replace(tzinfo=value.tzinfo or UTC))
    if value is None or isinstance(value, dict | list):
        return None
    return str(value)


def _complete(headers: dict[str, str], properties: pika.BasicProperties) -> None:
    """Fills our names from CloudEvents attributes, then from AMQP's own fields."""
    for prefix in _CLOUD_EVENTS:
        for name in ("id", "type", "source", "time"):
            if prefix + name in headers:
                headers.setdefault(name, headers[prefix + name])
    known = {
        "id": properties.message_id,
        "type": properties.type,
        "source": properties.app_id,
        "contentType": properties.content_type,
        "time": iso_instant(datetime.fromtimestamp(properties.timestamp, UTC))
        if properties.timestamp
        else None,
    }
    for name, value in known.items():
        if value:
            headers.setdefault(name, value)


def _structured(headers: dict[str, str], body: bytes) -> Message:
    try:
        event = orjson.loads(body)
        attributes = {name: str(event[name]) for name in ("id", "type", "source", "time") if name in event}
    except (orjson.JSONDecodeError, TypeError) as error:
        raise UnreadableMessageError(f"not a structured CloudEvent: {error}") from error
    content_type = str(event.get("datacontenttype", JSON))
    return Message(orjson.dumps(event.get("data")), {**headers, **attributes, "contentType": content_type})


def failures_of(properties: pika.BasicProperties) -> int:
    """How many attempts have failed before."""
    value = (properties.headers or {}).get(FAILURES, 0)
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


def with_headers(properties: pika.BasicProperties, **more: Any) -> pika.BasicProperties:
    """The same properties with headers added, replaced, or (None) removed; broker-made ones go."""
    headers = {
        name: value for name, value in (properties.headers or {}).items() if not name.startswith("x-death")
    }
    headers.update(more)
    copied = {name: getattr(properties, name) for name in _FIELDS}
    kept = {name: value for name, value in headers.items() if value is not None}
    return pika.BasicProperties(**{**copied, "delivery_mode": _PERSISTENT, "headers": kept})


_FIELDS = (
    "content_type",
    "content_encoding",
    "correlation_id",
    "reply_to",
    "message_id",
    "timestamp",
    "type",
    "app_id",
)


def shortened(stacktrace: str, frame_bytes: int = 131_072) -> str:
    """The end of a stack trace that fits into one frame beside the other headers, as Spring AMQP trims it."""
    limit = frame_bytes - _TEXT_LIMIT
    encoded = stacktrace.encode()
    return encoded[-limit:].decode("utf-8", "ignore") if len(encoded) > limit else stacktrace
