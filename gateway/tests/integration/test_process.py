"""The gateway as a process: start, routes from files, reload, refusal of mistakes, drain."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from typing import Any

import pytest

from ressort.testing.raw_http import RawClient


def get(target: bytes) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\nHost: gw.example:8080\r\n\r\n"


def test_both_listeners_serve_what_is_theirs(member: Any) -> None:
    """8080: routes, actuator, documents; 4200: files and the same API."""
    member.start()
    member.ready()
    assert member.read("/api/orders/1") == (200, b"orders")
    assert member.read("/api/orders/1", port=member.front) == (200, b"orders")
    assert b"<title>front</title>" in member.read("/", port=member.front)[1]
    assert member.read("/actuator/health", port=member.front)[0] == 404
    assert b"Documents" in member.read("/api-docs")[1]
    assert b"Documents" in member.read("/api-docs", port=member.front)[1]
    assert member.read("/")[0] == 404
    route = json.loads(member.read("/actuator/gateway/routes/orders")[1])
    assert route["uri"] == "lb://orders"
    assert route["filters"] == ["[[StripPrefix parts = 1], order = 1]"]
    figures = member.read("/actuator/prometheus")[1].decode()
    assert 'spring_cloud_gateway_requests_seconds_count{application="gateway",http_method="GET"' in figures
    log = member.folder / "var" / "logs" / "gateway-access.log"
    end = time.monotonic() + 5
    while not (log.exists() and '"GET /api/orders/1 HTTP/1.1" 200 6' in log.read_text()):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert " orders 127.0.0.1:" in log.read_text()


@pytest.mark.parametrize(
    ("request_bytes", "status", "code"),
    [
        (get(b"/api/orders?q=%00"), 400, "requete-illisible"),
        (get(b"/api//orders"), 400, "requete-illisible"),
        (b"TRACE /api/orders HTTP/1.1\r\nHost: a\r\n\r\n", 405, "methode-non-servie"),
        (get(b"/api/orders?ids=" + b"a" * 20000), 414, "adresse-trop-longue"),
    ],
)
def test_what_is_refused_is_told_like_every_error(
    member: Any, request_bytes: bytes, status: int, code: str
) -> None:
    """A problem document with its code, a traceparent, and Allow where the method is not served."""
    member.start("--server.netty.max-initial-line-length=16KB")
    member.ready()
    client = RawClient(member.port)
    told, headers, body = client.send(request_bytes).answer()
    assert (told, headers[b"content-type"]) == (status, b"application/problem+json")
    assert json.loads(body)["code"] == code
    assert headers[b"traceparent"].startswith(b"00-")
    assert (b"allow" in headers) is (status == 405)
    client.close()


def test_routes_are_reloaded_and_mistakes_keep_the_old_ones(member: Any) -> None:
    """A refresh applies what changed; one that cannot be understood changes nothing and says why."""
    member.start()
    member.ready()
    client = RawClient(member.port)
    assert client.send(get(b"/api/orders/1")).answer()[1][b"x-target"] == b"/orders/1"
    member.configure("StripPrefix=2")
    assert member.read("/actuator/refresh", "POST")[0] == 200
    assert client.send(get(b"/api/orders/1")).answer()[1][b"x-target"] == b"/1"
    member.configure("StripPrefx=1")
    member.read("/actuator/refresh", "POST")
    assert client.send(get(b"/api/orders/1")).answer()[1][b"x-target"] == b"/1"
    told = member.log.read_text()
    assert "no filter 'StripPrefx'; did you mean 'StripPrefix'?" in told
    assert "application.yml:" in told
    client.close()


@pytest.mark.parametrize(
    ("route_filter", "expected"),
    [
        ("StripPrefx=1", "no filter 'StripPrefx'; did you mean 'StripPrefix'?"),
        ("StripPrefix=x", "argument 'parts' must be a whole number"),
        ("'RewritePath=/(, /x'", "is not a regular expression"),
    ],
)
def test_a_wrong_route_stops_the_start(member: Any, route_filter: str, expected: str) -> None:
    """Exit status 1 and one message with route, reason and place."""
    member.configure(route_filter)
    assert member.start().wait(30) == 1
    told = member.log.read_text()
    assert expected in told
    assert "route 'orders'" in told
    assert "application.yml:" in told
    assert "Traceback" not in told


def test_a_setting_that_cannot_be_honoured_stops_the_start(member: Any) -> None:
    """Options of TLS towards members are not ignored in silence."""
    key = "spring.cloud.gateway.server.webflux.httpclient.ssl.use-insecure-trust-manager"
    assert member.start(f"--{key}=true").wait(30) == 1
    assert "httpclient.ssl: this is not served yet" in member.log.read_text()


def test_a_policy_that_fits_no_header_stops_the_start(member: Any) -> None:
    """The key is named; nothing is served under a policy cut short."""
    assert member.start("--gateway.front.content-security-policy=default-src 'é'").wait(30) == 1
    assert "gateway.front.content-security-policy" in member.log.read_text()


def test_the_front_says_how_it_is(member: Any) -> None:
    """Health of the listener and its build on 4200 only; the policy is the configured one, with a nonce."""
    page = member.folder / "frontend" / "dist"
    (page / "version.json").write_text('{"version": "9", "commit": "abc", "build": "def"}')
    (page / "index.html").write_text('<!doctype html><app-root ngCspNonce="__NONCE__"></app-root>')
    member.start("--gateway.front.content-security-policy=script-src 'nonce-{nonce}'")
    member.ready()
    status, body = member.read("/healthz", port=member.front)
    assert (status, json.loads(body)["commit"]) == (200, "abc")
    assert member.read("/healthz")[0] == 404
    client = RawClient(member.front)
    headers, body = client.send(get(b"/x")).answer()[1:]
    nonce = body.split(b'"')[1]
    assert headers[b"content-security-policy"] == b"script-src 'nonce-%b'" % nonce
    client.close()


def test_a_taken_front_port_stops_the_start(member: Any) -> None:
    """The message names the port and who holds it."""
    with socket.create_server(("127.0.0.1", member.front)):
        assert member.start().wait(30) == 1
    told = member.log.read_text()
    assert f"port {member.front}" in told
    assert f"pid {os.getpid()}" in told


def test_sigterm_loses_no_request(member: Any) -> None:
    """Requests sent until the connections close are all answered, and the process ends by itself."""
    process = member.start()
    member.ready()
    failures: list[BaseException] = []
    answers: list[int] = []

    def load() -> None:
        client = RawClient(member.port)
        while True:
            try:
                status, headers, _ = client.send(get(b"/api/orders/1")).answer()
            except (EOFError, OSError) as error:
                failures.append(error)
                break
            answers.append(status)
            if headers.get(b"connection") == b"close":
                break
        client.close()

    threads = [threading.Thread(target=load) for _ in range(6)]
    for each in threads:
        each.start()
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    for each in threads:
        each.join(20)
    assert process.wait(20) == 0
    assert not failures
    assert set(answers) == {200}
    assert len(answers) > 20


def test_the_services_see_how_they_were_called(member: Any, upstream: Any) -> None:
    """Prefix, host and port of the caller reach the member for its links."""
    seen = upstream("orders")
    member.upstream = seen.port
    member.configure("StripPrefix=1")
    member.start()
    member.ready()
    client = RawClient(member.port)
    client.send(get(b"/api/orders/1")).answer()
    client.close()
    assert seen.header(b"x-forwarded-prefix") == b"/api"
    assert seen.header(b"x-forwarded-host") == b"gw.example:8080"
    assert seen.header(b"x-forwarded-port") == b"8080"
