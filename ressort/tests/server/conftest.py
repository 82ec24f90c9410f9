"""A started core and a raw socket to talk to it byte by byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ressort.server import Exchange, HttpEngine, Limits, Listener
from ressort.testing.raw_http import RawClient


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

    def start(hot: Any = None, wsgi: Any = None, refusal_answer: Any = None, **limits: Any) -> HttpEngine:
        listener = Listener(hot=hot, wsgi=wsgi, limits=Limits(**limits), refusal_answer=refusal_answer)
        engine = HttpEngine([listener], threads=4)
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
