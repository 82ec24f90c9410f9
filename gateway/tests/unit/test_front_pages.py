"""Pages of the built front: a nonce per answer, two languages, what the build says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.entries import front_entry
from gateway.front import Front
from gateway.proxy.engine import Proxy, Rules
from gateway.settings import FrontOptions
from ressort.server import HttpEngine, Listener
from ressort.testing.raw_http import RawClient

FRENCH = (
    '<!doctype html><html lang="fr"><script src="main-ABCDEF12.js" nonce="__NONCE__"></script>'
    '<app-root ngCspNonce="__NONCE__"></app-root>'
)
ENGLISH = FRENCH.replace('lang="fr"', 'lang="en"')
VERSION = {"version": "1.2.0", "commit": "0dae416", "build": "sha256-abc", "made": "elsewhere"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    dist = tmp_path / "dist"
    (dist / "en").mkdir(parents=True)
    (dist / "index.html").write_text(FRENCH)
    (dist / "index.html.br").write_bytes(b"compressed, nonce unknown")
    (dist / "en" / "index.html").write_text(ENGLISH)
    (dist / "en" / "main-ABCDEF12.js").write_text("let x = 1;")
    (dist / "version.json").write_text(json.dumps(VERSION))
    return dist


def serving(front: Front) -> Iterator[RawClient]:
    proxy = Proxy(Rules())
    engine = HttpEngine([Listener(hot=front_entry(proxy, front))], prepare=proxy.prepare)
    client = RawClient(engine.start())
    yield client
    client.close()
    engine.stop()


@pytest.fixture
def client(root: Path) -> Any:
    yield from serving(Front(root, FrontOptions().content_security_policy))


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: a", *lines, b"", b""))


def nonces(headers: dict[bytes, bytes], body: bytes) -> set[bytes]:
    """Every nonce that the policy or the page names."""
    return set(re.findall(rb"'nonce-([^']+)'", headers[b"content-security-policy"])) | set(
        re.findall(rb'(?:nonce|ngCspNonce)="([^"]+)"', body)
    )


def test_each_answer_has_a_nonce_of_its_own(client: Any) -> None:
    """The same in the page and in its policy, never the same twice, long enough not to be guessed."""
    seen: set[bytes] = set()
    for _ in range(5):
        status, headers, body = client.send(get(b"/", b"Accept-Encoding: br")).answer()
        assert status == 200
        found = nonces(headers, body)
        assert len(found) == 1
        assert b"__NONCE__" not in body
        assert len(next(iter(found))) >= 22
        seen |= found
    assert len(seen) == 5


def test_a_page_with_a_nonce_is_kept_by_nobody(client: Any) -> None:
    """No tag, no store, never the compressed twin that holds the placeholder."""
    known = get(b"/", b"Accept-Encoding: br, gzip", b"If-None-Match: *")
    status, headers, body = client.send(known).answer()
    assert (status, headers[b"cache-control"]) == (200, b"no-store")
    assert b"etag" not in headers
    assert b"content-encoding" not in headers
    assert body.startswith(b"<!doctype html>")


def test_the_policy_lets_nothing_else_in(client: Any) -> None:
    """Scripts and styles by nonce or from here, frames from here, types checked, framed by nobody."""
    headers = client.send(get(b"/clients/12")).answer()[1]
    policy = re.sub(rb"nonce-[^']+", b"nonce-N", headers[b"content-security-policy"]).decode()
    assert policy == (
        "default-src 'self'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types angular angular#bundler"
    )
    assert headers[b"cross-origin-opener-policy"] == b"same-origin"
    assert b"camera=()" in headers[b"permissions-policy"]
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"same-origin"


def test_a_page_without_placeholder_is_served_as_before(root: Path) -> None:
    """Revalidated by its tag, under a policy that speaks of no nonce."""
    (root / "index.html").write_text("<!doctype html><title>plain</title>")
    (root / "index.html.br").unlink()
    for client in serving(Front(root, FrontOptions().content_security_policy)):
        headers = client.send(get(b"/")).answer()[1]
        assert headers[b"cache-control"] == b"no-cache"
        assert b"nonce" not in headers[b"content-security-policy"]
        assert b"default-src 'self'" in headers[b"content-security-policy"]
        assert client.send(get(b"/", b"If-None-Match: " + headers[b"etag"])).answer()[0] == 304


@pytest.mark.parametrize(
    ("path", "language"),
    [
        (b"/", b"fr"),
        (b"/factures/12", b"fr"),
        (b"/english/x", b"fr"),
        (b"/en", b"en"),
        (b"/en/", b"en"),
        (b"/en/index.html", b"en"),
        (b"/en/factures/12?onglet=en-retard", b"en"),
        (b"/en/exploitation/registre", b"en"),
    ],
)
def test_the_nearest_page_answers(client: Any, path: bytes, language: bytes) -> None:
    """A path of the application gets the page of the deepest folder above it."""
    status, _, body = client.send(get(path)).answer()
    assert status == 200
    assert b'lang="%b"' % language in body


@pytest.mark.parametrize(
    "path",
    [
        b"/en/missing-12345678.js",
        b"/factures/a.b",
        b"/exploitation",
        b"/exploitation/a/b",
        b"/%65xploitation/a",
    ],
)
def test_files_and_calls_never_get_a_page(client: Any, path: bytes) -> None:
    """A dot in the last segment names a file; operations are calls."""
    status, _, body = client.send(get(path)).answer()
    assert status == 404
    assert b"<!doctype" not in body


def test_hashed_files_of_a_language_are_kept_for_ever(client: Any) -> None:
    """As those of the first language."""
    headers = client.send(get(b"/en/main-ABCDEF12.js")).answer()[1]
    assert headers[b"cache-control"] == b"public, max-age=31536000, immutable"


def test_health_names_the_build(client: Any) -> None:
    """Status and what ``version.json`` says; it is asked anew each time."""
    status, headers, body = client.send(get(b"/healthz")).answer()
    assert (status, headers[b"content-type"]) == (200, b"application/json")
    assert headers[b"cache-control"] == b"no-store"
    assert json.loads(body) == {
        "status": "UP",
        "version": "1.2.0",
        "commit": "0dae416",
        "build": "sha256-abc",
    }


@pytest.mark.parametrize("text", [None, "{", "[1]", '{"version": null}'])
def test_health_without_a_readable_version(root: Path, text: str | None) -> None:
    """A build that says nothing of itself is healthy all the same."""
    (root / "version.json").unlink() if text is None else (root / "version.json").write_text(text)
    for client in serving(Front(root)):
        status, _, body = client.send(get(b"/healthz")).answer()
        assert status == 200
        assert json.loads(body) == {"status": "UP", "version": None, "commit": None, "build": None}


def test_health_without_a_page_is_down(tmp_path: Path) -> None:
    """Nothing to serve is not called healthy."""
    for client in serving(Front(tmp_path / "none")):
        status, _, body = client.send(get(b"/healthz")).answer()
        assert (status, json.loads(body)["status"]) == (503, "DOWN")
