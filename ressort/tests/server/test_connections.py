"""Keep-alive, pipelining, bodies, HTTP/1.0, expectations and time-outs of the core."""

from __future__ import annotations

from typing import Any

import pytest


def get(target: bytes, *lines: bytes) -> bytes:
    return b"\r\n".join((b"GET " + target + b" HTTP/1.1", b"Host: a", *lines, b"", b""))


def test_one_connection_serves_many_requests(serve: Any, connect: Any, echo: Any) -> None:
    """HTTP/1.1 keeps the connection without being asked."""
    client = connect(serve(echo))
    for number in range(3):
        assert client.send(get(b"/%d" % number)).answer()[1][b"x-path"] == b"/%d" % number


def test_repeated_fields_are_read_like_the_first_time(serve: Any, connect: Any) -> None:
    """Method, path and query change from request to request, fields stay; HEAD and POST without body too."""
    seen: list[tuple[Any, ...]] = []

    def note(exchange: Any) -> bool:
        seen.append((exchange.method, exchange.path, exchange.query, exchange.host, tuple(exchange.headers)))
        exchange.respond(200, None, b"ok")
        return True

    client = connect(serve(note))
    lines = (b"X-A: b", b"Accept: */*")
    targets = [b"/a", b"/b?c=d", b"/b?", b"/%C3%A9", b"/e;f", b"/g?h=%2F", b"/a"]
    for method in (b"GET", b"HEAD", b"POST", b"GET"):
        for target in targets:
            request = get(target, *lines).replace(b"GET", method, 1)
            assert client.send(request).answer(bodiless=method == b"HEAD")[0] == 200
    fields = ((b"Host", b"a"), (b"X-A", b"b"), (b"Accept", b"*/*"))
    expected = [
        (method, path, query if mark else None, b"a", fields)
        for method in (b"GET", b"HEAD", b"POST", b"GET")
        for path, mark, query in (target.partition(b"?") for target in targets)
    ]
    assert seen == expected


def test_repeated_fields_in_pieces_and_pipelines(serve: Any, connect: Any, echo: Any) -> None:
    """The short way is taken for whole single requests only; all others mean the same."""
    client = connect(serve(echo))
    request = get(b"/r", b"X-A: b")
    for _ in range(3):
        assert client.send(request).answer()[1][b"x-path"] == b"/r"
    client.send(request[:10])
    assert client.send(request[10:]).answer()[1][b"x-path"] == b"/r"
    client.send(request + request + get(b"/s", b"X-A: b"))
    assert [client.answer()[1][b"x-path"] for _ in range(3)] == [b"/r", b"/r", b"/s"]
    client.send(get(b"/t", b"X-A: b", b"Connection: close"))
    assert client.answer()[1][b"connection"] == b"close"


def test_pipelined_requests_are_answered_in_order(serve: Any, connect: Any, echo: Any) -> None:
    """Hundreds of requests in one write come back in order and without recursion."""
    client = connect(serve(echo))
    client.send(b"".join(get(b"/%d" % number) for number in range(1500)))
    for number in range(1500):
        assert client.answer()[1][b"x-path"] == b"/%d" % number


def test_hot_and_wsgi_answers_keep_their_order(
    serve: Any, connect: Any, echo: Any, wsgi_application: Any
) -> None:
    """A slow answer of the pool is not overtaken by a hot one behind it."""
    client = connect(serve(echo, wsgi_application))
    client.send(get(b"/wsgi/stream") + get(b"/hot") + get(b"/wsgi/none") + get(b"/last"))
    assert client.answer()[2] == b"piece 0;piece 1;piece 2;piece 3;piece 4;"
    assert client.answer()[2] == b"hot"
    assert client.answer()[0] == 404
    assert client.answer()[1][b"x-path"] == b"/last"


