"""A Flask application with everything each of our services has, usable without a running process."""

from __future__ import annotations

from typing import Any

import flask

from ressort.flask.api import create_api_app
from ressort.flask.forwarding import Forwarding
from ressort.flask.request_scope import EXCEPTION_KEY, RequestScope
from ressort.observability import tracing
from ressort.observability.metrics import MeterRegistry

_INSTALLED = "ressort.request-scope"


def create_flask(
    import_name: str,
    *,
    locale: str = "en",
    metrics: MeterRegistry | None = None,
    forwarding: Forwarding | None = None,
) -> flask.Flask:
    """A Flask application with strict JSON, problem documents, traces and request metrics.

    `metrics` is a registry of its own when none is given; `Starter.run` puts its own in its place.
    """
    app = create_api_app(import_name, locale=locale)
    surround(app, metrics or MeterRegistry(), forwarding=forwarding)
    return app


def surround(
    app: flask.Flask,
    metrics: MeterRegistry,
    probability: float = tracing.SAMPLING_PROBABILITY,
    forwarding: Forwarding | None = None,
) -> None:
    """Put traces and metrics around any Flask application; done again, the newer settings count."""
    inner = app.extensions.get(_INSTALLED)
    if inner is None:
        inner = app.extensions[_INSTALLED] = app.wsgi_app
        _notice_exceptions(app)
    app.wsgi_app = RequestScope(inner, metrics, probability, forwarding)  # type: ignore[method-assign]


def _notice_exceptions(app: flask.Flask) -> None:
    """Leave the class of an exception in the environ, also when an error handler answers for it."""
    handle = app.handle_user_exception

    def noticing(e: Exception) -> Any:
        flask.request.environ[EXCEPTION_KEY] = type(e).__name__
        return handle(e)

    app.handle_user_exception = noticing  # type: ignore[method-assign]
