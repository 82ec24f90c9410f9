"""What handlers return and how it becomes a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import flask

from . import api_json
from .etag import is_this, is_unchanged
from .problem import Problem

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with what a plain return value cannot say. `status` None means the route's own status.

    A body that is not to be JSON is a ready `flask.Response`; its status counts for nothing, and the headers
    here come on top of its own.
    """

    body: Any
    status: int | None = None
    etag: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(
    body: Any, *, status: int | None = None, etag: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """A body with a status, an ETag (see `etag.etag`) or headers."""
    return Answer(body, status, etag, headers or {})


def created(
    body: Any, path: str, *, etag: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """201 with the whole resource and its address, `path` being the one below this service."""
    return Answer(body, 201, etag, {"Location": location(path), **(headers or {})})


def location(path: str) -> str:
    """The absolute address of a path of this service as the caller sees it.

    Scheme, host and prefix are those of a trusted proxy's X-Forwarded-* headers where
    `server.forward-headers-strategy` is framework.
    """
    return flask.request.url_root.rstrip("/") + path


def respond(value: Any, status: int) -> flask.Response:
    """The response for a handler's return value: JSON for values, 204 for None with status 204."""
    if isinstance(value, flask.Response):
        return value
    if isinstance(value, Answer):
        return _from_answer(value, status)
    if isinstance(value, tuple):
        return respond(_from_tuple(value), status)
    return _made(value, status, {})


def _made(value: Any, status: int, headers: Mapping[str, str]) -> flask.Response:
    if isinstance(value, flask.Response):
        value.status_code = status
        value.headers.update(headers)
        return value
    if value is None and status in (200, 204):
        return flask.Response(b"", 204, dict(headers))
    return flask.Response(api_json.write(value), status, dict(headers), content_type=JSON)


def _from_answer(value: Answer, status: int) -> flask.Response:
    headers = dict(value.headers)
    if value.etag is None:
        return _made(value.body, value.status or status, headers)
    headers["ETag"] = value.etag
    environ = flask.request.environ
    if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
        wanted = environ.get("HTTP_IF_MATCH")
        if wanted is not None and not is_this(value.etag, wanted):
            raise Problem(412, "version-perimee", headers=headers, values={"etag": value.etag})
        if is_unchanged(value.etag, environ.get("HTTP_IF_NONE_MATCH")):
            return flask.Response(b"", 304, headers)
    return _made(value.body, value.status or status, headers)


def _from_tuple(value: tuple[Any, ...]) -> Answer:
    """Flask's habits: (body, status), (body, headers) or (body, status, headers)."""
    body, *rest = value
    status = next((part for part in rest if isinstance(part, int)), None)
    headers: Mapping[str, str] = next((part for part in rest if isinstance(part, Mapping)), {})
    return Answer(body, status, None, headers)
