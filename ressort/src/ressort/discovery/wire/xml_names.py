"""XStream's way of turning any map key into an XML element name, and back.

`_` is doubled, `$` becomes `_-`, any other character illegal in a name becomes `_.` and four hexadecimal
digits. The original leaves `:` alone, which makes an undeclared prefix and the whole registry unreadable
for a strict parser; here it is escaped, which every reader of the escape understands.
"""

from __future__ import annotations

import re

# Letters that every edition of XML 1.0 allows in names; readers of older editions (expat) know few others.
_FIRST = re.compile(r"[A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]")
_REST = re.compile(r"[A-Za-z0-9.\-\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF]")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9.\-]*\Z")
_ESCAPE = re.compile(r"__|_-|_\.([0-9a-fA-F]{4})")


def encode_name(key: str) -> str:
    """The element name of a map key; the key must not be empty.

    Characters outside the Basic Multilingual Plane are written as their two surrogates, as Java does.
    """
    if _PLAIN.match(key):
        return key
    return "".join(_encoded(character, first=index == 0) for index, character in enumerate(key))


def decode_name(name: str) -> str:
    """The map key of an element name; a lone `_` that starts no escape is kept."""
    if "_" not in name:
        return name
    decoded = _ESCAPE.sub(_decoded, name)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _encoded(character: str, first: bool) -> str:
    if character == "_":
        return "__"
    if character == "$":
        return "_-"
    if (_FIRST if first else _REST).match(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"_.{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _decoded(match: re.Match[str]) -> str:
    if match.group(1):
        return chr(int(match.group(1), 16))
    return "_" if match.group() == "__" else "$"
