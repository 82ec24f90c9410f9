"""What follows the configuration of a running process: bound settings, and listeners of some keys only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ressort.config.merged import MergedProperties
from ressort.config.names import parse_name

T = TypeVar("T")
Listener = Callable[[set[str]], None]
"""Called with the keys that changed, those that vanished included."""


class Live(Generic[T]):
    """Calling it gives the settings in force; keep the object they come in no longer than one piece of work."""

    def __init__(self, settings: T, bind: Callable[[MergedProperties], T]) -> None:
        self._settings = settings
        self._bind = bind

    def __call__(self) -> T:
        """The settings of the last refresh that worked."""
        return self._settings

    def bound_to(self, properties: MergedProperties) -> T:
        """What the settings will be with these properties. Raises ConfigError when they cannot be."""
        return self._bind(properties)

    def swap(self, settings: T) -> None:
        """Put them in force."""
        self._settings = settings


def narrowed(listener: Listener, keys: Sequence[str]) -> Listener:
    """The listener, called only with those changed keys that are one of ``keys``, in any spelling, or below one."""
    wanted = [parse_name(key).uniform for key in keys]
    if not wanted:
        return listener

    def told(changed: set[str]) -> None:
        found = {key for key in changed if any(_below(parse_name(key).uniform, name) for name in wanted)}
        if found:
            listener(found)

    return told


def _below(name: tuple[str, ...], prefix: tuple[str, ...]) -> bool:
    return name[: len(prefix)] == prefix
