"""Why a key has its value, and what differs between two answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config_server.domain.answer import EnvironmentAnswer, Property, Source, json_value
from config_server.domain.flattening import flattened


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is written, and which: file, document of it, commit and ``line:column``, as far as known."""

    source: Source
    item: Property

    def as_json(self) -> dict[str, Any]:
        """All fields always present, nulls included; `document` counts from 0 in a file of several."""
        line, _, column = (self.item.origin or "").partition(":")
        return {
            "value": json_value(self.item.value),
            "source": self.source.name,
            "file": self.source.path or None,
            "document": self.source.document,
            "commit": self.source.version,
            "line": int(line) if line.isdecimal() else None,
            "column": int(column) if column.isdecimal() else None,
        }


def explanation(answer: EnvironmentAnswer, key: str) -> dict[str, Any]:
    """The place that wins and those it hides, best first. ``winner`` is None for a key nobody sets.

    A list is taken whole from the highest source that has any element of it: elements of the same list in lower
    sources are hidden although nobody sets the same element above them.
    """
    winner, hidden = None, []
    for place in _places(answer, key):
        if winner is None and not _list_hidden(answer, key, place.source):
            winner = place
        else:
            hidden.append(place.as_json())
    return {"key": key, "winner": None if winner is None else winner.as_json(), "hidden": hidden}


def known_keys(answer: EnvironmentAnswer) -> list[str]:
    """Every key any source sets, in the order of the merged forms, hidden elements of lists last."""
    merged = flattened(answer)
    rest = (key for source in answer.sources for key in source.properties if key not in merged)
    return [*merged, *dict.fromkeys(rest)]


def differences(before: EnvironmentAnswer, after: EnvironmentAnswer) -> dict[str, Any]:
    """Keys of the merged answers that are only in one, and those whose values differ, in their order."""
    old, new = flattened(before), flattened(after)
    return {
        "added": _values(new, old),
        "removed": _values(old, new),
        "changed": {
            key: {"from": json_value(old[key]), "to": json_value(new[key])}
            for key in new
            if key in old and (type(old[key]), old[key]) != (type(new[key]), new[key])
        },
    }


def _values(these: Mapping[str, Any], not_those: Mapping[str, Any]) -> dict[str, Any]:
    return {key: json_value(value) for key, value in these.items() if key not in not_those}


def _places(answer: EnvironmentAnswer, key: str) -> Iterator[Place]:
    for source in answer.sources:
        item = source.properties.get(key)
        if item is not None:
            yield Place(source, item)


def _list_hidden(answer: EnvironmentAnswer, key: str, below: Source) -> bool:
    """Whether a source above `below` has another element of the list that `key` is an element of."""
    name, bracket, _ = key.partition("[")
    if not bracket:
        return False
    for source in answer.sources:
        if source is below:
            return False
        if any(other.startswith(f"{name}[") for other in source.properties):
            return True
    return False
