"""Traces, metrics and forwarded addresses around a Flask application."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import flask
import pytest

from ressort.errors import RessortError
from ressort.flask import create_flask
from ressort.flask.application import surround
from ressort.flask.forwarding import Forwarding, forwarding_for
from ressort.flask.request_scope import uri_template
from ressort.observability import tracing
from ressort.observability.metrics import MeterRegistry
from ressort.security import TrustedPeers

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def metrics() -> MeterRegistry:
    """A registry of its own."""
    return MeterRegistry()


@pytest.fixture
def app(metrics: MeterRegistry) -> flask.Flask:
    """A few routes, one of which fails and one of which streams."""
    app = create_flask("test", metrics=metrics, forwarding=Forwarding())

    @app.get("/factures/<int:id>")
    def one(id: int) -> dict[str, Any]:
        logging.getLogger("test").warning("seen")
        context = tracing.current()
        assert context is not None
        return {"id": id, "trace": context.trace_id, "url": flask.request.url}

    @app.get("/fails")
    def fails() -> str:
        raise ZeroDivisionError

    @app.get("/stream")
    def stream() -> flask.Response:
        def parts() -> Iterator[bytes]:
            for _ in range(2):
                context = tracing.current()
                yield (context.trace_id if context else "none").encode()

        return flask.Response(parts())

    return app


def _count(metrics: MeterRegistry, **tags: str) -> float:
    meters = [m for m in metrics.meters() if m.id.name == "http.server.requests"]
    return sum(m.measure()[0].value for m in meters if tags.items() <= dict(m.id.tags).items())


def test_every_answer_carries_the_trace_of_its_request(app: flask.Flask) -> None:
    """The caller's trace goes on, also on 404 and 500."""
    client, headers = app.test_client(), {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    for path in ("/factures/1", "/nothing", "/fails", "/stream"):
        answer = client.get(path, headers=headers)
        assert answer.headers["traceparent"].split("-")[1] == TRACE
        assert answer.headers["traceparent"].split("-")[2] != "00f067aa0ba902b7"
    assert tracing.current() is None


def test_handlers_and_their_log_lines_see_the_trace(app: flask.Flask, caplog: Any) -> None:
    """The same trace id in the answer, in the handler and on the line."""
    seen: list[str] = []

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            context = tracing.current()
            seen.append(context.trace_id if context else "none")

    handler = Noting()
    logging.getLogger("test").addHandler(handler)
    try:
        answer = app.test_client().get("/factures/1", headers={"b3": f"{TRACE}-00f067aa0ba902b7-1"})
    finally:
        logging.getLogger("test").removeHandler(handler)
    assert answer.json["trace"] == TRACE
    assert seen == [TRACE]


def test_requests_are_counted_under_their_template(app: flask.Flask, metrics: MeterRegistry) -> None:
    """One series for all invoices."""
    client = app.test_client()
    for id in range(3):
        client.get(f"/factures/{id}")
    assert _count(metrics, uri="/factures/{id}", method="GET", status="200", outcome="SUCCESS") == 3


def test_what_matches_nothing_is_not_found_whatever_its_path(
    app: flask.Flask, metrics: MeterRegistry
) -> None:
    """Strangers cannot make series."""
    client = app.test_client()
    client.get("/a")
    client.get("/b")
    client.open("/factures/1", method="MAKEITSO")
    assert _count(metrics, uri="NOT_FOUND", status="404", outcome="CLIENT_ERROR") == 2
    assert _count(metrics, method="UNKNOWN") == 1


def test_an_exception_is_named_even_when_a_handler_answers_it(
    app: flask.Flask, metrics: MeterRegistry
) -> None:
    """Class name only; the answer is a problem document."""
    answer = app.test_client().get("/fails")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert _count(metrics, uri="/fails", exception="ZeroDivisionError", outcome="SERVER_ERROR") == 1


def test_a_streamed_answer_is_made_inside_its_trace_and_counted_once(
    app: flask.Flask, metrics: MeterRegistry
) -> None:
    """Its end is the end of the request."""
    answer = app.test_client().get("/stream", headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    assert answer.text == TRACE * 2
    answer.close()
    assert _count(metrics, uri="/stream") == 1


def test_surrounding_twice_counts_once(app: flask.Flask) -> None:
    """The starter's registry takes the place of the application's own."""
    newer = MeterRegistry()
    surround(app, newer)
    app.test_client().get("/factures/1")
    assert _count(newer) == 1


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("/factures/<id>", "/factures/{id}"),
        ("/a/<int:id>/b/<path:rest>", "/a/{id}/b/{rest}"),
        ("/x/<any(a, b):kind>", "/x/{kind}"),
        ("/", "/"),
    ],
)
def test_flask_rules_become_springs_templates(rule: str, expected: str) -> None:
    """Converters disappear."""
    assert uri_template(rule, "200") == expected


FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "compta.example",
    "X-Forwarded-Prefix": "/api",
    "X-Forwarded-For": "203.0.113.7, 10.0.0.1",
}


