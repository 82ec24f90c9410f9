"""The meters of Micrometer, counted in plain numbers; formatting happens only when someone reads."""

from __future__ import annotations

import logging
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_log = logging.getLogger(__name__)

ROTATION_S = 60.0
RING = 3

Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MeterId:
    """Dotted Micrometer name and sorted tags; equal ids are one meter."""

    name: str
    tags: Tags


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure of a meter, under Micrometer's statistic name (COUNT, TOTAL_TIME, MAX, VALUE...)."""

    statistic: str
    value: float


class Meter:
    """Common part of all meters: identity, text, unit, and the figures of the moment."""

    kind = "untyped"

    def __init__(self, id: MeterId, description: str = "", base_unit: str | None = None) -> None:
        self.id = id
        self.description = description
        self.base_unit = base_unit

    def measure(self) -> list[Measurement]:
        """The figures of this moment."""
        raise NotImplementedError


class Counter(Meter):
    """A total that only grows."""

    kind = "counter"

    def __init__(self, id: MeterId, description: str = "", base_unit: str | None = None) -> None:
        super().__init__(id, description, base_unit)
        self._lock = threading.Lock()
        self._count = 0.0

    def increment(self, n: float = 1.0) -> None:
        """Add `n`, which must not be negative."""
        if n < 0:
            raise ValueError(f"counter {self.id.name} cannot go down by {n}")
        with self._lock:
            self._count += n

    @property
    def count(self) -> float:
        """The total so far."""
        return self._count

    def measure(self) -> list[Measurement]:
        return [Measurement("COUNT", self._count)]


class Gauge(Meter):
    """A value read from a function at each look; NaN when the function fails. `counting` reads a total."""

    kind = "gauge"

    def __init__(
        self,
        id: MeterId,
        read: Callable[[], float],
        description: str = "",
        base_unit: str | None = None,
        counting: bool = False,
    ) -> None:
        super().__init__(id, description, base_unit)
        self.read = read
        self._counting = counting
        if counting:
            self.kind = "counter"

    @property
    def value(self) -> float:
        """The function's answer now, NaN when it raises."""
        try:
            return float(self.read())
        except Exception as error:  # noqa: BLE001 - one broken gauge must not empty the whole scrape
            _log.debug("Gauge %s cannot be read: %s", self.id.name, error)
            return float("nan")

    def measure(self) -> list[Measurement]:
        return [Measurement("COUNT" if self._counting else "VALUE", self.value)]


class Distribution(Meter):
    """Count, total and decaying maximum of recorded amounts, with optional cumulative buckets.

    The maximum covers the last two to three minutes: a ring of three one-minute buckets, as in
    Micrometer's TimeWindowMax. `buckets` are upper bounds in the base unit, ascending.
    """

    kind = "summary"
    total_statistic = "TOTAL"

    def __init__(
        self,
        id: MeterId,
        description: str = "",
        base_unit: str | None = None,
        buckets: tuple[float, ...] = (),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(id, description, base_unit)
        self.buckets = buckets
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._count = 0
        self._total = 0.0
        self._counts = [0] * (len(buckets) + 1)
        self._ring = [0.0] * RING
        self._next_rotation_s = monotonic() + ROTATION_S

    def record(self, amount: float) -> None:
        """Add one amount (seconds for timers, else the base unit); negative ones are ignored."""
        if amount < 0:
            return
        with self._lock:
            if self._monotonic() >= self._next_rotation_s:
                self._rotate()
            self._count += 1
            self._total += amount
            if amount > self._ring[-1]:
                self._ring = [amount if amount > old else old for old in self._ring]
            if self.buckets:
                self._counts[bisect_left(self.buckets, amount)] += 1

    @property
    def count(self) -> int:
        """How many amounts were recorded."""
        return self._count

    @property
    def total(self) -> float:
        """Their sum."""
        return self._total

    @property
    def max(self) -> float:
        """The greatest amount of the last two to three minutes, 0 without any."""
        with self._lock:
            if self._monotonic() >= self._next_rotation_s:
                self._rotate()
            return self._ring[0]

    def cumulative(self) -> list[tuple[float, int]]:
        """(upper bound, amounts not above it), ascending; the last bound is infinity."""
        with self._lock:
            counts = tuple(self._counts)
        running, found = 0, []
        for bound, n in zip((*self.buckets, float("inf")), counts, strict=True):
            running += n
            found.append((bound, running))
        return found

    def measure(self) -> list[Measurement]:
        return [
            Measurement("COUNT", float(self._count)),
            Measurement(self.total_statistic, self._total),
            Measurement("MAX", self.max),
        ]

    def _rotate(self) -> None:
        now = self._monotonic()
        steps = 1 + int((now - self._next_rotation_s) // ROTATION_S)
        fresh = min(steps, RING)
        self._ring = self._ring[fresh:] + [0.0] * fresh
        self._next_rotation_s += steps * ROTATION_S


class Timer(Distribution):
    """A distribution of durations in seconds."""

    kind = "timer"
    total_statistic = "TOTAL_TIME"

    @contextmanager
    def time(self) -> Iterator[None]:
        """Record how long the block takes, also when it raises."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.record(time.perf_counter() - began)
