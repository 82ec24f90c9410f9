"""Answers read without the parser: only those that two readers could not read differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.proxy.heads import HOP_BY_HOP, FieldKinds, read_answer
from gateway.proxy.plain import PlainReader, as_headers

OK = b"HTTP/1.1 200 OK\r\n"


def read(data: bytes, most_head_bytes: int = 8192) -> object:
    return PlainReader(FieldKinds(HOP_BY_HOP), most_head_bytes).read(data)


def test_a_usual_answer_is_plain() -> None:
    """Status, the fields that pass without their ends, the body; hop-by-hop fields are left out."""
    data = OK + b"Server: x\r\nConnection: keep-alive\r\nKeep-Alive: 5\r\nContent-Length: 5\r\n\r\nhello"
    assert read(data) == (200, [b"Server: x", b"Content-Length: 5"], False, b"hello")


def test_a_trace_is_noticed() -> None:
    """So that no second one is written."""
    trace = b"traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    assert read(OK + trace + b"\r\nContent-Length: 0\r\n\r\n") == (
        200,
        [trace, b"Content-Length: 0"],
        True,
        b"",
    )


@pytest.mark.parametrize(
    "data",
    [
        OK + b"Content-Length: 5\r\n\r\nhell",
        OK + b"Content-Length: 5\r\n\r\nhello!",
        OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"Content-Length: +5\r\n\r\nhello",
        OK + b"Content-Length: 5 \r\n\r\nhello",
        OK + b"Content-Length : 5\r\n\r\nhello",
        OK + b"Content-Length:5\r\n\r\nhello",
        OK + b"Content-Length: 5, 5\r\n\r\nhello",
        OK + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"X: a\r\n Content-Length: 9\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"X: a\nContent-Length: 9\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"X: a\rb\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"X: a\x00b\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"X y: a\r\nContent-Length: 5\r\n\r\nhello",
        OK + b": a\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nContent-Length: 5\r\n\r\nhello",
        OK + b"X: a\r\n\r\nhello",
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200  OK\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_what_the_parser_has_to_decide(data: bytes) -> None:
    """Another framing, odd spacing, control characters, missing or surplus bytes, statuses without a body."""
    assert read(data) is None


def test_a_head_beyond_the_limit_is_not_plain() -> None:
    """The parser's side refuses it."""
    assert read(OK + b"X: " + b"y" * 100 + b"\r\nContent-Length: 0\r\n\r\n", most_head_bytes=99) is None


def test_lines_seen_before_mean_the_same() -> None:
    """What is remembered of a line never changes an answer, however many others came between."""
    reader = PlainReader(FieldKinds(HOP_BY_HOP), 8192)
    first = OK + b"Server: x\r\nKeep-Alive: 5\r\nContent-Length: 0\r\n\r\n"
    expected = reader.read(first)
    for number in range(3000):
        reader.read(OK + b"ETag: %d\r\nContent-Length: 0\r\n\r\n" % number)
        assert number % 500 or reader.read(first) == expected
    assert reader.read(OK + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n") is None


names = st.sampled_from(
    [
        b"Server",
        b"date",
        b"ETag",
        b"Vary",
        b"Keep-Alive",
        b"TRACEPARENT",
        b"b3",
        b"X-Forwarded-For",
        b"Set-Cookie",
    ]
)
values = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_categories=["Cc"]), min_size=1
).map(lambda text: text.encode("latin-1").strip() or b"-")


@given(st.lists(st.tuples(names, values), max_size=8), st.binary(max_size=40))
def test_the_fields_are_those_of_the_long_way(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    """For any fields: what passes, in order, and whether a trace is among them."""
    fields = [*headers, (b"Content-Length", b"%d" % len(body))]
    data = OK + b"".join(b"%b: %b\r\n" % field for field in fields) + b"\r\n" + body
    pieces, length, chunked, traced = read_answer(fields, FieldKinds(HOP_BY_HOP))

    answer = PlainReader(FieldKinds(HOP_BY_HOP), 8192).read(data)

    assert answer is not None
    status, lines, found_trace, found_body = answer
    assert (status, found_trace, found_body, chunked, length) == (200, traced, body, False, len(body))
    assert b"".join(line + b"\r\n" for line in lines) == b"".join(pieces)
    assert all(field in fields for field in as_headers(lines))
