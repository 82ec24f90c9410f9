"""The built front end in memory: every file with its compressed twins, every page with what its answer must say.

A page is an ``index.html``. One that holds the placeholder ``__NONCE__`` is answered with a fresh nonce in its place
and in its Content-Security-Policy, so it is neither compressed nor kept by anyone; all other files are ready to send.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

Header = tuple[bytes, bytes]

PLACEHOLDER = b"__NONCE__"
"""What the build writes where a nonce belongs: ``ngCspNonce`` of the root element, scripts, styles."""
PLAIN_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
"""For a page without placeholder, where the configured policy speaks of a nonce."""
SECURITY: tuple[Header, ...] = (
    (b"X-Content-Type-Options", b"nosniff"),
    (b"Referrer-Policy", b"same-origin"),
    (b"X-Frame-Options", b"DENY"),
)

_ISOLATION: tuple[Header, ...] = (
    (b"Cross-Origin-Opener-Policy", b"same-origin"),
    (
        b"Permissions-Policy",
        b"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        b"microphone=(), midi=(), payment=(), usb=()",
    ),
)
_NONCE = "{nonce}"
_PAGE = "index.html"
_HASHED = re.compile(r"[.-][0-9A-Za-z_-]{8,}\.(?:js|css|woff2?|svg|png|jpe?g|webp|avif|ico|map|wasm)\Z")
_ENCODINGS = ((b"br", ".br"), (b"gzip", ".gz"))
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}


@dataclass(frozen=True)
class Variant:
    """One representation of a file."""

    body: bytes
    etag: bytes
    encoding: bytes | None


@dataclass(frozen=True)
class Asset:
    """A file and its compressed twins, ready to send; the plain one is last."""

    headers: tuple[Header, ...]
    variants: tuple[Variant, ...]

    @property
    def varies(self) -> bool:
        """Which one is sent depends on what the client accepts."""
        return len(self.variants) > 1


@dataclass(frozen=True)
class NoncePage:
    """A page in pieces between which the nonce goes."""

    headers: tuple[Header, ...]
    body: tuple[bytes, ...]
    policy: tuple[bytes, ...]

    def with_nonce(self, nonce: bytes) -> tuple[list[Header], bytes]:
        """Header fields and body of one answer."""
        policy = (b"Content-Security-Policy", nonce.join(self.policy))
        return [*self.headers, policy], nonce.join(self.body)


def load(root: Path, files: list[Path], policy: str) -> dict[bytes, Asset | NoncePage]:
    """What each path answers with: ``files`` of ``root``, pages also under their folder's path.

    ``policy`` is the Content-Security-Policy of pages, ``{nonce}`` standing for the nonce. Links out of the folder are
    left out.
    """
    names = set(files)
    inside = root.resolve()
    found: dict[bytes, Asset | NoncePage] = {}
    for path in files:
        if path.suffix in (".br", ".gz") and path.with_suffix("") in names:
            continue
        if not path.resolve().is_relative_to(inside):
            continue
        url = "/" + path.relative_to(root).as_posix()
        if path.name == _PAGE:
            page = _page(path, names, policy)
            found[url.encode()] = found[url.removesuffix(_PAGE).encode()] = page
        else:
            found[url.encode()] = _asset(path, names)
    return found


def _page(path: Path, names: set[Path], policy: str) -> Asset | NoncePage:
    body = path.read_bytes()
    if PLACEHOLDER not in body:
        plain = PLAIN_POLICY if _NONCE in policy else policy
        return _asset(path, names, (*_ISOLATION, (b"Content-Security-Policy", plain.encode("ascii"))))
    headers = (_content_type(path), (b"Cache-Control", b"no-store"), *SECURITY, *_ISOLATION)
    pieces = tuple(piece.encode("ascii") for piece in policy.split(_NONCE))
    return NoncePage(headers, tuple(body.split(PLACEHOLDER)), pieces)


def _asset(path: Path, names: set[Path], more: tuple[Header, ...] = ()) -> Asset:
    variants = [
        _variant(twin, encoding)
        for encoding, suffix in _ENCODINGS
        if (twin := path.with_name(path.name + suffix)) in names
    ]
    forever = _HASHED.search(path.name) is not None
    caching = b"public, max-age=31536000, immutable" if forever else b"no-cache"
    headers = [_content_type(path), (b"Cache-Control", caching), *SECURITY, *more]
    if variants:
        headers.append((b"Vary", b"Accept-Encoding"))
    return Asset(tuple(headers), (*variants, _variant(path, None)))


def _variant(path: Path, encoding: bytes | None) -> Variant:
    body = path.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:20]
    return Variant(body, f'"{digest}"'.encode(), encoding)


def _content_type(path: Path) -> Header:
    kind = _TYPES.get(path.suffix) or mimetypes.types_map.get(path.suffix, "application/octet-stream")
    text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    return b"Content-Type", (f"{kind};charset=utf-8" if text else kind).encode()
