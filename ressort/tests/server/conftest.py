"""A started core and a raw socket to talk to it byte by byte."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ressort.server import Exchange, HttpEngine, Limits, Listener


class RawClient:
    """A socket with just enough HTTP to read one answer at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._buffer = b""

    def send(self, data: bytes) -> RawClient:
        self.socket.sendall(data)
        return self

    def answer(self, bodiless: bool = False) -> tuple[int, dict[bytes, bytes], bytes]:
        """Read one answer: status, headers by lower-case name, body."""
        head = self._until(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in lines[1:] if line)
        }
        status = int(lines[0].split(b" ")[1])
        if bodiless or status in (204, 304) or status < 200:
            return status, headers, b""
        if headers.get(b"transfer-encoding") == b"chunked":
            return status, headers, self._chunks()
        if b"content-length" in headers:
            return status, headers, self._exactly(int(headers[b"content-length"]))
        return status, headers, self.rest()

    def rest(self) -> bytes:
        """Everything until the server closes."""
        while piece := self.socket.recv(65536):
            self._buffer += piece
        everything, self._buffer = self._buffer, b""
        return everything

    def line(self) -> bytes:
        return self._until(b"\r\n")

    def exactly(self, size: int) -> bytes:
        return self._exactly(size)

    def is_closed(self) -> bool:
        """The server has shut its side."""
        return not self._buffer and self.socket.recv(1) == b""

    def close(self) -> None:
        self.socket.close()

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._until(b"\r\n"), 16):
            body += self._exactly(size + 2)[:-2]
        self._exactly(2)
        return body

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(f"closed after {self._buffer!r}")
            self._buffer += piece
        found, _, self._buffer = self._buffer.partition(mark)
        return found + mark

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(f"closed after {len(self._buffer)} of {size} bytes")
            self._buffer += piece
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found


class Echo:
    """A hot handler that answers with what it was sent; ``/wsgi`` is left to the application."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def __call__(self, exchange: Exchange) -> bool:
        if exchange.path.startswith(b"/wsgi"):
            return False
        self.seen.append(exchange.path)
        if exchange.complete:
            exchange.respond(200, [(b"X-Path", exchange.path)], b"hot")
        else:
            exchange.send_continue()
            exchange.attach(_Collector(exchange))
        return True


class _Collector:
    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.body = b""
        self.lost = False

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_body_end(self) -> None:
        self.exchange.respond(200, None, self.body)

    def on_lost(self) -> None:
        self.lost = True

    def pause(self) -> None: ...

    def resume(self) -> None: ...


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """A WSGI application with one path per behaviour of the bridge."""
    path = environ["PATH_INFO"]
    if path == "/wsgi/echo":
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]
    if path == "/wsgi/stream":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return (b"piece %d;" % number for number in range(5))
    if path == "/wsgi/large":
        start_response("200 OK", [])
        return (bytes(65536) for _ in range(100))
    if path == "/wsgi/environ":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [repr({key: value for key, value in environ.items() if isinstance(value, str)}).encode()]
    if path == "/wsgi/broken":
        raise RuntimeError("broken on purpose")
    start_response("404 Not Found", [])
    return []


@pytest.fixture
def serve() -> Iterator[Callable[..., HttpEngine]]:
    engines: list[HttpEngine] = []

    def start(hot: Any = None, wsgi: Any = None, **limits: Any) -> HttpEngine:
        engine = HttpEngine([Listener(hot=hot, wsgi=wsgi, limits=Limits(**limits))], threads=4)
        engine.start()
        engines.append(engine)
        return engine

    yield start
    for engine in engines:
        engine.stop()


@pytest.fixture
def connect() -> Iterator[Callable[[HttpEngine], RawClient]]:
    clients: list[RawClient] = []

    def to(engine: HttpEngine) -> RawClient:
        client = RawClient(engine.ports[0])
        clients.append(client)
        return client

    yield to
    for client in clients:
        client.close()


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def wsgi_application() -> Any:
    return application
