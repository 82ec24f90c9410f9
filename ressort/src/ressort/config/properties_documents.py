"""Java ``.properties`` text to flat properties with places: separators, continuations, escapes, ``#---``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ressort.config.errors import ConfigError
from ressort.config.sources import Origin, Value

_BLANKS = " \t\f"
# Java's ends of lines only: U+0085 is the second half of an "Å" read as Latin-1.
_LINE_END = re.compile(r"\r\n|\r|\n")
_DOCUMENT_MARKS = ("#---", "!---")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|u|.)", re.S)
_LIST_PART = re.compile(r"((?:\\.|[^\\,])*)(?:,|\Z)", re.S)
_NAMED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def parse_properties(text: str, resource: str) -> list[dict[str, Value]]:
    """The documents of a properties text, parted by ``#---`` or ``!---``; all values are strings.

    As in Spring such a line parts nothing with a comment of the same mark right above it, or any right below.
    ``key[]=a,b`` expands to ``key[0]``, ``key[1]``. Raises ConfigError for a malformed ``\\uXXXX``.
    """
    documents: list[dict[str, Value]] = [{}]
    last_comment = ""
    for line in _logical_lines(_LINE_END.split(text.removeprefix("\ufeff"))):
        mark = line.text[:1]
        if mark not in ("#", "!"):
            last_comment = ""
            _add(documents[-1], line, resource)
        elif mark != last_comment and line.text.rstrip(_BLANKS) in _DOCUMENT_MARKS:
            if documents[-1]:
                documents.append({})
        else:
            last_comment = mark
            if not documents[-1] and len(documents) > 1:
                documents.pop()  # a comment right below the mark takes the mark back
    return [document for document in documents if document]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line after joining continuations; `pieces` are (place in `text`, line number, column), from 1."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def origin(self, resource: str, place: int) -> Origin:
        """Where the character at `place` of the text is written; the end of the text for one past it."""
        start, number, column = next(p for p in reversed(self.pieces) if p[0] <= place)
        return Origin(resource, number, column + place - start)


def _logical_lines(lines: list[str]) -> Iterator[_Line]:
    """The lines with their continuations joined; comments never continue."""
    place = 0
    while place < len(lines):
        raw = lines[place]
        text = raw.lstrip(_BLANKS)
        pieces = [(0, place + 1, len(raw) - len(text) + 1)]
        place += 1
        if text[:1] in ("#", "!"):
            yield _Line(raw if raw.startswith(_DOCUMENT_MARKS) else text[0], tuple(pieces))
            continue
        while _continues(text) and place < len(lines):
            following = lines[place].lstrip(_BLANKS)
            pieces.append((len(text) - 1, place + 1, len(lines[place]) - len(following) + 1))
            text = text[:-1] + following
            place += 1
        joined = text[:-1] if _continues(text) else text
        if joined:
            yield _Line(joined, tuple(pieces))


def _continues(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _add(document: dict[str, Value], line: _Line, resource: str) -> None:
    key, value = _split(line.text)
    origin = line.origin(resource, len(line.text) - len(value))
    key = _unescaped(key, origin).strip(_BLANKS)
    if key.endswith("[]"):
        for place, part in enumerate(_parts(value)):
            document[f"{key[:-2]}[{place}]"] = Value(_unescaped(part.lstrip(_BLANKS), origin), origin)
    elif key:
        document[key] = Value(_unescaped(value, origin), origin)


def _parts(value: str) -> list[str]:
    """The elements of a comma list; an escaped comma parts nothing."""
    parts, start = [], 0
    while (found := _LIST_PART.match(value, start)) is not None:
        parts.append(found[1])
        if found.end() == len(value) and not found[0].endswith(","):
            break
        start = found.end()
    return parts


def _split(line: str) -> tuple[str, str]:
    """Key and value around the first unescaped ``=``, ``:`` or white space."""
    place = 0
    while place < len(line) and line[place] not in "=: \t\f":
        place += 2 if line[place] == "\\" else 1
    key, rest = line[:place], line[place:].lstrip(_BLANKS)
    if rest[:1] in ("=", ":"):
        rest = rest[1:].lstrip(_BLANKS)
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
