"""The compiled route table: an index on literal path prefixes that keeps first-match order exactly.

Every prefix holds the candidates of its own and of all shorter prefixes, merged by order when the table is built,
so a look-up is one dictionary probe per path segment, from the longest prefix down, whatever the number of routes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gateway.routes.path_pattern import PathPattern, canonical

if TYPE_CHECKING:
    from gateway.filters.model import CompiledFilter
    from gateway.proxy.forward import Forward
    from gateway.routes.definitions import RouteDefinition

_MOST_RECENT = 2048

Test = Callable[["Forward"], bool]
Pre = Callable[["Forward"], "bool | None"]
Post = Callable[["Forward"], "bool | None"]
OnError = Callable[["Forward", Any], "bool | None"]


@dataclass(frozen=True)
class Predicate:
    """A compiled predicate: its test, or for Path the patterns the index uses; ``text`` as the actuator shows it."""

    text: str
    test: Test | None = None
    paths: tuple[PathPattern, ...] = ()


@dataclass(eq=False)
class Route:
    """A route ready to run. ``pre`` in filter order, ``post`` and ``on_error`` in reverse."""

    definition: RouteDefinition
    id: str
    uri: str
    send: Pre
    predicates: tuple[Predicate, ...] = ()
    filters: tuple[CompiledFilter, ...] = ()
    pre: tuple[Pre, ...] = ()
    post: tuple[Post, ...] = ()
    on_error: tuple[OnError, ...] = ()
    replay_bytes: int = 0
    connect_timeout_s: float = 0.0
    response_timeout_s: float = 0.0
    metadata: Mapping[str, Any] = field(default_factory=dict)
    actuator_allowed: bool = False
    slots: dict[Any, Any] = field(default_factory=dict)
    """Timers by (method, status), see ``gateway.metrics``."""


@dataclass(frozen=True)
class _Candidate:
    rank: int
    route: Route
    pattern: PathPattern | None
    """None when finding it in the index is already a match of the path."""
    tests: tuple[Test, ...]


class Table:
    """Routes in matching order. They never change: a reload builds another one and swaps the reference."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = tuple(sorted(routes, key=lambda route: route.definition.order))
        self.by_id = {route.id: route for route in self.routes}
        own: dict[bytes, list[_Candidate]] = {}
        for rank, route in enumerate(self.routes):
            for prefix, candidate in _candidates(rank, route):
                own.setdefault(prefix, []).append(candidate)
        self._by_prefix = {prefix: _merged(prefix, own) for prefix in own}
        self._always = tuple(own.get(b"", ()))
        self._depth = max((prefix.count(b"/") for prefix in own), default=0)
        self._recent: dict[bytes, Sequence[_Candidate]] = {}
        """Candidates of paths asked lately: a few addresses make most of the traffic."""

    def match(self, forward: Forward, path: bytes) -> Route | None:
        """The first route all of whose predicates pass; sets ``forward.variables``. ``path`` is canonical."""
        for candidate in self._recent.get(path) or self._found(path):
            if candidate.pattern is not None:
                variables = candidate.pattern.match(path)
                if variables is None:
                    continue
                forward.variables = variables
            elif forward.variables is not None:
                forward.variables = None
            if not candidate.tests or _pass(candidate.tests, forward):
                return candidate.route
        return None

    def _found(self, path: bytes) -> Sequence[_Candidate]:
        prefix = path
        surplus = prefix.count(b"/") - self._depth
        if surplus > 0:
            prefix = prefix.rsplit(b"/", surplus)[0]
        by_prefix = self._by_prefix
        while prefix:
            found = by_prefix.get(prefix)
            if found is not None:
                self._remember(path, found)
                return found
            prefix = prefix[: prefix.rindex(b"/")]
        return self._always

    def _remember(self, path: bytes, found: Sequence[_Candidate]) -> None:
        if len(self._recent) >= _MOST_RECENT:
            self._recent.clear()
        self._recent[path] = found


def _pass(tests: tuple[Test, ...], forward: Forward) -> bool:
    return all(test(forward) for test in tests)


def _candidates(rank: int, route: Route) -> list[tuple[bytes, _Candidate]]:
    """Where the index must mention a route: once per pattern of its first Path predicate."""
    indexed: tuple[PathPattern, ...] = ()
    tests: list[Test] = []
    for predicate in route.predicates:
        if predicate.paths and not indexed:
            indexed = predicate.paths
        elif predicate.paths:
            tests.append(_path_test(predicate.paths))
        elif predicate.test is not None:
            tests.append(predicate.test)
    if not indexed:
        return [(b"", _Candidate(rank, route, None, tuple(tests)))]
    return [
        (each.prefix, _Candidate(rank, route, None if each.open_prefix else each, tuple(tests)))
        for each in indexed
    ]


def _path_test(patterns: tuple[PathPattern, ...]) -> Test:
    def test(forward: Forward) -> bool:
        path = canonical(forward.path)
        for pattern in patterns:
            variables = pattern.match(path)
            if variables is not None:
                if variables:
                    forward.variables = {**(forward.variables or {}), **variables}
                return True
        return False

    return test


def _merged(prefix: bytes, own: dict[bytes, list[_Candidate]]) -> tuple[_Candidate, ...]:
    found = list(own[prefix])
    while prefix:
        prefix = prefix[: prefix.rindex(b"/")]
        found.extend(own.get(prefix, ()))
    return tuple(sorted(found, key=lambda candidate: candidate.rank))
