"""The connection pool's figures under HikariCP's and Spring's names, which dashboards ask for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from ressort.observability.metrics import MeterRegistry

from .options import HikariOptions

_TAKEN = "ressort_taken_s"


class PoolMetrics:
    """`hikaricp.connections.*` by pool, `jdbc.connections.*` by data source."""

    def __init__(self, engine: Engine, options: HikariOptions, name: str, metrics: MeterRegistry) -> None:
        self._engine = engine
        self._pending = 0
        pool = options.pool_name
        self._acquire = metrics.timer("hikaricp.connections.acquire", "Time to get a connection", pool=pool)
        self._usage = metrics.timer("hikaricp.connections.usage", "Time a connection was used", pool=pool)
        self._creation = metrics.timer("hikaricp.connections.creation", "Time to connect", pool=pool)
        self._timeout = metrics.counter(
            "hikaricp.connections.timeout", "Waits that ended without one", pool=pool
        )
        gauges = {"active": self._active, "idle": self._idle, "max": lambda: options.maximum_pool_size}
        gauges["min"] = lambda: options.minimum_idle
        for suffix, read in gauges.items():
            metrics.gauge(f"hikaricp.connections.{suffix}", read, pool=pool)
            metrics.gauge(f"jdbc.connections.{suffix}", read, name=name)
        metrics.gauge("hikaricp.connections", lambda: self._active() + self._idle(), pool=pool)
        metrics.gauge("hikaricp.connections.pending", lambda: self._pending, pool=pool)
        event.listen(engine, "checkout", self._checked_out)
        event.listen(engine, "checkin", self._checked_in)
        event.listen(engine, "do_connect", self._connect)

    @contextmanager
    def acquiring(self) -> Iterator[None]:
        """Around the wait for a connection."""
        began = time.perf_counter()
        self._pending += 1
        try:
            yield
        except PoolTimeoutError:
            self._timeout.increment()
            raise
        finally:
            self._pending -= 1
        self._acquire.record(time.perf_counter() - began)

    def _active(self) -> int:
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    def _idle(self) -> int:
        pool = self._engine.pool
        return pool.checkedin() if isinstance(pool, QueuePool) else 1

    def _checked_out(self, _connection: Any, record: Any, _proxy: Any) -> None:
        record.info[_TAKEN] = time.perf_counter()

    def _checked_in(self, _connection: Any, record: Any) -> None:
        taken_s = record.info.pop(_TAKEN, None)
        if taken_s is not None:
            self._usage.record(time.perf_counter() - taken_s)

    def _connect(self, dialect: Any, _record: Any, arguments: Any, settings: Any) -> Any:
        began = time.perf_counter()
        connection = dialect.connect(*arguments, **settings)
        self._creation.record(time.perf_counter() - began)
        return connection
