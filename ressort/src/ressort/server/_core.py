"""The HTTP engine of the platform servers: listening sockets, one event loop in a thread, drain."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ressort.errors import StartError
from ressort.server._batching import WriteBatch
from ressort.server._protocol import HttpProtocol
from ressort.server._turns import Turns
from ressort.server._wsgi import WsgiBridge
from ressort.server.exchange import Exchange, Header, HotHandler
from ressort.server.limits import Limits
from ressort.server.listening import bind_listener, start_listening

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from ressort.server.options import ServerOptions

_log = logging.getLogger("ressort.server")
_TICK_S = 0.1
_DRAIN_POLL_S = 0.02
_IDLE_GRACE_S = 0.3

Refused = Callable[[tuple[str, int], int, str], None]
RefusalAnswer = Callable[[int, str], tuple[list[Header], bytes]]


@dataclass(frozen=True)
class Listener:
    """One address to serve: ``hot`` is asked first, what it leaves goes to the WSGI application."""

    host: str = "127.0.0.1"
    port: int = 0
    hot: HotHandler | None = None
    wsgi: WSGIApplication | None = None
    limits: Limits = field(default_factory=Limits)
    bound: socket.socket | None = None
    """A socket already bound to ``host`` and ``port``, not listening yet."""
    on_refused: Refused | None = None
    """Told of every request refused before it reached a handler: peer, status, reason."""
    refusal_answer: RefusalAnswer | None = None
    """Header fields and body of the answer to one, by status and reason; without it the answer is empty."""


class Acceptor:
    """What the connections of one listener share. All of it belongs to the loop's thread."""

    def __init__(
        self, listener: Listener, bridge: WsgiBridge | None, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.limits = listener.limits
        self.draining = False
        self.busy = 0
        """Connections with a request being answered."""
        self.now = loop.time()
        self.batch = WriteBatch(loop)
        self.connections: set[Turns] = set()
        self._loop = loop
        self._hot = listener.hot
        self._bridge = bridge
        self._on_refused = listener.on_refused
        self._refusal_answer = listener.refusal_answer
        self._ticking = False

    def opened(self, connection: Turns) -> None:
        self.now = self._loop.time()
        self.connections.add(connection)
        if len(self.connections) > self.limits.connections:
            _log.warning("More than %d connections: the newest is closed", self.limits.connections)
            connection.force_close()
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_TICK_S, self._tick)

    def closed(self, connection: Turns) -> None:
        self.connections.discard(connection)

    def dispatch(self, exchange: Exchange) -> None:
        """Hand a request to the hot handler, then to the WSGI application, else answer 404."""
        try:
            if self._hot is not None and self._hot(exchange):
                return
        except Exception as error:  # noqa: BLE001 - a handler's fault must not take the connection's loop down
            self.report(error)
            self.fail(exchange)
            return
        if self._bridge is not None:
            self._bridge.serve(exchange)
        else:
            exchange.respond(404)

    def fail(self, exchange: Exchange) -> None:
        """End an exchange whose handler failed: 500 when nothing has left, else a cut."""
        if exchange.started:
            exchange.abort()
        else:
            exchange.respond(500)

    def refused(self, peer: tuple[str, int], status: int, reason: str) -> None:
        _log.debug("Refused a request of %s:%d with %d: %s", peer[0], peer[1], status, reason)
        if self._on_refused is not None:
            self._on_refused(peer, status, reason)

    def refuse(self, exchange: Exchange, status: int, reason: str) -> None:
        """Answer a request that no handler is to see."""
        self.refused(exchange.peer, status, reason)
        if self._refusal_answer is None:
            exchange.respond(status)
        else:
            exchange.respond(status, *self._refusal_answer(status, reason))

    def report(self, error: BaseException) -> None:
        _log.error("A request handler failed", exc_info=error)

    def _tick(self) -> None:
        """One coarse clock for all time-outs: cheaper than a timer per request."""
        now = self.now = self._loop.time()
        for connection in [each for each in self.connections if each.deadline <= now]:
            connection.on_deadline()
        if self.connections:
            self._loop.call_later(_TICK_S, self._tick)
        else:
            self._ticking = False

    def close_idle(self) -> None:
        for connection in list(self.connections):
            connection.drain(idle_too=True)

    def close_all(self) -> None:
        for connection in list(self.connections):
            connection.force_close()


