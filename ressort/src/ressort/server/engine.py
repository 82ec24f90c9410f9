"""The one way every HTTP server of the estate is started, drained and stopped."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ressort.errors import RessortError
from ressort.server.options import ServerOptions

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ENGINES = ("waitress", "ressort")


class UnknownEngineError(RessortError):
    """`server.engine` names no engine."""


class Engine(Protocol):
    """A server in the background of the calling process, which it never blocks nor ends."""

    def start(self) -> int:
        """Listen and answer in the background; returns the bound port at once."""

    def drain(self, timeout_s: float) -> bool:
        """Accept what is already queued, then nothing new; finish what is in flight, answers closing.

        Returns True when nothing was left within `timeout_s`.
        """

    def stop(self) -> None:
        """End at once, cutting whatever is still open. Does nothing after a complete drain."""


@runtime_checkable
class Shedding(Protocol):
    """An engine that can ask callers to reconnect elsewhere while it goes on serving."""

    def shed(self) -> None:
        """From now on close each connection after its next answer."""


def create_engine(
    kind: str,
    wsgi_app: WSGIApplication,
    options: ServerOptions,
    hot: Any | None = None,
    listener: socket.socket | None = None,
) -> Engine:
    """The engine named by `server.engine`: `waitress`, or `ressort` (our asyncio core, with a hot handler).

    `listener` is a socket already bound by `bind_listener`, not listening yet; without it the engine binds
    `options.address` and `options.port` itself. Modules are imported only when chosen. Raises
    UnknownEngineError for any other name.
    """
    if kind == "waitress":
        from ressort.server._waitress import WaitressEngine

        return WaitressEngine(wsgi_app, options, listener)
    if kind == "ressort":
        from ressort.server._core import CoreEngine

        return CoreEngine(wsgi_app, options, hot, listener)
    raise UnknownEngineError(f"server.engine '{kind}' is not known; choose one of {', '.join(ENGINES)}")
