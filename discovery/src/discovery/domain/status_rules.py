"""Which status an instance is shown with: its own word, an operator's override, or what it was before."""

from __future__ import annotations

from ressort.discovery.instance import OUT_OF_SERVICE, UNKNOWN, UP

_ROUTABLE_WORDS = (UP, OUT_OF_SERVICE)


def resolved_status(stated: str, override: str | None, existing: str | None, replicated: bool) -> str:
    """The first rule that applies wins (Eureka's order).

    1. An instance that says anything but UP or OUT_OF_SERVICE is believed.
    2. An override decides.
    3. A client (not a peer) keeps the UP or OUT_OF_SERVICE its lease already has.
    4. The instance's own word.
    """
    if stated not in _ROUTABLE_WORDS:
        return stated
    if override is not None and override != UNKNOWN:
        return override
    if not replicated and existing in _ROUTABLE_WORDS:
        return existing
    return stated
