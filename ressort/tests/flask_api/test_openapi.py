"""The generated document and its page."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import validate


@pytest.fixture
def document(client):
    """The document as served."""
    answer = client.get("/v3/api-docs")
    assert answer.content_type == "application/json"
    return answer.json


def test_the_document_is_valid_openapi_3_1(document) -> None:
    """By an independent validator."""
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_routes_are_described_by_their_declaration(document) -> None:
    """Summary and text from the docstring; body, parameters, answers, problems from the rest."""
    place = document["paths"]["/orders"]["post"]
    assert (place["summary"], place["description"]) == ("Place an order", "Its total is computed.")
    assert place["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Order"
    }
    assert {p["name"] for p in place["parameters"]} == {"Idempotency-Key"}
    assert "stock-short" in place["responses"]["409"]["description"]
    assert set(place["responses"]["201"]["headers"]) == {"Location"}
    assert document["paths"]["/orders/bulk"]["post"]["x-internal"] is True


def test_lists_have_their_parameters_and_envelope(document) -> None:
    """limit with its bounds, cursor, sort keys, filters by type."""
    search = document["paths"]["/orders"]["get"]
    parameters = {p["name"]: p for p in search["parameters"]}
    assert set(parameters) == {"customer", "since", "until", "kind", "big", "ids", "limit", "curseur", "tri"}
    assert parameters["limit"]["schema"]["maximum"] == 200
    assert parameters["since"]["schema"] == {"type": "string", "format": "date"}
    assert parameters["until"]["schema"]["description"] == "2000-01-01 to 2099-12-31"
    envelope = search["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(envelope["properties"]) == {"elements", "suivant", "total"}


def test_versions_and_files_are_described(document) -> None:
    """If-Match where it is required, 412 and 428; multipart fields."""
    change = document["paths"]["/orders/{id}"]["put"]
    assert next(p for p in change["parameters"] if p["name"] == "If-Match")["required"] is True
    assert {"412", "428"} <= set(change["responses"])
    form = document["paths"]["/files"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["file"] == {"type": "string", "format": "binary"}
    assert {"413", "415", "422"} <= set(document["paths"]["/files"]["post"]["responses"])


@pytest.mark.parametrize("path", ["/orders/{id}/open", "/orders/{id}/close", "/count"])
def test_a_route_without_a_body_describes_none(document, path) -> None:
    """No request body to fill in, and the refusals of one that is sent all the same."""
    route = document["paths"][path]["post"]
    assert "requestBody" not in route
    assert {"415", "422"} <= set(route["responses"])


def test_decimal_strings_are_strings_with_a_pattern(document) -> None:
    """A generated client sends text, never a float."""
    quantity = document["components"]["schemas"]["Line"]["properties"]["quantity"]
    assert quantity["type"] == "string"
    assert re.match(quantity["pattern"], "2.5") and not re.match(quantity["pattern"], "2.5555")


def test_the_document_is_the_same_every_time(client, document) -> None:
    """So that contracts can be compared byte by byte."""
    assert client.get("/v3/api-docs").json == document


def test_the_page_has_no_external_asset(client) -> None:
    """One file, in the language of the service, under a policy that forbids anything else."""
    answer = client.get("/swagger-ui.html")
    assert answer.content_type.startswith("text/html")
    assert '<html lang="fr">' in answer.text
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", answer.text)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