def new_event_loop() -> asyncio.AbstractEventLoop:
    """uvloop's loop where it is installed, asyncio's elsewhere; the same code runs on both."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


class HttpEngine:
    """Serves its listeners from one loop in one thread; the main thread keeps signals and the lifecycle.

    ``prepare`` runs on the loop's thread before the first connection is accepted: the place to bind
    loop-owned state such as an upstream pool.
    """

    def __init__(
        self,
        listeners: Sequence[Listener],
        *,
        threads: int = 16,
        backlog: int = 1024,
        name: str = "http",
        prepare: Callable[[asyncio.AbstractEventLoop], None] | None = None,
    ) -> None:
        self._listeners = tuple(listeners)
        self._threads = threads
        self._backlog = backlog
        self._name = name
        self._prepare = prepare
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._acceptors: list[Acceptor] = []
        self._bridges: list[WsgiBridge] = []
        self._servers: list[asyncio.AbstractServer] = []
        self._spare: list[socket.socket] = []
        self.ports: tuple[int, ...] = ()
        """Bound port of each listener, in order, once started."""

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop; raises ``StartError`` before ``start``."""
        if self._loop is None:
            raise StartError(f"The {self._name} engine has not been started")
        return self._loop

    def start(self) -> int:
        """Bind every listener and serve in the background; returns the first one's port."""
        sockets: list[socket.socket] = []
        try:
            for listener in self._listeners:
                sockets.append(self._listen(listener))
        except StartError:
            for each in sockets:
                each.close()
            raise
        self.ports = tuple(each.getsockname()[1] for each in sockets)
        loop = self._loop = new_event_loop()
        self._thread = threading.Thread(target=self._serve, name=f"{self._name}-loop", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(sockets, loop), loop).result()
        return self.ports[0]

    def drain(self, timeout_s: float) -> bool:
        """Stop accepting, let every request under way end; true when none had to be left behind."""
        if self._loop is None or self._thread is None or not self._thread.is_alive():
            return True
        return asyncio.run_coroutine_threadsafe(self._drain(timeout_s), self._loop).result()

    def stop(self) -> None:
        """Cut what is left and end the thread. Harmless when not started."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        if thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._close(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
        for bridge in self._bridges:
            bridge.close()
        if not loop.is_closed():
            loop.close()
        self._loop = self._thread = None

    def shed(self) -> None:
        """From now on close each connection after its next answer, while going on serving."""
        for acceptor in self._acceptors:
            acceptor.draining = True

    @property
    def busy(self) -> int:
        """Requests being answered now."""
        return sum(acceptor.busy for acceptor in self._acceptors)

    @property
    def connections(self) -> int:
        """Client connections open now."""
        return sum(len(acceptor.connections) for acceptor in self._acceptors)

    def _listen(self, listener: Listener) -> socket.socket:
        bound = listener.bound or bind_listener(listener.host, listener.port)
        start_listening(bound, self._backlog)
        bound.setblocking(False)
        return bound

    def _serve(self) -> None:
        loop = self.loop
        asyncio.set_event_loop(loop)
        loop.run_forever()

    async def _open(self, sockets: list[socket.socket], loop: asyncio.AbstractEventLoop) -> None:
        if self._prepare is not None:
            self._prepare(loop)
        for listener, listening in zip(self._listeners, sockets, strict=True):
            bridge = None
            if listener.wsgi is not None:
                bridge = WsgiBridge(
                    listener.wsgi, loop, self._threads, listening.getsockname()[:2], self._name
                )
                self._bridges.append(bridge)
            acceptor = Acceptor(listener, bridge, loop)
            self._acceptors.append(acceptor)
            self._spare.append(listening.dup())
            self._servers.append(
                await loop.create_server(_factory(acceptor), sock=listening, backlog=self._backlog)
            )

    async def _drain(self, timeout_s: float) -> bool:
        loop = self.loop
        end = loop.time() + timeout_s
        await self._stop_listening()
        grace_end = min(loop.time() + _IDLE_GRACE_S, end)
        while self.connections and loop.time() < end:
            if loop.time() >= grace_end:
                for acceptor in self._acceptors:
                    acceptor.close_idle()
                if not self.busy:
                    break
            await asyncio.sleep(_DRAIN_POLL_S)
        return not self.busy

    async def _stop_listening(self) -> None:
        """Close the sockets, but serve the connections the kernel had already accepted for us."""
        for server in self._servers:
            server.close()
        for acceptor in self._acceptors:
            acceptor.draining = True
        await asyncio.sleep(0)
        queued = [_take_queued(spare, self._backlog) for spare in self._spare]
        for acceptor, accepted in zip(self._acceptors, queued, strict=False):
            for each in accepted:
                await self.loop.connect_accepted_socket(_factory(acceptor), each)
        self._spare.clear()
        self._servers.clear()

    async def _close(self) -> None:
        await self._stop_listening()
        for acceptor in self._acceptors:
            acceptor.close_all()
        await asyncio.sleep(0.01)
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.sleep(0)


class CoreEngine(HttpEngine):
    """The engine `server.engine: ressort` names: one listener, its limits from ``server.*``."""

    def __init__(
        self,
        wsgi_app: WSGIApplication | None,
        options: ServerOptions,
        hot: HotHandler | None = None,
        listener: socket.socket | None = None,
    ) -> None:
        bound = Listener(options.address, options.port, hot, wsgi_app, limits_of(options), listener)
        super().__init__((bound,), threads=options.threads, backlog=options.backlog)


def limits_of(options: ServerOptions) -> Limits:
    """The core's limits as ``server.*`` states them; an application decodes its paths itself, so all of them pass."""
    return Limits(
        head_bytes=options.max_http_request_header_size_bytes,
        body_bytes=options.max_http_request_body_size_bytes,
        keep_alive_s=options.keep_alive_timeout_s,
        connections=options.max_connections,
        ambiguous_paths=True,
    )


def _factory(acceptor: Acceptor) -> Callable[[], HttpProtocol]:
    return lambda: HttpProtocol(acceptor)


def _take_queued(listening: socket.socket, most: int) -> list[socket.socket]:
    """The connections the kernel has accepted already, and no more: the socket is closed before any is served, or
    clients that reconnect quickly would keep it busy for ever."""
    taken: list[socket.socket] = []
    listening.setblocking(False)
    with listening:
        while len(taken) < most:
            try:
                accepted, _ = listening.accept()
            except OSError:
                break
            accepted.setblocking(False)
            taken.append(accepted)
    return taken
