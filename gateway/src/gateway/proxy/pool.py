"""Kept upstream connections per target, and the coarse clock their deadlines are measured by."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

from gateway.proxy.failures import Failure, FailureKind
from gateway.proxy.upstream import UpstreamConnection

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

_TICK_S = 0.1


class Clock:
    """Time in seconds, renewed every 100 ms while connections are open; runs the deadlines that passed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ticking = False
        self._pools: list[Pool] = []
        self.now = loop.time()

    def watch(self, pool: Pool) -> None:
        self._pools.append(pool)

    def wake(self) -> None:
        """A connection has opened."""
        self.now = self._loop.time()
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_TICK_S, self._tick)

    def _tick(self) -> None:
        now = self.now = self._loop.time()
        active = False
        for pool in self._pools:
            active = pool.expire(now) or active
        self._ticking = active
        if active:
            self._loop.call_later(_TICK_S, self._tick)


class Pool:
    """Connections to one host and port. Belongs to the loop's thread.

    ``max_idle_s`` must stay below the upstream's keep-alive time, so that a connection is seldom closed under a
    request.
    """

    def __init__(
        self,
        host: str,
        port: int,
        clock: Clock,
        *,
        max_idle_s: float,
        max_life_s: float = 0.0,
        max_head_bytes: int = 8192,
        keep: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.clock = clock
        self.max_head_bytes = max_head_bytes
        name = f"[{host}]" if ":" in host else host
        self.authority = (name if port == (443 if tls else 80) else f"{name}:{port}").encode("ascii")
        self.connections: set[UpstreamConnection] = set()
        self.opened_total = 0
        self._max_idle_s = max_idle_s
        self._max_life_s = max_life_s
        self._keep = keep
        self._tls = tls
        self.idle: list[UpstreamConnection] = []
        """Connections without a request, the latest used last; all of them believed open."""
        self._connecting: set[asyncio.Task[None]] = set()
        clock.watch(self)

    def connect(self, forward: Forward, timeout_s: float) -> None:
        """Open a connection; the forward hears of it through ``on_connected`` or ``on_failure``."""
        task = asyncio.get_running_loop().create_task(self._connect(forward, timeout_s))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    async def _connect(self, forward: Forward, timeout_s: float) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout_s or None):
                _, connection = await loop.create_connection(
                    lambda: UpstreamConnection(self), self.host, self.port, ssl=self._tls
                )
        except TimeoutError:
            message = f"connection timed out after {timeout_s * 1000:.0f} ms: {self.host}:{self.port}"
            forward.on_failure(Failure(FailureKind.CONNECT_TIMEOUT, message))
        except OSError as error:
            reason = error.strerror or str(error)
            forward.on_failure(Failure(FailureKind.CONNECT, f"{reason}: {self.host}:{self.port}"))
        else:
            if not forward.on_connected(connection):
                self.release(connection)

    def release(self, connection: UpstreamConnection) -> None:
        """Keep a connection whose last answer ended cleanly."""
        if self._keep:
            connection.idle_since = self.clock.now
            self.idle.append(connection)
        else:
            connection.close()

    def opened(self, connection: UpstreamConnection) -> None:
        self.connections.add(connection)
        self.opened_total += 1
        self.clock.wake()
        if self._max_life_s:
            asyncio.get_running_loop().call_later(self._max_life_s, self._retire, connection)

    def closed(self, connection: UpstreamConnection) -> None:
        self.connections.discard(connection)
        self.forget(connection)

    def forget(self, connection: UpstreamConnection) -> None:
        """Use a connection no more: its other end has closed."""
        if connection in self.idle:
            self.idle.remove(connection)

    def expire(self, now: float) -> bool:
        """Run passed deadlines, close connections idle for too long; true while any is open."""
        for connection in [each for each in self.connections if each.deadline <= now]:
            connection.on_deadline()
        oldest = now - self._max_idle_s
        while self.idle and self.idle[0].idle_since < oldest:
            self.idle.pop(0).close()
        return bool(self.connections)

    def close_idle(self) -> None:
        """Close what no request uses: the target has left."""
        idle, self.idle = self.idle, []
        for connection in idle:
            connection.close()

    def _retire(self, connection: UpstreamConnection) -> None:
        if connection in self.idle:
            self.idle.remove(connection)
            connection.close()
