"""What surrounds every request: its trace, its time, and the address its caller really used.

A WSGI layer around the application, because hooks of the framework cost more and miss what fails
before a route is found. One timer per (uri template, method, status, exception) is resolved once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ressort.flask.forwarding import Forwarding
from ressort.observability import tracing
from ressort.observability.metrics import MeterRegistry, Timer
from ressort.observability.tracing import TraceContext

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METRIC = "http.server.requests"
URI_KEY = "ressort.uri"
"""A WSGI environ key by which a handler names its own uri template."""
EXCEPTION_KEY = "ressort.exception"
"""A WSGI environ key holding the class name of the exception a request ended with."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_OUTCOMES = ("UNKNOWN", "INFORMATIONAL", "SUCCESS", "REDIRECTION", "CLIENT_ERROR", "SERVER_ERROR")
_VARIABLE = re.compile(r"<(?:[^<>:]*(?:\([^)]*\))?:)?([^<>:]+)>")
_ENVIRON_KEYS = {
    name: "HTTP_" + name.upper().replace("-", "_")
    for name in (
        "traceparent",
        "tracestate",
        "b3",
        "X-B3-TraceId",
        "X-B3-SpanId",
        "X-B3-Sampled",
        "X-B3-Flags",
    )
}


class RequestScope:
    """The WSGI layer. `probability` is the share of new traces that are sampled."""

    def __init__(
        self,
        app: WSGIApplication,
        metrics: MeterRegistry,
        probability: float = tracing.SAMPLING_PROBABILITY,
        forwarding: Forwarding | None = None,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._probability = probability
        self._forwarding = forwarding
        self._timers: dict[tuple[str, str, str, str], Timer] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request inside its trace, and record how long it took."""
        began = time.perf_counter()
        if self._forwarding is not None:
            self._forwarding.apply(environ)
        context = tracing.from_headers(lambda name: environ.get(_ENVIRON_KEYS[name]), self._probability)
        token = tracing.enter(context)
        status, rule, sized = "500", "", True

        def answering(code: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal status, rule, sized
            status = code[:3]
            rule = _rule(environ)
            sized = any(name == "Content-Length" for name, _ in headers) or status in ("204", "304")
            headers.append(("traceparent", context.traceparent))
            if exc_info is None:
                return start_response(code, headers)
            return start_response(code, headers, exc_info)

        streaming = False
        try:
            body = self._app(environ, answering)
            streaming = not sized
        finally:
            tracing.leave(token)
            if not streaming:
                self._record(environ, rule, status, began)
        if not streaming:
            return body
        return _Streamed(body, context, lambda: self._record(environ, rule, status, began))

    def _record(self, environ: WSGIEnvironment, rule: str, status: str, began: float) -> None:
        key = (rule, environ["REQUEST_METHOD"], status, environ.get(EXCEPTION_KEY, "none"))
        timer = self._timers.get(key)
        if timer is None:
            timer = self._timer(*key)
            if key[1] in _METHODS:
                self._timers[key] = timer
        timer.record(time.perf_counter() - began)

    def _timer(self, rule: str, method: str, status: str, exception: str) -> Timer:
        return self._metrics.timer(
            METRIC,
            "Duration of HTTP server request handling",
            uri=uri_template(rule, status),
            method=method if method in _METHODS else "UNKNOWN",
            status=status,
            outcome=_OUTCOMES[int(status[0])] if status[0] in "12345" else "UNKNOWN",
            exception=exception,
            error=exception,
        )


def _rule(environ: WSGIEnvironment) -> str:
    """The rule of the route found, or the template a handler named itself; known only while answering."""
    named = environ.get(URI_KEY)
    if named is not None:
        return str(named)
    request = environ.get("werkzeug.request")
    return str(request.url_rule.rule) if request is not None and request.url_rule is not None else ""


def uri_template(rule: str, status: str) -> str:
    """Spring's uri tag: `/factures/{id}` for a route; without one NOT_FOUND, REDIRECTION or UNKNOWN."""
    if rule:
        return _VARIABLE.sub(r"{\1}", rule)
    if status == "404":
        return "NOT_FOUND"
    return "REDIRECTION" if status.startswith("3") else "UNKNOWN"


class _Streamed:
    """A body without known length: its parts are made inside the trace, its end is the request's end."""

    def __init__(self, body: Iterable[bytes], context: TraceContext, ended: Callable[[], None]) -> None:
        self._body = body
        self._parts: Iterator[bytes] | None = None
        self._context = context
        self._ended: Callable[[], None] | None = ended

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with tracing.scope(self._context):
            if self._parts is None:
                self._parts = iter(self._body)
            return next(self._parts)

    def close(self) -> None:
        """Called by the server when the answer is complete or cut."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            ended, self._ended = self._ended, None
            if ended is not None:
                ended()
