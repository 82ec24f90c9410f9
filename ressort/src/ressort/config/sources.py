"""Where a property comes from: one value with its place, one source with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of one value: a resource and, where it has lines, line and column counted from 1."""

    resource: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return self.resource if self.line is None else f"{self.resource}:{self.line}"

    @property
    def place(self) -> str | None:
        """``line:column`` as the V2 answer of a config server writes it; None for a place without lines."""
        return None if self.line is None else f"{self.line}:{self.column or 1}"


@dataclass(frozen=True, slots=True)
class Value:
    """A property value as its file typed it (str, int, float or bool), placeholders untouched."""

    value: Any
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class PropertySource:
    """A named flat map of properties. ``environment_style`` marks names such as ``SERVER_PORT``.

    ``packaged`` marks the settings shipped inside a member: its author wrote them, so they define known keys.
    ``remote`` marks what a config server sent.
    """

    name: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    environment_style: bool = False
    packaged: bool = False
    remote: bool = False
