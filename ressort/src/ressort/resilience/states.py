"""The states of a breaker, who hears of them, and what its calls are counted by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .breaker import CircuitBreaker

NO_RATE = -1.0


class State(StrEnum):
    """States by Resilience4j's names."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF_OPEN = "HALF_OPEN"
    DISABLED = "DISABLED"
    FORCED_OPEN = "FORCED_OPEN"
    METRICS_ONLY = "METRICS_ONLY"


class Listener:
    """Hears what happens; every method may be left out. Called outside of the breaker's lock."""

    def success(self, breaker: CircuitBreaker, duration_s: float) -> None:
        """A call went well."""

    def failure(self, breaker: CircuitBreaker, error: BaseException, duration_s: float) -> None:
        """A call failed and counts."""

    def ignored(self, breaker: CircuitBreaker, error: BaseException, duration_s: float) -> None:
        """A call failed in a way that says nothing of the peer's health."""

    def rejected(self, breaker: CircuitBreaker) -> None:
        """A call was not permitted."""

    def state_change(self, breaker: CircuitBreaker, old: State, new: State) -> None:
        """The state machine moved."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the window holds; rates in percent, -1 while there are too few results."""

    calls: int
    failed: int
    slow: int
    slow_failed: int
    failure_rate: float
    slow_call_rate: float


@dataclass(slots=True)
class Permit:
    """Leave to make one call; must be given back by exactly one of `CircuitBreaker.on_*`."""

    generation: int
    started_s: float
