"""Text with ``{variables}`` of the Path and Host predicates, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from gateway.routes.arguments import Arguments
from ressort.server import Refusal

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

Expansion = Callable[["Forward"], bytes]

_VARIABLE = re.compile(r"\{(\w+)\}")
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_NEVER_SET = frozenset(("content-length", "transfer-encoding", "connection", "upgrade", "host"))


def header_name(args: Arguments, argument: str) -> bytes:
    """A field name a filter may touch; raises for anything that is not a token or frames the message."""
    name = args.text(argument)
    if _NAME.match(name) is None:
        raise args.wrong(f"'{name}' is not a header name", name)
    if name.lower() in _NEVER_SET:
        raise args.wrong(f"'{name}' belongs to the connection and cannot be changed", name)
    return name.encode("ascii")


def template(args: Arguments, argument: str) -> Expansion:
    """The value of an argument as a function of the request; control characters never get into a head."""
    text = args.text(argument)
    if _CONTROL.search(text.encode()):
        raise args.wrong("a control character is not allowed in a header", text)
    pieces = _pieces(text)
    if len(pieces) == 1 and isinstance(pieces[0], bytes):
        constant = pieces[0]
        return lambda forward: constant

    def expand(forward: Forward) -> bytes:
        variables = forward.variables or {}
        expanded = b"".join(
            piece if isinstance(piece, bytes) else variables.get(piece, b"{%b}" % piece.encode())
            for piece in pieces
        )
        if _CONTROL.search(expanded):
            raise Refusal(400, "control character in a header value")
        return expanded

    return expand


def path_template(text: str) -> Expansion:
    """A path whose variables are written back percent-encoded."""
    pieces = _pieces(text)

    def expand(forward: Forward) -> bytes:
        variables = forward.variables or {}
        return b"".join(
            piece if isinstance(piece, bytes) else _quoted(variables.get(piece, b"")) for piece in pieces
        )

    return expand


def _quoted(value: bytes) -> bytes:
    return quote(value, safe="!$&'()*+,;=:@~" + ("/" if value.startswith(b"/") else "")).encode("ascii")


def _pieces(text: str) -> list[bytes | str]:
    """Literal parts as bytes, variable names as str; at least one part."""
    parts: list[bytes | str] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        if found.start() > end:
            parts.append(text[end : found.start()].encode())
        parts.append(found.group(1))
        end = found.end()
    if end < len(text) or not parts:
        parts.append(text[end:].encode())
    return parts
