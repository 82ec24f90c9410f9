"""From an answer to what a method declares to return, or to the error it means."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

import orjson

from .errors import RemoteError, UnavailableError, UnreadableAnswerError
from .transport import Reply

T = TypeVar("T")
OUTAGES = frozenset({502, 503, 504})
NOT_PROCESSED = "X-Request-Not-Processed"
"""A gateway sets it to `true` on a 502, 503 or 504 it gives without having forwarded the call."""

Decode = Callable[[bytes], Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Response(Generic[T]):
    """An answer with status and headers, for methods that return `Response[...]`."""

    status: int
    headers: Mapping[str, str]
    body: T


class Decoder:
    """The compiled return type of one method: JSON by default, bytes, str, None, dataclasses, models."""

    def __init__(self, kind: Any) -> None:
        self._whole = get_origin(kind) is Response or kind is Response
        inner = (get_args(kind) or (Any,))[0] if self._whole else kind
        self._decode = _decoder(inner)

    def decode(self, reply: Reply, service: str, method: str, url: str) -> Any:
        """The value. Raises UnreadableAnswerError."""
        try:
            value = self._decode(reply.body)
        except (ValueError, TypeError, KeyError) as error:
            raise UnreadableAnswerError(reply.status, service, method, url, str(error)[:300]) from error
        return Response(reply.status, reply.headers, value) if self._whole else value


def error_of(reply: Reply, service: str, method: str, url: str) -> RemoteError | UnavailableError:
    """The error an answer of status 300 or more means."""
    problem = _problem(reply)
    if reply.status in OUTAGES:
        sent = str(reply.headers.get(NOT_PROCESSED, "")).lower() != "true"
        detail = f"{reply.status} {problem.get('code') or problem.get('detail') if problem else ''}".strip()
        wait_s = retry_after_s(reply.headers.get("Retry-After"))
        return UnavailableError(service, f"answered {detail}", sent, retry_after_s=wait_s, problem=problem)
    return RemoteError(reply.status, problem, service, method, url, reply.headers, reply.body)


def retry_after_s(value: str | None) -> float | None:
    """Seconds of a Retry-After header (a number or an HTTP date); None when absent or unreadable."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _problem(reply: Reply) -> dict[str, Any] | None:
    if "json" not in str(reply.headers.get("Content-Type", "")):
        return None
    try:
        document = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        return None
    return document if isinstance(document, dict) else None


def _decoder(kind: Any) -> Decode:
    if kind is None or kind is type(None):
        return lambda body: None
    if kind is bytes:
        return lambda body: body
    if kind is str:
        return lambda body: body.decode()
    model = _model(kind)
    return (lambda body: model(_json(body))) if model else _json


def _json(body: bytes) -> Any:
    return orjson.loads(body) if body else None


def _model(kind: Any) -> Callable[[Any], Any] | None:
    """A constructor for dataclasses and pydantic models, alone, optional or in a list."""
    if isinstance(kind, type) and hasattr(kind, "model_validate"):
        return kind.model_validate  # type: ignore[no-any-return]
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda value: kind(**{name: value[name] for name in names if name in value})
    if get_origin(kind) in (Union, types.UnionType):
        inner = next((found for found in map(_model, get_args(kind)) if found), None)
        return (lambda value: None if value is None else inner(value)) if inner else None
    if get_origin(kind) is list:
        element = _model(get_args(kind)[0])
        return (lambda value: [element(one) for one in value]) if element else None
    return None
