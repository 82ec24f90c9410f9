"""Requests two readers could understand differently are refused and the connection is closed."""

from __future__ import annotations

from typing import Any

import pytest

HOST = b"Host: a\r\n"


def post(headers: bytes, body: bytes = b"") -> bytes:
    return b"POST /x HTTP/1.1\r\n" + HOST + headers + b"\r\n" + body


def get(target: bytes) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n"


CHUNKED = b"Transfer-Encoding: chunked\r\n"

BAD_REQUESTS = {
    "length and chunked": post(b"Content-Length: 3\r\n" + CHUNKED, b"0\r\n\r\n"),
    "chunked and length": post(CHUNKED + b"Content-Length: 3\r\n", b"0\r\n\r\n"),
    "two lengths": post(b"Content-Length: 3\r\nContent-Length: 4\r\n", b"abc"),
    "two equal lengths": post(b"Content-Length: 3\r\nContent-Length: 3\r\n", b"abc"),
    "length list": post(b"Content-Length: 3, 3\r\n", b"abc"),
    "signed length": post(b"Content-Length: +3\r\n", b"abc"),
    "negative length": post(b"Content-Length: -3\r\n", b"abc"),
    "hex length": post(b"Content-Length: 0x3\r\n", b"abc"),
    "xchunked": post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
    "identity": post(b"Transfer-Encoding: identity\r\n"),
    "gzip, chunked": post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"),
    "chunked twice": post(CHUNKED + CHUNKED, b"0\r\n\r\n"),
    "empty coding": post(b"Transfer-Encoding: \r\n"),
    "coding on 1.0": b"POST /x HTTP/1.0\r\n" + HOST + CHUNKED + b"\r\n0\r\n\r\n",
    "folded line": get(b"/x")[:-2] + b"X: a\r\n b\r\n\r\n",
    "folded first line": b"GET /x HTTP/1.1\r\n " + HOST + b"\r\n",
    "bare LF after the request line": b"GET /x HTTP/1.1\n" + HOST + b"\r\n",
    "bare LF after a header": b"GET /x HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
    "bare CR in a value": b"GET /x HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
    "space before the colon": b"GET /x HTTP/1.1\r\nHost : a\r\n\r\n",
    "no name": get(b"/x")[:-2] + b": b\r\n\r\n",
    "space in a name": get(b"/x")[:-2] + b"X Y: b\r\n\r\n",
    "NUL in a value": get(b"/x")[:-2] + b"X: a\0b\r\n\r\n",
    "control in a value": get(b"/x")[:-2] + b"X: a\x01b\r\n\r\n",
    "DEL in a value": get(b"/x")[:-2] + b"X: a\x7fb\r\n\r\n",
    "no Host": b"GET /x HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET /x HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
    "Host with a path": b"GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n",
    "Host with user info": b"GET /x HTTP/1.1\r\nHost: u@a\r\n\r\n",
    "Host list": b"GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n",
    "target and Host disagree": b"GET http://b/x HTTP/1.1\r\n" + HOST + b"\r\n",
    "target without path start": get(b"x"),
    "ftp target": get(b"ftp://a/x"),
    "asterisk on GET": get(b"*"),
    "asterisk on OPTIONS": get(b"*").replace(b"GET", b"OPTIONS"),
    "raw backslash": get(b"/a\\b"),
    "raw bar": get(b"/a|b"),
    "raw brace": get(b"/a{b"),
    "raw byte above ASCII": get(b"/\xc3\xa9"),
    "bad escape": get(b"/%zz"),
    "short escape": get(b"/%4"),
    "bad escape in query": get(b"/x?a=%zz"),
    "encoded NUL": get(b"/a%00b"),
    "encoded NUL in query": get(b"/x?a=%00"),
    "encoded CR": get(b"/a%0db"),
    "dot segment": get(b"/a/../b"),
    "single dot": get(b"/a/./b"),
    "dot segment at the end": get(b"/a/.."),
    "encoded dot segment": get(b"/a/%2e%2e/b"),
    "half encoded dot segment": get(b"/a/.%2E/b"),
    "dot segment with parameter": get(b"/a/..;x=1/b"),
    "encoded slash": get(b"/a%2Fb"),
    "encoded backslash": get(b"/a%5cb"),
    "empty segment": get(b"/a//b"),
    "empty first segment": get(b"//a"),
    "bad chunk size": post(CHUNKED, b"g\r\nabc\r\n0\r\n\r\n"),
    "chunk longer than its size": post(CHUNKED, b"3\r\nabcd\r\n0\r\n\r\n"),
    "bare LF after a chunk size": post(CHUNKED, b"3\nabc\r\n0\r\n\r\n"),
    "space after a chunk size": post(CHUNKED, b"3 \r\nabc\r\n0\r\n\r\n"),
    "chunk size overflow": post(CHUNKED, b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
    "bad chunk end": post(CHUNKED, b"3\r\nabcXX0\r\n\r\n"),
    "garbage": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.mark.parametrize("request_bytes", BAD_REQUESTS.values(), ids=BAD_REQUESTS.keys())
def test_an_ambiguous_request_is_400_and_closed(
    serve: Any, connect: Any, echo: Any, request_bytes: bytes
) -> None:
    """The answer is 400 or 501 for a non-method, says close, and a pipelined second request is never seen."""
    client = connect(serve(echo))
    client.send(request_bytes + get(b"/smuggled"))
    status, headers, _ = client.answer()
    assert status in (400, 501)
    assert headers[b"connection"] == b"close"
    assert client.is_closed()
    assert b"/smuggled" not in echo.seen


@pytest.mark.parametrize("request_bytes", BAD_REQUESTS.values(), ids=BAD_REQUESTS.keys())
def test_repeated_fields_do_not_hide_a_bad_line(
    serve: Any, connect: Any, echo: Any, request_bytes: bytes
) -> None:
    """After good requests with the same fields a bad one is refused all the same."""
    client = connect(serve(echo))
    for _ in range(3):
        assert client.send(get(b"/x")).answer()[0] == 200
    client.send(request_bytes)
    assert client.answer()[0] in (400, 501)
    assert client.is_closed()


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"TRACE /x HTTP/1.1\r\n" + HOST + b"\r\n", 405),
        (b"CONNECT a:1 HTTP/1.1\r\n" + HOST + b"\r\n", 405),
        (b"FOO /x HTTP/1.1\r\n" + HOST + b"\r\n", 501),
        (b"PROPFIND /x HTTP/1.1\r\n" + HOST + b"\r\n", 501),
        (b"GET /x HTTP/2.0\r\n" + HOST + b"\r\n", 505),
        (b"GET /x HTTP/0.9\r\n" + HOST + b"\r\n", 505),
        (b"GET /x HTTP/9.9\r\n" + HOST + b"\r\n", 400),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
        (b"GET /" + b"a" * 50_000, 414),
        (get(b"/x")[:-2] + b"X: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (get(b"/x")[:-2] + b"X: " + b"a" * 50_000, 431),
        (get(b"/x")[:-2] + b"X: a\r\n" * 200 + b"\r\n", 431),
        (get(b"/x") + get(b"/y")[:-2] + b"X: " + b"a" * 9000 + b"\r\n\r\n", 200),
        (post(b"Expect: 200-ok\r\nContent-Length: 1\r\n"), 417),
        (post(b"Content-Length: 2000\r\n"), 413),
        (post(CHUNKED, b"400\r\n" + b"a" * 1024 + b"\r\n1\r\na\r\n0\r\n\r\n"), 413),
        (post(CHUNKED, b"0\r\nX: " + b"a" * 9000 + b"\r\n\r\n"), 431),
    ],
)
def test_a_request_out_of_bounds_gets_its_status(
    serve: Any, connect: Any, echo: Any, request_bytes: bytes, status: int
) -> None:
    """Methods, versions and sizes have their own status, counted on the bytes that arrive."""
    client = connect(serve(echo, body_bytes=1024))
    client.send(request_bytes)
    assert client.answer()[0] == status


