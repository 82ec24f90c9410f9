"""The OpenAPI documents: valid, and holding every route of the product's contract (api.md, sections 2 to 6)."""

from __future__ import annotations

from typing import Any

import contract_openapi
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

INTERNE = True
ROUTES: dict[str, list[tuple[str, str, bool]]] = {
    "client-service": [
        ("POST", "/clients", not INTERNE),
        ("GET", "/clients/{id}", not INTERNE),
        ("GET", "/clients", not INTERNE),
        ("PUT", "/clients/{id}", not INTERNE),
        ("POST", "/clients/{id}/archivage", not INTERNE),
        ("POST", "/clients/{id}/desarchivage", not INTERNE),
        ("POST", "/clients/reprises", INTERNE),
    ],
    "facture-service": [
        ("POST", "/factures", not INTERNE),
        ("PUT", "/factures/{id}", not INTERNE),
        ("DELETE", "/factures/{id}", not INTERNE),
        ("POST", "/factures/{id}/emission", not INTERNE),
        ("GET", "/factures/{id}", not INTERNE),
        ("POST", "/factures/{id}/envoi", not INTERNE),
        ("POST", "/factures/{id}/avoirs", not INTERNE),
        ("POST", "/factures/{id}/ecarts", not INTERNE),
        ("POST", "/factures/{id}/litige", not INTERNE),
        ("DELETE", "/factures/{id}/litige", not INTERNE),
        ("GET", "/factures/{id}/evenements", not INTERNE),
        ("GET", "/factures", not INTERNE),
        ("POST", "/factures/{id}/reglements", INTERNE),
        ("POST", "/factures/{id}/reglements/{affectation_id}/annulation", INTERNE),
        ("POST", "/factures/reprises", INTERNE),
        ("GET", "/balance-agee", not INTERNE),
    ],
    "paiement-service": [
        ("POST", "/paiements", not INTERNE),
        ("GET", "/paiements/{id}", not INTERNE),
        ("GET", "/paiements", not INTERNE),
        ("GET", "/paiements/soldes", not INTERNE),
        ("POST", "/paiements/{id}/affectations", not INTERNE),
        ("POST", "/paiements/{id}/remboursements", not INTERNE),
        ("POST", "/paiements/{id}/rejet", not INTERNE),
        ("POST", "/paiements/lots", INTERNE),
    ],
    "notification-service": [
        ("GET", "/notifications", not INTERNE),
        ("GET", "/notifications/{id}", not INTERNE),
        ("POST", "/notifications/{id}/renvoi", not INTERNE),
    ],
    "batch": [
        ("GET", "/jobs", not INTERNE),
        ("POST", "/jobs/{nom}/executions", not INTERNE),
        ("POST", "/jobs/repriseJob/fichiers", not INTERNE),
        ("GET", "/jobs/{nom}/executions", not INTERNE),
        ("GET", "/jobs/executions/{id}", not INTERNE),
        ("GET", "/jobs/executions/{id}/rejets", not INTERNE),
        ("POST", "/jobs/executions/{id}/redemarrage", not INTERNE),
        ("POST", "/jobs/executions/{id}/arret", not INTERNE),
        ("POST", "/relances/simulation", not INTERNE),
        ("GET", "/relances", not INTERNE),
        ("POST", "/relances/recommencement", not INTERNE),
        ("GET", "/politiques", not INTERNE),
        ("GET", "/politiques/{nom}", not INTERNE),
        ("PUT", "/politiques/{nom}", not INTERNE),
    ],
}
"""Method, path and whether it is between services only, as the tables of api.md have them."""

QUERIES: list[tuple[str, str, str]] = [
    ("client-service", "/clients", "q type archive reference_externe ids limit curseur tri"),
    (
        "facture-service",
        "/factures",
        "client_id type statut_document statut_reglement emise_du emise_au echue_avant ouverte_au"
        " montant_min_centimes montant_max_centimes devise q limit curseur tri",
    ),
    ("facture-service", "/factures/{id}", "au"),
    ("facture-service", "/balance-agee", "au client_id"),
    (
        "paiement-service",
        "/paiements",
        "client_id facture_id etat recu_du recu_au devise q limit curseur tri",
    ),
    ("paiement-service", "/paiements/soldes", "client_ids au"),
    (
        "notification-service",
        "/notifications",
        "canal etat client_id facture_id type du au q limit curseur tri",
    ),
    ("batch", "/relances", "client_id facture_id niveau etat date_reference"),
]

