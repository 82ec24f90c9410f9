"""What passes through a route, both ways."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.settings import ProxyOptions


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: front.example", *lines, b"", b""))


def route(port: int, extra: str = "", pattern: str = "/api/**") -> str:
    return f"[{{id: r, uri: 'http://127.0.0.1:{port}', predicates: ['Path={pattern}'], {extra}}}]"


def test_request_and_answer_pass_through(gateway: Any, upstream: Any, connect: Any) -> None:
    """Path, query and headers arrive as sent; Host names the upstream; the answer comes back."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    status, headers, body = client.send(
        get(b"/api/a%20b?x=%2f&&y", b"X-MiXed: a  b", b"Cookie: c=1")
    ).answer()
    assert (status, body) == (200, b"up")
    assert headers[b"x-target"] == b"/api/a%20b?x=%2f&&y"
    assert up.header(b"host") == b"127.0.0.1:%d" % up.port
    assert (b"X-MiXed", b"a  b") in up.seen[0][3]
    assert up.header(b"cookie") == b"c=1"


def test_upstream_connections_are_kept(gateway: Any, upstream: Any, connect: Any) -> None:
    """Many requests of several clients use the connections that are there."""
    up = upstream()
    gw = gateway(route(up.port))
    for _ in range(3):
        client = connect(gw)
        for _ in range(5):
            assert client.send(get(b"/api/x")).answer()[0] == 200
    assert sum(pool.opened_total for pool in gw.proxy.pools) == 1


def test_no_route_is_spring_s_404(gateway: Any, connect: Any) -> None:
    """The error is JSON with path, status and request id, and no message."""
    client = connect(gateway("[]"))
    status, headers, body = client.send(get(b"/nowhere")).answer()
    assert status == 404
    assert headers[b"content-type"] == b"application/json"
    assert b'"path":"/nowhere","status":404,"error":"Not Found","requestId":"' in body
    assert b"message" not in body
    assert b"traceparent" in headers


def test_a_browser_gets_a_page(gateway: Any, connect: Any) -> None:
    """Accept: text/html gets HTML with the path escaped."""
    client = connect(gateway("[]")).send(get(b"/n%3Cb%3E'x", b"Accept: text/html,*/*"))
    status, headers, body = client.answer()
    assert (status, headers[b"content-type"]) == (404, b"text/html;charset=UTF-8")
    assert b"Whitelabel" in body
    assert b"&#x27;x" in body


@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_stream_through(gateway: Any, upstream: Any, connect: Any, chunked: bool) -> None:
    """A body of several megabytes arrives unchanged with either framing."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    body = bytes(range(256)) * 12_000
    if chunked:
        client.send(get(b"/api/x", b"Transfer-Encoding: chunked", method=b"POST"))
        for start in range(0, len(body), 50_000):
            piece = body[start : start + 50_000]
            client.send(b"%x\r\n%b\r\n" % (len(piece), piece))
        client.send(b"0\r\n\r\n")
    else:
        client.send(get(b"/api/x", b"Content-Length: %d" % len(body), method=b"POST")).send(body)
    assert client.answer()[2] == body
    assert up.bodies == [body]


def test_expect_continue_is_answered_by_the_gateway(gateway: Any, upstream: Any, connect: Any) -> None:
    """The client is told to go on once an upstream is there; the expectation itself stays here."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    client.send(get(b"/api/x", b"Content-Length: 3", b"Expect: 100-continue", method=b"POST"))
    assert client.answer()[0] == 100
    assert client.send(b"abc").answer()[2] == b"abc"
    assert up.header(b"expect") is None


def test_a_refused_expectation_gets_no_100(gateway: Any, connect: Any) -> None:
    """Without a route the body is never asked for."""
    client = connect(gateway("[]"))
    client.send(get(b"/api/x", b"Content-Length: 3", b"Expect: 100-continue", method=b"POST"))
    assert client.answer()[0] == 404
    assert client.is_closed()


def test_hop_by_hop_fields_stay_here(gateway: Any, upstream: Any, connect: Any) -> None:
    """Fields of one connection, and those Connection names, do not go on."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    hops = (b"Keep-Alive: 5", b"TE: trailers", b"Proxy-Authorization: x", b"X-Hop: 1", b"Connection: x-hop")
    assert client.send(get(b"/api/x", *hops)).answer()[0] == 200
    for name in (b"keep-alive", b"te", b"proxy-authorization", b"x-hop", b"connection"):
        assert up.header(name) is None


def test_connection_cannot_remove_what_matters(gateway: Any, upstream: Any, connect: Any) -> None:
    """``Connection: Authorization`` does not log a client out, nor take the gateway's own fields."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    client.send(
        get(
            b"/api/x",
            b"Authorization: Basic x",
            b"Cookie: a=b",
            b"Connection: Authorization, Cookie, Traceparent, Content-Length",
        )
    )
    assert client.answer()[0] == 200
    assert up.header(b"authorization") == b"Basic x"
    assert up.header(b"cookie") == b"a=b"
    assert up.header(b"traceparent") is not None


