"""What httptools lets through and a server must not: the checks of a request head.

Vectors and verdicts: ``specs/gateway.md`` section 8 (parser facts). httptools already refuses a length
beside a transfer encoding, two lengths, folded lines, bare line feeds, control characters and bad chunks.
"""

from __future__ import annotations

import re

METHODS = frozenset((b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"))
FORBIDDEN_METHODS = frozenset((b"TRACE", b"CONNECT"))

PLAIN_PATH = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,=:@/"
_PLAIN_QUERY = PLAIN_PATH + b"?;"
_HOST = re.compile(rb"(?:[A-Za-z0-9\-._~!$&'()*+,;=]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?\Z")
_ABSOLUTE = re.compile(rb"(?i:https?)://([^/?#]*)(.*)\Z", re.DOTALL)
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})?")
_RAW_ALLOWED = frozenset(PLAIN_PATH) | frozenset(b"%[];")
_RAW_ALLOWED_QUERY = _RAW_ALLOWED | frozenset(b"?{}|^`\"'<>")


class Refusal(Exception):
    """A request answered ``status`` without being looked at further; the connection closes after it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def check_host(host: bytes) -> None:
    """Refuse a Host that is not ``name[:port]`` or ``[v6][:port]``; empty is legal (RFC 9110 7.2)."""
    if host and _HOST.match(host) is None:
        raise Refusal(400, "malformed Host")


def origin_form(target: bytes, host: bytes | None) -> tuple[bytes, bytes | None]:
    """Split an absolute target into its path and authority; raise when the authority differs from Host.

    Returns ``(origin-form target, authority or None)``. ``*`` and origin-form targets come back unchanged.
    """
    if target.startswith(b"/") or target == b"*":
        return target, None
    found = _ABSOLUTE.match(target)
    if found is None:
        raise Refusal(400, "malformed request target")
    authority, rest = found.group(1), found.group(2)
    check_host(authority)
    if not authority or (host is not None and authority.lower() != host.lower()):
        raise Refusal(400, "target and Host disagree")
    if rest.startswith(b"?"):
        rest = b"/" + rest
    return rest or b"/", authority


def check_path(path: bytes, ambiguous_allowed: bool) -> bool:
    """Refuse a path two readers could understand differently; true when decoding it changes nothing.

    Always refused: characters that must be escaped, a malformed escape, ``%00``, escaped controls, and dot
    segments in any spelling (``/../``, ``%2e%2e``, ``..;x``). ``//`` and escaped slashes or backslashes are
    refused unless ``ambiguous_allowed``; nothing is ever rewritten.
    """
    if not path.translate(None, PLAIN_PATH) and b"/." not in path and b"//" not in path:
        return True
    _check_bytes(path, _RAW_ALLOWED)
    decoded = _decode(path)
    if any(byte < 0x20 or byte == 0x7F for byte in decoded):
        raise Refusal(400, "control character in path")
    if not ambiguous_allowed:
        if b"//" in path:
            raise Refusal(400, "empty path segment")
        if decoded.count(b"/") != path.count(b"/") or b"\\" in decoded:
            raise Refusal(400, "encoded slash in path")
    for segment in decoded.replace(b"\\", b"/").split(b"/"):
        if segment.split(b";", 1)[0] in (b".", b".."):
            raise Refusal(400, "dot segment in path")
    return b"%" not in path and b";" not in path


def check_query(query: bytes) -> None:
    """Refuse control characters, raw backslashes and malformed or null escapes in a query."""
    if query.translate(None, _PLAIN_QUERY):
        _check_bytes(query, _RAW_ALLOWED_QUERY)
        if b"\0" in _decode(query):
            raise Refusal(400, "null in query")


def _check_bytes(text: bytes, allowed: frozenset[int]) -> None:
    if not allowed.issuperset(text):
        raise Refusal(400, "character not allowed in request target")


def _decode(text: bytes) -> bytes:
    """Percent-decode once, strictly."""

    def one(found: re.Match[bytes]) -> bytes:
        digits = found.group(1)
        if digits is None:
            raise Refusal(400, "malformed percent escape")
        return bytes((int(digits, 16),))

    return _ESCAPE.sub(one, text)
