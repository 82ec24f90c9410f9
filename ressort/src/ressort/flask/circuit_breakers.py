"""`/actuator/circuitbreakers` and `/actuator/circuitbreakerevents`, in Resilience4j's forms."""

from __future__ import annotations

from typing import Any

from ressort.actuator import BadCallError, Call, Endpoint
from ressort.resilience import BreakerRegistry


def circuit_breakers_endpoint(breakers: BreakerRegistry) -> Endpoint:
    """States and rates; POST `{"updateState": "CLOSE" | "FORCE_OPEN" | "DISABLE"}` on one moves it.

    `reason`, and `until` or `duration`, may stand beside it (`ressort.resilience.holds`).
    """

    def update(call: Call) -> Any:
        try:
            return breakers.update(call.path[0], call.body)
        except KeyError as error:
            raise BadCallError(f"no circuit breaker is named {call.path[0]!r}") from error
        except ValueError as error:
            raise BadCallError(str(error)) from error

    return Endpoint(
        "circuitbreakers", read=lambda call: breakers.describe(), write_selected=update, selector="name"
    )


def circuit_breaker_events_endpoint(breakers: BreakerRegistry) -> Endpoint:
    """The last events: of all, of one breaker, of one type of one breaker."""

    def some(call: Call) -> Any:
        name, *kind = call.path
        return breakers.events(name, kind[0] if kind else None)

    return Endpoint(
        "circuitbreakerevents", read=lambda call: breakers.events(), read_selected=some, selector="*name"
    )
