"""The profiles in effect, lowest precedence first, once files have added to those asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def with_included(
    asked: Sequence[str], included: Sequence[str], groups: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Asked ones, then included ones; members of a group follow its name, whoever named it; each once."""
    found: dict[str, None] = {}
    waiting = [*reversed([*asked, *included])]
    while waiting:
        profile = waiting.pop()
        if profile not in found:
            found[profile] = None
            waiting += reversed(groups.get(profile, ()))
    return tuple(found)