def test_forwarded_headers_of_a_trusted_neighbour_are_honoured(app: flask.Flask) -> None:
    """The service sees the address its caller used."""
    answer = app.test_client().get("/factures/1", headers=FORWARDED)
    assert answer.json["url"] == "https://compta.example/api/factures/1"


def test_forwarded_headers_of_a_stranger_are_ignored(app: flask.Flask) -> None:
    """Anybody could write them."""
    peer = {"REMOTE_ADDR": "203.0.113.9"}
    answer = app.test_client().get("/factures/1", headers=FORWARDED, environ_base=peer)
    assert answer.json["url"] == "http://localhost/factures/1"


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ({"X-Forwarded-Port": "8443", "X-Forwarded-Proto": "https"}, "https://localhost:8443/factures/1"),
        ({"X-Forwarded-Port": "443", "X-Forwarded-Proto": "https"}, "https://localhost/factures/1"),
        ({"X-Forwarded-Host": "a.example:8080"}, "http://a.example:8080/factures/1"),
        ({"X-Forwarded-Host": "[::1]:8080"}, "http://[::1]:8080/factures/1"),
        ({"X-Forwarded-Host": "a b/<script>"}, "http://localhost/factures/1"),
        ({"X-Forwarded-Proto": "javascript"}, "http://localhost/factures/1"),
        ({"X-Forwarded-Prefix": "not-a-path"}, "http://localhost/factures/1"),
    ],
)
def test_ports_defaults_and_nonsense(app: flask.Flask, headers: dict[str, str], url: str) -> None:
    """Default ports vanish; what cannot be an address changes nothing."""
    assert app.test_client().get("/factures/1", headers=headers).json["url"] == url


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ({"Prefix": "/pre,/api"}, "http://localhost/pre/api/factures/1"),
        ({"Prefix": "/pre/, /api/"}, "http://localhost/pre/api/factures/1"),
        ({"Prefix": '/p"x,/api,//evil.example'}, "http://localhost/api/factures/1"),
    ],
)
def test_prefixes_of_a_chain_of_proxies_are_joined(
    app: flask.Flask, headers: dict[str, str], url: str
) -> None:
    """Outermost first, as Spring does; a member that is no path counts for nothing."""
    assert _url_seen(app, headers) == url


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        (
            {"Host": "api.example,localhost:8080", "Proto": "https,http", "Port": "8080"},
            "https://api.example/factures/1",
        ),
        (
            {"Host": "api.example,localhost:8080", "Proto": "https,http", "Port": "8443,8080"},
            "https://api.example:8443/factures/1",
        ),
        (
            {"Host": "api.example:8443,localhost:8080", "Proto": "https,http", "Port": "8080"},
            "https://api.example:8443/factures/1",
        ),
        (
            {"Host": "a.example,a.example", "Proto": "https,https", "Port": "443"},
            "https://a.example/factures/1",
        ),
        ({"Host": "api.example", "Proto": "https,http", "Port": "80"}, "https://api.example/factures/1"),
        ({"Host": "a.example", "Proto": "http", "Port": "8080"}, "http://a.example:8080/factures/1"),
        ({"Port": "8443,8080", "Proto": "https"}, "https://localhost:8443/factures/1"),
    ],
)
def test_the_port_is_the_one_of_the_same_proxy(app: flask.Flask, headers: dict[str, str], url: str) -> None:
    """A proxy appends: the port an inner one wrote does not belong to the host an outer one named."""
    assert _url_seen(app, headers) == url


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        (
            {"Host": 'a" onload=x,localhost:8080', "Proto": "http", "Port": "8080"},
            "http://localhost:8080/factures/1",
        ),
        ({"Host": "a b, api.example, localhost:8080", "Port": "8080"}, "http://api.example/factures/1"),
        ({"Host": "a.example:99999,b.example"}, "http://b.example/factures/1"),
        ({"Host": "a b,c d", "Port": "8080"}, "http://localhost/factures/1"),
        ({"Host": "a.example", "Port": "99999"}, "http://a.example/factures/1"),
        ({"Host": "a.example", "Port": "0"}, "http://a.example/factures/1"),
        ({"Host": "a.example", "Port": "\xb2"}, "http://a.example/factures/1"),
        ({"Proto": "javascript,https"}, "https://localhost/factures/1"),
    ],
)
def test_the_first_well_formed_value_counts(app: flask.Flask, headers: dict[str, str], url: str) -> None:
    """The nonsense of one proxy does not make the service show its own address."""
    assert _url_seen(app, headers) == url


def _url_seen(app: flask.Flask, headers: dict[str, str]) -> str:
    named = {f"X-Forwarded-{name}": value for name, value in headers.items()}
    return str(app.test_client().get("/factures/1", headers=named).json["url"])


def test_the_strategy_is_read_from_its_property() -> None:
    """none, native, framework; anything else is told."""
    assert forwarding_for("none", TrustedPeers()) is None
    assert isinstance(forwarding_for("FRAMEWORK", TrustedPeers()), Forwarding)
    with pytest.raises(RessortError, match="none, native, framework"):
        forwarding_for("maybe", TrustedPeers())
