"""The client side of the core: one ``asyncio.Protocol`` that parses, checks, queues and answers.

httptools cannot be paused, so requests pipelined in one read are parsed together and wait in a queue; the
socket is not read while one waits, which bounds the queue to one read.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import httptools

from ressort.server._connection import BODY, HEAD, IDLE, OFFERED, QUEUED
from ressort.server._head import Refusal
from ressort.server._reading import check_sizes, read_head
from ressort.server._repeats import RepeatedHead, repeated_head
from ressort.server._turns import Turns
from ressort.server.exchange import CHUNKED, Exchange, Header

if TYPE_CHECKING:
    from ressort.server._core import Acceptor


class HttpProtocol(Turns):
    """One client connection, from bytes to exchanges."""

    __slots__ = (
        "_behind",
        "_chunk",
        "_data",
        "_headers",
        "_parser",
        "_repeat",
        "_resumed",
        "_served",
        "_trailer_bytes",
        "_url",
    )

    def __init__(self, acceptor: Acceptor) -> None:
        super().__init__(acceptor)
        self._parser = httptools.HttpRequestParser(self)
        self._url = b""
        self._headers: list[Header] = []
        self._trailer_bytes = 0
        self._served = 0
        self._behind = 0
        """Size of the read in which the head being read began behind another request, else 0."""
        self._chunk = 0
        self._data = b""
        self._resumed = False
        self._repeat: RepeatedHead | None = None

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
                self._deadline_kind = HEAD
            self._fed += self._chunk
        offered_at = -1
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            offered_at = upgrade.args[0]
        except httptools.HttpParserError as error:
            if not self._stopped:
                self._broken(error)
            return
        if offered_at >= 0:
            self._after_upgrade(data, offered_at)
        elif self._incoming is None and self._fed:
            self._check_partial_head()

    # -- httptools --------------------------------------------

    def on_message_begin(self) -> None:
        if not self._fed:
            self._fed = self._behind = self._chunk  # a head that begins behind another one in the same read

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
        fed, self._fed = self._fed, 0
        self._behind = self._trailer_bytes = 0
        limits = self.acceptor.limits
        if fed > limits.request_line_bytes or len(headers) > limits.header_count:
            check_sizes(url, headers, limits)
        method = parser.get_method()
        exchange = Exchange(self, method, headers)
        data, self._data = self._data, b""
        line_length = len(method) + 1 + len(url)
        usual = data.startswith(b" HTTP/1.1\r\n", line_length)
        read_head(exchange, url, "1.1" if usual else parser.get_http_version(), limits.ambiguous_paths)
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
            acceptor = self.acceptor
            acceptor.busy += 1
            self._current = exchange
            self.deadline = math.inf
            self._deadline_kind = IDLE
            acceptor.dispatch(exchange)
        else:
            self._waiting.append(exchange)
            self._hold(QUEUED)

    def on_body(self, data: bytes) -> None:
        exchange = self._incoming
        if exchange is None:
            return
        limit = self.acceptor.limits.body_bytes
        if limit and exchange.received + len(data) > limit:
            raise Refusal(413, "body too large")
        if self._deadline_kind == BODY:
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
        if self._deadline_kind == BODY:
            self.deadline = math.inf
        finished = exchange.finished
        exchange.feed_end()
        if finished and exchange is self._current and not self._pumping:
            self._next()

    # -- what is no request -----------------------------------

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
        elif self._head_bytes() > limits.head_bytes + limits.request_line_bytes:
            self._refuse(431 if self._url else 400, "request head too large")

    def _head_bytes(self) -> int:
        """Bytes of the head being read; of a read it began in the middle of, only what the parser has told counts."""
        if not self._behind:
            return self._fed
        told = len(self._url) + sum(len(name) + len(value) + 4 for name, value in self._headers)
        return self._fed - self._behind + told

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
            self._hold(OFFERED)

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
        self._fed = 0