def test_a_client_s_forwarding_fields_are_not_believed(gateway: Any, upstream: Any, connect: Any) -> None:
    """Without trusted proxies they are deleted and none is added."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    client.send(
        get(b"/api/x", b"X-Forwarded-For: 9.9.9.9", b"Forwarded: for=9.9.9.9", b"X-Forwarded-Host: evil")
    )
    assert client.answer()[0] == 200
    assert up.header(b"x-forwarded-for") is None
    assert up.header(b"x-forwarded-host") is None
    assert up.header(b"forwarded") is None


def test_a_trusted_peer_gets_the_forwarding_fields(gateway: Any, upstream: Any, connect: Any) -> None:
    """Peer, host, scheme, port and the prefix that was stripped; earlier values stay in front."""
    import re

    up = upstream()
    options = ProxyOptions(trusts=re.compile(r"127\.0\.0\.1\Z"))
    gw = gateway(route(up.port, "filters: ['StripPrefix=1']"), options=options)
    client = connect(gw)
    assert client.send(get(b"/api/x")).answer()[1][b"x-target"] == b"/x"
    assert up.header(b"x-forwarded-for") == b"127.0.0.1"
    assert up.header(b"x-forwarded-host") == b"front.example"
    assert up.header(b"x-forwarded-proto") == b"http"
    assert up.header(b"x-forwarded-port") == b"80"
    assert up.header(b"x-forwarded-prefix") == b"/api"
    assert (up.header(b"forwarded") or b"").startswith(b'proto=http;host=front.example;for="127.0.0.1:')
    client.send(get(b"/api/x", b"X-Forwarded-For: 9.9.9.9, 127.0.0.1", b"X-Forwarded-Host: a.example"))
    client.answer()
    assert up.header(b"x-forwarded-for") == b"127.0.0.1,127.0.0.1"
    assert up.header(b"x-forwarded-host") == b"a.example,front.example"


def test_the_trace_goes_on(gateway: Any, upstream: Any, connect: Any) -> None:
    """A caller's trace keeps its id under a new span; B3 becomes W3C; the answer names the trace."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    trace = b"4bf92f3577b34da6a3ce929d0e0e4736"
    client.send(get(b"/api/x", b"traceparent: 00-%b-00f067aa0ba902b7-01" % trace))
    headers = client.answer()[1]
    sent = up.header(b"traceparent") or b""
    assert sent.startswith(b"00-%b-" % trace)
    assert b"00f067aa0ba902b7" not in sent
    assert headers[b"traceparent"].startswith(b"00-%b-" % trace)
    client.send(get(b"/api/x", b"b3: %b-00f067aa0ba902b7-1" % trace)).answer()
    assert (up.header(b"traceparent") or b"").startswith(b"00-%b-" % trace)
    assert up.header(b"b3") is None
    client.send(get(b"/api/x", b"traceparent: nonsense")).answer()
    assert up.header(b"traceparent") != b"nonsense"


def test_head_has_no_body_and_the_connection_is_kept(gateway: Any, upstream: Any, connect: Any) -> None:
    """HEAD passes the length through and both connections stay in step."""
    up = upstream()
    gw = gateway(route(up.port))
    client = connect(gw)
    for _ in range(2):
        client.send(get(b"/api/x", method=b"HEAD"))
        assert client.answer(bodiless=True)[1][b"content-length"] == b"2"
        assert client.send(get(b"/api/x")).answer()[2] == b"up"
    assert sum(pool.opened_total for pool in gw.proxy.pools) == 1


def test_http_1_0_clients_are_served(gateway: Any, upstream: Any, connect: Any) -> None:
    """The upstream hears HTTP/1.1, the client an answer that ends with the connection."""
    up = upstream()
    client = connect(gateway(route(up.port))).send(b"GET /api/x HTTP/1.0\r\nHost: a\r\n\r\n")
    assert client.answer()[2] == b"up"
    assert client.is_closed()


