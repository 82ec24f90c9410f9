"""Error answers in the form of Spring Boot's reactive error handler (specs/gateway.md 1.16)."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from ressort.server import REASONS

if TYPE_CHECKING:
    from ressort.server import Exchange

Header = tuple[bytes, bytes]
_RETRY_AFTER_S = 2


def error_answer(
    exchange: Exchange, status: int, request_id: str, message: str | None
) -> tuple[list[Header], bytes]:
    """Headers and body of an error: JSON, or a page when the client prefers HTML."""
    document: dict[str, Any] = {
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "path": exchange.path.decode("latin-1"),
        "status": status,
        "error": REASONS.get(status) or "None",
        "requestId": request_id,
    }
    if message is not None:
        document["message"] = message
    headers: list[Header] = [(b"Retry-After", b"%d" % _RETRY_AFTER_S)] if status == 503 else []
    if _prefers_html(exchange):
        return [(b"Content-Type", b"text/html;charset=UTF-8"), *headers], _page(document)
    return [(b"Content-Type", b"application/json"), *headers], orjson.dumps(document)


def _prefers_html(exchange: Exchange) -> bool:
    accept = exchange.header(b"accept") or b""
    for media in accept.split(b","):
        kind = media.split(b";", 1)[0].strip()
        if kind == b"text/html":
            return True
        if kind in (b"application/json", b"application/problem+json", b"*/*"):
            return False
    return False


def _page(document: dict[str, Any]) -> bytes:
    shown = {key: html.escape(str(value)) for key, value in document.items()}
    message = f"<p>{shown['message']}</p>" if "message" in shown else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Whitelabel Error Page</title></head>'
        f"<body><h1>{shown['status']} {shown['error']}</h1><p>{shown['timestamp']} {shown['path']} "
        f"[{shown['requestId']}]</p>{message}</body></html>"
    ).encode()
