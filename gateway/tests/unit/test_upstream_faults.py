"""What a client gets when upstreams misbehave, and what is never sent twice."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from gateway.settings import ProxyOptions

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: a", *lines, b"", b""))


def post(body: bytes, *lines: bytes) -> bytes:
    return get(b"/x", b"Content-Length: %d" % len(body), *lines, method=b"POST") + body


def route(port: int, extra: str = "") -> str:
    return f"[{{id: r, uri: 'http://127.0.0.1:{port}', predicates: ['Path=/**'], {extra}}}]"


def test_a_refused_connection_is_502(gateway: Any, connect: Any, free_port: int) -> None:
    """Nobody listens: 502, or Spring's 500 where the switch asks for it."""
    gw = gateway(route(free_port))
    assert connect(gw).send(get(b"/x")).answer()[0] == 502
    gw = gateway(route(free_port), options=ProxyOptions(refused_status=500))
    assert connect(gw).send(get(b"/x")).answer()[0] == 500


def test_messages_are_shown_when_asked(gateway: Any, connect: Any, free_port: int) -> None:
    """``include-message=always`` names the cause."""
    gw = gateway(route(free_port), options=ProxyOptions(include_message=True))
    assert b'"message":"Connection refused' in connect(gw).send(get(b"/x")).answer()[2]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 2000 + b"\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    ],
)
def test_an_unusable_answer_is_502(gateway: Any, connect: Any, script: Any, answer: bytes) -> None:
    """Nothing ambiguous from an upstream reaches the client."""
    server = script.start(script.answering(answer, close=True))
    assert connect(gateway(route(server.port))).send(get(b"/x")).answer()[0] == 502


def test_a_reset_is_502(gateway: Any, connect: Any, script: Any) -> None:
    """A reset before the head is an upstream failure, not the client's."""
    server = script.start(script.resetting())
    assert connect(gateway(route(server.port))).send(post(b"x")).answer()[0] == 502


