"""Global CORS."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.cors import read_cors
from gateway.routes.components import DefinitionError

RULES = {
    "/api/**": {
        "allowedOrigins": "http://good.example",
        "allowedOriginPatterns": ["http://*.trusted.example", "http://localhost:*"],
        "allowedMethods": ["GET", "PUT"],
        "allowedHeaders": "X-A",
        "exposedHeaders": ["ETag"],
        "allowCredentials": True,
        "maxAge": 600,
    }
}
VARY = b"Origin, Access-Control-Request-Method, Access-Control-Request-Headers"


def request(method: bytes, origin: bytes | None, *lines: bytes) -> bytes:
    origin_line = (b"Origin: " + origin,) if origin else ()
    return b"\r\n".join((method + b" /api/x HTTP/1.1", b"Host: gw.example", *origin_line, *lines, b"", b""))


@pytest.fixture
def client(gateway: Any, upstream: Any, connect: Any) -> Any:
    up = upstream()
    route = (
        f"[{{id: r, uri: 'http://127.0.0.1:{up.port}', predicates: ['Path=/**', 'Method=GET,PUT,DELETE']}}]"
    )
    client = connect(gateway(route, cors=read_cors(RULES, "cors")))
    client.up = up
    return client


@pytest.mark.parametrize(
    "origin", [b"http://good.example", b"http://a.trusted.example", b"http://localhost:4201"]
)
def test_an_allowed_origin_may_read_the_answer(client: Any, origin: bytes) -> None:
    """The answer names the origin, what it may see, and that it depends on it."""
    headers = client.send(request(b"GET", origin)).answer()[1]
    assert headers[b"access-control-allow-origin"] == origin
    assert headers[b"access-control-allow-credentials"] == b"true"
    assert headers[b"access-control-expose-headers"] == b"ETag"
    assert headers[b"vary"] == VARY


def test_another_origin_is_403_and_never_forwarded(client: Any) -> None:
    """A page of another origin cannot make the estate work for it."""
    status, headers, body = client.send(request(b"PUT", b"http://evil.example")).answer()
    assert (status, body) == (403, b"")
    assert b"access-control-allow-origin" not in headers
    assert not client.up.seen


def test_a_preflight_is_answered_here(client: Any) -> None:
    """200, empty, with methods, headers and age; the upstream is not asked."""
    asked = (b"Access-Control-Request-Method: PUT", b"Access-Control-Request-Headers: x-a")
    status, headers, body = client.send(request(b"OPTIONS", b"http://good.example", *asked)).answer()
    assert (status, body) == (200, b"")
    assert headers[b"access-control-allow-methods"] == b"GET,PUT"
    assert headers[b"access-control-allow-headers"] == b"x-a"
    assert headers[b"access-control-max-age"] == b"600"
    assert not client.up.seen


@pytest.mark.parametrize(
    "asked",
    [
        (b"Access-Control-Request-Method: DELETE",),
        (b"Access-Control-Request-Method: PUT", b"Access-Control-Request-Headers: x-other"),
    ],
)
def test_a_preflight_for_more_is_403(client: Any, asked: tuple[bytes, ...]) -> None:
    """Methods and headers that are not allowed are refused."""
    assert client.send(request(b"OPTIONS", b"http://good.example", *asked)).answer()[0] == 403


@pytest.mark.parametrize("origin", [None, b"http://gw.example"])
def test_same_origin_is_left_alone(client: Any, origin: bytes | None) -> None:
    """Without a foreign Origin only Vary is said."""
    status, headers, _ = client.send(request(b"GET", origin)).answer()
    assert status == 200
    assert b"access-control-allow-origin" not in headers
    assert headers[b"vary"] == VARY


def test_errors_of_the_gateway_can_be_read_too(gateway: Any, connect: Any, free_port: int) -> None:
    """A page sees why its call failed, also when a fallback answers for it."""
    from gateway.problems import UNAVAILABLE, Problems

    bare = f"[{{id: r, uri: 'http://127.0.0.1:{free_port}', predicates: ['Path=/**']}}]"
    guarded = bare.replace(
        "}]", ", filters: [{name: CircuitBreaker, args: {fallbackUri: 'forward:/unavailable'}}]}]"
    )
    for routes, expected in (("[]", 404), (bare, 502), (guarded, 503)):
        gw = gateway(routes, cors=read_cors(RULES, "cors"), local={UNAVAILABLE: Problems("fr").unavailable})
        status, headers, _ = connect(gw).send(request(b"GET", b"http://good.example")).answer()
        assert status == expected
        assert headers[b"access-control-allow-origin"] == b"http://good.example"


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"allowedOrigns": "x"}, "did you mean 'allowedOrigins'"),
        ({"allowedOrigins": "*", "allowCredentials": True}, "cannot be combined"),
        ("x", "is a map"),
    ],
)
def test_a_wrong_rule_is_refused(rule: Any, message: str) -> None:
    """Mistakes that would open or close too much do not start."""
    with pytest.raises(DefinitionError, match=message):
        read_cors({"/**": rule}, "cors")
