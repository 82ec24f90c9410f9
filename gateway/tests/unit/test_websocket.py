"""WebSocket and other upgrades pass as a tunnel once the upstream agreed."""

from __future__ import annotations

import socket
import time
from typing import Any

UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: chat, superchat\r\n\r\n"
)
SWITCH = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=\r\nSec-WebSocket-Protocol: superchat\r\n\r\n"
)


def route(port: int) -> str:
    return f"[{{id: r, uri: 'ws://127.0.0.1:{port}', predicates: ['Path=/**']}}]"


def echoing(server: Any, greeting: bytes = b"") -> Any:
    def act(accepted: socket.socket) -> None:
        server().read_head(accepted)
        accepted.sendall(SWITCH + greeting)
        while piece := accepted.recv(65536):
            accepted.sendall(piece.upper())

    return act


def test_frames_pass_both_ways(gateway: Any, scripted: Any, connect: Any) -> None:
    """The upstream's own 101 comes through, then bytes in both directions, the first ones included."""
    servers: list[Any] = []
    servers.append(scripted(echoing(lambda: servers[0], b"hello")))
    client = connect(gateway(route(servers[0].port))).send(UPGRADE + b"early")
    status, headers, _ = client.answer()
    assert status == 101
    assert headers[b"sec-websocket-protocol"] == b"superchat"
    assert headers[b"upgrade"] == b"websocket"
    assert client.exactly(10) in (b"helloEARLY", b"EARLYhello")
    client.send(b"more" * 50_000)
    assert client.exactly(200_000) == b"MORE" * 50_000
    head = servers[0].received[0]
    assert b"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" in head
    assert b"Sec-WebSocket-Key: x3JJ" in head


def test_a_refused_upgrade_is_an_ordinary_answer(gateway: Any, upstream: Any, connect: Any) -> None:
    """101 is never sent before the upstream agreed; the connection goes on as HTTP."""
    up = upstream()
    client = connect(gateway(route(up.port))).send(UPGRADE)
    assert client.answer()[0] == 200
    assert client.send(b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n").answer()[0] == 200


def test_the_upstream_s_end_closes_the_client(gateway: Any, scripted: Any, connect: Any) -> None:
    """Closing one side closes the other."""
    servers: list[Any] = []

    def act(accepted: socket.socket) -> None:
        servers[0].read_head(accepted)
        accepted.sendall(SWITCH + b"bye")

    servers.append(scripted(act))
    client = connect(gateway(route(servers[0].port))).send(UPGRADE)
    assert client.answer()[0] == 101
    assert client.rest() == b"bye"


def test_the_client_s_end_closes_the_upstream(gateway: Any, scripted: Any, connect: Any) -> None:
    """An abandoned tunnel does not leave its upstream connection open."""
    servers: list[Any] = []
    servers.append(scripted(echoing(lambda: servers[0])))
    gw = gateway(route(servers[0].port))
    client = connect(gw).send(UPGRADE)
    assert client.answer()[0] == 101
    client.close()
    end = time.monotonic() + 5
    while any(pool.connections for pool in gw.proxy.pools) and time.monotonic() < end:
        time.sleep(0.01)
    assert not any(pool.connections for pool in gw.proxy.pools)
    assert gw.recorder.ended == [("r", 101)]


def test_tunnels_do_not_hold_up_a_drain(gateway: Any, scripted: Any, connect: Any) -> None:
    """A drain waits for answers, not for conversations without end."""
    servers: list[Any] = []
    servers.append(scripted(echoing(lambda: servers[0])))
    gw = gateway(route(servers[0].port))
    client = connect(gw).send(UPGRADE)
    assert client.answer()[0] == 101
    assert gw.engine.drain(2)
