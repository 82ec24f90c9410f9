"""Circuit breakers in the actuator."""

from __future__ import annotations

import pytest

from ressort.actuator.endpoint import BadCallError, Call
from ressort.flask.circuit_breakers import circuit_breaker_events_endpoint, circuit_breakers_endpoint
from ressort.resilience import BreakerRegistry


@pytest.fixture
def breakers() -> BreakerRegistry:
    """One breaker with one failure."""
    made = BreakerRegistry()
    with pytest.raises(ZeroDivisionError):
        made.get("stock").call(lambda: 1 // 0)
    made.get("stock").call(lambda: 1)
    return made


def test_states_are_shown_and_moved(breakers: BreakerRegistry) -> None:
    """GET shows, POST on one moves it."""
    endpoint = circuit_breakers_endpoint(breakers)
    assert endpoint.read and endpoint.write_selected
    shown = endpoint.read(Call())["circuitBreakers"]["stock"]
    assert (shown["state"], shown["bufferedCalls"], shown["failureRate"]) == ("CLOSED", 2, "-1.0%")
    moved = endpoint.write_selected(Call(path=("stock",), body={"updateState": "FORCE_OPEN"}))
    assert moved["currentState"] == "FORCED_OPEN"


@pytest.mark.parametrize(
    ("name", "body"), [("other", {"updateState": "CLOSE"}), ("stock", {}), ("stock", None)]
)
def test_what_cannot_be_done_is_a_bad_call(breakers: BreakerRegistry, name: str, body: object) -> None:
    """Unknown breaker or command."""
    endpoint = circuit_breakers_endpoint(breakers)
    assert endpoint.write_selected
    with pytest.raises(BadCallError):
        endpoint.write_selected(Call(path=(name,), body=body))


def test_events_are_filtered_by_name_and_type(breakers: BreakerRegistry) -> None:
    """All, one breaker's, one type's."""
    endpoint = circuit_breaker_events_endpoint(breakers)
    assert endpoint.read and endpoint.read_selected
    assert len(endpoint.read(Call())["circuitBreakerEvents"]) == 2
    assert endpoint.read_selected(Call(path=("other",)))["circuitBreakerEvents"] == []
    (error,) = endpoint.read_selected(Call(path=("stock", "error")))["circuitBreakerEvents"]
    assert (error["type"], "ZeroDivisionError" in error["errorMessage"]) == ("ERROR", True)
