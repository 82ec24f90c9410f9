"""Status lines, built once: the reason phrases of RFC 9110 and an empty one for codes nobody registered."""

from __future__ import annotations

from http import HTTPStatus


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return ""


REASONS: dict[int, str] = {code: _phrase(code) for code in range(100, 1000)}
"""Reason phrase by status code, empty for unregistered codes such as 432."""

STATUS_LINES: dict[int, bytes] = {
    code: f"HTTP/1.1 {code} {reason}\r\n".encode("ascii") for code, reason in REASONS.items()
}
"""Whole status line by code, line end included."""