def test_pipelined_requests_come_back_in_order(gateway: Any, upstream: Any, connect: Any) -> None:
    """Order is the client's, whatever the upstream connections do."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    client.send(b"".join(get(b"/api/%d" % number) for number in range(200)))
    for number in range(200):
        assert client.answer()[1][b"x-target"] == b"/api/%d" % number


def test_a_route_that_states_its_prefix_has_the_last_word(gateway: Any, upstream: Any, connect: Any) -> None:
    """The gateway adds none of its own; one that came from further out stays in front."""
    import re

    up = upstream()
    filters = "filters: ['StripPrefix=1', 'AddRequestHeader=X-Forwarded-Prefix, /public']"
    client = connect(gateway(route(up.port, filters), options=ProxyOptions(trusts=re.compile("127.*"))))
    client.send(get(b"/api/x", b"X-Forwarded-Prefix: /outer")).answer()
    sent = [value for name, value in up.seen[-1][3] if name.lower() == b"x-forwarded-prefix"]
    assert sorted(sent) == [b"/outer", b"/public"]


def test_answers_of_two_kinds_come_back_in_order(gateway: Any, upstream: Any, connect: Any) -> None:
    """An upstream's answer waits for the end of the turn, the gateway's own 404 behind it does not overtake it."""
    up = upstream()
    client = connect(gateway(route(up.port)))
    client.send(b"".join(get(b"/api/%d" % number) + get(b"/nowhere") for number in range(50)))
    for number in range(50):
        assert client.answer()[1][b"x-target"] == b"/api/%d" % number
        assert client.answer()[0] == 404
    client.send(get(b"/api/last") + get(b"/nowhere", b"Connection: close"))
    assert client.answer()[1][b"x-target"] == b"/api/last"
    assert client.answer()[0] == 404
    assert client.is_closed()


def test_actuators_of_members_are_never_reached(gateway: Any, upstream: Any, connect: Any) -> None:
    """However it is written, /actuator does not go through a route, unless its metadata say so."""
    up = upstream()
    gw = gateway(route(up.port, "filters: ['StripPrefix=1']"))
    for target in (b"/api/actuator", b"/api/actuator/env", b"/api/%61ctuator/env", b"/api/actuator;a=b/env"):
        assert connect(gw).send(get(target)).answer()[0] == 404
    assert not up.seen
    gw.reload(route(up.port, "filters: ['StripPrefix=1'], metadata: {actuator: true}"))
    assert connect(gw).send(get(b"/api/actuator/env")).answer()[0] == 200


def test_what_ended_is_observed(gateway: Any, upstream: Any, connect: Any) -> None:
    """Every exchange is reported once with its route and status."""
    up = upstream()
    gw = gateway(route(up.port))
    client = connect(gw)
    client.send(get(b"/api/x")).answer()
    client.send(get(b"/nowhere")).answer()
    assert gw.recorder.ended == [("r", 200), (None, 404)]


def test_repeated_requests_are_forwarded_like_the_first(gateway: Any, upstream: Any, connect: Any) -> None:
    """What is remembered of a connection never outlives its rules, its path's prefix or a filter's change."""
    import re

    up = upstream()
    options = ProxyOptions(trusts=re.compile(r"127\.0\.0\.1\Z"))
    two = (
        f"[{{id: a, uri: 'http://127.0.0.1:{up.port}', predicates: ['Path=/a/**'], filters: ['StripPrefix=1']}},"
        f" {{id: b, uri: 'http://127.0.0.1:{up.port}', predicates: ['Path=/b/**'],"
        " filters: ['RemoveRequestHeader=X-A', 'AddRequestHeader=X-B, 1']}]"
    )
    gw = gateway(two, options=options)
    client = connect(gw)
    for path, prefix, kept, added in [
        (b"/a/x", b"/a", b"v", None),
        (b"/a/x", b"/a", b"v", None),
        (b"/a/y", b"/a", b"v", None),
        (b"/b/y", None, None, b"1"),
        (b"/b/y", None, None, b"1"),
        (b"/a/y", b"/a", b"v", None),
    ]:
        assert client.send(get(path, b"X-A: v")).answer()[0] == 200
        assert up.header(b"x-forwarded-prefix") == prefix
        assert up.header(b"x-forwarded-for") == b"127.0.0.1"
        assert (up.header(b"x-a"), up.header(b"x-b")) == (kept, added)
    traces = {up.header(b"traceparent", number) for number in range(6)}
    assert len(traces) == 6
    gw.options = ProxyOptions()
    gw.reload(two)
    assert client.send(get(b"/a/y", b"X-A: v")).answer()[0] == 200
    assert up.header(b"x-forwarded-for") is None
