"""However a client's bytes are cut into reads, the same requests are seen and the same answers given."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ressort.server import Exchange, Limits, Listener
from ressort.server._core import Acceptor
from ressort.server._protocol import HttpProtocol

REQUESTS = [
    b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /y?z HTTP/1.1\r\nHost: a\r\n\r\n",
    b"HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /x HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\r\n",
    b"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    b"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1;x=y\r\nf\r\n0\r\nT: t\r\n\r\n",
    b"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 27\r\n\r\nGET /q HTTP/1.1\r\nHost: a\r\n\r",
    b"POST /u HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nuv",
    b"GET /%C3%A9;a=b HTTP/1.1\r\nHost: a\r\n\r\n",
    b"\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /x HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
    b"GET /../x HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
]


class Wire:
    """A transport that keeps what is written and knows whether reading is on."""

    def __init__(self) -> None:
        self.sent = b""
        self.reading = True
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent += data

    def get_extra_info(self, name: str) -> Any:
        return ("127.0.0.1", 1)

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def is_closing(self) -> bool:
        return self.closed

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.closed = True

    def close(self) -> None:
        self.closed = True

    abort = close


class Collect:
    """Answers when the body is complete."""

    def __init__(self, exchange: Exchange, seen: list[Any]) -> None:
        self.exchange, self.seen, self.body = exchange, seen, b""

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_body_end(self) -> None:
        exchange = self.exchange
        self.seen.append((exchange.method, exchange.path, exchange.query, tuple(exchange.headers), self.body))
        exchange.respond(200, None, self.body or b"-")

    def on_lost(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


async def play(pieces: list[bytes]) -> tuple[list[Any], bytes, bool]:
    """What was seen, sent, and whether the connection was closed."""
    seen: list[Any] = []

    def hot(exchange: Exchange) -> bool:
        exchange.attach(Collect(exchange, seen))
        return True

    acceptor = Acceptor(Listener(hot=hot, limits=Limits()), None, asyncio.get_running_loop())
    wire, connection = Wire(), HttpProtocol(acceptor)
    connection.connection_made(wire)  # type: ignore[arg-type]
    for piece in pieces:
        if not wire.closed:
            connection.data_received(piece)
            await asyncio.sleep(0)
    connection.connection_lost(None)
    return seen, wire.sent, wire.closed


@given(st.data())
def test_splits_change_nothing(data: Any) -> None:
    """Whole requests one by one, everything at once, or cut anywhere: the outcome is one and the same."""
    chosen = data.draw(st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=6))
    stream = b"".join(chosen)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [
        stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True) if start < end
    ]
    one_by_one = asyncio.run(play(list(chosen)))
    assert asyncio.run(play([stream])) == one_by_one
    assert asyncio.run(play(pieces)) == one_by_one
    assert asyncio.run(play([stream[at : at + 1] for at in range(len(stream))])) == one_by_one
