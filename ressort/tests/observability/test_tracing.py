"""Trace headers in, trace headers out."""

from __future__ import annotations

import re

import pytest

from ressort.observability import tracing

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SPAN = "00f067aa0ba902b7"


def _from(**headers: str) -> tracing.TraceContext:
    found = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return tracing.from_headers(lambda name: found.get(name.lower()))


@pytest.mark.parametrize(
    "headers",
    [
        {"traceparent": f"00-{TRACE}-{SPAN}-01"},
        {"traceparent": f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like"},
        {"b3": f"{TRACE}-{SPAN}-1"},
        {"b3": f"{TRACE}-{SPAN}-d-05e3ac9a4f6e3b90"},
        {"X_B3_TraceId": TRACE, "X_B3_SpanId": SPAN, "X_B3_Sampled": "1"},
        {"X_B3_TraceId": TRACE.upper(), "X_B3_SpanId": SPAN, "X_B3_Flags": "1"},
    ],
)
def test_every_format_continues_the_trace(headers: dict[str, str]) -> None:
    """W3C, B3 single and B3 multi: same trace, new span below the caller's, sampled as the caller said."""
    context = _from(**headers)
    assert (context.trace_id, context.parent_id, context.sampled) == (TRACE, SPAN, True)
    assert context.span_id != SPAN


def test_a_short_b3_trace_id_is_padded() -> None:
    """64-bit ids become 128-bit ones."""
    assert _from(b3=f"{SPAN}-{SPAN}-0").trace_id == "0" * 16 + SPAN


@pytest.mark.parametrize(
    "value",
    [
        "",
        "rubbish",
        f"00-{TRACE}-{SPAN}",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE}\n-{SPAN}-01",
    ],
)
def test_an_unreadable_header_starts_a_new_trace(value: str) -> None:
    """As if it were absent."""
    context = _from(traceparent=value)
    assert context.trace_id != TRACE
    assert context.parent_id is None
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", context.traceparent)


def test_sampling_follows_the_probability_only_for_new_traces() -> None:
    """The caller's decision is kept."""
    assert tracing.start(1.0).sampled
    assert not tracing.start(0.0).sampled
    assert not _from(traceparent=f"00-{TRACE}-{SPAN}-00").sampled


def test_inject_writes_the_current_span_and_its_state() -> None:
    """And nothing outside of a trace."""
    headers: dict[str, str] = {}
    tracing.inject(headers)
    assert headers == {}
    context = _from(traceparent=f"00-{TRACE}-{SPAN}-01", tracestate="a=1")
    with tracing.scope(context):
        tracing.inject(headers)
    assert headers == {"traceparent": f"00-{TRACE}-{context.span_id}-01", "tracestate": "a=1"}
    assert tracing.current() is None