def test_a_large_pipelined_head_is_measured_too(serve: Any, connect: Any, echo: Any) -> None:
    """The second head of one read is held to the same limit as the first."""
    client = connect(serve(echo))
    client.send(get(b"/x") + get(b"/y")[:-2] + b"X: " + b"a" * 9000 + b"\r\n\r\n")
    assert client.answer()[0] == 200
    assert client.answer()[0] == 431
    assert client.is_closed()


def test_a_head_begun_behind_much_else_is_measured_by_itself(serve: Any, connect: Any, echo: Any) -> None:
    """Neither a large body nor many small requests before it count as its bytes; its own size still does."""
    client = connect(serve(echo))
    client.send(post(b"Content-Length: 13000\r\n", b"b" * 13000) + get(b"/x")[:-8])
    assert client.answer()[0] == 200
    client.send(get(b"/x")[-8:])
    assert client.answer()[0] == 200
    client.send(get(b"/x") * 500 + get(b"/y")[:-8])
    for _ in range(500):
        assert client.answer()[0] == 200
    client.send(get(b"/y")[-8:])
    assert client.answer()[0] == 200
    client.send(get(b"/x") + get(b"/y")[:-2] + b"X: " + b"a" * 7000)
    assert client.answer()[0] == 200
    client.send(b"a" * 13000)
    assert client.answer()[0] == 431


