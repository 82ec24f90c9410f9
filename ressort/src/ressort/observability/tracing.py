"""Trace identity of the work at hand: reads W3C, B3 single and B3 multi, writes W3C only.

Source: W3C Trace Context level 1; B3 propagation; Spring Boot's propagation defaults (consume all
three, produce W3C). A context is carried by a `contextvars` variable, so threads started by hand
have none unless `scope` is entered there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_HEX_ID = re.compile(r"(?:[0-9a-f]{16}|[0-9a-f]{32})")
_HEX_SPAN = re.compile(r"[0-9a-f]{16}")

SAMPLING_PROBABILITY = 0.10
"""Share of new traces marked as sampled: Spring's `management.tracing.sampling.probability`."""


@dataclass(frozen=True, slots=True)
class TraceContext:
    """One span of a trace: 32 and 16 lower-case hexadecimal digits, never all zero."""

    trace_id: str
    span_id: str
    sampled: bool = False
    parent_id: str | None = None
    tracestate: str | None = None

    @property
    def traceparent(self) -> str:
        """The W3C header value naming this span as the parent of what follows."""
        return f"00-{self.trace_id}-{self.span_id}-{'01' if self.sampled else '00'}"

    def child(self) -> TraceContext:
        """A new span of the same trace, below this one."""
        return TraceContext(self.trace_id, _new_id(64), self.sampled, self.span_id, self.tracestate)


_current: ContextVar[TraceContext | None] = ContextVar("ressort-trace", default=None)


def current() -> TraceContext | None:
    """The context of the running request, message or job step; None outside of one."""
    return _current.get()


def start(probability: float = SAMPLING_PROBABILITY) -> TraceContext:
    """A new trace with one span, sampled with the given probability (0 to 1)."""
    return TraceContext(_new_id(128), _new_id(64), random.random() < probability)


def from_headers(get: Callable[[str], str | None], probability: float = SAMPLING_PROBABILITY) -> TraceContext:
    """The context of a received call: a new span below the caller's, or a new trace without one.

    `get` looks a header up by name, in any case. Unreadable headers count as absent, as the W3C
    recommendation asks.
    """
    parent = _from_w3c(get) or _from_b3_single(get) or _from_b3_multi(get)
    return parent.child() if parent else start(probability)


def inject(headers: MutableMapping[str, str]) -> None:
    """Write `traceparent` (and `tracestate` when one came in) of the current context, if there is one."""
    context = _current.get()
    if context is None:
        return
    headers["traceparent"] = context.traceparent
    if context.tracestate:
        headers["tracestate"] = context.tracestate


@contextmanager
def scope(context: TraceContext | None) -> Iterator[TraceContext | None]:
    """Make the context current for the block, in this thread or task."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def enter(context: TraceContext) -> Token[TraceContext | None]:
    """`scope` without the block, for code whose end is a callback; give the token to `leave`."""
    return _current.set(context)


def leave(token: Token[TraceContext | None]) -> None:
    """End what `enter` began, in the same thread."""
    _current.reset(token)


def _new_id(bits: int) -> str:
    return f"{random.getrandbits(bits) or 1:0{bits // 4}x}"


def _from_w3c(get: Callable[[str], str | None]) -> TraceContext | None:
    value = get("traceparent")
    found = _TRACEPARENT.fullmatch(value.strip().lower()) if value else None
    if found is None:
        return None
    version, trace_id, span_id, flags, rest = found.groups()
    if version == "ff" or (version == "00" and rest) or not int(trace_id, 16) or not int(span_id, 16):
        return None
    return TraceContext(trace_id, span_id, bool(int(flags, 16) & 1), tracestate=get("tracestate") or None)


def _from_b3_single(get: Callable[[str], str | None]) -> TraceContext | None:
    parts = (get("b3") or "").strip().lower().split("-")
    if len(parts) < 2:
        return None
    return _b3(parts[0], parts[1], parts[2] if len(parts) > 2 else None)


def _from_b3_multi(get: Callable[[str], str | None]) -> TraceContext | None:
    trace_id, span_id = get("X-B3-TraceId"), get("X-B3-SpanId")
    if not trace_id or not span_id:
        return None
    flag = "d" if get("X-B3-Flags") == "1" else get("X-B3-Sampled")
    return _b3(trace_id.strip().lower(), span_id.strip().lower(), flag)


def _b3(trace_id: str, span_id: str, flag: str | None) -> TraceContext | None:
    if not _HEX_ID.fullmatch(trace_id) or not _HEX_SPAN.fullmatch(span_id):
        return None
    if not int(trace_id, 16) or not int(span_id, 16):
        return None
    return TraceContext(trace_id.rjust(32, "0"), span_id, (flag or "").strip().lower() in {"1", "d", "true"})
