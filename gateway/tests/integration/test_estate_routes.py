"""The routes of config-repo/gateway.yml in a gateway of their own: events that take their time, services that are out."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from ressort.testing.raw_http import RawClient

SHORT = (
    "--spring.cloud.gateway.server.webflux.httpclient.body-idle-timeout=200ms",
    "--spring.cloud.gateway.server.webflux.httpclient.response-timeout=400ms",
)


def event_stream(target: bytes) -> bytes:
    head = (b"GET %b HTTP/1.1" % target, b"Host: localhost", b"Accept: text/event-stream")
    return b"\r\n".join((*head, b"Cache-Control: no-cache", b"", b""))


class Events:
    """A member that sends one event to everyone who asks, and the last one when told."""

    def __init__(self) -> None:
        self.go_on = threading.Event()

    def serve(self, script: Any) -> Any:
        def act(accepted: Any) -> None:
            script.server.read_head(accepted)
            accepted.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                b"9\r\ndata: 1\n\n\r\n"
            )
            self.go_on.wait(20)
            accepted.sendall(b"9\r\ndata: 2\n\n\r\n0\r\n\r\n")

        return act


def test_events_pass_one_by_one_through_breaker_and_retry(member: Any, script: Any) -> None:
    """Each event arrives as it is written, after a silence longer than every time-out, through both listeners."""
    events = Events()
    port = script.start(events.serve(script)).port
    member.use_estate_routes(facture_service=port, batch=port)
    member.start(*SHORT)
    member.ready()
    clients = [
        RawClient(listener).send(event_stream(target))
        for listener in (member.port, member.front)
        for target in (b"/api/factures/evenements", b"/api/jobs/12/events")
    ]
    for client in clients:
        assert client.line() == b"HTTP/1.1 200 OK\r\n"
        while client.line() != b"\r\n":
            pass
        assert client.line() + client.exactly(11) == b"9\r\ndata: 1\n\n\r\n"
    time.sleep(1.2)
    events.go_on.set()
    for client in clients:
        assert client.line() + client.exactly(11) == b"9\r\ndata: 2\n\n\r\n"
        assert client.exactly(5) == b"0\r\n\r\n"
        client.close()


def test_a_service_that_is_out_is_named(member: Any) -> None:
    """The fallback says which service, and when to come back; a page of another origin may read both."""
    member.use_estate_routes(facture_service=1)
    member.start()
    member.ready()
    for port in (member.port, member.front):
        origin = {"Origin": "http://localhost:5173"}
        status, headers, body = member.call("/api/factures/12", port=port, headers=origin)
        assert status == 503
        assert headers["X-Degraded"] == "facture-service"
        assert int(headers["Retry-After"]) >= 1
        assert headers["Content-Type"] == "application/problem+json"
        assert json.loads(body)["service"] == "facture-service"
        exposed = headers["Access-Control-Expose-Headers"].split(", ")
        assert {"X-Degraded", "Retry-After"} <= set(exposed)
