"""``spring.cloud.gateway.requests``: one timer per route, method and status, looked up once and kept on the route."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from ressort.observability.metrics import MeterRegistry, Timer

if TYPE_CHECKING:
    from gateway.proxy.forward import Forward
    from gateway.routes.table import Route

_NAME = "spring.cloud.gateway.requests"
_OUTCOMES = {
    1: "INFORMATIONAL",
    2: "SUCCESSFUL",
    3: "REDIRECTION",
    4: "CLIENT_ERROR",
    5: "SERVER_ERROR",
}


class RequestTimers:
    """An observer that times routed requests; a client that left before the answer is not counted, as in Spring."""

    def __init__(self, registry: MeterRegistry) -> None:
        self._registry = registry

    def finished(self, forward: Forward, seconds: float) -> None:
        route = forward.route
        status = forward.exchange.status
        if route is None or not status:
            return
        key = (forward.exchange.method, status)
        timer = route.slots.get(key)
        if timer is None:
            timer = route.slots[key] = self._timer(route, forward.exchange.method.decode("ascii"), status)
        timer.record(seconds)

    def _timer(self, route: Route, method: str, status: int) -> Timer:
        try:
            name = HTTPStatus(status).name
        except ValueError:
            name = str(status)
        return self._registry.timer(
            _NAME,
            "Requests routed to an upstream",
            routeId=route.id,
            routeUri=route.uri,
            outcome=_OUTCOMES.get(status // 100, "CUSTOM"),
            status=name,
            httpStatusCode=status,
            httpMethod=method,
        )
