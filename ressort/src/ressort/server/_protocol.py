"""The client side of the core: one ``asyncio.Protocol`` that parses, checks, queues and answers.

httptools cannot be paused, so requests pipelined in one read are parsed together and wait in a queue; the
socket is not read while one waits, which bounds the queue to one read.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING

import httptools

from ressort.server._head import (
    FORBIDDEN_METHODS,
    METHODS,
    Refusal,
    check_host,
    check_path,
    check_query,
    origin_form,
)
from ressort.server._repeats import RepeatedHead, repeated_head
from ressort.server.exchange import CHUNKED, Exchange, Header

if TYPE_CHECKING:
    from ressort.server._core import Acceptor
    from ressort.server.limits import Limits

_ORDINARY, _HOST, _LENGTH, _TRANSFER, _CONNECTION, _EXPECT, _UPGRADE = range(7)
_KIND_BY_NAME = {
    b"host": _HOST,
    b"content-length": _LENGTH,
    b"transfer-encoding": _TRANSFER,
    b"connection": _CONNECTION,
    b"expect": _EXPECT,
    b"upgrade": _UPGRADE,
}
_MOST_SPELLINGS = 4096


class _Kinds(dict[bytes, int]):
    """What a field name means to the core, by its spelling; an unknown spelling is looked up once."""

    def __missing__(self, name: bytes) -> int:
        kind = _KIND_BY_NAME.get(name.lower(), _ORDINARY)
        if len(self) < _MOST_SPELLINGS:
            self[name] = kind
        return kind


_KINDS = _Kinds()
_GOOD_HOSTS: set[bytes] = set()
"""Host values already found well-formed."""
_LINGER_S = 2.0
_LINGER_BYTES = 1 << 20

# why the socket is not read
_QUEUED, _BODY_HELD, _OFFERED = 1, 2, 4

# what the deadline means
_HEAD, _IDLE, _BODY, _WRITE, _LINGER = range(5)


class HttpProtocol(asyncio.Protocol):
    """One client connection."""

    __slots__ = (
        "_after",
        "_chunk",
        "_current",
        "_data",
        "_deadline_kind",
        "_fed",
        "_headers",
        "_held",
        "_incoming",
        "_linger_left",
        "_parser",
        "_pumping",
        "_repeat",
        "_resumed",
        "_served",
        "_stopped",
        "_trailer_bytes",
        "_transport",
        "_tunnel",
        "_url",
        "_waiting",
        "acceptor",
        "deadline",
        "memo",
        "peer",
        "write",
    )

    def __init__(self, acceptor: Acceptor) -> None:
        self.acceptor = acceptor
        self.deadline = math.inf
        self.peer: tuple[str, int] = ("", 0)
        self.memo: object = None
        """Free for the handler: what it wants to remember of this connection."""
        self._deadline_kind = _IDLE
        self._transport: asyncio.Transport
        self._parser = httptools.HttpRequestParser(self)
        self._url = b""
        self._headers: list[Header] = []
        self._fed = 0
        self._trailer_bytes = 0
        self._incoming: Exchange | None = None
        self._current: Exchange | None = None
        self._waiting: deque[Exchange] = deque()
        self._held = 0
        self._served = 0
        self._pumping = False
        self._stopped = False
        self._tunnel: Exchange | None = None
        self._linger_left = -1
        self._chunk = 0
        self._data = b""
        self._after = b""
        self._resumed = False
        self._repeat: RepeatedHead | None = None

    # -- asyncio --------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self.write = self._transport.write
        address = transport.get_extra_info("peername")
        if isinstance(address, tuple):
            self.peer = (address[0], address[1])
        self.acceptor.opened(self)
        self._set_deadline(self.acceptor.limits.head_timeout_s, _HEAD)

    def data_received(self, data: bytes) -> None:
        if self._tunnel is not None:
            self._tunnel.feed(data)
            return
        if self._stopped:
            self._discard(data)
            return
        self._chunk = len(data)
        self._data = data
        if self._incoming is None:
            if self._fed == 0 and self._current is None:
                if self._repeat is not None:
                    longest = self.acceptor.limits.request_line_bytes
                    exchange = self._repeat.exchange(self, data, longest)
                    if exchange is not None:
                        self._enter(exchange)
                        return
                self.deadline = self.acceptor.now + self.acceptor.limits.head_timeout_s
                self._deadline_kind = _HEAD
            self._fed += self._chunk
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._after_upgrade(data, upgrade.args[0])
            return
        except httptools.HttpParserError as error:
            if not self._stopped:
                self._broken(error)
            return
        if self._incoming is None and self._fed:
            self._check_partial_head()

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
        self._set_deadline(self.acceptor.limits.write_idle_s, _WRITE)
        writing = self._current or self._tunnel
        if writing is not None:
            writing.sink_pause()

    def resume_writing(self) -> None:
        if self._deadline_kind == _WRITE:
            self.deadline = math.inf
        writing = self._current or self._tunnel
        if writing is not None:
            writing.sink_resume()

    # -- httptools ------------------------------------------

    def on_url(self, url: bytes) -> None:
        self._url = self._url + url if self._url else url

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._incoming is None:
            self._headers.append((name, value))
            return
        self._trailer_bytes += len(name) + len(value)
        if self._trailer_bytes > self.acceptor.limits.head_bytes:
            raise Refusal(431, "trailers too large")

    def on_headers_complete(self) -> None:
        if self._stopped or self._resumed:
            return
        parser = self._parser
        headers, self._headers = self._headers, []
        url, self._url = self._url, b""
        fed, self._fed = self._fed or self._chunk, 0
        self._trailer_bytes = 0
        limits = self.acceptor.limits
        if fed > limits.request_line_bytes or len(headers) > limits.header_count:
            _check_sizes(url, headers, limits)
        method = parser.get_method()
        exchange = Exchange(self, method, headers)
        data, self._data = self._data, b""
        line_length = len(method) + len(url) + 10
        usual = data.startswith(b" HTTP/1.1\r\n", line_length - 9)
        _read_head(exchange, url, "1.1" if usual else parser.get_http_version(), limits.ambiguous_paths)
        exchange.complete = exchange.body_length == 0
        if usual and fed == len(data):
            self._repeat = repeated_head(exchange, data, line_length)
        if limits.body_bytes and exchange.body_length > limits.body_bytes:
            raise Refusal(413, "body too large")
        self._incoming = exchange
        self._enter(exchange)

    def _enter(self, exchange: Exchange) -> None:
        """Begin an exchange whose head is good, or let it wait for its turn."""
        limits = self.acceptor.limits
        self._served += 1
        if limits.max_requests and self._served >= limits.max_requests:
            exchange.keep_alive = False
        if self._current is None:
            self.acceptor.busy += 1
            self._current = exchange
            self._begin(exchange)
        else:
            self._waiting.append(exchange)
            self._hold(_QUEUED)

    def on_body(self, data: bytes) -> None:
        exchange = self._incoming
        if exchange is None:
            return
        limit = self.acceptor.limits.body_bytes
        if limit and exchange.received + len(data) > limit:
            raise Refusal(413, "body too large")
        if self._deadline_kind == _BODY:
            self.deadline = self.acceptor.now + self.acceptor.limits.body_idle_s
        exchange.feed(data)

    def on_message_complete(self) -> None:
        exchange = self._incoming
        if exchange is None or (exchange.upgrade is not None and exchange.body_length):
            return
        self._incoming = None
        if not exchange.keep_alive:
            self._stopped = True
        if exchange.complete:
            return
        if self._deadline_kind == _BODY:
            self.deadline = math.inf
        finished = exchange.finished
        exchange.feed_end()
        if finished and exchange is self._current:
            self._next()

    # -- used by exchanges ----------------------------------

    def body_wanted(self, exchange: Exchange) -> None:
        if exchange is self._incoming:
            self._set_deadline(self.acceptor.limits.body_idle_s, _BODY)

    def pause_body(self, exchange: Exchange) -> None:
        if exchange is self._incoming or self._tunnel is exchange:
            self._hold(_BODY_HELD)
            if self._deadline_kind == _BODY:
                self.deadline = math.inf

    def resume_body(self, exchange: Exchange) -> None:
        if self._held & _BODY_HELD:
            self._release(_BODY_HELD)
            if exchange is self._incoming:
                self._set_deadline(self.acceptor.limits.body_idle_s, _BODY)

    def done(self, exchange: Exchange) -> None:
        """The answer has left; go on with the next request once the body of this one has been taken."""
        if exchange is not self._current:
            if self._tunnel is exchange:
                self._finish()
            return
        if exchange.lost:
            self._close_now()
        elif exchange.complete:
            self._next()
        else:
            asyncio.get_running_loop().call_soon(self._leave_body, exchange)

    def _leave_body(self, exchange: Exchange) -> None:
        """After an answer given before the body: read the rest of a short one, else close."""
        if exchange is not self._current or exchange.complete:
            return
        if _worth_reading(exchange):
            self._release(_BODY_HELD)
        else:
            self._close_lingering()

    def cut(self, exchange: Exchange) -> None:
        self._close_now()

    def become_tunnel(self, exchange: Exchange, head: bytes) -> None:
        self._tunnel = exchange
        self._incoming = None
        if self._current is exchange:
            self._current = None
            self.acceptor.busy -= 1
        self.deadline = math.inf
        self._transport.write(head)
        rest, self._after = self._after, b""
        self._release(_OFFERED)
        if rest:
            exchange.feed(rest)

    # -- life of the connection -----------------------------

    def on_deadline(self) -> None:
        """Called by the acceptor when ``deadline`` has passed."""
        kind = self._deadline_kind
        self.deadline = math.inf
        if kind == _HEAD and self._current is None and self._fed:
            self._refuse(408, "request head not complete in time")
        elif kind == _BODY and self._incoming is not None:
            self._spoil(408, "request body not complete in time")
        else:
            self._close_now()

    def drain(self, idle_too: bool) -> None:
        """Close when idle; a busy connection closes after the answers it owes."""
        if self._tunnel is not None:
            return
        if idle_too and self._current is None and not self._fed:
            self._finish()

    def force_close(self) -> None:
        self._close_now()

    @property
    def is_busy(self) -> bool:
        return self._current is not None or self._fed > 0

    def _set_deadline(self, delay_s: float, kind: int) -> None:
        self.deadline = self.acceptor.now + delay_s
        self._deadline_kind = kind

    def _begin(self, exchange: Exchange) -> None:
        if exchange.refusal is not None:
            self._answer_refusal(exchange)
            return
        self.deadline = math.inf
        self._deadline_kind = _IDLE
        self.acceptor.dispatch(exchange)

    def _next(self) -> None:
        """Begin the exchanges that wait, without recursion when handlers answer at once."""
        if self._pumping:
            return
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
            self._release(_BODY_HELD)
        if not self._waiting and not self._held and not self._stopped and not self._fed:
            self._current = None
            acceptor = self.acceptor
            acceptor.busy -= 1
            self.deadline = acceptor.now + acceptor.limits.keep_alive_s
            self._deadline_kind = _IDLE
            return
        if self._waiting:
            following = self._waiting.popleft()
            self._current = following
            self._begin(following)
            if not self._waiting:
                self._release(_QUEUED)
            return
        self._current = None
        self.acceptor.busy -= 1
        if self._held & _OFFERED:
            self._read_on()
        elif self._stopped:
            self._finish()
        elif not self._fed:
            self._set_deadline(self.acceptor.limits.keep_alive_s, _IDLE)
        else:
            self._set_deadline(self.acceptor.limits.head_timeout_s, _HEAD)

    def _hold(self, why: int) -> None:
        if not self._held:
            self._transport.pause_reading()
        self._held |= why

    def _release(self, why: int) -> None:
        if self._held & why:
            self._held &= ~why
            if not self._held and not self._transport.is_closing():
                self._transport.resume_reading()

    # -- refusals -------------------------------------------

    def _broken(self, error: Exception) -> None:
        cause = error.__context__
        if isinstance(cause, Refusal):
            status, reason = cause.status, cause.reason
        elif isinstance(error, httptools.HttpParserCallbackError) and cause is not None:
            self.acceptor.report(cause)
            status, reason = 500, "internal error"
        elif isinstance(error, httptools.HttpParserInvalidMethodError):
            status, reason = 501, "method not implemented"
        else:
            status, reason = 400, str(error)
        if self._incoming is not None:
            self._spoil(status, reason)
        else:
            self._refuse(status, reason)

    def _check_partial_head(self) -> None:
        limits = self.acceptor.limits
        if len(self._url) > limits.request_line_bytes:
            self._refuse(414, "request target too long")
        elif self._fed > limits.head_bytes + limits.request_line_bytes:
            self._refuse(431 if self._url else 400, "request head too large")

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
        self.acceptor.refused(self.peer, status, reason)
        exchange.respond(status)

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
        self.acceptor.refused(self.peer, status, reason)
        exchange.lose()
        if started:
            self._close_now()
            return
        exchange.lost = False
        exchange.keep_alive = False
        exchange.complete = True
        exchange.respond(status)

    def _after_upgrade(self, data: bytes, offset: int) -> None:
        """The client offered another protocol: what follows the head waits for the answer to that offer.

        An offer on a request with a body (the JDK's client makes one on every first POST) is not taken up: a
        fresh parser is brought to the start of the body.
        """
        rest = data[offset:]
        if self._tunnel is not None:
            if rest:
                self._tunnel.feed(rest)
            return
        if self._stopped:
            return
        self._parser = httptools.HttpRequestParser(self)
        exchange = self._incoming
        if exchange is not None and exchange.body_length:
            self._resume_body_of(exchange)
            if rest:
                self.data_received(rest)
        elif self._current is None:
            if rest:
                self.data_received(rest)
        else:
            self._after = rest
            self._hold(_OFFERED)

    def _resume_body_of(self, exchange: Exchange) -> None:
        exchange.upgrade = None
        framing = (
            b"Transfer-Encoding: chunked"
            if exchange.body_length == CHUNKED
            else b"Content-Length: %d" % exchange.body_length
        )
        self._resumed = True
        self._parser.feed_data(b"POST / HTTP/1.1\r\n" + framing + b"\r\n\r\n")
        self._resumed = False
        self._url = b""

    def _read_on(self) -> None:
        """The offer was not taken up: what waited is HTTP."""
        rest, self._after = self._after, b""
        self._release(_OFFERED)
        if self._stopped:
            self._finish()
        elif rest:
            self.data_received(rest)
        else:
            self._set_deadline(self.acceptor.limits.keep_alive_s, _IDLE)

    # -- closing --------------------------------------------

    def _finish(self) -> None:
        """Close after everything written has left."""
        if self._current is not None:
            self._current = None
            self.acceptor.busy -= 1
        self._stopped = True
        self._close_lingering()

    def _close_lingering(self) -> None:
        """Shut our side and read on for a moment, so that a reset does not eat the answer (RFC 9112 9.6)."""
        if self._linger_left >= 0 or self._transport.is_closing():
            return
        self._stopped = True
        if self._current is not None:
            self._current = None
            self.acceptor.busy -= 1
        self._linger_left = _LINGER_BYTES
        self._set_deadline(_LINGER_S, _LINGER)
        self._release(_QUEUED | _BODY_HELD | _OFFERED)
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


def _worth_reading(exchange: Exchange) -> bool:
    """Whether the rest of an unwanted body is read to keep the connection: announced, begun and short."""
    if not exchange.keep_alive or exchange.expects_continue or exchange.received == 0:
        return False
    return exchange.body_length != CHUNKED and exchange.body_length - exchange.received <= _LINGER_BYTES


def _check_sizes(url: bytes, headers: list[Header], limits: Limits) -> None:
    if len(url) > limits.request_line_bytes:
        raise Refusal(414, "request target too long")
    size = sum(len(name) + len(value) + 4 for name, value in headers)
    if len(headers) > limits.header_count or size > limits.head_bytes:
        raise Refusal(431, "request head too large")


def _read_head(exchange: Exchange, url: bytes, version: str, ambiguous_allowed: bool) -> None:
    """Fill in what the head says and refuse what section 8 of the gateway facts forbids."""
    method = exchange.method
    if method not in METHODS:
        raise Refusal(405 if method in FORBIDDEN_METHODS else 501, "method not served")
    if version != "1.1":
        if version != "1.0":
            raise Refusal(505, "HTTP version not served")
        exchange.http11 = False
        exchange.keep_alive = False
    _read_fields(exchange)
    if url[0] != 0x2F:
        url = _other_forms(exchange, url)
    path, mark, query = url.partition(b"?")
    exchange.path = path
    if not check_path(path, ambiguous_allowed):
        exchange.plain_path = False
    if mark:
        check_query(query)
        exchange.query = query


def _other_forms(exchange: Exchange, url: bytes) -> bytes:
    target, authority = origin_form(url, exchange.host)
    if target == b"*":
        if exchange.method != b"OPTIONS":
            raise Refusal(400, "malformed request target")
        return b"/*"
    exchange.host = authority or exchange.host
    return target


def _read_fields(exchange: Exchange) -> None:
    host: bytes | None = None
    upgrade: bytes | None = None
    upgrade_asked = False
    kinds = _KINDS
    for name, value in exchange.headers:
        kind = kinds[name]
        if not kind:
            continue
        value = value.strip(b" \t")
        if kind == _HOST:
            if host is not None:
                raise Refusal(400, "more than one Host")
            if value not in _GOOD_HOSTS:
                _check_new_host(value)
            host = value
        elif kind == _LENGTH:
            exchange.body_length = int(value)
        elif kind == _TRANSFER:
            if value.lower() != b"chunked" or not exchange.http11:
                raise Refusal(400, "unsupported Transfer-Encoding")
            exchange.body_length = CHUNKED
        elif kind == _CONNECTION:
            upgrade_asked = _read_connection(exchange, value) or upgrade_asked
        elif kind == _EXPECT:
            if value.lower() != b"100-continue":
                raise Refusal(417, "unknown expectation")
            exchange.expects_continue = exchange.http11
        elif kind == _UPGRADE:
            upgrade = value
    if host is None and exchange.http11:
        raise Refusal(400, "Host missing")
    exchange.host = host
    if upgrade_asked and upgrade is not None:
        exchange.upgrade = upgrade


def _check_new_host(value: bytes) -> None:
    check_host(value)
    if len(_GOOD_HOSTS) < _MOST_SPELLINGS:
        _GOOD_HOSTS.add(value)


def _read_connection(exchange: Exchange, value: bytes) -> bool:
    """Apply the connection options; true when an upgrade is among them."""
    upgrade = False
    for option in value.lower().split(b","):
        option = option.strip(b" \t")
        if option == b"close":
            exchange.keep_alive = False
        elif option == b"keep-alive" and not exchange.http11:
            exchange.keep_alive = True
        elif option == b"upgrade":
            upgrade = True
    return upgrade
