"""Settings, meters, health and events of breakers; retries."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressort.config import ConfigError, load
from ressort.observability.health import HealthRegistry
from ressort.observability.metrics import MeterRegistry
from ressort.resilience import BreakerRegistry, Retry, RetryOptions, State

SETTINGS = """
resilience4j:
  circuitbreaker:
    configs:
      default: {failureRateThreshold: 60, wait-duration-in-open-state: 5s}
      careful: {sliding-window-size: 10}
    instances:
      orders: {base-config: careful, minimum-number-of-calls: 2, register-health-indicator: true}
"""


def registry(tmp_path: Path, text: str = SETTINGS, **more: object) -> BreakerRegistry:
    """Breakers of a settings file."""
    (tmp_path / "application.yml").write_text(text)
    return BreakerRegistry(load(directory=tmp_path, environ={}), **more)  # type: ignore[arg-type]


def fail(breakers: BreakerRegistry, name: str, times: int) -> None:
    def bad() -> None:
        raise ConnectionError

    for _ in range(times):
        with pytest.raises(ConnectionError):
            breakers.get(name).call(bad)


def test_instances_inherit_from_their_base_and_from_default(tmp_path: Path) -> None:
    """Instance over base configuration over default, in any spelling."""
    options = registry(tmp_path).get("orders").options
    assert options.failure_rate_threshold == 60
    assert options.wait_duration_in_open_state_s == 5
    assert (options.sliding_window_size, options.minimum_number_of_calls) == (10, 2)


def test_a_breaker_without_settings_has_the_default_ones(tmp_path: Path) -> None:
    """`configs.default` counts for names nobody configured."""
    assert registry(tmp_path).get("stock").options.wait_duration_in_open_state_s == 5


def test_a_wrong_value_names_its_key(tmp_path: Path) -> None:
    """The error tells key and value."""
    text = "resilience4j.circuitbreaker.instances.a.failure-rate-threshold: 200"
    with pytest.raises(ConfigError, match="failure-rate-threshold"):
        registry(tmp_path, text).get("a")


def test_meters_have_resilience4js_names(tmp_path: Path) -> None:
    """The published dashboards find state, calls, rates and rejections."""
    metrics = MeterRegistry()
    breakers = registry(tmp_path, metrics=metrics)
    breakers.get("orders").call(lambda: None)
    fail(breakers, "orders", 2)
    text = metrics.scrape()
    assert 'resilience4j_circuitbreaker_state{name="orders",state="open"} 1' in text
    assert 'resilience4j_circuitbreaker_calls_seconds_count{kind="failed",name="orders"} 2' in text
    assert 'resilience4j_circuitbreaker_failure_rate{name="orders"}' in text
    assert (
        'resilience4j_circuitbreaker_not_permitted_calls_total{kind="not_permitted",name="orders"} 0' in text
    )


def test_health_and_actuator_show_an_open_circuit(tmp_path: Path) -> None:
    """CIRCUIT_OPEN in health; state, rate and events in the actuator's forms."""
    health = HealthRegistry()
    breakers = registry(tmp_path, health=health)
    fail(breakers, "orders", 2)
    assert health.check()["circuitBreakers/orders"].status == "CIRCUIT_OPEN"
    shown = breakers.describe()["circuitBreakers"]["orders"]
    assert (shown["state"], shown["failureRate"]) == ("OPEN", "100.0%")
    kinds = [event["type"] for event in breakers.events("orders")["circuitBreakerEvents"]]
    assert sorted(kinds) == ["ERROR", "ERROR", "STATE_TRANSITION"]


def test_the_actuator_moves_the_state_by_hand(tmp_path: Path) -> None:
    """CLOSE closes; an unknown command is refused with the known ones."""
    breakers = registry(tmp_path)
    fail(breakers, "orders", 2)
    assert breakers.update("orders", {"updateState": "CLOSE"})["currentState"] == "CLOSED"
    assert breakers.get("orders").state is State.CLOSED
    with pytest.raises(ValueError, match="FORCE_OPEN"):
        breakers.update("orders", {"updateState": "close"})


def test_a_retry_repeats_until_it_succeeds_and_is_counted(tmp_path: Path) -> None:
    """Two failures, then the result; the waits grow by the multiplier."""
    metrics, waits = MeterRegistry(), []
    options = RetryOptions(
        max_attempts=4, wait_duration_s=0.1, enable_exponential_backoff=True, exponential_backoff_multiplier=2
    )
    results = iter([ConnectionError(), ConnectionError(), "done"])

    def flaky() -> str:
        result = next(results)
        if isinstance(result, Exception):
            raise result
        return result

    assert Retry("r", options, metrics=metrics, sleep=waits.append).call(flaky) == "done"
    assert waits == pytest.approx([0.1, 0.2])
    assert 'resilience4j_retry_calls_total{kind="successful_with_retry",name="r"} 1' in metrics.scrape()


def test_a_retry_ends_with_the_last_error() -> None:
    """After the last attempt the error itself comes out."""
    calls: list[int] = []

    def bad() -> None:
        calls.append(1)
        raise ConnectionError(len(calls))

    with pytest.raises(ConnectionError, match="2"):
        Retry("r", RetryOptions(max_attempts=2), sleep=lambda s: None).call(bad)


def test_errors_that_are_not_retried_come_out_at_once() -> None:
    """`again` and the lists of exceptions are asked before anything is repeated."""
    calls: list[int] = []

    def wrong() -> None:
        calls.append(1)
        raise KeyError

    with pytest.raises(KeyError):
        Retry("r", RetryOptions(retry_exceptions=("OSError",)), sleep=lambda s: None).call(wrong)
    assert calls == [1]


def test_random_waits_stay_within_their_factor() -> None:
    """Half of the wait either way."""
    options = RetryOptions(wait_duration_s=1.0, enable_randomized_wait=True, randomized_wait_factor=0.5)
    assert Retry("r", options, rng=lambda: 0.0).wait_s(1) == 0.5
    assert Retry("r", options, rng=lambda: 1.0).wait_s(1) == 1.5


def test_retries_are_configured_like_resilience4js(tmp_path: Path) -> None:
    """Instance over default, durations with units."""
    (tmp_path / "application.yml").write_text(
        "resilience4j.retry:\n"
        "  configs.default: {max-attempts: 5, wait-duration: 200ms}\n"
        "  instances.mail: {enable-exponential-backoff: true}\n"
    )
    options = Retry.configured(load(directory=tmp_path, environ={}), "mail").options
    assert (options.max_attempts, options.wait_duration_s) == (5, 0.2)
    assert options.enable_exponential_backoff is True
