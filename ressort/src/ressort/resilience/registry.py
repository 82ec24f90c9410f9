"""All breakers of a process: made on first use from the settings, measured, shown to health and actuator."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ressort.observability.health import Health, HealthRegistry
from ressort.observability.metrics import MeterRegistry

from .breaker import CircuitBreaker
from .holds import instant, read_order
from .matching import Matches
from .options import BREAKERS, CircuitBreakerOptions, Settings, instance_names, layered
from .states import Listener, State

_log = logging.getLogger("ressort.resilience")
_HAND_MADE = {"CLOSE": State.CLOSED, "FORCE_OPEN": State.FORCED_OPEN, "DISABLE": State.DISABLED}


class BreakerRegistry:
    """`get(name)` gives the one breaker of that name.

    `defaults` stand below every property. Without `env` they are the settings.
    """

    def __init__(
        self,
        env: Settings | None = None,
        metrics: MeterRegistry | None = None,
        health: HealthRegistry | None = None,
        defaults: CircuitBreakerOptions | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._monotonic = monotonic
        self._now = now
        self._env = env
        self._metrics = metrics
        self._health = health
        self._defaults = defaults or CircuitBreakerOptions()
        self._breakers: dict[str, CircuitBreaker] = {}
        self._events: dict[str, Events] = {}
        self._lock = threading.Lock()

    def get(self, name: str, ignore: Matches | None = None) -> CircuitBreaker:
        """The breaker of that name, made now if it is new; `ignore` counts only then. Raises ConfigError."""
        found = self._breakers.get(name)
        if found is not None:
            return found
        with self._lock:
            return self._breakers.get(name) or self._make(name, ignore)

    def create_configured(self) -> None:
        """Makes the breakers that have settings of their own, so that they are seen before their first call."""
        if self._env is not None:
            for name in instance_names(self._env, BREAKERS):
                self.get(name)

    def describe(self) -> dict[str, Any]:
        """`GET /actuator/circuitbreakers`: beside Resilience4j's figures since when, and what somebody ordered."""
        return {"circuitBreakers": {n: _told(b) for n, b in sorted(self._breakers.items())}}

    def events(self, name: str | None = None, kind: str | None = None) -> dict[str, Any]:
        """`GET /actuator/circuitbreakerevents[/{name}[/{type}]]`, oldest first."""
        chosen = [e for n, kept in list(self._events.items()) if name in (None, n) for e in list(kept.kept)]
        shown = [e for e in chosen if kind is None or e["type"] == kind.upper()]
        return {"circuitBreakerEvents": sorted(shown, key=lambda e: str(e["creationTime"]))}

    def update(self, name: str, body: Any) -> dict[str, Any]:
        """`POST /actuator/circuitbreakers/{name}`, see `holds.read_order`. Raises KeyError, ValueError."""
        breaker = self._breakers[name]
        order = read_order(body, self._now())
        breaker.hold(_HAND_MADE[order.command], order.reason, order.lasts_s)
        held, state = breaker.held, breaker.state
        end = "" if held is None or held.until is None else f" until {instant(held.until)}"
        _log.warning(
            "Circuit breaker %s is now %s%s, by hand: %s", name, state, end, order.reason or "no reason given"
        )
        message = f"Circuit breaker {name} is now {state}{end}"
        told = {"circuitBreakerName": name, "currentState": str(state), "message": message}
        return told if held is None else {**told, "forced": held.described()}

    def _make(self, name: str, ignore: Matches | None) -> CircuitBreaker:
        options = self._defaults if self._env is None else layered(self._env, BREAKERS, name, self._defaults)
        breaker = CircuitBreaker(name, options, ignore=ignore, monotonic=self._monotonic, now=self._now)
        events = self._events[name] = Events(options.event_consumer_buffer_size)
        breaker.listeners = (events, _EndOfHold())
        if self._metrics is not None:
            breaker.listeners += (Meters(breaker, self._metrics),)
        if self._health is not None and options.register_health_indicator:
            self._health.register(f"circuitBreakers/{name}", lambda: health_of(breaker))
        self._breakers[name] = breaker
        return breaker


def health_of(breaker: CircuitBreaker) -> Health:
    """UP, CIRCUIT_OPEN (DOWN where the breaker may fail health) or CIRCUIT_HALF_OPEN, with the figures."""
    open_status = "DOWN" if breaker.options.allow_health_indicator_to_fail else "CIRCUIT_OPEN"
    status = {
        State.OPEN: open_status,
        State.FORCED_OPEN: open_status,
        State.HALF_OPEN: "CIRCUIT_HALF_OPEN",
    }.get(breaker.state, "UP")
    return Health(status, _described(breaker))


def _told(breaker: CircuitBreaker) -> dict[str, Any]:
    held = breaker.held
    forced = None if held is None else held.described()
    return {**_described(breaker), "stateSince": instant(breaker.changed_at), "forced": forced}


