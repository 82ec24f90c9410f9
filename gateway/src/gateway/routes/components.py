"""The shortcut and the long form of a predicate or filter: ``Name=a,b`` and ``{name, args}``.

Grammar: specs/gateway.md 1.3. The name ends at the first ``=``, arguments are split at commas and trimmed, empty
ones are dropped, and a comma cannot be escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ressort.errors import RessortError

POSITIONAL = "_genkey_"


class DefinitionError(RessortError):
    """A route, predicate or filter that cannot be understood; ``place`` is its property key."""

    def __init__(self, reason: str, place: str, value: object = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
        self.value = value


@dataclass(frozen=True)
class Component:
    """One predicate or filter as written: its factory's name, its arguments, where it stands."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    text: str = ""

    @property
    def positional(self) -> list[Any]:
        """The arguments of the shortcut form, in order."""
        return [value for key, value in self.args.items() if key.startswith(POSITIONAL)]


def read_component(raw: object, place: str, kind: str) -> Component:
    """A component from a string or a ``name``/``args`` map; raises ``DefinitionError``."""
    if isinstance(raw, str):
        return _shortcut(raw, place, kind)
    if isinstance(raw, Mapping):
        return _long_form(raw, place, kind)
    raise DefinitionError(f"a {kind} is 'Name=args' or a map with 'name' and 'args'", place, raw)


def _shortcut(text: str, place: str, kind: str) -> Component:
    name, equals, arguments = text.partition("=")
    name = name.strip()
    if not name or (kind == "predicate" and not equals):
        raise DefinitionError(f"a {kind} is written 'Name=args'", place, text)
    return Component(name, positional(arguments), place, text)


def positional(arguments: str) -> dict[str, Any]:
    """Comma separated arguments under their generated keys ``_genkey_0``, ``_genkey_1``..."""
    tokens = [token for token in (part.strip() for part in arguments.split(",")) if token]
    return {f"{POSITIONAL}{number}": token for number, token in enumerate(tokens)}


def _long_form(raw: Mapping[str, Any], place: str, kind: str) -> Component:
    unknown = [key for key in raw if key not in ("name", "args")]
    if unknown:
        raise DefinitionError(f"'{unknown[0]}' is not part of a {kind}; it has 'name' and 'args'", place, raw)
    name, args = raw.get("name"), raw.get("args") or {}
    if not isinstance(name, str) or not name.strip():
        raise DefinitionError(f"a {kind} needs a 'name'", place, raw)
    if not isinstance(args, Mapping):
        raise DefinitionError(f"'args' of {kind} {name} is a map of names to values", place, args)
    return Component(name.strip(), dict(args), place, name.strip())
