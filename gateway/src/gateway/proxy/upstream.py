"""The upstream side: one ``asyncio.Protocol`` per pooled connection, one request at a time on each."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

import httptools

from gateway.proxy import tunnel
from gateway.proxy.failures import Failure, FailureKind
from gateway.proxy.heads import read_answer
from gateway.proxy.plain import as_headers

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward
    from gateway.proxy.plain import PlainAnswer
    from gateway.proxy.pool import Pool

_STALLED_WRITE_S = 60.0
_MOST_FIELDS = 256


class UpstreamConnection(asyncio.Protocol):
    """A connection to one target. ``forward`` is the request it carries, None while it is idle."""

    __slots__ = (
        "_chunked_out",
        "_close_after",
        "_complete",
        "_excess",
        "_fed",
        "_forward",
        "_head_done",
        "_headers",
        "_length",
        "_parser",
        "_pool",
        "_raw",
        "_to_end",
        "_transport",
        "_untouched",
        "deadline",
        "idle_since",
        "served",
    )

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._transport: asyncio.Transport
        self._parser = httptools.HttpResponseParser(self)
        self._forward: Forward | None = None
        self._headers: list[tuple[bytes, bytes]] = []
        self._head_done = False
        self._fed = 0
        self._length: int | None = None
        self._to_end = False
        self._close_after = False
        self._complete = False
        """The answer has ended; what else this read brings was not asked for."""
        self._excess = False
        self._untouched = False
        """Nothing of the answer has come yet."""
        self._chunked_out = False
        self._raw = False
        self.deadline = math.inf
        self.idle_since = 0.0
        self.served = 0

    # -- asyncio ----------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self._pool.opened(self)

    def data_received(self, data: bytes) -> None:
        forward = self._forward
        if forward is None:
            self._pool.forget(self)  # nothing was asked
            self.close()
            return
        if self._raw:
            tunnel.to_client(forward, data)
            return
        if not self._head_done:
            if self._untouched:
                self._untouched = False
                if forward.request_sent and not forward.is_head:
                    answer = forward.proxy.writer.read_plain(data)
                    if answer is not None:
                        self._whole_answer(forward, answer)
                        return
                self._headers = []
                self._fed = 0
                self._excess = False
            self._fed += len(data)
        elif self.deadline is not math.inf:
            self.deadline = self._pool.clock.now + forward.body_idle_s
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            if not self._complete:
                self._upgraded(data[upgrade.args[0] :])
                return
            self._excess = True
        except httptools.HttpParserError as error:
            if not self._complete:
                self._bad_answer(error)
                return
            self._excess = True
        if self._complete:
            self._end_answer(forward)
        elif self._forward is forward:
            if len(self._headers) > _MOST_FIELDS:
                self._fail(FailureKind.BAD_ANSWER, "the answer has too many fields")
            elif self._head_done:
                forward.exchange.flush()
            elif self._fed > self._pool.max_head_bytes:
                self._fail(FailureKind.BAD_ANSWER, "the head of the answer is too large")

    def eof_received(self) -> bool:
        if self._raw and self._forward is not None:
            tunnel.upstream_ended(self._forward)
        self._pool.forget(self)
        return False

    def connection_lost(self, exc: BaseException | None) -> None:
        self._pool.closed(self)
        self.deadline = math.inf
        forward, self._forward = self._forward, None
        if forward is None:
            return
        if self._raw:
            tunnel.upstream_ended(forward)
        elif self._to_end and exc is None:
            forward.on_answer_end()
        else:
            reason = str(exc) if exc else "Connection prematurely closed BEFORE response"
            forward.on_failure(Failure(FailureKind.CLOSED, reason))

    def pause_writing(self) -> None:
        if self._forward is not None:
            self._forward.upstream_slow()
            self.deadline = self._pool.clock.now + _STALLED_WRITE_S

    def resume_writing(self) -> None:
        if self._forward is not None:
            self.deadline = math.inf
            self._forward.upstream_ready()

    # -- httptools --------------------------------------------

    def on_message_begin(self) -> None:
        if self._complete:
            self._excess = True

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name, value))  # trailers too; they are forgotten with the next head

    def on_headers_complete(self) -> None:
        forward = self._forward
        headers, self._headers = self._headers, []
        if forward is None or self._complete:
            return
        status = self._parser.get_status_code()
        if status < 200:
            if status == 101 and forward.wants_upgrade and self._parser.should_upgrade():
                self._head_done = True
                tunnel.join(forward, headers)
            return
        if status > 599:
            raise ValueError(f"status {status} is none of HTTP's")
        if self._fed > self._pool.max_head_bytes and _size(headers) > self._pool.max_head_bytes:
            raise ValueError("its head is too large")
        self._head_done = True
        self.served += 1
        head = read_answer(headers, forward.proxy.writer.kinds)
        bodiless = forward.is_head or status in (204, 304)
        self._to_end = head[1] is None and not head[2] and not bodiless
        self._close_after = self._to_end or not self._parser.should_keep_alive()
        self.deadline = math.inf
        if forward.on_answer(status, headers, head):
            return
        if forward.is_head:
            self._parser = httptools.HttpResponseParser(self)
            self._complete = True
        elif not bodiless:
            idle_s = forward.body_idle_s
            if idle_s:
                self.deadline = self._pool.clock.now + idle_s

    def on_body(self, data: bytes) -> None:
        if self._complete:
            self._excess = True
        elif self._forward is not None:
            self._forward.exchange.write(data)

    def on_message_complete(self) -> None:
        forward = self._forward
        if forward is None or forward.is_tunnel:
            return
        if self._head_done:
            self._complete = True
        else:
            self._fed = 0  # an interim answer: the real head follows

    # -- used by the forward ----------------------------------

    def begin(
        self, forward: Forward, head: bytes, chunked: bool, deadline: float, whole: bool = False
    ) -> None:
        """Send a request head; the body follows by ``send`` unless the head is the ``whole`` request."""
        self._forward = forward
        self._head_done = False
        self._untouched = True
        self._chunked_out = chunked
        self.deadline = deadline
        if whole:
            self._pool.batch.add(self._transport, head)
        else:
            self._transport.write(head)

    def send(self, data: bytes) -> None:
        """Send a piece of the request body."""
        if self._chunked_out:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        self._transport.write(data)

    def end(self, deadline: float) -> None:
        """The request body is complete; the answer is due by ``deadline``."""
        if self._chunked_out:
            self._transport.write(b"0\r\n\r\n")
        if not self._head_done:
            self.deadline = deadline

    def send_raw(self, data: bytes) -> None:
        self._transport.write(data)

    def pause(self) -> None:
        if not self._transport.is_closing():
            self._transport.pause_reading()
            self.deadline = math.inf

    def resume(self) -> None:
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def detach(self) -> None:
        """The forward no longer cares: the connection is in an unknown state and is closed."""
        self._forward = None
        self.close()

    def close(self) -> None:
        self.deadline = math.inf
        self._transport.abort()

    def finish_raw(self) -> None:
        """The other side of the tunnel ended: send what is left, then close."""
        self._forward = None
        self._transport.close()

    def on_deadline(self) -> None:
        """Called by the pool's clock when ``deadline`` has passed."""
        if self._head_done:
            self._fail(FailureKind.CLOSED, "the body of the answer stopped")
        else:
            timeout_s = self._forward.response_timeout_s if self._forward else 0.0
            self._fail(FailureKind.RESPONSE_TIMEOUT, f"Response took longer than timeout: PT{timeout_s:g}S")

    # -- ends -------------------------------------------------

    def _whole_answer(self, forward: Forward, answer: PlainAnswer) -> None:
        """The answer came in one piece: back to the pool, and the client is answered at once."""
        self.served += 1
        route = forward.route
        if route is None or not route.post:
            self._forward = None
            self.deadline = math.inf
            self._pool.release(self)
            forward.on_whole_answer(answer)
            return
        self._head_done = True
        self._close_after = False
        status, lines, traced, body = answer
        pieces = [line + b"\r\n" for line in lines]
        if not forward.on_answer(status, as_headers(lines), (pieces, len(body), False, traced)):
            forward.exchange.write(body)
            self._end_answer(forward)

    def _end_answer(self, forward: Forward) -> None:
        """The answer is complete: back to the pool when both messages ended cleanly, else close.

        Not before the whole read was parsed: bytes behind an answer must never pass for the next one's.
        """
        self._complete = False
        self._forward = None
        self.deadline = math.inf
        if self._excess or self._close_after or not forward.request_sent:
            self.close()
        else:
            self._pool.release(self)
        forward.upstream = None
        forward.exchange.end()
        forward.finish()

    def _upgraded(self, rest: bytes) -> None:
        forward = self._forward
        if forward is None or not forward.is_tunnel:
            self._fail(FailureKind.BAD_ANSWER, "the upstream changed protocol unasked")
            return
        self._raw = True
        if rest:
            tunnel.to_client(forward, rest)

    def _bad_answer(self, error: Exception) -> None:
        cause = error.__context__ or error
        self._fail(FailureKind.BAD_ANSWER, f"the answer cannot be read: {cause}")

    def _fail(self, kind: FailureKind, message: str) -> None:
        forward, self._forward = self._forward, None
        self.close()
        if forward is not None:
            forward.on_failure(Failure(kind, message))


def _size(headers: list[tuple[bytes, bytes]]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers)
