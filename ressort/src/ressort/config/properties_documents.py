"""Java ``.properties`` text to flat properties with places: separators, continuations, escapes, ``#---``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ressort.config.errors import ConfigError
from ressort.config.sources import Origin, Value

_DOCUMENT_MARKS = ("#---", "!---")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|u|.)", re.S)
_NAMED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def parse_properties(text: str, resource: str) -> list[dict[str, Value]]:
    """The documents of a properties text, parted by ``#---`` or ``!---``; all values are strings.

    ``key[]=a,b`` expands to ``key[0]``, ``key[1]``. Raises ConfigError for a malformed ``\\uXXXX``.
    """
    documents: list[dict[str, Value]] = [{}]
    lines = text.removeprefix("\ufeff").splitlines()
    for number, logical in _logical_lines(lines):
        if logical.startswith(_DOCUMENT_MARKS) and logical.rstrip() in _DOCUMENT_MARKS:
            documents.append({})
        elif logical and logical[0] not in "#!":
            _add(documents[-1], logical, Origin(resource, number, 1))
    return [document for document in documents if document]


def _logical_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Number and text of each line after joining continuations; comments never continue."""
    place = 0
    while place < len(lines):
        start, raw = place + 1, lines[place]
        line = raw.lstrip(" \t\f")
        place += 1
        if line[:1] in ("#", "!"):
            yield start, raw if raw.startswith(_DOCUMENT_MARKS) else "#"
            continue
        while _continues(line) and place < len(lines):
            line = line[:-1] + lines[place].lstrip(" \t\f")
            place += 1
        yield start, line[:-1] if _continues(line) else line


def _continues(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _add(document: dict[str, Value], line: str, origin: Origin) -> None:
    key, value = _split(line)
    key, value = _unescaped(key, origin), _unescaped(value, origin)
    if key.endswith("[]"):
        for place, part in enumerate(value.split(",")):
            document[f"{key[:-2]}[{place}]"] = Value(part.strip(), origin)
    else:
        document[key] = Value(value, origin)


def _split(line: str) -> tuple[str, str]:
    """Key and value around the first unescaped ``=``, ``:`` or white space."""
    place = 0
    while place < len(line) and line[place] not in "=: \t\f":
        place += 2 if line[place] == "\\" else 1
    key, rest = line[:place], line[place:].lstrip(" \t\f")
    if rest[:1] in ("=", ":"):
        rest = rest[1:].lstrip(" \t\f")
    return key, rest


def _unescaped(text: str, origin: Origin) -> str:
    def one(match: re.Match[str]) -> str:
        code = match[1]
        if code == "u":
            raise ConfigError(
                "malformed \\uXXXX escape", origin=origin, remedy="Write four hexadecimal digits."
            )
        return chr(int(code[1:], 16)) if code[0] == "u" and len(code) == 5 else _NAMED.get(code, code)

    return _ESCAPE.sub(one, text)
