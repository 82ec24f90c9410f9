"""All property sources seen as one: highest precedence wins, maps merge per key, lists are replaced whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ressort.config.errors import ConfigError
from ressort.config.names import PropertyName, legacy_environment_name, parse_environment_name, parse_name
from ressort.config.placeholders import has_placeholder, resolve
from ressort.config.random_values import random_value
from ressort.config.sources import Origin, PropertySource, Value

Uniform = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The winning value of one name: its key as best spelled, its source's rank (0 = highest)."""

    key: str
    name: PropertyName
    value: Value
    rank: int
    source: PropertySource


class MergedProperties:
    """An immutable view over sources given highest precedence first; safe to read from any thread."""

    def __init__(self, sources: Sequence[PropertySource]) -> None:
        self.sources = tuple(sources)
        self._entries: dict[Uniform, Entry] = {}
        self._lists: dict[Uniform, int] = {}
        self._children: dict[Uniform, dict[str, str]] = {}
        for rank, source in enumerate(self.sources):
            self._add(rank, source)
        self._index()

    def entries(self) -> Iterator[Entry]:
        """Every winning entry."""
        return iter(self._entries.values())

    def find(self, key: str) -> Entry | None:
        """The entry of ``key`` in any spelling, or None."""
        entry = self._entries.get(parse_name(key).uniform)
        return self._legacy(key, entry) if "-" in key else entry

    def raw(self, key: str) -> Any | None:
        """The unresolved value, ``random.*`` drawn afresh; None without one."""
        entry = self.find(key)
        return entry.value.value if entry is not None else random_value(key)

    def resolved(self, entry: Entry) -> Any:
        """The entry's value with its placeholders replaced. Raises ConfigError naming key and origin."""
        if not has_placeholder(entry.value.value):
            return entry.value.value
        try:
            return resolve(entry.value.value, self.raw)
        except ConfigError as error:
            raise ConfigError(
                error.reason,
                key=entry.key,
                value=entry.value.value,
                origin=entry.value.origin,
                remedy=error.remedy,
            ) from error

    def get(self, key: str) -> Any | None:
        """The resolved value of ``key``, or None."""
        entry = self.find(key)
        return self.resolved(entry) if entry is not None else random_value(key)

    def origin(self, key: str) -> Origin | None:
        """Where the winning value of ``key`` was written."""
        entry = self.find(key)
        return entry.value.origin if entry is not None else None

    def children(self, prefix: Uniform) -> dict[str, str]:
        """Uniform form and best spelling of the elements directly below ``prefix``, in source order."""
        return self._children.get(prefix, {})

    def entry(self, name: Uniform) -> Entry | None:
        """The entry of a uniform name."""
        return self._entries.get(name)

    def has(self, name: Uniform) -> bool:
        """True when the name has a value or values below it."""
        return name in self._entries or name in self._children

    @property
    def list_names(self) -> Mapping[Uniform, int]:
        """Uniform names that are lists, with the rank of the source that gave the list."""
        return self._lists

    def _add(self, rank: int, source: PropertySource) -> None:
        parse = parse_environment_name if source.environment_style else parse_name
        claimed: list[Uniform] = []
        for key, value in source.properties.items():
            name = parse(key)
            if name.uniform in self._entries:
                self._spell(name, key, source)
            elif not self._hidden(name, rank):
                self._entries[name.uniform] = Entry(key, name, value, rank, source)
                claimed += [name.uniform[:place] for place in name.indexes]
        for bucket in claimed:
            self._lists.setdefault(bucket, rank)

    def _spell(self, name: PropertyName, key: str, source: PropertySource) -> None:
        """A name set by a variable takes the spelling (dashes, case) of the file below it."""
        entry = self._entries[name.uniform]
        if entry.source.environment_style and not source.environment_style:
            self._entries[name.uniform] = Entry(key, name, entry.value, entry.rank, entry.source)

    def _hidden(self, name: PropertyName, rank: int) -> bool:
        """True when a higher source already gave the whole list this name is part of, or is."""
        if self._lists.get(name.uniform, rank) < rank:
            return True
        for place in name.indexes:
            bucket = name.uniform[:place]
            scalar = self._entries.get(bucket)
            if self._lists.get(bucket, rank) < rank or (scalar is not None and scalar.rank < rank):
                return True
        return False

    def _index(self) -> None:
        for name in self._in_file_order():
            for depth in range(len(name)):
                below = self._children.setdefault(name.uniform[:depth], {})
                below.setdefault(name.uniform[depth], name.elements[depth])

    def _in_file_order(self) -> list[PropertyName]:
        """Names of files first (lowest source first, so that packaged spellings win), then of variables."""
        entries = sorted(
            self._entries.values(), key=lambda entry: (entry.source.environment_style, -entry.rank)
        )
        return [entry.name for entry in entries]

    def _legacy(self, key: str, entry: Entry | None) -> Entry | None:
        variable = legacy_environment_name(key)
        for rank, source in enumerate(self.sources):
            if entry is not None and rank >= entry.rank:
                break
            if source.environment_style and variable in source.properties:
                return Entry(key, parse_name(key), source.properties[variable], rank, source)
        return entry
