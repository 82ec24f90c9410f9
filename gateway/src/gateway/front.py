"""The files of the front end: precompressed, revalidated by ETag, hashed names kept for ever, a page for all paths.

The folder is read at start and again when a file's size or date changes; nothing outside of it can be named.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import orjson

from gateway.front_files import PLAIN_POLICY, SECURITY, Asset, Header, NoncePage, Variant, load

if TYPE_CHECKING:
    from ressort.server import Exchange

_CHECK_EVERY_S = 1.0
_HEALTH = b"/healthz"
_VERSION = "version.json"
_NONCE_BYTES = 16


class Front:
    """Serves one folder from memory. Belongs to the loop's thread.

    ``content_security_policy`` is that of the pages; ``{nonce}`` in it becomes the nonce of each answer.
    """

    def __init__(self, root: Path, content_security_policy: str = PLAIN_POLICY) -> None:
        self._root = root
        self._policy = content_security_policy
        self._assets: dict[bytes, Asset | NoncePage] = {}
        self._folders: list[bytes] = []
        """Paths of the folders that have a page, the deepest first."""
        self._build: dict[str, str | None] = _build_of(root)
        self._signature: object = None
        self._checked_at = -_CHECK_EVERY_S

    def answer(self, exchange: Exchange, now: float) -> None:
        """Answer GET and HEAD with a file, or the nearest page for paths without extension; 404 or 405 otherwise.

        ``/healthz`` says whether there is a page, and which build it is of.
        """
        if exchange.method not in (b"GET", b"HEAD"):
            exchange.respond(405, [(b"Allow", b"GET, HEAD")])
            return
        self._refresh(now)
        path = unquote_to_bytes(exchange.path)
        if path == _HEALTH:
            self._answer_health(exchange)
            return
        found = self._find(path)
        if found is None:
            exchange.respond(404, [(b"Content-Type", b"text/plain;charset=utf-8"), *SECURITY], b"404\n")
        elif isinstance(found, NoncePage):
            nonce = secrets.token_urlsafe(_NONCE_BYTES).encode("ascii")
            exchange.respond(200, *found.with_nonce(nonce))
        else:
            _send(exchange, found)

    def _answer_health(self, exchange: Exchange) -> None:
        healthy = b"/" in self._assets
        document = {"status": "UP" if healthy else "DOWN", **self._build}
        headers: list[Header] = [
            (b"Content-Type", b"application/json"),
            (b"Cache-Control", b"no-store"),
            *SECURITY,
        ]
        exchange.respond(200 if healthy else 503, headers, orjson.dumps(document))

    def _find(self, path: bytes) -> Asset | NoncePage | None:
        found = self._assets.get(path)
        if found is not None:
            return found
        if b"." in path.rsplit(b"/", 1)[1]:
            return None
        inside = path + b"/"
        return next((self._assets[each] for each in self._folders if inside.startswith(each)), None)

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
            self._assets = load(self._root, files, self._policy)
            self._folders = sorted(
                (each for each in self._assets if each.endswith(b"/")), key=len, reverse=True
            )
            self._build = _build_of(self._root)


def _build_of(root: Path) -> dict[str, str | None]:
    """``version``, ``commit`` and ``build`` as ``version.json`` states them; None for what it does not say."""
    try:
        found = orjson.loads((root / _VERSION).read_bytes())
    except (OSError, ValueError):
        found = None
    told = found if isinstance(found, dict) else {}
    return {
        name: str(told[name]) if told.get(name) is not None else None
        for name in ("version", "commit", "build")
    }


def _send(exchange: Exchange, asset: Asset) -> None:
    variant = _chosen(asset, exchange.header(b"accept-encoding") or b"")
    headers = [*asset.headers, (b"ETag", variant.etag)]
    if _not_modified(exchange, variant.etag):
        exchange.respond(304, headers)
        return
    if variant.encoding is not None:
        headers.append((b"Content-Encoding", variant.encoding))
    exchange.respond(200, headers, variant.body)


def _chosen(asset: Asset, accepted: bytes) -> Variant:
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
