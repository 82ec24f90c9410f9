"""A WSGI application behind the core."""

from __future__ import annotations

import ast
from typing import Any


def get(target: bytes, *lines: bytes) -> bytes:
    return b"\r\n".join((b"GET " + target + b" HTTP/1.1", b"Host: a", *lines, b"", b""))


def environ_of(client: Any, request: bytes) -> dict[str, str]:
    environ: dict[str, str] = ast.literal_eval(client.send(request).answer()[2].decode())
    return environ


def test_environ_holds_what_pep_3333_asks(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """Path decoded, query raw, headers joined, address of both ends."""
    engine = serve(wsgi=wsgi_application)
    environ = environ_of(
        connect(engine),
        get(b"/wsgi/envi%72on?a=%20&b", b"X-A: 1", b"x-a: 2", b"Cookie: a=1", b"Cookie: b=2"),
    )
    assert environ["PATH_INFO"] == "/wsgi/environ"
    assert environ["QUERY_STRING"] == "a=%20&b"
    assert environ["RAW_URI"] == "/wsgi/envi%72on?a=%20&b"
    assert environ["HTTP_X_A"] == "1,2"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_HOST"] == "a"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["SERVER_PORT"] == str(engine.ports[0])


def test_a_header_with_an_underscore_cannot_pose_as_another(
    serve: Any, connect: Any, wsgi_application: Any
) -> None:
    """CGI names cannot tell ``X_A`` from ``X-A``, so only the latter counts."""
    environ = environ_of(connect(serve(wsgi=wsgi_application)), get(b"/wsgi/environ", b"X_A: forged"))
    assert "HTTP_X_A" not in environ


def test_large_bodies_go_both_ways(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """Several megabytes, spooled to a file, come back unchanged."""
    body = bytes(range(256)) * 16_000
    client = connect(serve(wsgi=wsgi_application))
    client.send(b"POST /wsgi/echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body))
    client.send(body)
    assert client.answer()[2] == body


def test_a_stream_is_chunked_and_waits_for_its_reader(
    serve: Any, connect: Any, wsgi_application: Any
) -> None:
    """A generator of unknown length is sent piece by piece with back-pressure."""
    client = connect(serve(wsgi=wsgi_application)).send(get(b"/wsgi/large"))
    _, headers, body = client.answer()
    assert headers[b"transfer-encoding"] == b"chunked"
    assert len(body) == 6_553_600


def test_an_application_that_raises_is_500(serve: Any, connect: Any, wsgi_application: Any) -> None:
    """The connection survives and the pool's thread with it."""
    client = connect(serve(wsgi=wsgi_application)).send(get(b"/wsgi/broken") + get(b"/wsgi/environ"))
    assert client.answer()[0] == 500
    assert client.answer()[0] == 200


def test_nothing_to_serve_is_404(serve: Any, connect: Any) -> None:
    """A listener without application answers for itself."""
    assert connect(serve()).send(get(b"/x")).answer()[0] == 404
