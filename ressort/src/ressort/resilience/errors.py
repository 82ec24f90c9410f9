"""What a caller meets when a circuit is open."""

from __future__ import annotations

from pybreaker import CircuitBreakerError

from ressort.errors import RessortError


class CircuitOpenError(RessortError, CircuitBreakerError):
    """The call was not made: the circuit is open, or half open with all its trial calls taken.

    `retry_after_s`: seconds until the next trial call may pass (0 when unknown). It is a
    `pybreaker.CircuitBreakerError` too, so code written for pybreaker keeps catching it.
    """

    def __init__(self, name: str, state: str, retry_after_s: float) -> None:
        super().__init__(f"circuit '{name}' is {state} and permits no call for {retry_after_s:.1f} s")
        self.name = name
        self.service = name
        self.state = state
        self.retry_after_s = retry_after_s
