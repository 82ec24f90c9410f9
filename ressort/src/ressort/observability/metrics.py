"""The registry of a process's meters: one per (name, tags), common tags, switches, scrape."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ressort.observability.exposition import prometheus_text
from ressort.observability.meters import Counter, Distribution, Gauge, Meter, MeterId, Timer

__all__ = ["Counter", "Distribution", "Gauge", "Meter", "MeterId", "MeterRegistry", "Timer"]

HISTOGRAM_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds used for `percentiles-histogram`, fewer than Micrometer's 69 and enough for the usual panels."""

M = TypeVar("M", bound=Meter)


class MeterRegistry:
    """Meters by dotted Micrometer name and tags; asking twice returns the same one.

    `common_tags` go on every meter (`application`). `disabled` are name prefixes that are counted
    but never shown (`management.metrics.enable.<prefix>=false`). `buckets` maps name prefixes to
    histogram bounds in seconds, for timers.
    """

    def __init__(
        self,
        common_tags: Mapping[str, str] | None = None,
        disabled: Iterable[str] = (),
        buckets: Mapping[str, tuple[float, ...]] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.common_tags = dict(common_tags or {})
        self._disabled = tuple(disabled)
        self._buckets = dict(buckets or {})
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._meters: dict[MeterId, Meter] = {}

    def counter(
        self, name: str, /, description: str = "", base_unit: str | None = None, **tags: Any
    ) -> Counter:
        """A counter; its exposition name ends in `_total`."""
        return self._obtain(Counter, self._id(name, tags), lambda id: Counter(id, description, base_unit))

    def timer(self, name: str, /, description: str = "", **tags: Any) -> Timer:
        """A timer in seconds: `_seconds_count`, `_seconds_sum`, `_seconds_max`."""
        bounds = self._bounds(name)
        return self._obtain(
            Timer, self._id(name, tags), lambda id: Timer(id, description, "seconds", bounds, self._monotonic)
        )

    def summary(
        self, name: str, /, description: str = "", base_unit: str | None = None, **tags: Any
    ) -> Distribution:
        """A distribution of amounts other than durations."""
        return self._obtain(
            Distribution,
            self._id(name, tags),
            lambda id: Distribution(id, description, base_unit, (), self._monotonic),
        )

    def gauge(
        self,
        name: str,
        /,
        fn: Callable[[], float],
        description: str = "",
        base_unit: str | None = None,
        **tags: Any,
    ) -> Gauge:
        """A gauge reading `fn` at each look; registered again, the newer function is read."""
        gauge = self._obtain(Gauge, self._id(name, tags), lambda id: Gauge(id, fn, description, base_unit))
        gauge.read = fn
        return gauge

    def function_counter(
        self,
        name: str,
        /,
        fn: Callable[[], float],
        description: str = "",
        base_unit: str | None = None,
        **tags: Any,
    ) -> Gauge:
        """A total kept elsewhere, shown as a counter."""
        gauge = self._obtain(
            Gauge, self._id(name, tags), lambda id: Gauge(id, fn, description, base_unit, counting=True)
        )
        gauge.read = fn
        return gauge

    def remove(self, name: str, /, **tags: Any) -> None:
        """Forget a meter; an unknown one is no error."""
        with self._lock:
            self._meters.pop(self._id(name, tags), None)

    def meters(self) -> list[Meter]:
        """Every shown meter, by name then tags."""
        with self._lock:
            found = list(self._meters.values())
        return sorted(
            (m for m in found if not m.id.name.startswith(self._disabled or ("\0",))),
            key=lambda m: (m.id.name, m.id.tags),
        )

    def scrape(self, openmetrics: bool = False, names: Iterable[str] = ()) -> str:
        """The Prometheus text (0.0.4, or OpenMetrics 1.0.0), only of the named families if any are given."""
        return prometheus_text(self.meters(), openmetrics=openmetrics, names=frozenset(names))

    def _id(self, name: str, tags: Mapping[str, Any]) -> MeterId:
        merged = {**self.common_tags, **{key: str(value) for key, value in tags.items()}}
        return MeterId(name, tuple(sorted(merged.items())))

    def _bounds(self, name: str) -> tuple[float, ...]:
        fitting = [prefix for prefix in self._buckets if name == prefix or name.startswith(prefix + ".")]
        return self._buckets[max(fitting, key=len)] if fitting else ()

    def _obtain(self, kind: type[M], id: MeterId, make: Callable[[MeterId], M]) -> M:
        with self._lock:
            meter = self._meters.get(id)
            if meter is None:
                meter = self._meters[id] = make(id)
        if type(meter) is not kind:
            raise ValueError(
                f"{id.name}{dict(id.tags)} is already a {meter.kind}, not a {kind.__name__.lower()}"
            )
        return meter
