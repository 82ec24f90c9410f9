"""HTTP rules of the actuator, apart from any web framework: paths, methods, media types, links.

Source: Spring Boot 4.1 actuator, `specs/platform-runtime.md` 1.1 and 1.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import orjson

from ressort.actuator.endpoint import JSON, JSON_TYPES, V2, V3, Answer, BadCallError, Call, Endpoint, Handler
from ressort.actuator.options import ManagementOptions


@dataclass(frozen=True, slots=True)
class WebRequest:
    """A request below the base path. `segments` are decoded; `base_url` is the actuator's own URL as the
    caller sees it, without trailing slash."""

    method: str
    segments: tuple[str, ...]
    base_url: str
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accept: str = ""
    content_type: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """Status, headers (with Content-Type when there is a body) and bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Actuator:
    """All endpoints of a process. `options` is asked at each request, so a refresh needs no restart."""

    def __init__(self, options: Callable[[], ManagementOptions], endpoints: Iterable[Endpoint] = ()) -> None:
        self._options = options
        self._endpoints: dict[str, Endpoint] = {e.id: e for e in endpoints}

    def add(self, endpoint: Endpoint) -> None:
        """Add an endpoint, or replace the one of the same id."""
        self._endpoints[endpoint.id] = endpoint

    @property
    def options(self) -> ManagementOptions:
        """The switches of this moment."""
        return self._options()

    def available(self) -> list[Endpoint]:
        """Endpoints that are exposed and not without access, by id."""
        options = self.options
        return [e for id, e in sorted(self._endpoints.items()) if self._available(e, options)]

    def answer(self, request: WebRequest) -> WebAnswer:
        """Answer one request completely, errors included."""
        if not request.segments:
            return self._index(request)
        options = self.options
        endpoint = self._named(request.segments[0], options)
        if endpoint is None:
            return _error(404, request)
        access = options.access_of(endpoint.id, endpoint.default_access)
        handlers = endpoint.handlers(len(request.segments) > 1, access)
        if not handlers:
            return _error(404, request)
        return self._operate(endpoint, handlers, request)

    def _operate(self, endpoint: Endpoint, handlers: Mapping[str, Handler], request: WebRequest) -> WebAnswer:
        if request.method == "OPTIONS":
            return WebAnswer(200, {"Allow": _allow(handlers)}, b"")
        handler = handlers.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            return _error(405, request, headers={"Allow": _allow(handlers)})
        accepted = negotiate(request.accept, endpoint.produces)
        if accepted is None:
            return _error(406, request)
        if request.body and request.method == "POST" and _type(request.content_type) not in JSON_TYPES:
            return _error(415, request)
        try:
            call = Call(
                request.segments[1:], request.query, _parsed(request), accepted, 2 if accepted == V2 else 3
            )
            result = handler(call)
        except BadCallError as error:
            return _error(400, request, str(error))
        return _rendered(result, accepted if accepted in JSON_TYPES else V3, request)

    def _index(self, request: WebRequest) -> WebAnswer:
        if not self.options.discovery:
            return _error(404, request)
        links = {"self": {"href": request.base_url, "templated": False}}
        for endpoint in self.available():
            links |= self._links(endpoint, request.base_url)
        return self._operate(Endpoint("index"), {"GET": lambda _: {"_links": links}}, request)

    def _links(self, endpoint: Endpoint, base_url: str) -> dict[str, dict[str, Any]]:
        options = self.options
        access = options.access_of(endpoint.id, endpoint.default_access)
        href = f"{base_url}/{options.segment(endpoint.id)}"
        links: dict[str, dict[str, Any]] = {}
        if endpoint.handlers(False, access):
            links[endpoint.id] = {"href": href, "templated": False}
        if endpoint.selector and endpoint.handlers(True, access):
            key = f"{endpoint.id}-{endpoint.selector.lstrip('*')}"
            links[key] = {"href": f"{href}/{{{endpoint.selector}}}", "templated": True}
        return links

    def _named(self, segment: str, options: ManagementOptions) -> Endpoint | None:
        for endpoint in self._endpoints.values():
            if options.segment(endpoint.id) == segment and self._available(endpoint, options):
                return endpoint
        return None

    def _available(self, endpoint: Endpoint, options: ManagementOptions) -> bool:
        return options.exposed(endpoint.id) and (
            options.access_of(endpoint.id, endpoint.default_access) != "none"
        )


def negotiate(accept: str, offered: tuple[str, ...]) -> str | None:
    """The offered type that the Accept header prefers; the first offered one without a preference.

    Quality values are honoured; None when nothing offered is acceptable.
    """
    if not accept.strip():
        return offered[0]
    best: tuple[float, int, str] | None = None
    for position, media in enumerate(offered):
        quality = max((q for pattern, q in _ranges(accept) if _matches(pattern, media)), default=0.0)
        if quality > 0 and (best is None or (quality, -position) > best[:2]):
            best = (quality, -position, media)
    return best[2] if best else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        pattern, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            found.append((pattern.lower(), float(quality)))
        except ValueError:
            found.append((pattern.lower(), 0.0))
    return found


def _matches(pattern: str, media: str) -> bool:
    bare = _type(media)
    kind = bare.split("/", 1)[0]
    return pattern in {"*/*", bare, f"{kind}/*"} or (
        pattern == "application/*+json" and bare.endswith("+json")
    )


def _type(content_type: str) -> str:
    return content_type.split(";", 1)[0].strip().lower()


def _allow(handlers: Mapping[str, Handler]) -> str:
    methods = sorted(handlers)
    return ",".join([*methods, *(["HEAD"] if "GET" in handlers else []), "OPTIONS"])


def _parsed(request: WebRequest) -> Any:
    if not request.body.strip():
        return None
    try:
        return orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise BadCallError(f"the body is not JSON: {error}") from error


def _rendered(result: Any, media: str, request: WebRequest) -> WebAnswer:
    if result is None:
        return _error(404, request) if request.method in {"GET", "HEAD"} else WebAnswer(204, {}, b"")
    answer = result if isinstance(result, Answer) else Answer(result)
    headers = dict(answer.headers)
    if answer.body is None:
        return WebAnswer(answer.status, headers, b"")
    headers["Content-Type"] = answer.content_type or media
    body = answer.body if isinstance(answer.body, bytes) else to_json(answer.body)
    return WebAnswer(answer.status, headers, body)


def to_json(value: Any) -> bytes:
    """Compact JSON; unknown objects as their text, non-string keys as text, NaN as null."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)


def _error(
    status: int, request: WebRequest, message: str = "", headers: Mapping[str, str] | None = None
) -> WebAnswer:
    body = {
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "status": status,
        "error": HTTPStatus(status).phrase,
        **({"message": message} if message else {}),
        "path": "/" + "/".join(request.segments),
    }
    return WebAnswer(status, {**(headers or {}), "Content-Type": JSON}, to_json(body))
