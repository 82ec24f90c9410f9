"""Filters as a client and an upstream see them."""

from __future__ import annotations

from typing import Any

import pytest

from ressort.server import Exchange


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: front.example", *lines, b"", b""))


def route(port: int, filters: str, pattern: str = "/**") -> str:
    return f"""
- id: r
  uri: http://127.0.0.1:{port}
  predicates: ["Path={pattern}"]
  filters: {filters}
"""


@pytest.mark.parametrize(
    ("filters", "pattern", "target", "upstream_target"),
    [
        ("[StripPrefix=1]", "/**", b"/a/b", b"/b"),
        ("[StripPrefix=2]", "/**", b"/a/b", b"/"),
        ("[StripPrefix=1]", "/**", b"/a/b/", b"/b/"),
        ("[StripPrefix=1]", "/**", b"/a", b"/"),
        ("[StripPrefix=1]", "/**", b"/a/%20b?q=%2F", b"/%20b?q=%2F"),
        ("[PrefixPath=/p]", "/**", b"/a", b"/p/a"),
        ("[PrefixPath=/p, PrefixPath=/q]", "/**", b"/a", b"/p/a"),
        ("['SetPath=/x/{v}']", "/a/{v}", b"/a/b", b"/x/b"),
        ("['SetPath=/x/{v}']", "/a/{v}", b"/a/b%20c", b"/x/b%20c"),
        (r"['RewritePath=/a/(?<rest>.*), /z/$\{rest}']", "/**", b"/a/b/c", b"/z/b/c"),
        (r"['RewritePath=/a/(.*), /$1/z']", "/**", b"/a/b", b"/b/z"),
        (r"['RewritePath=/nomatch, /z']", "/**", b"/a/b", b"/a/b"),
        ("[{name: StripPrefix, args: {parts: 1}}]", "/**", b"/a/b", b"/b"),
    ],
)
def test_paths(
    gateway: Any,
    upstream: Any,
    connect: Any,
    filters: str,
    pattern: str,
    target: bytes,
    upstream_target: bytes,
) -> None:
    """Path filters work on the raw bytes; the query is left alone."""
    up = upstream()
    client = connect(gateway(route(up.port, filters, pattern)))
    assert client.send(get(target)).answer()[1][b"x-target"] == upstream_target


def test_a_rewritten_path_cannot_climb(gateway: Any, upstream: Any, connect: Any) -> None:
    """What a filter makes of a path is checked like what a client sends."""
    up = upstream()
    client = connect(gateway(route(up.port, "['RewritePath=/a-, /']")))
    assert client.send(get(b"/a-../secret")).answer()[0] == 400
    assert not up.seen


def test_request_headers(gateway: Any, upstream: Any, connect: Any) -> None:
    """Add appends, Set replaces, Remove removes, variables expand."""
    up = upstream()
    filters = "['AddRequestHeader=X-A, 2', 'SetRequestHeader=X-B, {v}', RemoveRequestHeader=X-C]"
    client = connect(gateway(route(up.port, filters, "/p/{v}")))
    client.send(get(b"/p/val", b"X-A: 1", b"X-B: old", b"X-C: gone")).answer()
    assert up.header(b"x-a") == b"1|2"
    assert up.header(b"x-b") == b"val"
    assert up.header(b"x-c") is None


def test_response_headers(gateway: Any, upstream: Any, connect: Any) -> None:
    """Add appends even with override, or only when missing; Set replaces; Remove removes."""

    def answer(exchange: Exchange) -> bool:
        exchange.respond(200, [(b"X-A", b"1"), (b"X-B", b"1"), (b"X-C", b"1"), (b"X-D", b"1")], b"ok")
        return True

    up = upstream(answer=answer)
    filters = (
        "['AddResponseHeader=X-A, 2', 'AddResponseHeader=X-B, 2, false', 'AddResponseHeader=X-N, 2, false',"
        " 'SetResponseHeader=X-C, 2', RemoveResponseHeader=X-D]"
    )
    client = connect(gateway(route(up.port, filters))).send(get(b"/x", b"Connection: close"))
    head = client.rest()
    assert b"X-A: 1\r\nX-B: 1\r\n" in head
    assert b"X-A: 2\r\n" in head
    assert b"X-B: 2" not in head
    assert b"X-N: 2\r\n" in head
    assert b"X-C: 1" not in head
    assert b"X-C: 2\r\n" in head
    assert b"X-D" not in head
    assert head.count(b"Content-Length: 2\r\n") == 1


def test_host(gateway: Any, upstream: Any, connect: Any) -> None:
    """PreserveHostHeader keeps the client's Host, SetRequestHostHeader sets another."""
    up = upstream()
    gw = gateway(route(up.port, "[PreserveHostHeader]"))
    connect(gw).send(get(b"/x")).answer()
    assert up.header(b"host") == b"front.example"
    gw.reload(route(up.port, "[SetRequestHostHeader=other.example]"))
    connect(gw).send(get(b"/x")).answer()
    assert up.header(b"host") == b"other.example"


def test_status_and_redirect(gateway: Any, upstream: Any, connect: Any) -> None:
    """SetStatus replaces the status; RedirectTo answers by itself."""
    up = upstream()
    gw = gateway(route(up.port, "[SetStatus=BAD_REQUEST]"))
    assert connect(gw).send(get(b"/x")).answer()[0] == 400
    gw.reload(route(up.port, "['RedirectTo=302, https://x.example/y#z, true']"))
    status, headers, body = connect(gw).send(get(b"/x?a=b")).answer()
    assert (status, headers[b"location"], body) == (302, b"https://x.example/y?a=b#z", b"")
    assert len(up.seen) == 1


def test_a_route_without_upstream(gateway: Any, connect: Any) -> None:
    """``no://op`` with SetStatus answers itself, with a trace."""
    gw = gateway(
        "[{id: r, uri: 'no://op', predicates: ['Path=/x'], filters: ['SetStatus=404', 'AddResponseHeader=X-A, b']}]"
    )
    status, headers, body = connect(gw).send(get(b"/x")).answer()
    assert (status, body, headers[b"x-a"]) == (404, b"", b"b")
    assert b"traceparent" in headers


def test_default_filters_are_zipped_with_the_route_s(gateway: Any, upstream: Any, connect: Any) -> None:
    """Defaults AddResponseHeader, PrefixPath with route filter StripPrefix=2: strip runs before prefix."""
    up = upstream()
    gw = gateway(route(up.port, "[StripPrefix=2]"), "AddResponseHeader=X-A, b", "PrefixPath=/httpbin")
    assert connect(gw).send(get(b"/foo/bar/get")).answer()[1][b"x-target"] == b"/httpbin/get"
