"""Heads from raw bytes to raw bytes: hop-by-hop fields out, forwarding and trace fields in, the rest as it came.

Rules: specs/gateway.md 1.10 and 8. What a field name means is looked up once per spelling and remembered.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ressort.observability import tracing

Header = tuple[bytes, bytes]
Trace = bytes
"""The value of a traceparent: version, trace id, span id and flags in hexadecimal."""

PASS, DROP, CONNECTION, FORWARDED, TRACE, HOST, LENGTH, TRANSFER = range(8)
"""What becomes of a field; PASS is 0 so that the common case is the cheapest test."""

HOP_BY_HOP = frozenset(
    (
        b"keep-alive",
        b"te",
        b"trailer",
        b"proxy-authorization",
        b"proxy-authenticate",
        b"proxy-connection",
        b"x-application-context",
    )
)
_FORWARDING = frozenset((b"forwarded", b"x-real-ip"))
_TRACING = frozenset(
    (
        b"traceparent",
        b"b3",
        b"x-b3-traceid",
        b"x-b3-spanid",
        b"x-b3-sampled",
        b"x-b3-flags",
        b"x-b3-parentspanid",
    )
)
_KEPT_WHATEVER_CONNECTION_SAYS = frozenset(
    (
        b"authorization",
        b"cookie",
        b"host",
        b"content-length",
        b"content-type",
        b"forwarded",
        b"idempotency-key",
    )
)
_CONNECTION_WORDS = frozenset((b"close", b"keep-alive", b"upgrade", b""))
_TRACEPARENT = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})\Z")
_MOST_SPELLINGS = 4096
_DRAWN_AT_ONCE = 64


class FieldKinds(dict[bytes, int]):
    """Kind of a field by its name in any spelling, looked up once and remembered up to a bound."""

    def __init__(self, hop_by_hop: Collection[bytes] = HOP_BY_HOP) -> None:
        super().__init__()
        self._hop_by_hop = frozenset(hop_by_hop)

    def __missing__(self, name: bytes) -> int:
        kind = self._classify(name.lower())
        if len(self) < _MOST_SPELLINGS:
            self[name] = kind
        return kind

    def _classify(self, name: bytes) -> int:
        if name == b"connection":
            return CONNECTION
        if name == b"host":
            return HOST
        if name == b"content-length":
            return LENGTH
        if name == b"transfer-encoding":
            return TRANSFER
        if name in _TRACING:
            return TRACE
        if name in _FORWARDING or name.startswith(b"x-forwarded-"):
            return FORWARDED
        return DROP if name in self._hop_by_hop or name in (b"expect", b"upgrade") else PASS


_USUAL_CONNECTION = frozenset((b"keep-alive", b"close", b"Keep-Alive", b"Close", b"upgrade", b"Upgrade"))


def connection_names(value: bytes) -> set[bytes]:
    """Lower-case names of fields the Connection field declares hop-by-hop, end-to-end ones excepted."""
    if value in _USUAL_CONNECTION:
        return set()
    names = {word.strip(b" \t") for word in value.lower().split(b",")} - _CONNECTION_WORDS
    return {
        name
        for name in names - _KEPT_WHATEVER_CONNECTION_SAYS
        if not name.startswith((b"x-forwarded-", b"traceparent", b"tracestate"))
    }


AnswerHead = tuple[list[bytes], int | None, bool, bool]
"""What one pass over an answer's fields found: the pieces to send on, the announced length, whether the body is
chunked, whether a traceparent is among the pieces."""


def read_answer(headers: list[Header], kinds: FieldKinds) -> AnswerHead:
    """Sort the fields of an answer; raises ``ValueError`` for an unknown transfer coding."""
    pieces: list[bytes] = []
    length: int | None = None
    chunked = traced = False
    for name, value in headers:
        kind = kinds[name]
        if kind:
            if kind == LENGTH:
                length = int(value)
            elif kind == CONNECTION:
                if value not in _USUAL_CONNECTION and (listed := connection_names(value)):
                    return read_answer(_without(headers, listed), kinds)
                continue
            elif kind == TRANSFER:
                if value.strip().lower() != b"chunked":
                    raise ValueError("unknown transfer coding")
                chunked = True
                continue
            elif kind == DROP:
                continue
            elif kind == TRACE and name.lower() == b"traceparent":
                traced = True
        pieces += (name, b": ", value, b"\r\n")
    return pieces, length, chunked, traced


def _without(headers: list[Header], names: set[bytes]) -> list[Header]:
    """The fields less Connection and those it names."""
    return [each for each in headers if each[0].lower() not in names and each[0].lower() != b"connection"]


@dataclass(frozen=True)
class ForwardingOptions:
    """Which X-Forwarded-* and Forwarded fields are written, and which are appended to the ones received."""

    x_forwarded: bool = True
    forwarded: bool = True
    enabled: frozenset[str] = frozenset(("for", "host", "port", "proto", "prefix"))
    append: frozenset[str] = frozenset(("for", "host", "port", "proto", "prefix"))


def forwarding_lines(
    options: ForwardingOptions,
    received: Iterable[Header],
    peer: tuple[str, int],
    host: bytes,
    prefix: bytes,
    trusts: re.Pattern[str],
) -> bytes:
    """The forwarding fields of a request from a trusted peer."""
    before: dict[bytes, list[bytes]] = {}
    for name, value in received:
        before.setdefault(name.lower(), []).append(value.strip(b" \t"))
    lines: list[bytes] = []
    if options.x_forwarded:
        for name, value in _x_forwarded(peer, host, prefix):
            key = name.decode()
            if key not in options.enabled:
                continue
            earlier = before.get(b"x-forwarded-" + name, []) if key in options.append else []
            if name == b"for":
                earlier = [each for each in _addresses(earlier) if trusts.match(each.decode("latin-1"))]
            if value:
                earlier = [*earlier, value]
            if earlier:
                lines.append(b"X-Forwarded-%b: %b\r\n" % (name.capitalize(), b",".join(earlier)))
    if options.forwarded:
        lines.extend(b"Forwarded: %b\r\n" % value for value in before.get(b"forwarded", ()))
        lines.append(b"Forwarded: %b\r\n" % _forwarded(peer, host))
    return b"".join(lines)


def _x_forwarded(peer: tuple[str, int], host: bytes, prefix: bytes) -> tuple[Header, ...]:
    port = host.rpartition(b":")[2] if b":" in host and not host.endswith(b"]") else b"80"
    return (
        (b"for", peer[0].encode("ascii")),
        (b"proto", b"http"),
        (b"prefix", prefix),
        (b"port", port),
        (b"host", host),
    )


def _forwarded(peer: tuple[str, int], host: bytes) -> bytes:
    shown = b'"%b"' % host if b":" in host else host
    address = f"[{peer[0]}]" if ":" in peer[0] else peer[0]
    return b'proto=http;host=%b;for="%b:%d"' % (shown, address.encode("ascii"), peer[1])


def _addresses(values: list[bytes]) -> list[bytes]:
    return [each.strip() for value in values for each in value.split(b",") if each.strip()]


class TraceIds:
    """Traces of requests that came without one, drawn in bulk. Make it after a fork."""

    def __init__(self) -> None:
        self._drawn: list[Trace] = []

    def new_trace(self) -> Trace:
        """A random trace, sampled or not by the probability that is configured."""
        if not self._drawn:
            self._drawn = self._draw()
        return self._drawn.pop()

    def _draw(self) -> list[Trace]:
        digits = random.randbytes(24 * _DRAWN_AT_ONCE).hex().encode("ascii")
        probability = tracing.SAMPLING_PROBABILITY
        return [
            b"00-%b-%b-%b"
            % (
                digits[at : at + 32],
                digits[at + 32 : at + 48],
                b"01" if random.random() < probability else b"00",
            )
            for at in range(0, len(digits), 48)
        ]


def trace_id(trace: Trace) -> str:
    """The trace id of a traceparent."""
    return trace[3:35].decode("ascii")


def span_id(trace: Trace) -> str:
    """The span id of a traceparent."""
    return trace[36:52].decode("ascii")


def trace_of(received: list[Header]) -> Trace:
    """The caller's trace with a new span id; a new trace when it is unreadable."""
    if len(received) == 1 and received[0][0].lower() == b"traceparent":
        found = _TRACEPARENT.match(received[0][1].strip())
        if found is not None and found.group(1).strip(b"0") and found.group(2).strip(b"0"):
            return b"00-%b-%016x-%b" % (found.group(1), random.getrandbits(64), found.group(3))
    values = {name.lower(): value.decode("latin-1") for name, value in received}
    context = tracing.from_headers(lambda name: values.get(name.lower().encode("ascii")))
    flags = "01" if context.sampled else "00"
    return f"00-{context.trace_id}-{context.span_id}-{flags}".encode("ascii")
