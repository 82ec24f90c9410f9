"""Predicate factories: Path, Method, Header, Query, Host. A further one is one function and one entry here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from gateway.routes.arguments import Arguments, gathered
from gateway.routes.components import Component, DefinitionError
from gateway.routes.path_pattern import PathPattern
from gateway.routes.regex import java_pattern
from gateway.routes.table import Predicate

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward

PredicateFactory = Callable[[Component, bool], Predicate]
"""Compiles a predicate; the flag is the default of ``matchTrailingSlash``."""

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class PredicateRegistry:
    """Predicate factories by Spring's short name."""

    def __init__(self) -> None:
        self._factories: dict[str, PredicateFactory] = {}

    def add(self, name: str, factory: PredicateFactory) -> None:
        self._factories[name] = factory

    def get(self, name: str) -> PredicateFactory | None:
        return self._factories.get(name)

    @property
    def names(self) -> Sequence[str]:
        return sorted(self._factories)


def built_in_predicates() -> PredicateRegistry:
    """The predicates the gateway ships."""
    registry = PredicateRegistry()
    registry.add("Path", path)
    registry.add("Method", method)
    registry.add("Header", header)
    registry.add("Query", query)
    registry.add("Host", host)
    return registry


def path(component: Component, trailing_slash: bool) -> Predicate:
    """``Path=/a/{id},/b/**[,true]``."""
    values, flag = gathered(component, with_flag=True)
    slash = trailing_slash if flag is None else flag
    if not values:
        raise DefinitionError("Path: at least one pattern is needed", component.place)
    try:
        patterns = tuple(PathPattern(value, slash) for value in values)
    except (ValueError, re.error) as error:
        raise DefinitionError(f"Path: {error}", component.place, component.text) from error
    text = f"Paths: [{', '.join(values)}], match trailing slash: {str(slash).lower()}"
    return Predicate(text, paths=patterns)


def method(component: Component, _: bool) -> Predicate:
    """``Method=GET,POST``."""
    values, _flag = gathered(component)
    names = [part.strip().upper() for value in values for part in value.split(",")]
    for name in names:
        if name not in _METHODS:
            reason = f"Method: '{name}' is none of {', '.join(_METHODS)}"
            raise DefinitionError(reason, component.place, component.text)
    if not names:
        raise DefinitionError("Method: at least one method is needed", component.place)
    wanted = frozenset(name.encode() for name in names)
    return Predicate(f"Methods: [{', '.join(names)}]", lambda forward: forward.exchange.method in wanted)


def header(component: Component, _: bool) -> Predicate:
    """``Header=name[, regexp]``: a comma-separated piece of a value matches, or there is a non-empty one."""
    args = Arguments(component, ("header", "regexp"))
    shown = args.text("header")
    name, pattern = shown.lower().encode(), _pattern(args, "regexp")

    def test(forward: Forward) -> bool:
        for candidate, value in forward.exchange.headers:
            if candidate.lower() == name:
                for piece in value.split(b","):
                    piece = piece.strip()
                    if piece and (pattern is None or pattern.fullmatch(piece)):
                        return True
        return False

    return Predicate(f"Header: {shown} regexp={args.optional('regexp')}", test)


def query(component: Component, _: bool) -> Predicate:
    """``Query=param[, regexp]``: presence, or a value that matches whole."""
    args = Arguments(component, ("param", "regexp"))
    shown = args.text("param")
    name, pattern = shown.encode(), _pattern(args, "regexp")

    def test(forward: Forward) -> bool:
        for candidate, value in parameters(forward.query):
            if candidate == name and (pattern is None or (value is not None and pattern.fullmatch(value))):
                return True
        return False

    return Predicate(f"Query: param={shown} regexp={args.optional('regexp')}", test)


def host(component: Component, _: bool) -> Predicate:
    """``Host=**.a.org,{sub}.b.org``: Ant patterns whose separator is the dot, tested on Host as sent."""
    values, _flag = gathered(component)
    values = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if not values:
        raise DefinitionError("Host: at least one pattern is needed", component.place)
    try:
        patterns = [_host_pattern(value) for value in values]
    except (ValueError, re.error) as error:
        raise DefinitionError(f"Host: {error}", component.place, component.text) from error

    def test(forward: Forward) -> bool:
        name = (forward.exchange.host or b"").lower()
        for pattern in patterns:
            found = pattern.match(name)
            if found is not None:
                if found.groupdict():
                    forward.variables = {**(forward.variables or {}), **found.groupdict()}
                return True
        return False

    return Predicate(f"Hosts: [{', '.join(values)}]", test)


def parameters(text: bytes | None) -> list[tuple[bytes, bytes | None]]:
    """Decoded query parameters in order; None for one without ``=``."""
    found: list[tuple[bytes, bytes | None]] = []
    for piece in (text or b"").split(b"&"):
        if piece:
            name, mark, value = piece.replace(b"+", b" ").partition(b"=")
            found.append((unquote_to_bytes(name), unquote_to_bytes(value) if mark else None))
    return found


def _pattern(args: Arguments, name: str) -> re.Pattern[bytes] | None:
    text = args.optional(name)
    if text is None:
        return None
    try:
        return java_pattern(text)
    except re.error as error:
        raise args.wrong(f"'{text}' is not a regular expression: {error}", text) from error


_HOST_TOKEN = re.compile(r"\*\*\.?|\*|\?|\{\w+\}|[^*?{]+|\{")


def _host_pattern(text: str) -> re.Pattern[bytes]:
    """``**`` spans labels, ``*`` and ``?`` stay within one, ``{v}`` captures a label. A port in Host must be matched
    too, unless the pattern names none and ends with a literal: then any port is accepted."""
    parts: list[str] = []
    for found in _HOST_TOKEN.finditer(text.lower()):
        piece = found.group(0)
        if piece == "{":
            raise ValueError(f"'{text}' has an unclosed variable")
        if piece.startswith("**"):
            parts.append(r"(?:[^.]+\.)*" if piece.endswith(".") else ".*")
        elif piece == "*":
            parts.append("[^.]*")
        elif piece == "?":
            parts.append("[^.]")
        elif piece.startswith("{"):
            parts.append(f"(?P<{piece[1:-1]}>[^.]+)")
        else:
            parts.append(re.escape(piece))
    return re.compile("".join(parts).encode() + rb"\Z")
