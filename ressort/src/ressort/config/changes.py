"""What differs between two readings of the configuration."""

from __future__ import annotations

from typing import Any

from ressort.config.errors import ConfigError
from ressort.config.merged import Entry, MergedProperties


def changed_keys(before: MergedProperties, after: MergedProperties) -> set[str]:
    """Keys added, removed or of another value; variables of the process, which cannot change, left out.

    Values are compared with placeholders replaced, so that a key built from a changed one counts as changed;
    a key drawn at random does not.
    """
    old, new = _settled(before), _settled(after)
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return {_spelling(after, name) or _spelling(before, name) or "" for name in names}


def _spelling(properties: MergedProperties, name: tuple[str, ...]) -> str | None:
    entry = properties.entry(name)
    return entry.key if entry is not None else None


def _settled(properties: MergedProperties) -> dict[tuple[str, ...], Any]:
    return {
        entry.name.uniform: _value(properties, entry)
        for entry in properties.entries()
        if not entry.source.environment_style
    }


def _value(properties: MergedProperties, entry: Entry) -> Any:
    if "${random." in str(entry.value.value):
        return entry.value.value
    try:
        return properties.resolved(entry)
    except ConfigError:
        return entry.value.value
