"""The environment a client gets: named sources, highest precedence first, in the two JSON shapes of Spring."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Property:
    """A value as its file typed it and ``line:column`` of the place it was written, None without one."""

    value: Any
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or one document of it, or the rows of one table or secret.

    ``path`` is the file inside its repository, ``document`` its place in a file of several, ``version`` the
    commit the file was read from.
    """

    name: str
    properties: Mapping[str, Property]
    path: str = ""
    document: int | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class EnvironmentAnswer:
    """``profiles_text`` and ``label`` as asked; ``version`` the commit the files were read from."""

    name: str
    profiles_text: str
    label: str | None
    version: str | None
    sources: tuple[Source, ...]
    state: str | None = ""

    def as_json(self, *, with_origins: bool) -> dict[str, Any]:
        """The six fields in Spring's order, nulls included. The profile text is one element: Spring's quirk."""
        render = _described if with_origins else _plain
        return {
            "name": self.name,
            "profiles": [self.profiles_text],
            "label": self.label,
            "version": self.version,
            "state": self.state,
            "propertySources": [
                {
                    "name": source.name,
                    "source": {key: render(item) for key, item in source.properties.items()},
                }
                for source in self.sources
            ],
        }


def json_value(value: Any) -> Any:
    """A value as JSON can carry it: NaN and infinity, which it does not know, as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value


def _plain(item: Property) -> Any:
    return json_value(item.value)


def _described(item: Property) -> Any:
    if item.origin is None:
        return _plain(item)
    return {"value": _plain(item), "origin": item.origin}
