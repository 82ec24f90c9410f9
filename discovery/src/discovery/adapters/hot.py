"""Eureka's REST on the event loop of our own server: no thread and no framework on its way."""

from __future__ import annotations

from discovery.adapters.eureka_api import PREFIX, EurekaApi
from discovery.adapters.exchange import Answer, Request
from discovery.adapters.registration import LARGEST_BODY
from ressort.server import Exchange

_PREFIX = PREFIX.encode()


class EurekaOnLoop:
    """A `HotHandler`: takes what lies below `/eureka`, leaves the rest to the application."""

    def __init__(self, api: EurekaApi) -> None:
        self._api = api

    def __call__(self, exchange: Exchange) -> bool:
        """Answer, at once or when the body is complete; False for other paths."""
        if not below_eureka(exchange.path):
            return False
        if exchange.complete and not exchange.received:
            respond(exchange, self._api, b"")
        else:
            exchange.send_continue()
            exchange.attach(_WholeBody(exchange, self._api))
        return True


class _WholeBody:
    """Gathers a request body, then answers."""

    def __init__(self, exchange: Exchange, api: EurekaApi) -> None:
        self._exchange = exchange
        self._api = api
        self._pieces: list[bytes] = []
        self._size = 0

    def on_body(self, data: bytes) -> None:
        """One more piece; 413 when it is too much."""
        self._size += len(data)
        if self._size <= LARGEST_BODY:
            self._pieces.append(data)
        elif not self._exchange.started:
            self._exchange.respond(413)

    def on_body_end(self) -> None:
        """Answer."""
        if not self._exchange.started:
            respond(self._exchange, self._api, b"".join(self._pieces))

    def on_lost(self) -> None:
        """Nobody waits for an answer any more."""
        self._pieces.clear()

    def pause(self) -> None:
        """Answers are written whole."""

    def resume(self) -> None:
        """Answers are written whole."""


def below_eureka(path: bytes) -> bool:
    """Whether the first segment of a raw path is `eureka`."""
    first, _, _ = path.lstrip(b"/").partition(b"/")
    return first == _PREFIX


def respond(exchange: Exchange, api: EurekaApi, body: bytes) -> None:
    """Ask the API and write its answer."""
    answer = api.answer(
        Request(
            method=exchange.method.decode("latin-1"),
            path=exchange.path.decode("latin-1"),
            query=(exchange.query or b"").decode("latin-1"),
            header=lambda name: _header(exchange, name),
            body=body,
        )
    )
    exchange.respond(answer.status, _headers(answer), answer.body)


def _header(exchange: Exchange, name: str) -> str | None:
    value = exchange.header(name.encode())
    return None if value is None else value.decode("latin-1")


def _headers(answer: Answer) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers]
    if answer.content_type and answer.body:
        headers.append((b"Content-Type", answer.content_type.encode()))
    return headers
