"""Circuit breakers in the actuator."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ressort.actuator.endpoint import BadCallError, Call, Endpoint
from ressort.flask.circuit_breakers import circuit_breaker_events_endpoint, circuit_breakers_endpoint
from ressort.resilience import BreakerRegistry, CircuitOpenError


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


class Hands:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.at_s = 0.0

    def monotonic(self) -> float:
        """Seconds."""
        return self.at_s

    def now(self) -> datetime:
        """The instant."""
        return datetime(2026, 12, 1, 10, tzinfo=UTC) + timedelta(seconds=self.at_s)


@pytest.fixture
def hands() -> Hands:
    """At ten o'clock."""
    return Hands()


@pytest.fixture
def held(hands: Hands) -> Endpoint:
    """The endpoint over one breaker, `stock`, by that clock."""
    registry = BreakerRegistry(monotonic=hands.monotonic, now=hands.now)
    registry.get("stock")
    return circuit_breakers_endpoint(registry)


def order(endpoint: Endpoint, **body: object) -> Any:
    """What POST answers."""
    assert endpoint.write_selected
    return endpoint.write_selected(Call(path=("stock",), body=body))


def shown(endpoint: Endpoint) -> Any:
    """What GET shows of it."""
    assert endpoint.read
    return endpoint.read(Call())["circuitBreakers"]["stock"]


@pytest.mark.parametrize(
    "end", [{"duration": "15m"}, {"duration": "PT15M"}, {"until": "2026-12-01T11:15:00+01:00"}]
)
def test_a_forced_breaker_closes_by_itself_at_its_hour(
    held: Endpoint, hands: Hands, caplog: pytest.LogCaptureFixture, end: dict[str, str]
) -> None:
    """Reason and end are shown and logged; nobody has to call or to be there."""
    answer = order(held, updateState="FORCE_OPEN", reason="base\u00a0en maintenance", **end)
    told = {
        "reason": "base\u00a0en maintenance",
        "since": "2026-12-01T10:00:00.000Z",
        "until": "2026-12-01T10:15:00.000Z",
    }
    assert (answer["currentState"], answer["forced"]) == ("FORCED_OPEN", told)
    assert "until 2026-12-01T10:15:00.000Z, by hand: base" in caplog.text
    hands.at_s = 899.0
    assert (shown(held)["state"], shown(held)["forced"]) == ("FORCED_OPEN", told)
    hands.at_s = 960.0
    now = shown(held)
    assert (now["state"], now["forced"], now["stateSince"]) == ("CLOSED", None, "2026-12-01T10:15:00.000Z")
    assert "stock is no longer FORCED_OPEN" in caplog.text


def test_a_call_after_the_hour_passes(hands: Hands) -> None:
    """The next call ends the hold without anybody having looked."""
    registry = BreakerRegistry(monotonic=hands.monotonic, now=hands.now)
    breaker = registry.get("stock")
    registry.update("stock", {"updateState": "FORCE_OPEN", "duration": "5m"})
    with pytest.raises(CircuitOpenError):
        breaker.call(lambda: 1)
    hands.at_s = 300.0
    assert breaker.call(lambda: 1) == 1


def test_an_order_replaces_the_one_before_and_closing_ends_it(held: Endpoint, hands: Hands) -> None:
    """The same state again without an end stays; CLOSE forgets the reason."""
    order(held, updateState="DISABLE", duration="1m", reason="un")
    order(held, updateState="DISABLE", reason="deux")
    hands.at_s = 3600.0
    assert (shown(held)["state"], shown(held)["forced"]["reason"]) == ("DISABLED", "deux")
    assert shown(held)["forced"]["until"] is None
    assert "forced" not in order(held, updateState="CLOSE", reason="fini")
    assert (shown(held)["state"], shown(held)["forced"]) == ("CLOSED", None)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("motif", {"motif": "x"}),
        ("until", {"until": "2026-12-01T09:59:59Z"}),
        ("until", {"until": "2026-12-01T10:30:00"}),
        ("until", {"until": "demain"}),
        ("until", {"until": 5}),
        ("until", {"until": "2027-12-01T10:30:00Z"}),
        ("duration", {"duration": "0s"}),
        ("duration", {"duration": "bientôt"}),
        ("duration", {"duration": 5}),
        ("duration", {"duration": "5m", "until": "2026-12-01T10:30:00Z"}),
        ("duration", {"duration": "5m", "updateState": "CLOSE"}),
        ("until", {"until": "2026-12-01T10:30:00Z", "updateState": "CLOSE"}),
        ("reason", {"reason": " "}),
        ("reason", {"reason": "x" * 201}),
        ("reason", {"reason": "a\nb"}),
        ("reason", {"reason": 1}),
        ("updateState", {"updateState": "OPEN"}),
    ],
)
def test_what_is_wrong_with_an_order_is_named(held: Endpoint, field: str, more: dict[str, object]) -> None:
    """And the breaker stays as it was."""
    with pytest.raises(BadCallError, match=field):
        order(held, **{"updateState": "FORCE_OPEN", **more})
    assert shown(held)["state"] == "CLOSED"
