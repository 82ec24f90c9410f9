"""The files of the front end: precompressed, revalidated by ETag, hashed names kept for ever, one page for all paths.

The folder is read at start and again when a file's size or date changes; nothing outside of it can be named.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from ressort.server import Exchange

Header = tuple[bytes, bytes]

_HASHED = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.(?:js|css|woff2?|svg|png|jpe?g|webp|avif|ico|map|wasm)\Z")
_ENCODINGS = ((b"br", ".br"), (b"gzip", ".gz"))
_INDEX = "index.html"
_CHECK_EVERY_S = 1.0
_SECURITY: list[Header] = [
    (b"X-Content-Type-Options", b"nosniff"),
    (b"Referrer-Policy", b"same-origin"),
    (b"X-Frame-Options", b"DENY"),
]
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


@dataclass(frozen=True)
class _Variant:
    body: bytes
    etag: bytes
    encoding: bytes | None


@dataclass(frozen=True)
class _Asset:
    """A file and its compressed twins, ready to send."""

    headers: tuple[Header, ...]
    variants: tuple[_Variant, ...]
    varies: bool


class Front:
    """Serves one folder from memory. Belongs to the loop's thread."""

    def __init__(self, root: Path, content_security_policy: str = "default-src 'self'") -> None:
        self._root = root
        self._policy = content_security_policy.encode("ascii")
        self._assets: dict[bytes, _Asset] = {}
        self._signature: object = None
        self._checked_at = -_CHECK_EVERY_S

    def answer(self, exchange: Exchange, now: float) -> None:
        """Answer GET and HEAD with a file, or the page for paths without extension; 404 or 405 otherwise."""
        if exchange.method not in (b"GET", b"HEAD"):
            exchange.respond(405, [(b"Allow", b"GET, HEAD")])
            return
        self._refresh(now)
        asset = self._find(unquote_to_bytes(exchange.path))
        if asset is None:
            exchange.respond(404, [(b"Content-Type", b"text/plain;charset=utf-8"), *_SECURITY], b"404\n")
            return
        _send(exchange, asset)

    def _find(self, path: bytes) -> _Asset | None:
        found = self._assets.get(path)
        if found is not None:
            return found
        last = path.rsplit(b"/", 1)[1]
        return None if b"." in last else self._assets.get(b"/")

    def _refresh(self, now: float) -> None:
        if now - self._checked_at < _CHECK_EVERY_S:
            return
        self._checked_at = now
        files = (
            sorted(path for path in self._root.rglob("*") if path.is_file()) if self._root.is_dir() else []
        )
        signature = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        if signature != self._signature:
            self._signature = signature
            self._assets = _load(self._root, files, self._policy)


def _load(root: Path, files: list[Path], policy: bytes) -> dict[bytes, _Asset]:
    names = set(files)
    assets: dict[bytes, _Asset] = {}
    inside = root.resolve()
    for path in files:
        if path.suffix in (".br", ".gz") and path.with_suffix("") in names:
            continue
        if not path.resolve().is_relative_to(inside):
            continue
        url = "/" + path.relative_to(root).as_posix()
        asset = assets[url.encode()] = _asset(path, names, policy)
        if path.name == _INDEX:
            assets[url.removesuffix(_INDEX).encode()] = asset
    return assets


def _asset(path: Path, names: set[Path], policy: bytes) -> _Asset:
    variants = [
        _variant(twin, encoding)
        for encoding, suffix in _ENCODINGS
        if (twin := path.with_name(path.name + suffix)) in names
    ]
    varies = bool(variants)
    variants.append(_variant(path, None))
    forever = _HASHED.search(path.name) is not None
    caching = b"public, max-age=31536000, immutable" if forever else b"no-cache"
    headers: list[Header] = [
        (b"Content-Type", _content_type(path).encode()),
        (b"Cache-Control", caching),
        *_SECURITY,
    ]
    if path.name == _INDEX:
        headers.append((b"Content-Security-Policy", policy))
    if varies:
        headers.append((b"Vary", b"Accept-Encoding"))
    return _Asset(tuple(headers), tuple(variants), varies)


def _variant(path: Path, encoding: bytes | None) -> _Variant:
    body = path.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:20]
    return _Variant(body, f'"{digest}"'.encode(), encoding)


def _content_type(path: Path) -> str:
    kind = _TYPES.get(path.suffix) or mimetypes.types_map.get(path.suffix, "application/octet-stream")
    text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    return f"{kind};charset=utf-8" if text else kind


def _send(exchange: Exchange, asset: _Asset) -> None:
    variant = _chosen(asset, exchange.header(b"accept-encoding") or b"")
    headers = [*asset.headers, (b"ETag", variant.etag)]
    if _not_modified(exchange, variant.etag):
        exchange.respond(304, headers)
        return
    if variant.encoding is not None:
        headers.append((b"Content-Encoding", variant.encoding))
    exchange.respond(200, headers, variant.body)


def _chosen(asset: _Asset, accepted: bytes) -> _Variant:
    if asset.varies:
        for variant in asset.variants[:-1]:
            if variant.encoding is not None and _accepts(accepted, variant.encoding):
                return variant
    return asset.variants[-1]


def _accepts(accepted: bytes, encoding: bytes) -> bool:
    for piece in accepted.lower().split(b","):
        name, _, parameters = piece.partition(b";")
        if name.strip() == encoding:
            return re.search(rb"q\s*=\s*0(?:\.0*)?\s*\Z", parameters) is None
    return False


def _not_modified(exchange: Exchange, etag: bytes) -> bool:
    known = exchange.header(b"if-none-match")
    if known is None:
        return False
    return known.strip() == b"*" or etag in (each.strip().removeprefix(b"W/") for each in known.split(b","))
