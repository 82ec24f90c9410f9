"""The front's listener: files, compression, caching, one page for all paths, never for the API."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from gateway.entries import front_entry
from gateway.front import Front
from gateway.proxy.engine import Proxy, Rules
from ressort.server import HttpEngine, Listener
from ressort.testing.raw_http import RawClient


@pytest.fixture
def root(tmp_path: Path) -> Path:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>x</title>")
    (dist / "main-ABCDEF12.js").write_text("let x = 1;" * 50)
    (dist / "main-ABCDEF12.js.gz").write_bytes(gzip.compress(b"let x = 1;" * 50, mtime=0))
    (dist / "main-ABCDEF12.js.br").write_bytes(b"brotli bytes")
    (dist / "assets" / "plain.txt").write_text("text")
    (tmp_path / "secret.txt").write_text("secret")
    (dist / "link.txt").symlink_to(tmp_path / "secret.txt")
    return dist


@pytest.fixture
def client(root: Path) -> Any:
    proxy = Proxy(Rules())
    engine = HttpEngine([Listener(hot=front_entry(proxy, Front(root)))], prepare=proxy.prepare)
    client = RawClient(engine.start())
    yield client
    client.close()
    engine.stop()


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: a", *lines, b"", b""))


@pytest.mark.parametrize("path", [b"/", b"/index.html", b"/clients/12", b"/deep/er/page"])
def test_paths_of_the_application_get_the_page(client: Any, path: bytes) -> None:
    """The page is revalidated every time and may load nothing from elsewhere."""
    status, headers, body = client.send(get(path)).answer()
    assert (status, body) == (200, b"<!doctype html><title>x</title>")
    assert headers[b"content-type"] == b"text/html;charset=utf-8"
    assert headers[b"cache-control"] == b"no-cache"
    assert b"default-src 'self'" in headers[b"content-security-policy"]


def test_hashed_files_are_kept_for_ever(client: Any) -> None:
    """A name with a hash never changes its content."""
    _, headers, _ = client.send(get(b"/main-ABCDEF12.js")).answer()
    assert headers[b"cache-control"] == b"public, max-age=31536000, immutable"
    assert headers[b"content-type"] == b"text/javascript;charset=utf-8"
    assert headers[b"vary"] == b"Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (b"gzip, deflate, br", b"br"),
        (b"gzip", b"gzip"),
        (b"br;q=0, gzip;q=0.5", b"gzip"),
        (b"identity", None),
    ],
)
def test_precompressed_files_are_chosen(client: Any, accepted: bytes, encoding: bytes | None) -> None:
    """Brotli before gzip, by what the client accepts."""
    _, headers, body = client.send(get(b"/main-ABCDEF12.js", b"Accept-Encoding: " + accepted)).answer()
    assert headers.get(b"content-encoding") == encoding
    assert (
        body
        == {
            b"br": b"brotli bytes",
            b"gzip": gzip.compress(b"let x = 1;" * 50, mtime=0),
            None: b"let x = 1;" * 50,
        }[encoding]
    )


def test_an_unchanged_file_is_304(client: Any) -> None:
    """The tag belongs to the very representation."""
    tag = client.send(get(b"/assets/plain.txt")).answer()[1][b"etag"]
    status, headers, body = client.send(get(b"/assets/plain.txt", b"If-None-Match: W/" + tag)).answer()
    assert (status, body, headers[b"etag"]) == (304, b"", tag)
    assert client.send(get(b"/assets/plain.txt", b'If-None-Match: "x"')).answer()[0] == 200


def test_head_and_other_methods(client: Any) -> None:
    """HEAD has the length, writing is not allowed."""
    assert client.send(get(b"/", method=b"HEAD")).answer(bodiless=True)[1][b"content-length"] == b"31"
    status, headers, _ = client.send(get(b"/", method=b"DELETE")).answer()
    assert (status, headers[b"allow"]) == (405, b"GET, HEAD")


@pytest.mark.parametrize(
    "path", [b"/missing.js", b"/assets/", b"/link.txt", b"/%2e%2e/secret.txt", b"/..;/secret.txt"]
)
def test_nothing_else_is_served(client: Any, path: bytes) -> None:
    """Missing files are 404, links out of the folder and climbing paths are not followed."""
    status, _, body = client.send(get(path)).answer()
    assert status in (400, 404) or body.startswith(b"<!doctype")
    assert b"secret" not in body


@pytest.mark.parametrize("path", [b"/api", b"/api/x", b"/%61pi/x", b"/actuator/health", b"/api-docs/x"])
def test_the_page_never_answers_for_the_api(client: Any, path: bytes) -> None:
    """An unknown call is an honest 404, not a page."""
    status, headers, _ = client.send(get(path)).answer()
    assert status == 404
    assert b"html" not in headers.get(b"content-type", b"")


def test_a_new_build_is_seen(client: Any, root: Path) -> None:
    """Files are read again when they change, without a restart."""
    import time

    assert client.send(get(b"/")).answer()[2].endswith(b"<title>x</title>")
    (root / "index.html").write_text("<!doctype html><title>new</title>")
    end = time.monotonic() + 5
    while client.send(get(b"/")).answer()[2] != b"<!doctype html><title>new</title>":
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_missing_folder_is_404(tmp_path: Path) -> None:
    """Before the first build there is nothing, and it says so."""
    proxy = Proxy(Rules())
    engine = HttpEngine([Listener(hot=front_entry(proxy, Front(tmp_path / "none")))], prepare=proxy.prepare)
    client = RawClient(engine.start())
    assert client.send(get(b"/")).answer()[0] == 404
    client.close()
    engine.stop()
