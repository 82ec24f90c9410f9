"""The API of client-service, as a caller meets it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

MOULINS = {"type": "ENTREPRISE", "raison_sociale": "Moulins Réunis", "siren": "732829320"}


def test_a_created_client_is_found_where_its_location_says(http: FlaskClient) -> None:
    """201 carries the whole client, its address and its version."""
    answer = http.post("/clients", json=MOULINS)
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1-2026-11-20"'
    assert http.get(answer.headers["Location"]).json == answer.json
    assert answer.json["cree_le"] == "2026-11-20T09:00:00Z"
    assert list(answer.json)[:6] == ["id", "type", "raison_sociale", "prenom", "nom", "nom_affiche"]


def test_every_error_of_a_body_is_told_at_once(http: FlaskClient) -> None:
    """Wrong type, unknown member and float, in one answer with pointers."""
    body = {"raison_sociale": 3, "inconnu": 1, "conditions_paiement": {"delai_jours": 30.5}}
    answer = http.post("/clients", json=body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert {e["pointer"] for e in answer.json["errors"]} == {
        "/type",
        "/raison_sociale",
        "/inconnu",
        "/conditions_paiement/delai_jours",
    }


def test_rules_of_the_record_are_told_with_pointers(http: FlaskClient) -> None:
    """A wrong key and an unlawful term."""
    body = {**MOULINS, "siren": "732829321", "conditions_paiement": {"delai_jours": 90, "mode": "NET"}}
    answer = http.post("/clients", json=body)
    assert answer.status_code == 422
    assert [e["code"] for e in answer.json["errors"]] == ["siren-invalide", "delai-illegal"]


def test_the_same_company_twice_is_a_conflict(http: FlaskClient) -> None:
    """409 names the code of the contract and the client already there."""
    first = http.post("/clients", json=MOULINS).json
    answer = http.post("/clients", json=MOULINS)
    assert (answer.status_code, answer.json["code"]) == (409, "siren-deja-connu")
    assert answer.json["client_id"] == first["id"]


def test_an_idempotency_key_creates_once(http: FlaskClient) -> None:
    """The second request with the same key is answered by the first answer."""
    headers = {"Idempotency-Key": "abc"}
    first = http.post("/clients", json=MOULINS, headers=headers)
    again = http.post("/clients", json=MOULINS, headers=headers)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    other = http.post("/clients", json={**MOULINS, "siren": None}, headers=headers)
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reutilisee")


def test_a_replacement_needs_the_version_it_was_made_from(http: FlaskClient) -> None:
    """428 without If-Match, 412 with a stale one, 200 and a new version with the right one."""
    made = http.post("/clients", json=MOULINS)
    url = made.headers["Location"]
    body = {**made.json, "email": "compta@moulins.example"}
    assert http.put(url, json=body).status_code == 428
    changed = http.put(url, json=body, headers={"If-Match": made.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2-2026-11-20"')
    stale = http.put(url, json=body, headers={"If-Match": made.headers["ETag"]})
    assert (stale.status_code, stale.headers["ETag"]) == (412, '"2-2026-11-20"')
    gone = http.put("/clients/nobody", json=body)
    assert gone.status_code == 404


def test_a_read_only_field_may_come_back_unchanged_only(http: FlaskClient) -> None:
    """``nom_affiche`` is derived."""
    made = http.post("/clients", json=MOULINS)
    body = {**made.json, "nom_affiche": "Autre"}
    answer = http.put(made.headers["Location"], json=body, headers={"If-Match": "*"})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/nom_affiche"


def test_an_archived_client_says_so_and_comes_back(http: FlaskClient) -> None:
    """Archiving twice is archiving once."""
    made = http.post("/clients", json=MOULINS).json
    assert http.post(f"/clients/{made['id']}/archivage").json["archive"] is True
    assert http.post(f"/clients/{made['id']}/archivage").json["archive"] is True
    assert http.get("/clients?archive=false").json["total"] == 0
    assert http.post(f"/clients/{made['id']}/desarchivage").json["archive"] is False


@pytest.mark.parametrize("act", ["archivage", "desarchivage"])
def test_an_act_without_a_body_takes_no_field(http: FlaskClient, act: str) -> None:
    """422 naming it, after 404 and 412, and nothing has changed; an empty object passes."""
    made = http.post("/clients", json=MOULINS)
    url, extra = f"{made.headers['Location']}/{act}", {"x": 1}
    assert http.post(f"/clients/nobody/{act}", json=extra).status_code == 404
    assert http.post(url, json=extra, headers={"If-Match": '"9-2026-11-20"'}).status_code == 412
    refused = http.post(url, json=extra)
    assert [e["pointer"] for e in refused.json["errors"]] == ["/x"]
    assert http.get(made.headers["Location"]).json == made.json
    assert http.post(url, json={}).status_code == 200


def test_a_list_is_walked_by_its_cursor(http: FlaskClient) -> None:
    """Pages of two, every client once."""
    for i in range(5):
        http.post("/clients", json={"type": "PARTICULIER", "nom": f"N{i}"})
    names: list[str] = []
    url = "/clients?limit=2&tri=-nom_affiche"
    page: Any = http.get(url).json
    while True:
        names += [element["nom_affiche"] for element in page["elements"]]
        if page["suivant"] is None:
            break
        page = http.get(f"{url}&curseur={page['suivant']}").json
    assert names == ["N4", "N3", "N2", "N1", "N0"]
    assert page["total"] == 5


@pytest.mark.parametrize("query", ["limit=0", "tri=couleur", "curseur=zzz", "couleur=rouge", "type=AUTRE"])
def test_a_wrong_query_is_named(http: FlaskClient, query: str) -> None:
    """400 says which parameter."""
    answer = http.get(f"/clients?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in str(answer.json)


def test_markup_is_text(http: FlaskClient) -> None:
    """SQL and HTML are stored and given back as they came."""
    name = "<script>alert(1)</script>'; DROP TABLE client; --"
    made = http.post("/clients", json={"type": "ENTREPRISE", "raison_sociale": name}).json
    assert made["raison_sociale"] == name
    assert http.get("/clients?q=drop table").json["total"] == 1


def test_a_take_over_answers_for_each_row(http: FlaskClient) -> None:
    """Created, unreadable and repeated rows, in the order given."""
    row = {"type": "ENTREPRISE", "raison_sociale": "A", "reference_externe": "0379-NEVHP"}
    answer = http.post("/clients/reprises", json=[row, {**row, "siren": 3}, row])
    assert answer.status_code == 200
    assert [r["etat"] for r in answer.json] == ["CREE", "REFUSE", "DEJA_CONNU"]
    assert answer.json[1]["errors"][0]["pointer"] == "/siren"


def test_more_than_five_hundred_rows_are_refused(http: FlaskClient) -> None:
    """The limit of a bulk call is told."""
    assert http.post("/clients/reprises", json=[{}] * 501).status_code == 422


def test_the_document_marks_internal_routes(http: FlaskClient) -> None:
    """The take-over is between services only."""
    document = http.get("/v3/api-docs").json
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/clients",
        "/clients/{id}",
        "/clients/{id}/archivage",
        "/clients/{id}/desarchivage",
        "/clients/{id}/suspension",
        "/clients/lots/politique",
        "/clients/lots/suspension",
        "/clients/lots/levee-suspension",
        "/clients/compteurs",
        "/clients/doublons",
        "/clients/verification",
        "/clients/vues",
        "/clients/vues/{nom}",
        "/clients/reprises",
    }
    internes = {
        path for path, routes in document["paths"].items() if routes.get("post", {}).get("x-internal")
    }
    assert internes == {"/clients/reprises"}


def test_a_country_and_a_name_that_do_not_exist_are_pointed_at(http: FlaskClient) -> None:
    """422 at both, on creation and on replacement."""
    made = http.post("/clients", json=MOULINS)
    body = {
        **MOULINS,
        "raison_sociale": "\u200b\u2060",
        "adresse": {"ligne1": "1 rue X", "ville": "Y", "pays": "ZZ"},
    }
    for answer in (
        http.post("/clients", json={**body, "siren": None}),
        http.put(f"/clients/{made.json['id']}", json=body, headers={"If-Match": "*"}),
    ):
        assert answer.status_code == 422
        assert {(e["pointer"], e["code"]) for e in answer.json["errors"]} == {
            ("/raison_sociale", "obligatoire"),
            ("/adresse/pays", "pays-invalide"),
        }


def test_the_types_of_client_are_listed_in_french(http: FlaskClient) -> None:
    """No English word in what an accountant reads."""
    (error,) = http.post("/clients", json={**MOULINS, "type": "X"}).json["errors"]
    assert error["detail"] == "Une de ces valeurs est attendue : ENTREPRISE, PARTICULIER ou PUBLIC."
