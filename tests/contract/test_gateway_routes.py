"""The gateway's configured routes against the services' own documents: what is public leads there, the rest nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import contract_openapi
import pytest
import yaml

from gateway.routes.path_pattern import PathPattern

CONFIG = Path(__file__).resolve().parents[2] / "config-repo/gateway.yml"
OPERATIONS = [
    (service, path, bool(operation.get("x-internal")))
    for service, document in contract_openapi.documents().items()
    for path, operations in document["paths"].items()
    for operation in operations.values()
]


@pytest.fixture(scope="module")
def routes() -> list[dict[str, Any]]:
    """The routes of the configuration repository in the order they are tried."""
    read = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    found = read["spring"]["cloud"]["gateway"]["server"]["webflux"]["routes"]
    return sorted(found, key=lambda route: route.get("order", 0))


def first(routes: list[dict[str, Any]], path: str) -> dict[str, Any] | None:
    """The route that takes a path."""
    for route in routes:
        for predicate in route["predicates"]:
            name, _, patterns = predicate.partition("=")
            if name == "Path" and any(
                PathPattern(p).match(path.encode()) is not None for p in patterns.split(",")
            ):
                return route
    return None


def leads_nowhere(route: dict[str, Any] | None) -> bool:
    """No route takes it, or one that only says so."""
    return route is None or route["uri"] == "forward:/not-found"


def called(path: str) -> str:
    """A path as callers write it, below /api."""
    return "/api" + re.sub(r"\{[^}]+\}", "019aa0a2", path)


@pytest.mark.parametrize(
    ("service", "path"), sorted({(s, p) for s, p, internal in OPERATIONS if not internal})
)
def test_public_paths_lead_to_their_service(routes: list[dict[str, Any]], service: str, path: str) -> None:
    """What callers may rely on is reachable through the gateway, balanced by the service's name."""
    route = first(routes, called(path))
    assert route is not None
    assert route["uri"] == f"lb://{service}"
    assert "StripPrefix=1" in route["filters"]


@pytest.mark.parametrize(("service", "path"), sorted({(s, p) for s, p, internal in OPERATIONS if internal}))
def test_paths_between_services_lead_nowhere(routes: list[dict[str, Any]], service: str, path: str) -> None:
    """No call from outside reaches a route that only services may call."""
    assert leads_nowhere(first(routes, called(path)))


@pytest.mark.parametrize("name", ["reglements", "reprises", "vues", "a-relancer"])
def test_a_saved_view_may_bear_any_name(routes: list[dict[str, Any]], name: str) -> None:
    """Also that of a call between services."""
    route = first(routes, f"/api/factures/vues/{name}")
    assert route is not None
    assert route["uri"] == "lb://facture-service"


@pytest.mark.parametrize(
    "path", ["/actuator", "/actuator/env", "/api/actuator/env", "/v3/api-docs", "/eureka/apps"]
)
def test_what_is_of_the_machine_room_is_not_routed(routes: list[dict[str, Any]], path: str) -> None:
    """Actuators, documents and the registry are reached on their own ports only."""
    assert leads_nowhere(first(routes, path))
