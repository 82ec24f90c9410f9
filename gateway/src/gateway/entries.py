"""What each listener hands to the proxy, to Flask or to the front's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.routes.path_pattern import is_below

if TYPE_CHECKING:
    from gateway.front import Front
    from gateway.proxy.engine import Proxy
    from ressort.server import Exchange, HotHandler

_ACTUATOR = b"/actuator"
_PAGES = frozenset((b"/api-docs", b"/api-docs/"))
_API = (b"/api", b"/api-docs", b"/exploitation")
_PERHAPS_OWN = (_ACTUATOR, b"/api-docs")


def api_entry(proxy: Proxy) -> HotHandler:
    """The public listener: the gateway's own actuator and pages go to Flask, the rest to the routes."""
    handle = proxy.handle

    def enter(exchange: Exchange) -> bool:
        path = exchange.path
        if (path.startswith(_PERHAPS_OWN) or not exchange.plain_path) and _is_own(path):
            return False
        handle(exchange)
        return True

    return enter


def front_entry(proxy: Proxy, front: Front) -> HotHandler:
    """The front's listener: the same API, documents and operations, everything else a file. No actuator here."""

    def enter(exchange: Exchange) -> bool:
        path = exchange.path
        if path in _PAGES:
            return False
        if is_below(path, _ACTUATOR):
            exchange.respond(404)
        elif any(is_below(path, each) for each in _API):
            proxy.handle(exchange)
        else:
            front.answer(exchange, proxy.now())
        return True

    return enter


def _is_own(path: bytes) -> bool:
    return path in _PAGES or is_below(path, _ACTUATOR)
