"""Spring's PathPattern on the bytes a client sent.

``?`` is one character, ``*`` any within a segment, ``**`` (last) any number of segments, ``{v}``, ``{v:regex}`` and
``{*rest}`` capture. Segments are decoded one by one and ``;matrix`` parameters ignored (specs/gateway.md 1.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

PERCENT, SEMICOLON = b"%;"
"""Marks of an escape and of a parameter. As numbers: finding a byte by number is ten times faster than by ``b"%"``."""
_ENCODED_SLASH = b"\0"
"""Stands for a decoded ``/`` inside a segment; a NUL itself never gets past the parser."""

_TOKEN = re.compile(r"\*\*|\*|\?|\{\*?[A-Za-z_]\w*(?::(?:[^{}]|\{[^{}]*\})*)?\}|[^*?{]+|\{")


class PathPattern:
    """A compiled pattern; ``prefix`` is its leading literal part in whole segments, for the route index."""

    def __init__(self, pattern: str, match_trailing_slash: bool = False) -> None:
        if not pattern.startswith("/"):
            pattern = "/" + pattern
        self.text = pattern
        segments = pattern[1:].split("/")
        self.prefix, self.open_prefix = _literal_prefix(segments)
        self._regex = re.compile(_expression(segments, match_trailing_slash).encode("utf-8") + rb"\Z")
        self.names = tuple(self._regex.groupindex)

    def match(self, path: bytes) -> Mapping[str, bytes] | None:
        """Captured variables (empty when the pattern has none), or None when the path does not match.

        ``path`` is canonical, as made by ``canonical``.
        """
        found = self._regex.match(path)
        if found is None:
            return None
        if not self.names:
            return {}
        return {
            name: (value or b"").replace(_ENCODED_SLASH, b"/") for name, value in found.groupdict().items()
        }


def canonical(path: bytes) -> bytes:
    """The path as patterns see it: each segment decoded, its matrix parameters dropped."""
    if PERCENT not in path and SEMICOLON not in path:
        return path
    segments = [unquote_to_bytes(segment.split(b";", 1)[0]) for segment in path.split(b"/")]
    return b"/".join(segment.replace(b"/", _ENCODED_SLASH) for segment in segments)


def is_below(path: bytes, first: bytes) -> bool:
    """Whether the first segment of a path, decoded, is ``first`` (``b"/actuator"``)."""
    if PERCENT in path or SEMICOLON in path:
        path = canonical(path)
    return path.startswith(first) and (len(path) == len(first) or path[len(first)] == 0x2F)


def _literal_prefix(segments: list[str]) -> tuple[bytes, bool]:
    """The literal leading segments as ``/a/b`` and whether the whole rest is exactly ``/**``."""
    literal: list[str] = []
    for segment in segments:
        if any(mark in segment for mark in "*?{"):
            break
        literal.append(segment)
    if len(literal) == len(segments):
        literal = literal[:-1] if literal[-1] == "" else literal
    rest = segments[len(literal) :]
    return "".join(f"/{each}" for each in literal).encode("utf-8"), rest == ["**"]


def _expression(segments: list[str], match_trailing_slash: bool) -> str:
    parts: list[str] = []
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        rest = re.fullmatch(r"\{\*([A-Za-z_]\w*)\}", segment)
        if segment == "**" or rest:
            if not last and not (number == 0 and segment == "**"):
                raise ValueError("'**' and '{*name}' may only stand at the end")
            parts.append(f"(?P<{rest.group(1)}>/.*)?" if rest else "(?:/.*)?")
        else:
            parts.append("/" + _segment(segment))
    ends_open = segments[-1] == "**" or segments[-1].startswith("{*") or segments[-1] == ""
    return "".join(parts) + ("/?" if match_trailing_slash and not ends_open else "")


def _segment(segment: str) -> str:
    if segment == "*":
        return "[^/]+"
    return "".join(_part(found.group(0), segment) for found in _TOKEN.finditer(segment))


def _part(part: str, segment: str) -> str:
    if part == "*":
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if part == "**" or part == "{" or part.startswith("{*"):
        raise ValueError(f"'{segment}' is not a valid segment")
    if part.startswith("{"):
        name, _, expression = part[1:-1].partition(":")
        return f"(?P<{name}>{expression or '[^/]+'})"
    return re.escape(part)
