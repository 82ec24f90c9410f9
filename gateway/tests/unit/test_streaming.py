"""Heads, bodies and events pass as they come, in both directions, at the pace of the slower side."""

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


def test_the_head_is_not_held_back(gateway: Any, connect: Any, script: Any) -> None:
    """A head without its first body byte reaches the client at once."""

    def slow_body(accepted: socket.socket) -> None:
        script.server.read_head(accepted)
        accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Early: yes\r\n\r\n")
        accepted.recv(1)

    server = script.start(slow_body)
    client = connect(gateway(route(server.port))).send(get(b"/x"))
    assert client.line() == b"HTTP/1.1 200 OK\r\n"


def test_events_pass_one_by_one(gateway: Any, connect: Any, script: Any) -> None:
    """Server-sent events arrive as they are written, whatever the body's idle time-out."""
    import threading

    go_on = threading.Event()

    def events(accepted: socket.socket) -> None:
        script.server.read_head(accepted)
        accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        go_on.wait(10)
        accepted.sendall(b"data: 2\n\n")

    server = script.start(events)
    gw = gateway(route(server.port), options=ProxyOptions(body_idle_s=0.2))
    client = connect(gw).send(get(b"/x"))
    while client.line() != b"\r\n":
        pass
    assert client.line() == b"9\r\n"
    assert client.exactly(11) == b"data: 1\n\n\r\n"
    time.sleep(0.5)
    go_on.set()
    assert client.line() == b"9\r\n"
    assert client.exactly(11) == b"data: 2\n\n\r\n"


def test_a_body_that_stops_cuts_the_client(gateway: Any, connect: Any, script: Any) -> None:
    """An ordinary answer may not hang for ever in its middle."""
    server = script.start(script.answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", close=False))
    gw = gateway(route(server.port), options=ProxyOptions(body_idle_s=0.2))
    with pytest.raises((EOFError, ConnectionError)):
        connect(gw).send(get(b"/x")).answer()


def test_an_early_answer_to_a_large_body(gateway: Any, connect: Any, script: Any) -> None:
    """An upstream that refuses before the body is read: its answer comes through and nothing is reused."""

    def refuse(accepted: socket.socket) -> None:
        accepted.recv(1000)
        accepted.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        time.sleep(0.3)

    server = script.start(refuse)
    gw = gateway(route(server.port))
    client = connect(gw)
    client.send(get(b"/x", b"Content-Length: 50000000", method=b"POST") + b"a" * 100_000)
    status, headers, _ = client.answer()
    assert (status, headers[b"connection"]) == (413, b"close")


def test_back_pressure_towards_a_slow_upstream(gateway: Any, connect: Any, script: Any) -> None:
    """A body the upstream does not read stops being read from the client."""
    import threading

    go_on = threading.Event()
    total: list[int] = []

    def sluggish(accepted: socket.socket) -> None:
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        head = accepted.recv(1000)
        go_on.wait(10)
        size = len(head.partition(b"\r\n\r\n")[2])
        while size < 30_000_000:
            size += len(accepted.recv(1 << 20))
        total.append(size)
        accepted.sendall(OK)

    server = script.start(sluggish)
    client = connect(gateway(route(server.port)))
    client.send(get(b"/x", b"Content-Length: 30000000", method=b"POST"))
    client.socket.settimeout(0.5)
    sent = 0
    with pytest.raises(TimeoutError):
        while sent < 30_000_000:
            sent += client.socket.send(bytes(65536))
    assert sent < 25_000_000
    go_on.set()
    client.socket.settimeout(10)
    while sent < 30_000_000:
        sent += client.socket.send(bytes(min(65536, 30_000_000 - sent)))
    assert client.answer()[2] == b"ok"
    assert total == [30_000_000]


def test_back_pressure_towards_a_slow_client(gateway: Any, connect: Any, script: Any) -> None:
    """An answer the client does not read stops being read from the upstream."""
    import threading

    blocked = threading.Event()

    def flood(accepted: socket.socket) -> None:
        script.server.read_head(accepted)
        accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000000\r\n\r\n")
        accepted.settimeout(0.5)
        sent = 0
        while sent < 60_000_000:
            try:
                sent += accepted.send(bytes(min(1 << 20, 60_000_000 - sent)))
            except TimeoutError:
                blocked.set()
                accepted.settimeout(10)

    server = script.start(flood)
    client = connect(gateway(route(server.port))).send(get(b"/x"))
    assert blocked.wait(10)
    size = 0
    while piece := client.socket.recv(1 << 20):
        size += len(piece)
        if size > 60_000_000:
            break
    assert size > 60_000_000