def _described(breaker: CircuitBreaker) -> dict[str, Any]:
    figures = breaker.figures()
    return {
        "failureRate": f"{figures.failure_rate:.1f}%",
        "slowCallRate": f"{figures.slow_call_rate:.1f}%",
        "failureRateThreshold": f"{breaker.options.failure_rate_threshold:.1f}%",
        "slowCallRateThreshold": f"{breaker.options.slow_call_rate_threshold:.1f}%",
        "bufferedCalls": figures.calls,
        "failedCalls": figures.failed,
        "slowCalls": figures.slow,
        "slowFailedCalls": figures.slow_failed,
        "notPermittedCalls": breaker.not_permitted_calls,
        "state": str(breaker.state),
    }


class Events(Listener):
    """The last happenings of one breaker, as `/actuator/circuitbreakerevents` shows them."""

    def __init__(self, size: int) -> None:
        self._kept: deque[tuple[str, str, float, dict[str, Any]]] = deque(maxlen=size)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The events, oldest first, written out only now: most are never read."""
        return [_event(*each) for each in list(self._kept)]

    def success(self, breaker: CircuitBreaker, duration_s: float) -> None:
        """SUCCESS."""
        self._add(breaker, "SUCCESS", durationInMs=round(duration_s * 1000))

    def failure(self, breaker: CircuitBreaker, error: BaseException, duration_s: float) -> None:
        """ERROR."""
        self._failed(breaker, "ERROR", error, duration_s)

    def ignored(self, breaker: CircuitBreaker, error: BaseException, duration_s: float) -> None:
        """IGNORED_ERROR."""
        self._failed(breaker, "IGNORED_ERROR", error, duration_s)

    def rejected(self, breaker: CircuitBreaker) -> None:
        """NOT_PERMITTED."""
        self._add(breaker, "NOT_PERMITTED")

    def state_change(self, breaker: CircuitBreaker, old: State, new: State) -> None:
        """STATE_TRANSITION."""
        self._add(breaker, "STATE_TRANSITION", stateTransition=f"{old}_TO_{new}")

    def _failed(self, breaker: CircuitBreaker, kind: str, error: BaseException, duration_s: float) -> None:
        text = f"{type(error).__qualname__}: {error}"[:300]
        self._add(breaker, kind, errorMessage=text, durationInMs=round(duration_s * 1000))

    def _add(self, breaker: CircuitBreaker, kind: str, **more: Any) -> None:
        self._kept.append((breaker.name, kind, time.time(), more))


def _event(name: str, kind: str, instant_s: float, more: dict[str, Any]) -> dict[str, Any]:
    when = datetime.fromtimestamp(instant_s, UTC).isoformat()
    return {"circuitBreakerName": name, "type": kind, "creationTime": when, **more}


class _EndOfHold(Listener):
    """Logs that a breaker left the state it was put into: its hour had come, or somebody closed it."""

    def state_change(self, breaker: CircuitBreaker, old: State, new: State) -> None:
        if old in (State.FORCED_OPEN, State.DISABLED) and new is State.CLOSED:
            _log.warning("Circuit breaker %s is no longer %s", breaker.name, old)


class Meters(Listener):
    """Resilience4j's Micrometer meters of one breaker, tag `name`."""

    def __init__(self, breaker: CircuitBreaker, metrics: MeterRegistry) -> None:
        name = breaker.name
        prefix = "resilience4j.circuitbreaker"
        self._timers = {
            kind: metrics.timer(f"{prefix}.calls", name=name, kind=kind)
            for kind in ("successful", "failed", "ignored")
        }
        self._rejected = metrics.counter(f"{prefix}.not.permitted.calls", name=name, kind="not_permitted")
        for state in State:
            metrics.gauge(f"{prefix}.state", _is_in(breaker, state), name=name, state=state.lower())
        metrics.gauge(f"{prefix}.failure.rate", lambda: breaker.figures().failure_rate, name=name)
        metrics.gauge(f"{prefix}.slow.call.rate", lambda: breaker.figures().slow_call_rate, name=name)
        buffered, slow = f"{prefix}.buffered.calls", f"{prefix}.slow.calls"
        metrics.gauge(buffered, lambda: breaker.figures().failed, name=name, kind="failed")
        metrics.gauge(buffered, lambda: _good(breaker), name=name, kind="successful")
        metrics.gauge(slow, lambda: breaker.figures().slow_failed, name=name, kind="failed")
        metrics.gauge(slow, lambda: _slow_good(breaker), name=name, kind="successful")

    def success(self, breaker: CircuitBreaker, duration_s: float) -> None:
        """`calls{kind=successful}`."""
        self._timers["successful"].record(duration_s)

    def failure(self, breaker: CircuitBreaker, error: BaseException, duration_s: float) -> None:
        """`calls{kind=failed}`."""
        self._timers["failed"].record(duration_s)

    def ignored(self, breaker: CircuitBreaker, error: BaseException, duration_s: float) -> None:
        """`calls{kind=ignored}`."""
        self._timers["ignored"].record(duration_s)

    def rejected(self, breaker: CircuitBreaker) -> None:
        """`not.permitted.calls`."""
        self._rejected.increment()


def _is_in(breaker: CircuitBreaker, state: State) -> Any:
    return lambda: float(breaker.state is state)


def _good(breaker: CircuitBreaker) -> int:
    figures = breaker.figures()
    return figures.calls - figures.failed


def _slow_good(breaker: CircuitBreaker) -> int:
    figures = breaker.figures()
    return figures.slow - figures.slow_failed
