"""What the actuator needs to know of the configuration room, so that any environment may be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class ValueWithOrigin(Protocol):
    """One property of one source."""

    @property
    def value(self) -> Any:
        """The raw value."""

    @property
    def origin(self) -> Any:
        """Where it was written; `str()` of it is shown. May be None."""


class Source(Protocol):
    """One named source of properties."""

    @property
    def name(self) -> str:
        """Name shown to people."""

    @property
    def properties(self) -> Mapping[str, Any]:
        """Key -> ValueWithOrigin."""


class Environment(Protocol):
    """The part of `ressort.config.Environment` the endpoints read."""

    @property
    def active_profiles(self) -> Sequence[str]:
        """Names of the active profiles, empty when only `default` is."""

    def get(self, key: str, default: Any = None, as_type: type = str) -> Any:
        """One value, placeholders resolved, converted."""

    def section(self, prefix: str) -> dict[str, Any]:
        """A subtree as plain dictionaries and lists."""

    def property_sources(self) -> Sequence[Any]:
        """All sources, highest precedence first."""

    def refresh(self) -> list[str]:
        """Re-read files and config server; the changed keys."""


class CentralEnvironment(Protocol):
    """An environment that may import a config server."""

    @property
    def central(self) -> Any:
        """The `ressort.config.CentralConfiguration` in use, or None."""
