"""The hash by which a client knows that its copy, patched with deltas, is still the registry's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def hashcode(statuses: Iterable[str]) -> str:
    """`DOWN_2_UP_10_`: statuses sorted by name with their counts; empty for an empty registry."""
    counts = Counter(statuses)
    return "".join(f"{status}_{counts[status]}_" for status in sorted(counts))
