"""Connection pools under HikariCP's metric names, which Spring's dashboards ask for."""

from __future__ import annotations

from typing import Any

from ressort.observability.metrics import MeterRegistry


def register_pool_metrics(registry: MeterRegistry, pool: Any, pool_name: str, source_name: str) -> None:
    """Gauges of a SQLAlchemy pool: `hikaricp.connections.*` by pool, `jdbc.connections.*` by data source.

    A pool that does not count (one connection for all, as for SQLite in memory) registers nothing.
    """
    if not all(hasattr(pool, name) for name in ("checkedout", "checkedin", "size")):
        return
    figures = {
        "": lambda: float(pool.checkedin() + pool.checkedout()),
        ".active": lambda: float(pool.checkedout()),
        ".idle": lambda: float(pool.checkedin()),
        ".max": lambda: float(pool.size() + max(0, getattr(pool, "_max_overflow", 0))),
        ".min": lambda: 0.0,
    }
    for suffix, read in figures.items():
        registry.gauge(f"hikaricp.connections{suffix}", read, "Connections of the pool", pool=pool_name)
        if suffix:
            registry.gauge(f"jdbc.connections{suffix}", read, "Connections of the source", name=source_name)
