"""The heads that leave: requests to members and answers to clients, from the fields as they came.

What a client's fields became is remembered on its connection when it repeats them (``Exchange.repeated``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.proxy import heads
from gateway.proxy.plain import PlainReader
from ressort.server import CHUNKED

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward
    from gateway.proxy.pool import Pool
    from gateway.settings import ProxyOptions
    from ressort.server import Exchange

_STREAMING = (
    b"text/event-stream",
    b"application/stream+json",
    b"application/x-ndjson",
    b"application/grpc",
)


class _Memo:
    """What was made of a client's fields under one writer (so one set of rules) and one prefix taken off."""

    __slots__ = ("fields", "headers", "prefix", "writer")

    def __init__(self, writer: HeadWriter, headers: list[heads.Header], prefix: bytes, fields: bytes) -> None:
        self.writer = writer
        self.headers = headers
        self.prefix = prefix
        self.fields = fields
        """The fields that pass, and the forwarding fields behind them."""


class HeadWriter:
    """Writes heads under one set of options; a reload makes another one. Make it after a fork."""

    def __init__(self, options: ProxyOptions) -> None:
        self.kinds = heads.FieldKinds(options.hop_by_hop)
        self.read_plain = PlainReader(self.kinds, options.max_head_bytes).read
        self._options = options
        self._trace_ids = heads.TraceIds()

    def request_head(self, forward: Forward, pool: Pool) -> bytes:
        """The head to send upstream, whole."""
        exchange = forward.exchange
        path, original = forward.path, exchange.path
        prefix = original[: -len(path)] if original.endswith(path) else _prefix(original, path)
        if forward.appended is not None and _states_prefix(forward.appended):
            prefix = b""
        memo = exchange.connection.memo
        if (
            not exchange.repeated
            or not isinstance(memo, _Memo)
            or memo.headers is not exchange.headers
            or memo.writer is not self
            or memo.prefix != prefix
            or forward.dropped is not None
        ):
            memo = self._read_request(forward, prefix)
        target = path if forward.query is None else b"%b?%b" % (path, forward.query)
        host = pool.host_line if forward.keep_host is None else b"Host: %b\r\n" % forward.keep_host
        more = b""
        if exchange.body_length == CHUNKED or forward.appended is not None or exchange.upgrade is not None:
            more = self._more_fields(forward)
        trace = forward.trace
        if trace is None:
            trace = forward.trace = self._trace_ids.new_trace()
        return b"".join(
            (
                exchange.method,
                b" ",
                target,
                b" HTTP/1.1\r\n",
                host,
                memo.fields,
                more,
                b"traceparent: ",
                trace,
                b"\r\n\r\n",
            )
        )

    def _more_fields(self, forward: Forward) -> bytes:
        """Framing, the fields filters added, the offer of another protocol."""
        exchange = forward.exchange
        lines = [b"%b: %b\r\n" % header for header in forward.appended or ()]
        if exchange.body_length == CHUNKED:
            lines.append(b"Transfer-Encoding: chunked\r\n")
        if exchange.upgrade is not None and exchange.upgrade.lower() == b"websocket":
            forward.wants_upgrade = True
            lines.append(b"Connection: Upgrade\r\nUpgrade: websocket\r\n")
        return b"".join(lines)

    def _read_request(self, forward: Forward, prefix: bytes) -> _Memo:
        """What of a client's fields goes on, and the forwarding fields that go with it.

        Remembered on the connection when the client repeats its fields; a trace of the client's own is taken up.
        """
        exchange = forward.exchange
        dropped = forward.dropped
        kinds = self.kinds
        passed: list[bytes] = []
        traces = forwarding = False
        for name, value in exchange.headers:
            kind = kinds[name]
            if kind:
                if kind == heads.TRACE:
                    traces = True
                elif kind == heads.FORWARDED:
                    forwarding = True
                elif kind == heads.CONNECTION:
                    listed = heads.connection_names(value)
                    if listed and not listed <= (dropped or set()):
                        forward.dropped = listed | (dropped or set())
                        return self._read_request(forward, prefix)
                if kind != heads.LENGTH:
                    continue
            if dropped is None or name.lower() not in dropped:
                passed += (name, b": ", value, b"\r\n")
        if traces:
            self.continue_trace(forward)
        passed.append(self._forwarding_lines(exchange, prefix, forwarding))
        memo = _Memo(self, exchange.headers, prefix, b"".join(passed))
        if exchange.repeated and not traces and dropped is None:
            exchange.connection.memo = memo
        return memo

    def _forwarding_lines(self, exchange: Exchange, prefix: bytes, received: bool) -> bytes:
        """X-Forwarded-* and Forwarded for a trusted peer, nothing for others."""
        trusts = self._options.trusts
        peer = exchange.peer
        if trusts is None or trusts.match(peer[0]) is None:
            return b""
        fields = self._fields(exchange, heads.FORWARDED) if received else []
        host = exchange.host or b""
        return heads.forwarding_lines(self._options.forwarding, fields, peer, host, prefix, trusts)

    def _fields(self, exchange: Exchange, kind: int) -> list[heads.Header]:
        return [each for each in exchange.headers if self.kinds[each[0]] == kind]

    def start_answer(self, forward: Forward, head: heads.AnswerHead, empty: bool = False) -> None:
        """Send the answer's head to the client, as filters left it; ``empty`` when no body is to come at all."""
        pieces, length, _, traced = head
        framed = length is not None
        status = forward.status
        if framed and status == 204:
            kept = [each for each in forward.response_headers if each[0].lower() != b"content-length"]
            pieces, framed = heads.read_answer(kept, self.kinds)[0], False
        if forward.added is not None:
            pieces.extend([b"%b: %b\r\n" % header for header in forward.added])
        if not traced:
            trace = forward.trace or self.continue_trace(forward)
            pieces += (b"traceparent: ", trace, b"\r\n")
        if length is None and forward.body_idle_s and _is_streaming(forward.response_headers):
            forward.body_idle_s = 0.0
        forward.exchange.start(status, pieces, 0 if empty else length, framed)

    def continue_trace(self, forward: Forward) -> heads.Trace:
        """The trace of a request: the caller's, or a new one."""
        if forward.trace is None:
            received = self._fields(forward.exchange, heads.TRACE)
            forward.trace = heads.trace_of(received) if received else self._trace_ids.new_trace()
        return forward.trace


def _prefix(original: bytes, path: bytes) -> bytes:
    """What filters took off the front of the path, for X-Forwarded-Prefix."""
    if path == original:
        return b""
    if path == b"/":
        return original.rstrip(b"/")
    return original[: -len(path)] if original.endswith(path) else b""


def _states_prefix(appended: list[heads.Header]) -> bool:
    """The route says itself under which prefix its callers see it: ours would be one too many."""
    return any(name.lower() == b"x-forwarded-prefix" for name, _ in appended)


def _is_streaming(headers: list[heads.Header]) -> bool:
    """The answer is of a media type that may pause for as long as it likes."""
    for name, value in headers:
        if len(name) == 12 and name.lower() == b"content-type":
            return value.strip().lower().startswith(_STREAMING)
    return False
