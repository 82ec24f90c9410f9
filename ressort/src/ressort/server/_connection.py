"""The socket under a client connection: deadlines, reading on hold, and closing without losing an answer."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ressort.server._core import Acceptor

_LINGER_S = 2.0
LINGER_BYTES = 1 << 20

QUEUED, BODY_HELD, OFFERED = 1, 2, 4
"""Why the socket is not read: a request waits, a body is not wanted yet, an upgrade is being answered."""

HEAD, IDLE, BODY, WRITE, LINGER = range(5)
"""What the deadline is about."""


class Connection(asyncio.Protocol):
    """One client's socket. ``deadline`` is looked at by the acceptor's clock."""

    __slots__ = (
        "_deadline_kind",
        "_held",
        "_linger_left",
        "_stopped",
        "_transport",
        "acceptor",
        "deadline",
        "memo",
        "peer",
    )

    def __init__(self, acceptor: Acceptor) -> None:
        self.acceptor = acceptor
        self.deadline = math.inf
        self.peer: tuple[str, int] = ("", 0)
        self.memo: object = None
        """Free for the handler: what it wants to remember of this connection."""
        self._transport: asyncio.Transport
        self._deadline_kind = IDLE
        self._held = 0
        self._stopped = False
        """Nothing that still comes in is a request."""
        self._linger_left = -1

    def write(self, data: bytes) -> None:
        """Send ``data``, after what waits for the end of the turn."""
        batch = self.acceptor.batch
        if batch.pending:
            batch.flush()
        self._transport.write(data)

    def write_soon(self, data: bytes) -> None:
        """Send ``data`` at the end of this turn of the loop, together with what else leaves then."""
        self.acceptor.batch.add(self._transport, data)

    def force_close(self) -> None:
        self._close_now()

    def _set_deadline(self, delay_s: float, kind: int) -> None:
        self.deadline = self.acceptor.now + delay_s
        self._deadline_kind = kind

    def _hold(self, why: int) -> None:
        if not self._held:
            self._transport.pause_reading()
        self._held |= why

    def _release(self, why: int) -> None:
        if self._held & why:
            self._held &= ~why
            if not self._held and not self._transport.is_closing():
                self._transport.resume_reading()

    def _shut(self) -> None:
        """Shut our side and read on for a moment, so that a reset does not eat the answer (RFC 9112 9.6)."""
        if self._linger_left >= 0 or self._transport.is_closing():
            return
        self._stopped = True
        self.acceptor.batch.flush()
        self._linger_left = LINGER_BYTES
        self._set_deadline(_LINGER_S, LINGER)
        self._release(QUEUED | BODY_HELD | OFFERED)
        if self._transport.can_write_eof():
            self._transport.write_eof()
        else:
            self._transport.close()

    def _discard(self, data: bytes) -> None:
        if self._linger_left < 0:
            return
        self._linger_left -= len(data)
        if self._linger_left < 0:
            self._close_now()

    def _close_now(self) -> None:
        self._stopped = True
        self._transport.abort()