def test_a_listener_may_say_how_it_refuses(serve: Any, connect: Any, echo: Any) -> None:
    """Header fields and body by status and reason; without it the answer is empty."""
    assert connect(serve(echo)).send(get(b"//x")).answer()[2] == b""
    said = connect(
        serve(echo, refusal_answer=lambda status, reason: ([(b"X-Why", reason.encode())], b"%d" % status))
    )
    status, headers, body = said.send(get(b"//x")).answer()
    assert (status, headers[b"x-why"], body) == (400, b"empty path segment", b"400")
    assert said.is_closed()


def test_refusal_waits_for_the_answers_owed(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """A bad request behind a good one is answered second."""
    client = connect(serve(wsgi=wsgi_application))
    client.send(get(b"/wsgi/stream") + b"BAD\r\n\r\n")
    assert client.answer()[2].startswith(b"piece 0")
    assert client.answer()[0] in (400, 501)
    assert client.is_closed()


def test_absolute_form_naming_the_host_is_served(serve: Any, connect: Any, echo: Any) -> None:
    """The same authority in target and Host is legal, whatever its case."""
    client = connect(serve(echo)).send(b"GET http://A/x?y HTTP/1.1\r\n" + HOST + b"\r\n")
    assert client.answer()[1][b"x-path"] == b"/x"


def test_ambiguous_paths_pass_raw_when_allowed(serve: Any, connect: Any, echo: Any) -> None:
    """The option forwards the very bytes; dot segments stay refused."""
    engine = serve(echo, ambiguous_paths=True)
    assert connect(engine).send(get(b"/a%2Fb//c")).answer()[1][b"x-path"] == b"/a%2Fb//c"
    assert connect(engine).send(get(b"/a%2F..%2Fb")).answer()[0] == 400


@pytest.mark.parametrize(
    "target", [b"/a%C3%A9", b"/.well-known/x", b"/a..b", b"/x?a=%7B&b={|}&c=//..", b"/a;v=1"]
)
def test_ordinary_targets_are_served(serve: Any, connect: Any, echo: Any, target: bytes) -> None:
    """What is unusual but unambiguous is not refused."""
    assert connect(serve(echo)).send(get(target)).answer()[0] == 200


@pytest.mark.parametrize(
    "begun",
    [
        b"PO",
        b"P",
        b"GET /z HTTP/1.1\r\nHost: a\r\nX: ",
        b"GET /z HTTP/1.1\r\nHost: a\r\nX",
        b"GET /",
        b"GET ",
    ],
)
def test_a_head_begun_behind_another_is_not_forgotten(
    serve: Any, connect: Any, echo: Any, begun: bytes
) -> None:
    """A line that looks like a repeated request continues the head before it, as the parser sees it."""
    client = connect(serve(echo))
    for _ in range(2):
        assert client.send(get(b"/x")).answer()[0] == 200
    client.send(get(b"/x") + begun)
    assert client.answer()[0] == 200
    client.send(get(b"/smuggled"))
    if begun.endswith((b"X: ", b"/")):
        client.answer()
    else:
        assert client.answer()[0] in (400, 501)
    assert b"/smuggled" not in echo.seen


def test_blank_lines_between_requests_change_nothing(serve: Any, connect: Any, echo: Any) -> None:
    """A robust server ignores an empty line before a request (RFC 9112 2.2)."""
    client = connect(serve(echo))
    for _ in range(3):
        assert client.send(get(b"/x") + b"\r\n").answer()[1][b"x-path"] == b"/x"
