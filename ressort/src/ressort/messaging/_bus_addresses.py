"""Who an event on the bus is for: Ant patterns over ids like ``facture-service:dev,eu:8080:1f2e``."""

from __future__ import annotations

import re
from collections.abc import Sequence

EVERYBODY = "**"


def destination_of(text: str | None) -> str:
    """A destination as Spring completes it: none is everybody, ``foo`` is every instance of it."""
    if not text:
        return EVERYBODY
    return text if text.count(":") > 1 or text.endswith(EVERYBODY) else f"{text}:**"


def addressed(destination: str | None, service_id: str, names: Sequence[str] = ()) -> bool:
    """Whether an instance is meant, by its id, by one of its profiles, or by one of the ``names`` it reads
    configuration under."""
    pattern = destination_of(destination)
    own, _, rest = service_id.partition(":")
    return any(
        _matches(pattern.split(":"), each.split(":"))
        for name in (own, *names)
        for each in _by_profile(f"{name}:{rest}" if rest else name)
    )


def _by_profile(service_id: str) -> list[str]:
    """The id, and the same with each of several profiles alone."""
    parts = service_id.split(":")
    if len(parts) < 3 or "," not in parts[1]:
        return [service_id]
    return [service_id, *(":".join([parts[0], profile, *parts[2:]]) for profile in parts[1].split(","))]


def _matches(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == EVERYBODY:
        return any(_matches(pattern[1:], parts[start:]) for start in range(len(parts) + 1))
    return bool(parts) and _part_matches(pattern[0], parts[0]) and _matches(pattern[1:], parts[1:])


def _part_matches(pattern: str, part: str) -> bool:
    words = {"*": ".*", "?": "."}
    return (
        re.fullmatch("".join(words.get(sign) or re.escape(sign) for sign in pattern), part, re.S) is not None
    )
