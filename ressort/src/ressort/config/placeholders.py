"""``${key}``, ``${key:default}``, nested in keys and defaults, recursive in values, escaped as ``\\${x}``."""

from __future__ import annotations

from collections.abc import Callable

from ressort.config.errors import ConfigError

_START = "${"


class UnresolvedPlaceholder(ConfigError):
    """A placeholder without a value and without a default."""


def has_placeholder(value: object) -> bool:
    """Cheap test before resolving."""
    return isinstance(value, str) and _START in value


def resolve(text: str, lookup: Callable[[str], object | None], *, strict: bool = True) -> str:
    """``text`` with every placeholder replaced by what ``lookup`` answers for its key.

    The whole text between the braces is tried as a key first, then the part before the first colon; what
    follows is the default. Values found are resolved in turn. With ``strict`` an unresolvable one raises
    UnresolvedPlaceholder; otherwise it stays as written. A cycle always raises ConfigError.
    """
    try:
        return _Resolution(lookup, strict).text(text, ())
    except RecursionError as error:
        raise ConfigError("placeholders inside one another without end") from error


class _Resolution:
    def __init__(self, lookup: Callable[[str], object | None], strict: bool) -> None:
        self._lookup = lookup
        self._strict = strict

    def text(self, text: str, path: tuple[str, ...]) -> str:
        parts: list[str] = []
        place = 0
        while (start := text.find(_START, place)) >= 0:
            escapes = _backslashes_before(text, start, place)
            if escapes:
                parts += [text[place : start - escapes], _START]
                place = start + len(_START)
                continue
            end = _closing_brace(text, start + len(_START))
            if end < 0:
                break
            parts += [text[place:start], self._placeholder(text[start + len(_START) : end], path)]
            place = end + 1
        return "".join(parts) + text[place:]

    def _placeholder(self, body: str, path: tuple[str, ...]) -> str:
        expression = self.text(body, path).strip() if _START in body.partition(":")[0] else body.strip()
        key, colon, default = expression.partition(":")
        for candidate in (expression, key.strip()) if colon else (expression,):
            if "${" in candidate:
                continue
            found = self._value(candidate, path)
            if found is not None:
                return found
        if colon:
            return self.text(default, path)
        if self._strict:
            raise UnresolvedPlaceholder(
                f"no value for the placeholder ${{{expression}}}",
                remedy=f"Set {expression} or give a default: ${{{expression}:default}}.",
            )
        return f"{_START}{body}}}"

    def _value(self, key: str, path: tuple[str, ...]) -> str | None:
        found = self._lookup(key)
        if found is None:
            return None
        if key in path:
            raise ConfigError("circular placeholders: " + " -> ".join((*path, key)), key=key)
        text = found if isinstance(found, str) else _text(found)
        return self.text(text, (*path, key)) if _START in text else text


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _backslashes_before(text: str, start: int, floor: int) -> int:
    count = 0
    while start - count - 1 >= floor and text[start - count - 1] == "\\":
        count += 1
    return count


def _closing_brace(text: str, place: int) -> int:
    """The place of the brace that closes the placeholder opened before ``place``; -1 without one."""
    depth = 0
    while place < len(text):
        if text.startswith(_START, place):
            depth += 1
            place += 1
        elif text[place] == "}":
            if depth == 0:
                return place
            depth -= 1
        place += 1
    return -1
