"""What a filter factory makes, and the registry every factory is entered in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gateway.routes.components import Component

if TYPE_CHECKING:
    from gateway.filters.services import FilterServices
    from gateway.routes.table import OnError, Post, Pre


@dataclass(frozen=True)
class CompiledFilter:
    """The closures of one filter of one route.

    ``pre`` runs before the request leaves: true ends the chain, the filter having answered or promising to
    continue with ``forward.resume``. ``post`` sees the answer's head and ``on_error`` a failed attempt; true takes
    the outcome over. ``replay_bytes`` asks for the body to be kept up to that size so it can be sent again.
    """

    text: str
    pre: Pre | None = None
    post: Post | None = None
    on_error: OnError | None = None
    replay_bytes: int = 0
    order: int | None = None
    """Position of its own, instead of its place in the list (specs/gateway.md 1.5)."""
    rehearse: Pre | None = None
    """What it does to the path of a request that is only tried on the routes; true when it goes no further."""


@dataclass(frozen=True)
class FilterSite:
    """Where a filter is being compiled: its route and its index in the final chain."""

    route_id: str
    index: int
    metadata: Any = None


FilterFactory = Callable[[Component, FilterSite, "FilterServices"], CompiledFilter]


class FilterRegistry:
    """Filter factories by Spring's short name."""

    def __init__(self) -> None:
        self._factories: dict[str, FilterFactory] = {}

    def add(self, name: str, factory: FilterFactory) -> None:
        """Enter a factory; a name already there is replaced, so that a site may supply its own."""
        self._factories[name] = factory

    def get(self, name: str) -> FilterFactory | None:
        return self._factories.get(name)

    @property
    def names(self) -> Sequence[str]:
        return sorted(self._factories)
