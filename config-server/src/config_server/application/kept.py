"""Results that are kept while they fit: a cache bounded by what it weighs, not by how many it has."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """`make(*key)` once per key; those asked for longest ago are let go above `limit` bytes.

    Safe to call from many threads; two that ask at once for something new may both make it. Errors are not kept.
    """

    def __init__(self, make: Callable[..., V], weigh: Callable[[V], int], limit: int) -> None:
        self._make = make
        self._weigh = weigh
        self._limit = limit
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[Hashable, ...], tuple[V, int]] = OrderedDict()
        self._bytes = 0

    def __call__(self, *key: Hashable) -> V:
        """What `make` gives for the key. Raises what it raises."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
                return found[0]
        made = self._make(*key)
        self._keep(key, made, self._weigh(made))
        return made

    @property
    def bytes(self) -> int:
        """What is kept now weighs this much."""
        return self._bytes

    def _keep(self, key: tuple[Hashable, ...], made: V, weight: int) -> None:
        if weight > self._limit:
            return
        with self._lock:
            before = self._found.pop(key, None)
            self._bytes += weight - (before[1] if before is not None else 0)
            self._found[key] = (made, weight)
            while self._bytes > self._limit:
                _, (_, gone) = self._found.popitem(last=False)
                self._bytes -= gone
