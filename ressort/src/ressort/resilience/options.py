"""Settings of breakers and retries: Resilience4j's names and defaults.

`resilience4j.<kind>.instances.<name>.*` over `configs.<base-config>.*` over `configs.default.*`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, TypeVar

from ressort.config import duration, value

T = TypeVar("T")
BREAKERS = "resilience4j.circuitbreaker"
RETRIES = "resilience4j.retry"


class Settings(Protocol):
    """What is needed of `ressort.config.Environment`."""

    def bind(self, cls: type[T], prefix: str | None = None) -> T: ...

    def section(self, prefix: str) -> dict[str, Any]: ...


def _window(kind: str) -> str | None:
    return None if kind in ("COUNT_BASED", "TIME_BASED") else "COUNT_BASED or TIME_BASED is expected"


@dataclass(frozen=True)
class CircuitBreakerOptions:
    """`resilience4j.circuitbreaker.instances.<name>`; rates in percent, windows in calls or seconds."""

    failure_rate_threshold: float = value(50.0, minimum=0.001, maximum=100)
    slow_call_rate_threshold: float = value(100.0, minimum=0.001, maximum=100)
    slow_call_duration_threshold_s: float = duration(60.0)
    sliding_window_type: str = value("COUNT_BASED", check=_window)
    sliding_window_size: int = value(100, minimum=1, maximum=100_000)
    minimum_number_of_calls: int = value(100, minimum=1)
    permitted_number_of_calls_in_half_open_state: int = value(10, minimum=1)
    max_wait_duration_in_half_open_state_s: float = duration(0.0)
    wait_duration_in_open_state_s: float = duration(60.0)
    enable_exponential_backoff: bool = False
    exponential_backoff_multiplier: float = value(1.5, minimum=1)
    exponential_max_wait_duration_in_open_state_s: float = duration(600.0)
    record_exceptions: tuple[str, ...] = ()
    ignore_exceptions: tuple[str, ...] = ()
    register_health_indicator: bool = False
    allow_health_indicator_to_fail: bool = False
    event_consumer_buffer_size: int = value(100, minimum=1, maximum=10_000)

    @property
    def needed_calls(self) -> int:
        """Results needed before a rate is judged: never more than a count window can hold."""
        if self.sliding_window_type == "COUNT_BASED":
            return min(self.minimum_number_of_calls, self.sliding_window_size)
        return self.minimum_number_of_calls

    @property
    def needed_trials(self) -> int:
        """Results needed to leave the half-open state."""
        return min(self.minimum_number_of_calls, self.permitted_number_of_calls_in_half_open_state)


@dataclass(frozen=True)
class RetryOptions:
    """`resilience4j.retry.instances.<name>`; `max_attempts` counts the first call too."""

    max_attempts: int = value(3, minimum=1, maximum=1000)
    wait_duration_s: float = duration(0.5)
    enable_exponential_backoff: bool = False
    exponential_backoff_multiplier: float = value(1.5, minimum=1)
    exponential_max_wait_duration_s: float = duration(60.0)
    enable_randomized_wait: bool = False
    randomized_wait_factor: float = value(0.5, minimum=0, maximum=1)
    retry_exceptions: tuple[str, ...] = ()
    ignore_exceptions: tuple[str, ...] = ()


Options = TypeVar("Options", CircuitBreakerOptions, RetryOptions)


def layered(env: Settings, kind: str, name: str, base: Options) -> Options:
    """`base` with the properties of `configs.default`, the instance's base configuration, the instance.

    Raises ConfigError for a value that cannot be read.
    """
    instance = f"{kind}.instances.{name}"
    shared = _given(env.section(instance)).get("baseconfig", "default")
    for prefix in dict.fromkeys((f"{kind}.configs.default", f"{kind}.configs.{shared}", instance)):
        base = _over(env, prefix, base)
    return base


def instance_names(env: Settings, kind: str) -> list[str]:
    """Names that have settings of their own."""
    return sorted(env.section(f"{kind}.instances"))


def _over(env: Settings, prefix: str, base: Options) -> Options:
    given = _given(env.section(prefix))
    if not given:
        return base
    bound = env.bind(type(base), prefix)
    names = [field.name for field in fields(base) if _property(field.name) in given]
    return replace(base, **{name: getattr(bound, name) for name in names})


def _given(section: Mapping[str, Any]) -> dict[str, Any]:
    return {"".join(c for c in key.lower() if c.isalnum()): found for key, found in section.items()}


def _property(field_name: str) -> str:
    return field_name.removesuffix("_s").replace("_", "")
