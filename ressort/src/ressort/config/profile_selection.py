"""Which profiles are active: ``spring.profiles.active``, ``.include``, ``.group`` and ``.default``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ressort.config.conversion import comma_list, text_of
from ressort.config.errors import ConfigError
from ressort.config.merged import MergedProperties
from ressort.config.names import parse_name
from ressort.config.placeholders import resolve
from ressort.config.profiles import valid_profile

_INCLUDE = parse_name("spring.profiles.include").uniform


def active_profiles(properties: MergedProperties) -> tuple[str, ...]:
    """Included profiles, then the active ones, members of a group right after its name; later ones win.

    The highest source that sets ``active`` replaces the others; ``include`` adds up over all sources.
    Raises ConfigError for a name that is no profile.
    """
    wanted = [*_included(properties), *_listed(properties, "spring.profiles.active")]
    expanded: list[str] = []
    for profile in wanted:
        _expand(properties, profile, expanded)
    return tuple(expanded)


def default_profiles(properties: MergedProperties) -> tuple[str, ...]:
    """``spring.profiles.default``, normally ``default``: what counts when none is active."""
    return tuple(_listed(properties, "spring.profiles.default")) or ("default",)


def _expand(properties: MergedProperties, profile: str, into: list[str]) -> None:
    if profile in into:
        return
    into.append(profile)
    for member in _listed(properties, f"spring.profiles.group.{profile}"):
        _expand(properties, member, into)


def _listed(properties: MergedProperties, key: str) -> list[str]:
    entry = properties.find(key)
    if entry is not None:
        return _checked(comma_list(properties.resolved(entry)), key, entry.value.origin)
    uniform = parse_name(key).uniform
    entries = [properties.entry((*uniform, place)) for place in properties.children(uniform)]
    return [
        name
        for item in entries
        if item is not None
        for name in _checked([text_of(properties.resolved(item))], item.key, item.value.origin)
    ]


def _included(properties: MergedProperties) -> Iterable[str]:
    """Of every source, lowest first."""
    for source in reversed(properties.sources):
        view = MergedProperties([source])
        for entry in view.entries():
            depth = len(_INCLUDE)
            if entry.name.uniform[:depth] == _INCLUDE and len(entry.name) <= depth + 1:
                text = resolve(text_of(entry.value.value), properties.raw)
                yield from _checked(comma_list(text), entry.key, entry.value.origin)


def _checked(names: list[str], key: str, origin: Any) -> list[str]:
    for name in names:
        if not valid_profile(name):
            raise ConfigError(
                "not a profile name",
                key=key,
                value=name,
                origin=origin,
                remedy="Use letters, digits and -_.+@, with a letter or digit at both ends.",
            )
    return names
