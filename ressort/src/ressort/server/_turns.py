"""Whose turn it is: the exchange being answered, those that wait behind it, and the tunnel one may become."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING

from ressort.server._connection import (
    BODY,
    BODY_HELD,
    HEAD,
    IDLE,
    LINGER_BYTES,
    OFFERED,
    QUEUED,
    WRITE,
    Connection,
)
from ressort.server.exchange import CHUNKED, Exchange

if TYPE_CHECKING:
    from ressort.server._core import Acceptor


class Turns(Connection):
    """Exchanges of one connection, answered strictly in order."""

    __slots__ = ("_after", "_current", "_fed", "_incoming", "_pumping", "_tunnel", "_waiting")

    def __init__(self, acceptor: Acceptor) -> None:
        super().__init__(acceptor)
        self._fed = 0
        """Bytes of a head that is not complete yet."""
        self._incoming: Exchange | None = None
        """The exchange whose body is being read."""
        self._current: Exchange | None = None
        """The exchange being answered."""
        self._waiting: deque[Exchange] = deque()
        self._pumping = False
        self._tunnel: Exchange | None = None
        self._after = b""
        """What came behind an offer to change the protocol."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        address = transport.get_extra_info("peername")
        if isinstance(address, tuple):
            self.peer = (address[0], address[1])
        self.acceptor.opened(self)
        self._set_deadline(self.acceptor.limits.head_timeout_s, HEAD)

    def eof_received(self) -> bool:
        """Let a half-closed client have the answers it is owed; anything unfinished is lost."""
        if self._tunnel is not None or self._incoming is not None or self._linger_left >= 0:
            return False
        if self._current is None:
            return False
        last = self._waiting[-1] if self._waiting else self._current
        last.keep_alive = False
        self._stopped = True
        return True

    def connection_lost(self, exc: BaseException | None) -> None:
        self._stopped = True
        self.acceptor.closed(self)
        self.deadline = math.inf
        waiting, self._waiting = self._waiting, deque()
        current, self._current = self._current, None
        if current is not None:
            self.acceptor.busy -= 1
            current.lose()
        tunnel, self._tunnel = self._tunnel, None
        if tunnel is not None:
            tunnel.lose()
        for exchange in waiting:
            exchange.lose()
        self._incoming = None

    def pause_writing(self) -> None:
        self._set_deadline(self.acceptor.limits.write_idle_s, WRITE)
        writing = self._current or self._tunnel
        if writing is not None:
            writing.sink_pause()

    def resume_writing(self) -> None:
        if self._deadline_kind == WRITE:
            self.deadline = math.inf
        writing = self._current or self._tunnel
        if writing is not None:
            writing.sink_resume()

    # -- used by exchanges ------------------------------------

    def body_wanted(self, exchange: Exchange) -> None:
        if exchange is self._incoming:
            self._set_deadline(self.acceptor.limits.body_idle_s, BODY)

    def pause_body(self, exchange: Exchange) -> None:
        if exchange is self._incoming or self._tunnel is exchange:
            self._hold(BODY_HELD)
            if self._deadline_kind == BODY:
                self.deadline = math.inf

    def resume_body(self, exchange: Exchange) -> None:
        if self._held & BODY_HELD:
            self._release(BODY_HELD)
            if exchange is self._incoming:
                self._set_deadline(self.acceptor.limits.body_idle_s, BODY)

    def done(self, exchange: Exchange) -> None:
        """The answer has left; go on with the next request once the body of this one has been taken."""
        if exchange is not self._current:
            if self._tunnel is exchange:
                self._finish()
            return
        if exchange.lost:
            self._close_now()
        elif exchange.complete:
            if self._pumping:
                return
            if exchange.keep_alive and not (self._waiting or self._held or self._stopped or self._fed):
                self._rest()
            else:
                self._next()
        else:
            asyncio.get_running_loop().call_soon(self._leave_body, exchange)

    def _leave_body(self, exchange: Exchange) -> None:
        """After an answer given before the body: read the rest of a short one, else close."""
        if exchange is not self._current or exchange.complete:
            return
        if _worth_reading(exchange):
            self._release(BODY_HELD)
        else:
            self._finish()

    def cut(self, exchange: Exchange) -> None:
        self._close_now()

    def become_tunnel(self, exchange: Exchange, head: bytes) -> None:
        self._tunnel = exchange
        self._incoming = None
        if self._current is exchange:
            self._current = None
            self.acceptor.busy -= 1
        self.deadline = math.inf
        self.write(head)
        rest, self._after = self._after, b""
        self._release(OFFERED)
        if rest:
            exchange.feed(rest)

    # -- used by the acceptor ---------------------------------

    def on_deadline(self) -> None:
        """Called by the acceptor when ``deadline`` has passed."""
        kind = self._deadline_kind
        self.deadline = math.inf
        if kind == HEAD and self._current is None and self._fed:
            self._refuse(408, "request head not complete in time")
        elif kind == BODY and self._incoming is not None:
            self._spoil(408, "request body not complete in time")
        else:
            self._close_now()

    def drain(self, idle_too: bool) -> None:
        """Close when idle; a busy connection closes after the answers it owes."""
        if self._tunnel is not None:
            return
        if idle_too and self._current is None and not self._fed:
            self._finish()

    @property
    def is_busy(self) -> bool:
        return self._current is not None or self._fed > 0

    # -- turns ------------------------------------------------

    def _begin(self, exchange: Exchange) -> None:
        if exchange.refusal is not None:
            self._answer_refusal(exchange)
            return
        self.deadline = math.inf
        self._deadline_kind = IDLE
        self.acceptor.dispatch(exchange)

    def _next(self) -> None:
        """Begin the exchanges that wait, without recursion when handlers answer at once."""
        self._pumping = True
        try:
            while (ended := self._current) is not None and ended.finished and ended.complete:
                self._follow(ended)
        finally:
            self._pumping = False

    def _follow(self, ended: Exchange) -> None:
        if not ended.keep_alive:
            self._finish()
            return
        if self._held:
            self._release(BODY_HELD)
        if not (self._waiting or self._held or self._stopped or self._fed):
            self._rest()
            return
        if self._waiting:
            following = self._waiting.popleft()
            self._current = following
            self._begin(following)
            if not self._waiting:
                self._release(QUEUED)
            return
        self._current = None
        self.acceptor.busy -= 1
        if self._held & OFFERED:
            self._read_on()
        elif self._stopped:
            self._finish()
        elif not self._fed:
            self._set_deadline(self.acceptor.limits.keep_alive_s, IDLE)
        else:
            self._set_deadline(self.acceptor.limits.head_timeout_s, HEAD)

    def _rest(self) -> None:
        """Nothing is owed and nothing has come: wait for the next request."""
        self._current = None
        acceptor = self.acceptor
        acceptor.busy -= 1
        self.deadline = acceptor.now + acceptor.limits.keep_alive_s
        self._deadline_kind = IDLE

    def _read_on(self) -> None:
        """The offer was not taken up: what waited is HTTP."""
        rest, self._after = self._after, b""
        self._release(OFFERED)
        if self._stopped:
            self._finish()
        elif rest:
            self.data_received(rest)
        else:
            self._set_deadline(self.acceptor.limits.keep_alive_s, IDLE)

    # -- refusals ---------------------------------------------

    def _refuse(self, status: int, reason: str) -> None:
        """Answer ``status`` in its turn, after the answers owed, and close."""
        self._stopped = True
        self._fed = 0
        exchange = Exchange(self, b"GET", [])
        exchange.complete = True
        exchange.keep_alive = False
        exchange.refusal = (status, reason)
        if self._current is None:
            self.acceptor.busy += 1
            self._current = exchange
            self._begin(exchange)
        else:
            self._waiting.append(exchange)

    def _answer_refusal(self, exchange: Exchange) -> None:
        status, reason = exchange.refusal or (400, "")
        self.acceptor.refuse(exchange, status, reason)

    def _spoil(self, status: int, reason: str) -> None:
        """The body of the request being read is bad: nobody may take it for complete."""
        exchange = self._incoming
        self._incoming = None
        self._stopped = True
        if exchange is None:
            return
        if exchange is not self._current:
            exchange.refusal = (status, reason)
            exchange.keep_alive = False
            exchange.complete = True
            return
        started = exchange.started
        if exchange.finished:
            self._close_now()
            return
        exchange.lose()
        if started:
            self.acceptor.refused(self.peer, status, reason)
            self._close_now()
            return
        exchange.lost = False
        exchange.keep_alive = False
        exchange.complete = True
        self.acceptor.refuse(exchange, status, reason)

    # -- ends -------------------------------------------------

    def _finish(self) -> None:
        """Close after everything written has left."""
        if self._current is not None:
            self._current = None
            self.acceptor.busy -= 1
        self._shut()


def _worth_reading(exchange: Exchange) -> bool:
    """Whether the rest of an unwanted body is read to keep the connection: announced, begun and short."""
    if not exchange.keep_alive or exchange.expects_continue or exchange.received == 0:
        return False
    return exchange.body_length != CHUNKED and exchange.body_length - exchange.received <= LINGER_BYTES
