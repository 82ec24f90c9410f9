"""What each listener hands to the proxy, to Flask or to the front's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.routes.path_pattern import is_below

if TYPE_CHECKING:
    from gateway.front import Front
    from gateway.proxy.engine import Proxy
    from ressort.server import Exchange

_ACTUATOR = b"/actuator"
_PAGES = frozenset((b"/api-docs", b"/api-docs/"))
_API = (b"/api", b"/api-docs")


class ApiEntry:
    """The public listener: the gateway's own actuator and pages, else the routes."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    def __call__(self, exchange: Exchange) -> bool:
        path = exchange.path
        if path in _PAGES or is_below(path, _ACTUATOR):
            return False
        self._proxy.handle(exchange)
        return True


class FrontEntry:
    """The front's listener: the same API and documents, everything else a file. No actuator here."""

    def __init__(self, proxy: Proxy, front: Front) -> None:
        self._proxy = proxy
        self._front = front

    def __call__(self, exchange: Exchange) -> bool:
        path = exchange.path
        if path in _PAGES:
            return False
        if is_below(path, _ACTUATOR):
            exchange.respond(404)
        elif any(is_below(path, each) for each in _API):
            self._proxy.handle(exchange)
        else:
            self._front.answer(exchange, self._proxy.now())
        return True
