"""Aggregation and nesting of health."""

from __future__ import annotations

import pytest

from ressort.observability.health import Health, HealthRegistry, aggregate


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["UP", "DOWN", "OUT_OF_SERVICE"], "DOWN"),
        (["UP", "OUT_OF_SERVICE"], "OUT_OF_SERVICE"),
        (["UP", "UNKNOWN"], "UP"),
        (["FATAL", "UP"], "UP"),
        (["FATAL"], "UNKNOWN"),
        ([], "UNKNOWN"),
    ],
)
def test_the_gravest_known_status_wins(statuses: list[str], expected: str) -> None:
    """Unknown words are ignored."""
    assert aggregate(statuses) == expected


def test_slashes_nest() -> None:
    """`binders/local` is a part of `binders`."""
    registry = HealthRegistry()
    registry.register("binders/local", lambda: Health("DOWN"))
    registry.register("ping", Health)
    tree = registry.tree()
    assert tree.status == "DOWN"
    assert list(tree.components) == ["binders", "ping"]
    assert tree.components["binders"].components["local"].status == "DOWN"


def test_an_indicator_that_raises_is_down() -> None:
    """With the class and the message, nobody else touched."""
    registry = HealthRegistry()

    def broken() -> Health:
        raise ConnectionError("refused")

    registry.register("db", broken)
    registry.register("ping", Health)
    tree = registry.tree()
    assert tree.components["db"] == Health("DOWN", {"error": "ConnectionError: refused"})
    assert tree.components["ping"].status == "UP"


def test_a_selection_asks_only_what_it_names() -> None:
    """A liveness probe must not open a database connection."""
    registry, asked = HealthRegistry(), []

    def database() -> Health:
        asked.append("db")
        return Health()

    registry.register("db", database)
    registry.register("ping", Health)
    assert registry.tree(["ping"]).status == "UP"
    assert asked == []
