"""``/actuator/gateway``: the routes in force, as Spring shows them; closed unless its access is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gateway.filters.model import FilterRegistry
from gateway.proxy.engine import Proxy
from gateway.routes.predicates import PredicateRegistry
from gateway.routes.table import Route
from ressort.actuator import Answer, Call, Endpoint


def gateway_endpoint(
    proxy: Proxy, filters: FilterRegistry, predicates: PredicateRegistry, refresh: Callable[[], object]
) -> Endpoint:
    """The endpoint over a proxy's rules; a POST to ``refresh`` reads the configuration again."""

    def read(_: Call) -> Any:
        base = "/actuator/gateway"
        return [
            {"href": f"{base}/{name}", "methods": ["GET"]}
            for name in ("routes", "routefilters", "routepredicates")
        ]

    def read_selected(call: Call) -> Any:
        kind, *rest = call.path
        if kind == "routes" and not rest:
            return [described(route) for route in proxy.rules.table.routes]
        if kind == "routes":
            return _one(proxy, rest)
        names = {"routefilters": filters.names, "routepredicates": predicates.names}.get(kind)
        return None if names is None or rest else dict.fromkeys(names)

    def write_selected(call: Call) -> Any:
        if call.path != ("refresh",):
            return Answer(status=404)
        refresh()
        return Answer(status=200)

    return Endpoint(
        "gateway",
        read=read,
        read_selected=read_selected,
        write_selected=write_selected,
        selector="*path",
        default_access="none",
    )


def described(route: Route) -> dict[str, Any]:
    """One route with its predicates and its final filter chain in order."""
    shown: dict[str, Any] = {
        "route_id": route.id,
        "uri": route.uri,
        "order": route.definition.order,
        "predicate": f"({' && '.join(predicate.text for predicate in route.predicates)})",
        "filters": [f"[{each.text}, order = {number}]" for number, each in enumerate(route.filters, 1)],
    }
    if route.metadata:
        shown["metadata"] = dict(route.metadata)
    return shown


def _one(proxy: Proxy, rest: list[str]) -> Any:
    route = proxy.rules.table.by_id.get(rest[0])
    if route is None or len(rest) > 2:
        return None
    if len(rest) == 1:
        return described(route)
    if rest[1] != "combinedfilters":
        return None
    return {each.text: number for number, each in enumerate(route.filters, 1)}
