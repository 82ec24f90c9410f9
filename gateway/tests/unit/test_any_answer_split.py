"""However an upstream's bytes are cut into reads, the client gets the same answers."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway.filters.built_in import built_in_filters
from gateway.filters.services import FilterServices
from gateway.proxy.engine import Proxy, Rules
from gateway.proxy.upstream import UpstreamConnection
from gateway.routes.compiler import RouteCompiler
from gateway.routes.definitions import read_routes
from gateway.routes.predicates import built_in_predicates
from gateway.settings import ProxyOptions
from ressort.resilience import BreakerRegistry
from ressort.server import Exchange

TRACE = b"traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
GOOD = [
    b"HTTP/1.1 200 OK\r\n" + TRACE + b"Content-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\n"
    + TRACE
    + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: t\r\n\r\n",
    b"HTTP/1.1 204 No Content\r\n" + TRACE + b"\r\n",
    b"HTTP/1.1 304 Not Modified\r\n" + TRACE + b"Content-Length: 9\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
    + TRACE
    + b"Content-Length: 2\r\n\r\nok",
    b"HTTP/1.1 404 Not Found\r\n"
    + TRACE
    + b"Connection: close, X-Hop\r\nX-Hop: 1\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n"
    + TRACE
    + b"Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison",
]
BAD = [
    b"garbage\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
]
ROUTE = [{"id": "r", "uri": "http://127.0.0.1:1", "predicates": ["Path=/**"]}]


class Wire:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.sent = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent += data

    def get_extra_info(self, name: str) -> Any:
        return ("127.0.0.1", 1)

    def is_closing(self) -> bool:
        return self.closed

    def can_write_eof(self) -> bool:
        return True

    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...

    def abort(self) -> None:
        self.closed = True

    close = write_eof = abort


class Client:
    """Stands for the connection of an exchange: keeps status, fields and decoded body."""

    def __init__(self, wire: Wire) -> None:
        self.write = self.write_soon = wire.write
        self.peer = ("127.0.0.1", 1)
        self.memo: object = None
        self.acceptor = self
        self.draining = False
        self.ended = 0

    def done(self, exchange: Exchange) -> None:
        self.ended += 1

    def cut(self, exchange: Exchange) -> None:
        self.ended += 1

    def pause_body(self, exchange: Exchange) -> None: ...
    def resume_body(self, exchange: Exchange) -> None: ...


async def play(pieces: list[bytes]) -> tuple[bytes, int, bool]:
    """What the client got with chunks taken apart, how often it ended, whether the connection was kept."""
    loop = asyncio.get_running_loop()
    services = FilterServices(loop.time, loop.call_later, BreakerRegistry())
    compiler = RouteCompiler(built_in_predicates(), built_in_filters(), services, ProxyOptions())
    proxy = Proxy(Rules(compiler.table(read_routes(ROUTE, "routes"))))
    proxy.prepare(loop)
    pool = proxy.pool("127.0.0.1", 1)
    upstream, upstream_wire, wire = UpstreamConnection(pool), Wire(), Wire()
    upstream.connection_made(upstream_wire)  # type: ignore[arg-type]
    pool.release(upstream)
    client = Client(wire)
    exchange = Exchange(client, b"GET", [(b"Host", b"a")])  # type: ignore[arg-type]
    exchange.path, exchange.complete, exchange.host = b"/x", True, b"a"
    proxy.handle(exchange)
    for piece in pieces:
        if not upstream_wire.closed:
            upstream.data_received(piece)
    upstream.connection_lost(None)
    head, _, body = wire.sent.partition(b"\r\n\r\n")
    return head.partition(b"traceparent")[0] + _without_chunks(head, body), client.ended, upstream_wire.closed


def _without_chunks(head: bytes, body: bytes) -> bytes:
    if b"application/json" in head:
        return b"(error)"
    if b"chunked" not in head:
        return body
    found = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        found += body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]
    return found


@given(st.data())
def test_splits_change_nothing(data: Any) -> None:
    """Once, cut anywhere or byte by byte: status, fields, body and the fate of the connection are the same."""
    answer = data.draw(st.sampled_from([*GOOD, *BAD]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(answer)), max_size=5)))
    pieces = [answer[a:b] for a, b in zip([0, *cuts], [*cuts, len(answer)], strict=True) if a < b]
    whole = asyncio.run(play([answer]))
    assert whole[1] == 1
    assert asyncio.run(play(pieces))[:2] == whole[:2]
    assert asyncio.run(play([answer[at : at + 1] for at in range(len(answer))]))[:2] == whole[:2]


def test_the_harness_sees_bodies() -> None:
    """What is compared above is the real thing."""
    assert asyncio.run(play([GOOD[1]]))[0].endswith(b"abcde")
    got, _, closed = asyncio.run(play([GOOD[6]]))
    assert got.endswith(b"ok")
    assert closed
    assert asyncio.run(play([BAD[0]]))[0].startswith(b"HTTP/1.1 502")