def test_pipelined_bodies_reach_their_own_request(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """Bodies that arrive while an earlier request is answered wait for their turn."""
    client = connect(serve(wsgi=wsgi_application))
    one = b"POST /wsgi/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    two = b"POST /wsgi/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1;x=y\r\nf\r\n0\r\nT: t\r\n\r\n"
    client.send(one + two + one)
    assert [client.answer()[2] for _ in range(3)] == [b"abc", b"def", b"abc"]


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_request_may_arrive_in_any_pieces(serve: Any, connect: Any, echo: Any, size: int) -> None:
    """Head and body split anywhere are the same request."""
    client = connect(serve(echo))
    whole = b"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    for start in range(0, len(whole), size):
        client.send(whole[start : start + size])
    assert client.answer()[2] == b"abc"


def test_connection_close_is_honoured(serve: Any, connect: Any, echo: Any) -> None:
    """The client that says close gets close, and nothing behind it is read."""
    client = connect(serve(echo)).send(get(b"/x", b"Connection: close") + get(b"/y"))
    assert client.answer()[1][b"connection"] == b"close"
    assert client.is_closed()
    assert echo.seen == [b"/x"]


def test_http_1_0_closes_unless_asked(serve: Any, connect: Any, echo: Any) -> None:
    """HTTP/1.0 keeps the connection only with keep-alive, and says so."""
    engine = serve(echo)
    client = connect(engine).send(b"GET /x HTTP/1.0\r\n\r\n")
    assert client.answer()[2] == b"hot"
    assert client.is_closed()
    client = connect(engine).send(b"GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert client.answer()[1][b"connection"] == b"keep-alive"
    assert client.send(b"GET /y HTTP/1.0\r\n\r\n").answer()[2] == b"hot"


def test_a_stream_of_unknown_length_to_http_1_0_ends_with_the_connection(
    serve: Any, connect: Any, wsgi_application: Any
) -> None:
    """No chunked coding reaches a client that cannot know it."""
    client = connect(serve(wsgi=wsgi_application)).send(b"GET /wsgi/stream HTTP/1.0\r\n\r\n")
    status, headers, body = client.answer()
    assert status == 200
    assert b"transfer-encoding" not in headers
    assert body == b"piece 0;piece 1;piece 2;piece 3;piece 4;"


def test_head_has_the_length_and_no_body(serve: Any, connect: Any, echo: Any) -> None:
    """HEAD leaves the connection ready for the next request."""
    client = connect(serve(echo)).send(b"HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n")
    assert client.answer(bodiless=True)[1][b"content-length"] == b"3"
    assert client.send(get(b"/y")).answer()[2] == b"hot"


def test_expect_100_is_answered_before_the_body(serve: Any, connect: Any, echo: Any) -> None:
    """The interim answer comes when the handler wants the body."""
    client = connect(serve(echo))
    client.send(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    assert client.answer()[0] == 100
    assert client.send(b"abc").answer()[2] == b"abc"


def test_a_refused_body_is_not_waited_for(serve: Any, connect: Any) -> None:
    """An answer given before the body closes the connection instead of guessing where the next head begins."""

    def refuse(exchange: Any) -> bool:
        exchange.respond(429)
        return True

    client = connect(serve(refuse))
    client.send(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n")
    status, headers, _ = client.answer()
    assert (status, headers[b"connection"]) == (429, b"close")
    client.send(get(b"/smuggled"))
    assert client.rest() == b""


def test_a_body_nobody_wanted_does_not_stop_the_connection(serve: Any, connect: Any) -> None:
    """A refusal of a request whose body came with its head leaves the connection usable and watched."""

    def refuse(exchange: Any) -> bool:
        exchange.respond(429 if exchange.method == b"POST" else 200)
        return True

    engine = serve(refuse)
    client = connect(engine)
    client.send(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
    assert client.answer()[0] == 429
    assert client.rest() == b""
    client = connect(engine)
    client.send(b"PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get(b"/y"))
    assert [client.answer()[0] for _ in range(2)] == [200, 200]
    assert client.send(get(b"/z")).answer()[0] == 200


def test_half_closed_client_gets_its_answer(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """Shutting the sending side after a request is not going away."""
    client = connect(serve(wsgi=wsgi_application)).send(get(b"/wsgi/stream"))
    client.socket.shutdown(1)
    assert client.answer()[2].endswith(b"piece 4;")
    assert client.is_closed()


def test_an_upgrade_offer_nobody_takes_is_ignored(serve: Any, connect: Any, echo: Any) -> None:
    """The JDK's client offers h2c on its first request, body or not; it is served as HTTP/1.1."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"
    client = connect(serve(echo))
    client.send(b"GET /x HTTP/1.1\r\nHost: a\r\n" + offer + b"\r\n" + get(b"/y"))
    assert client.answer()[1][b"x-path"] == b"/x"
    assert client.answer()[1][b"x-path"] == b"/y"
    client.send(b"POST /z HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n" + offer + b"\r\nab")
    assert client.send(b"c" + get(b"/w")).answer()[2] == b"abc"
    assert client.answer()[1][b"x-path"] == b"/w"
    client.send(b"POST /z HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" + offer + b"\r\n")
    assert client.send(b"2\r\nde\r\n0\r\n\r\n").answer()[2] == b"de"


def test_offer_behind_an_answer_under_way(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """What follows an offer waits until the offer has been answered, then it is HTTP."""
    client = connect(serve(wsgi=wsgi_application))
    client.send(get(b"/wsgi/stream", b"Connection: upgrade", b"Upgrade: x") + get(b"/wsgi/none"))
    assert client.answer()[0] == 200
    assert client.answer()[0] == 404
    assert client.send(get(b"/wsgi/stream", b"Connection: upgrade", b"Upgrade: x")).answer()[0] == 200
    assert client.send(get(b"/wsgi/none")).answer()[0] == 404


def test_an_unfinished_head_is_408(serve: Any, connect: Any, echo: Any) -> None:
    """A head that does not complete in time is answered and closed."""
    client = connect(serve(echo, head_timeout_s=0.2)).send(b"GET /x HTTP/1.1\r\nHo")
    assert client.answer()[0] == 408
    assert client.is_closed()


def test_a_silent_connection_is_closed(serve: Any, connect: Any, echo: Any) -> None:
    """Without a request there is nothing to answer."""
    assert connect(serve(echo, head_timeout_s=0.2)).is_closed()


def test_an_idle_connection_is_closed_after_the_keep_alive_time(serve: Any, connect: Any, echo: Any) -> None:
    """The idle time counts from the last answer."""
    client = connect(serve(echo, keep_alive_s=0.2)).send(get(b"/x"))
    assert client.answer()[0] == 200
    assert client.is_closed()


def test_a_body_that_stops_is_408(serve: Any, connect: Any, echo: Any) -> None:
    """The pause between two pieces of a body is bounded."""
    client = connect(serve(echo, body_idle_s=0.2))
    client.send(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na")
    assert client.answer()[0] == 408
    assert client.is_closed()


def test_a_client_that_does_not_read_is_cut(serve: Any, connect: Any) -> None:
    """An answer nobody takes does not hold its memory for ever."""
    sinks: list[Any] = []

    class Flood:
        def __init__(self, exchange: Any) -> None:
            self.lost = False
            self.paused = False

        def on_body(self, data: bytes) -> None: ...
        def on_body_end(self) -> None: ...
        def on_lost(self) -> None:
            self.lost = True

        def pause(self) -> None:
            self.paused = True

        def resume(self) -> None: ...

    def flood(exchange: Any) -> bool:
        sinks.append(Flood(exchange))
        exchange.attach(sinks[0])
        exchange.start(200, b"", None)
        exchange.write(bytes(20_000_000))
        return True

    client = connect(serve(flood, write_idle_s=0.3)).send(get(b"/x"))
    with pytest.raises(ConnectionError):
        for _ in range(200):
            client.send(b"")
            if sinks and sinks[0].lost:
                raise ConnectionResetError
            __import__("time").sleep(0.05)
    assert sinks[0].paused


def test_requests_per_connection_may_be_bounded(serve: Any, connect: Any, echo: Any) -> None:
    """The last answer allowed on a connection says close."""
    client = connect(serve(echo, max_requests=2))
    assert b"connection" not in client.send(get(b"/x")).answer()[1]
    assert client.send(get(b"/x")).answer()[1][b"connection"] == b"close"


def test_surplus_connections_are_closed(serve: Any, connect: Any, echo: Any) -> None:
    """The limit on connections protects the ones there are."""
    engine = serve(echo, connections=1)
    first = connect(engine).send(get(b"/x"))
    assert first.answer()[0] == 200
    second = connect(engine)
    with pytest.raises((ConnectionError, EOFError)):
        second.send(get(b"/x")).answer()
    assert first.send(get(b"/x")).answer()[0] == 200


def test_a_failing_handler_is_500_and_the_server_lives(serve: Any, connect: Any, echo: Any) -> None:
    """A fault in a handler costs its own request only."""

    def broken(exchange: Any) -> bool:
        if exchange.path == b"/bad":
            raise ValueError("on purpose")
        return bool(echo(exchange))

    client = connect(serve(broken)).send(get(b"/bad") + get(b"/good"))
    assert client.answer()[0] == 500
    assert client.answer()[0] == 200