def test_a_truncated_answer_cuts_the_client(gateway: Any, connect: Any, script: Any) -> None:
    """A body cut short is never passed on as complete."""
    server = script.start(script.answering(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"))
    client = connect(gateway(route(server.port))).send(get(b"/x"))
    with pytest.raises((EOFError, ConnectionError)):
        client.answer()
    server = script.start(
        script.answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
    )
    client = connect(gateway(route(server.port))).send(get(b"/x"))
    with pytest.raises((EOFError, ConnectionError)):
        client.answer()


def test_an_answer_that_ends_with_the_connection_is_chunked(gateway: Any, connect: Any, script: Any) -> None:
    """The end of an unframed answer is made visible to the client."""
    server = script.start(script.answering(b"HTTP/1.0 200 OK\r\nX-A: b\r\n\r\nall of it"))
    _, headers, body = connect(gateway(route(server.port))).send(get(b"/x")).answer()
    assert (headers[b"transfer-encoding"], body) == (b"chunked", b"all of it")


@pytest.mark.parametrize(
    "behind",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HT",
        b"garbage",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_bytes_behind_an_answer_never_answer_another_request(
    gateway: Any, connect: Any, script: Any, behind: bytes, method: bytes
) -> None:
    """The answer is good, its connection is not used again, pipelined requests included."""
    first = OK if method == b"GET" else OK[:-2]
    server = script.start(
        script.answering(first + behind, close=False), script.answering(OK, OK, close=False)
    )
    client = connect(gateway(route(server.port)))
    client.send(get(b"/x", method=method) + get(b"/y"))
    assert client.answer(bodiless=method == b"HEAD")[0] == 200
    assert client.answer()[2] == b"ok"
    assert client.send(get(b"/z")).answer()[2] == b"ok"
    assert server.connections == 2


def test_an_unasked_answer_closes_the_connection(gateway: Any, connect: Any, script: Any) -> None:
    """Bytes on an idle connection are nobody's answer."""

    def talkative(accepted: socket.socket) -> None:
        script.server.read_head(accepted)
        accepted.sendall(OK)
        time.sleep(0.1)
        accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")
        time.sleep(1)

    server = script.start(talkative, script.answering(OK, close=False))
    client = connect(gateway(route(server.port)))
    assert client.send(get(b"/x")).answer()[2] == b"ok"
    time.sleep(0.4)
    assert client.send(get(b"/y")).answer()[2] == b"ok"
    assert server.connections == 2


def test_interim_answers_are_dropped(gateway: Any, connect: Any, script: Any) -> None:
    """100 and 103 do not reach the client and do not hang the exchange."""
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    server = script.start(script.answering(interim + OK, OK, close=False))
    client = connect(gateway(route(server.port)))
    assert client.send(get(b"/x")).answer()[2] == b"ok"
    assert client.send(get(b"/x")).answer()[2] == b"ok"
    assert server.connections == 1


@pytest.mark.parametrize("status", [204, 304])
def test_answers_without_body(gateway: Any, connect: Any, script: Any, status: int) -> None:
    """204 and 304 end at their head, even with a length, and both connections go on."""
    answer = b"HTTP/1.1 %d X\r\nContent-Length: 5\r\n\r\n" % status
    server = script.start(script.answering(answer, OK, close=False))
    client = connect(gateway(route(server.port)))
    assert client.send(get(b"/x")).answer()[0] == status
    assert client.send(get(b"/x")).answer()[2] == b"ok"


def test_unknown_statuses_pass(gateway: Any, connect: Any, script: Any) -> None:
    """Statuses nobody registered come through as they are."""
    server = script.start(script.answering(b"HTTP/1.1 432 \r\nContent-Length: 0\r\n\r\n", close=False))
    assert connect(gateway(route(server.port))).send(get(b"/x")).answer()[0] == 432


def test_repeated_fields_stay_apart(gateway: Any, connect: Any, script: Any) -> None:
    """Set-Cookie lines are not joined, names keep their case."""
    answer = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-MiX: y\r\nContent-Length: 0\r\n\r\n"
    server = script.start(script.answering(answer, close=False))
    client = connect(gateway(route(server.port))).send(get(b"/x", b"Connection: close"))
    assert client.rest().startswith(
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-MiX: y\r\nContent-Length: 0\r\n"
    )


def test_hop_fields_of_the_answer_stay_here(gateway: Any, connect: Any, script: Any) -> None:
    """Connection and what it lists are the upstream's business."""
    answer = b"HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nContent-Length: 2\r\n\r\nok"
    server = script.start(script.answering(answer))
    client = connect(gateway(route(server.port)))
    headers = client.send(get(b"/x")).answer()[1]
    assert not {b"connection", b"x-hop", b"keep-alive"} & headers.keys()
    assert client.send(get(b"/x")).answer()[2] == b"ok"
    assert server.connections == 2


def test_a_slow_answer_is_504(gateway: Any, connect: Any, script: Any) -> None:
    """The route's response time-out ends in Spring's 504, and the connection is not used again."""
    server = script.start(script.answering(OK, close=False, pause_s=5), script.answering(OK, close=False))
    gw = gateway(route(server.port, "metadata: {response-timeout: 200}"))
    client = connect(gw)
    assert client.send(get(b"/x")).answer()[0] == 504
    assert client.send(get(b"/x")).answer()[2] == b"ok"
    assert server.connections == 2


def test_a_connection_that_does_not_open_is_504(gateway: Any, connect: Any) -> None:
    """The connect time-out has its own status."""
    full = socket.socket()
    full.bind(("127.0.0.1", 0))
    full.listen(0)
    fillers = []
    for _ in range(3):
        filler = socket.socket()
        filler.setblocking(False)
        filler.connect_ex(full.getsockname())
        fillers.append(filler)
    gw = gateway(route(full.getsockname()[1], "metadata: {connect-timeout: 200}"))
    assert connect(gw).send(get(b"/x")).answer()[0] == 504
    for each in (full, *fillers):
        each.close()


class TestStaleConnections:
    """A kept connection closed under a request."""

    def close_under_second(self, script: Any) -> Any:
        def act(accepted: socket.socket) -> None:
            script.server.read_head(accepted)
            accepted.sendall(OK)
            script.server.read_head(accepted)

        return script.start(act, script.answering(OK, close=False))

    def test_a_safe_request_is_sent_again_once(self, gateway: Any, connect: Any, script: Any) -> None:
        """GET goes to a new connection without the client noticing."""
        server = self.close_under_second(script)
        client = connect(gateway(route(server.port)))
        assert client.send(get(b"/x")).answer()[2] == b"ok"
        assert client.send(get(b"/y")).answer()[2] == b"ok"
        assert server.connections == 2

    def test_a_put_body_is_sent_again(self, gateway: Any, connect: Any, script: Any) -> None:
        """An idempotent request is repeated with its body."""
        server = self.close_under_second(script)
        client = connect(gateway(route(server.port)))
        client.send(get(b"/x")).answer()
        request = get(b"/x", b"Content-Length: 3", method=b"PUT") + b"abc"
        assert client.send(request).answer()[2] == b"ok"
        assert server.received[-1].endswith(b"\r\n\r\nabc") or server.received[-1].endswith(b"\r\n\r\n")

    def test_a_post_is_not(self, gateway: Any, connect: Any, script: Any) -> None:
        """What may have been processed is not sent twice: 502."""
        server = self.close_under_second(script)
        client = connect(gateway(route(server.port)))
        client.send(get(b"/x")).answer()
        assert client.send(post(b"abc")).answer()[0] == 502
        assert server.connections == 1

    def test_a_post_with_an_idempotency_key_is(self, gateway: Any, connect: Any, script: Any) -> None:
        """The key is the client's word that repeating is safe."""
        server = self.close_under_second(script)
        client = connect(gateway(route(server.port)))
        client.send(get(b"/x")).answer()
        assert client.send(post(b"abc", b"Idempotency-Key: k")).answer()[2] == b"ok"

    def test_a_new_connection_is_not_retried(self, gateway: Any, connect: Any, script: Any) -> None:
        """Closing a fresh connection is the upstream's answer, not a stale pool."""
        server = script.start(script.answering(b""))
        assert connect(gateway(route(server.port))).send(get(b"/x")).answer()[0] == 502
        assert server.connections == 1


def test_a_client_that_leaves_ends_the_upstream_s_work(gateway: Any, connect: Any, script: Any) -> None:
    """The upstream connection of an abandoned request is closed, not kept."""
    import threading

    gone = threading.Event()

    def wait(accepted: socket.socket) -> None:
        script.server.read_head(accepted)
        try:
            while accepted.recv(100):
                pass
            gone.set()
        except ConnectionError:
            gone.set()

    server = script.start(wait)
    gw = gateway(route(server.port))
    client = connect(gw).send(post(b"x"))
    while not server.received:
        time.sleep(0.01)
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    client.close()
    assert gone.wait(5)


def test_a_bad_chunk_reaches_the_upstream_as_an_abort(gateway: Any, connect: Any, script: Any) -> None:
    """The upstream never gets a complete request out of a broken one; the client gets 400."""
    received: list[bytes] = []
    import threading

    closed = threading.Event()

    def collect(accepted: socket.socket) -> None:
        try:
            while piece := accepted.recv(65536):
                received.append(piece)
        except ConnectionError:
            received.append(b"(reset)")
        closed.set()

    server = script.start(collect)
    client = connect(gateway(route(server.port)))
    client.send(get(b"/x", b"Transfer-Encoding: chunked", method=b"POST") + b"3\r\nabc\r\n")
    while b"abc" not in b"".join(received):
        time.sleep(0.01)
    client.send(b"zz\r\n")
    assert client.answer()[0] == 400
    assert closed.wait(5)
    assert b"\r\n0\r\n\r\n" not in b"".join(received)
