"""Kept upstream connections per target, and the coarse clock their deadlines are measured by."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

from gateway.proxy.failures import Failure, FailureKind
from gateway.proxy.upstream import UpstreamConnection
from ressort.server import WriteBatch

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

_TICK_S = 0.1


class Clock:
    """Time in seconds, renewed every 100 ms while connections are open; runs the deadlines that passed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ticking = False
        self._pools: set[Pool] = set()
        self.now = loop.time()
        self.batch = WriteBatch(loop)

    def watch(self, pool: Pool) -> None:
        self._pools.add(pool)

    @property
    def watched(self) -> int:
        """Pools whose deadlines are looked at."""
        return len(self._pools)

    def wake(self) -> None:
        """A connection has opened."""
        self.now = self._loop.time()
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_TICK_S, self._tick)

    def _tick(self) -> None:
        now = self.now = self._loop.time()
        active = False
        for pool in tuple(self._pools):
            active = pool.expire(now) or active
        if any(pool.is_spent for pool in self._pools):
            self._pools = {pool for pool in self._pools if not pool.is_spent}
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
        self.batch = clock.batch
        self.max_head_bytes = max_head_bytes
        name = f"[{host}]" if ":" in host else host
        authority = name if port == (443 if tls else 80) else f"{name}:{port}"
        self.host_line = f"Host: {authority}\r\n".encode("ascii")
        self.connections: set[UpstreamConnection] = set()
        self.opened_total = 0
        self._max_idle_s = max_idle_s
        self._max_life_s = max_life_s
        self._keep = keep
        self._tls = tls
        self._retired = False
        self.idle: list[UpstreamConnection] = []
        """Connections without a request, the latest used last; all of them believed open."""
        self._connecting: set[asyncio.Task[None]] = set()

    def connect(self, forward: Forward, timeout_s: float) -> None:
        """Open a connection; the forward hears of it through ``on_connected`` or ``on_failure``."""
        self.clock.watch(self)
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
            asyncio.get_running_loop().call_later(self._max_life_s, self._end_life, connection)

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

    def retire(self) -> None:
        """Take no more requests: idle connections close now, the others after their answer."""
        self._keep = False
        self._retired = True
        idle, self.idle = self.idle, []
        for connection in idle:
            connection.close()

    @property
    def is_spent(self) -> bool:
        """Retired, and its last connection has closed."""
        return self._retired and not self.connections and not self._connecting

    def _end_life(self, connection: UpstreamConnection) -> None:
        if connection in self.idle:
            self.idle.remove(connection)
            connection.close()