IDEMPOTENCY_KEY_REQUIRED = [
    ("paiement-service", "/paiements"),
    ("paiement-service", "/paiements/{id}/remboursements"),
    ("paiement-service", "/paiements/{id}/rejet"),
]

IF_MATCH_REQUIRED = [
    ("client-service", "PUT", "/clients/{id}"),
    ("facture-service", "PUT", "/factures/{id}"),
    ("facture-service", "DELETE", "/factures/{id}"),
    ("batch", "PUT", "/politiques/{nom}"),
]


@pytest.fixture(scope="module")
def documents() -> dict[str, Any]:
    """The document of each service."""
    return contract_openapi.documents()


@pytest.mark.parametrize("service", ROUTES)
def test_the_document_is_valid(documents: dict[str, Any], service: str) -> None:
    """OpenAPI 3.1 accepts it whole."""
    assert documents[service]["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(documents[service]).iter_errors()] == []


@pytest.mark.parametrize("service", ROUTES)
def test_every_route_of_the_contract_is_there(documents: dict[str, Any], service: str) -> None:
    """No route that callers may rely on is missing."""
    promised = {(method, path) for method, path, _ in ROUTES[service]}
    assert promised - _routes(documents[service]).keys() == set()


@pytest.mark.parametrize("service", ROUTES)
def test_routes_between_services_are_marked(documents: dict[str, Any], service: str) -> None:
    """`x-internal` is on exactly the promised routes that the gateway does not show."""
    routes = _routes(documents[service])
    marked = {
        (method, path): bool(routes[method, path].get("x-internal")) for method, path, _ in ROUTES[service]
    }
    assert marked == {(method, path): internal for method, path, internal in ROUTES[service]}


@pytest.mark.parametrize(("service", "path", "names"), QUERIES)
def test_lists_take_the_filters_of_the_contract(
    documents: dict[str, Any], service: str, path: str, names: str
) -> None:
    """Every filter, the limit, the cursor and the sort key are documented."""
    assert set(names.split()) - _parameters(documents[service], "GET", path, "query").keys() == set()


@pytest.mark.parametrize(("service", "path"), IDEMPOTENCY_KEY_REQUIRED)
def test_moving_money_needs_an_idempotency_key(documents: dict[str, Any], service: str, path: str) -> None:
    """The header is documented as required."""
    assert _parameters(documents[service], "POST", path, "header")["Idempotency-Key"]["required"]


@pytest.mark.parametrize(("service", "method", "path"), IF_MATCH_REQUIRED)
def test_replacing_and_deleting_need_the_version(
    documents: dict[str, Any], service: str, method: str, path: str
) -> None:
    """If-Match is documented as required, with 412 and 428."""
    assert _parameters(documents[service], method, path, "header")["If-Match"]["required"]
    answers = documents[service]["paths"][path][method.lower()]["responses"]
    assert {"412", "428"} <= answers.keys()


@pytest.mark.parametrize("service", ROUTES)
def test_money_is_integer_cents(documents: dict[str, Any], service: str) -> None:
    """No amount is a JSON number with decimals."""
    wrong = [
        f"{name}.{field}"
        for name, schema in documents[service]["components"]["schemas"].items()
        for field, found in schema.get("properties", {}).items()
        if field.endswith("_centimes") and not {"integer", "null"} >= _types(found)
    ]
    assert wrong == []


@pytest.mark.parametrize("service", ROUTES)
def test_errors_are_problem_documents(documents: dict[str, Any], service: str) -> None:
    """Every documented error is application/problem+json."""
    for route, operation in _routes(documents[service]).items():
        for status, answer in operation["responses"].items():
            if status >= "400":
                assert list(answer["content"]) == ["application/problem+json"], (route, status)


def _routes(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def _parameters(document: dict[str, Any], method: str, path: str, place: str) -> dict[str, Any]:
    parameters = document["paths"][path][method.lower()]["parameters"]
    return {found["name"]: found for found in parameters if found["in"] == place}


def _types(schema: dict[str, Any]) -> set[str]:
    kinds = schema.get("type", [])
    own = {kinds} if isinstance(kinds, str) else set(kinds)
    return own.union(*(_types(option) for option in schema.get("anyOf", [])))
