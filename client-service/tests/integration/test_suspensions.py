"""Holding reminders, for one client and for many; policies for many."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from client_service.app import Adapters, create_app
from client_service.settings import Settings
from ressort.clock import FixedClock

CONGES = {"motif": "congés", "jusqu_au": "2026-12-31"}


def creer(http: FlaskClient, nom: str = "Moulins", **champs: Any) -> dict[str, Any]:
    """A company."""
    return dict(http.post("/clients", json={"type": "ENTREPRISE", "raison_sociale": nom, **champs}).json)


def test_reminders_are_held_and_let_go(partout: FlaskClient) -> None:
    """The rest of the record stays; each change is a version."""
    made = creer(partout, telephone="01 42 68 53 00")
    url = f"/clients/{made['id']}/suspension"
    held = partout.post(url, json=CONGES)
    assert (held.status_code, held.headers["ETag"]) == (200, '"2-2026-11-20"')
    assert held.json == {**made, "suspension": CONGES}
    freed = partout.delete(url)
    assert (freed.status_code, freed.headers["ETag"]) == (200, '"3-2026-11-20"')
    assert freed.json == made


def test_twice_is_once(partout: FlaskClient) -> None:
    """Neither a version nor an error; another reason takes the place of the first."""
    url = f"/clients/{creer(partout)['id']}/suspension"
    assert partout.delete(url).headers["ETag"] == '"1-2026-11-20"'
    for _ in range(2):
        assert partout.post(url, json=CONGES).headers["ETag"] == '"2-2026-11-20"'
    until_told = partout.post(url, json={"motif": "litige"})
    assert until_told.json["suspension"] == {"motif": "litige", "jusqu_au": None}
    assert until_told.headers["ETag"] == '"3-2026-11-20"'


def test_a_suspension_that_is_over_can_be_repeated_but_not_made() -> None:
    """A day that is over holds nothing; today does."""
    clock = FixedClock(datetime(2026, 12, 31, 9, tzinfo=UTC))
    http = create_app(Settings(), Adapters(clock=clock)).test_client()
    url = f"/clients/{creer(http)['id']}/suspension"
    assert http.post(url, json=CONGES).status_code == 200
    clock.set(datetime(2027, 1, 1, 9, tzinfo=UTC))
    assert http.post(url, json=CONGES).status_code == 200
    refused = http.post(url, json={**CONGES, "motif": "autre"})
    (error,) = refused.json["errors"]
    assert (refused.status_code, error["pointer"], error["code"]) == (422, "/jusqu_au", "date-passee")
    assert error["detail"] == "Le 31/12/2026 est passé : donnez une date à partir du 01/01/2027."


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/motif"),
        ({"motif": " "}, "/motif"),
        ({**CONGES, "jusqu_au": "demain"}, "/jusqu_au"),
        ({**CONGES, "x": 1}, "/x"),
    ],
)
def test_checks_come_in_the_order_of_the_contract(http: FlaskClient, body: Any, pointer: str) -> None:
    """404, then 412, then 422; nothing changes."""
    made = creer(http)
    url, stale = f"/clients/{made['id']}/suspension", {"If-Match": '"9-2026-11-20"'}
    assert http.post("/clients/nobody/suspension", json=body).status_code == 404
    assert http.delete("/clients/nobody/suspension").status_code == 404
    assert http.post(url, json=body, headers=stale).status_code == 412
    assert http.delete(url, headers=stale).status_code == 412
    refused = http.post(url, json=body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert http.get(f"/clients/{made['id']}").json == made


def test_many_get_a_policy_each_with_its_outcome(partout: FlaskClient) -> None:
    """In the order given; an unknown one is refused by itself."""
    a, b = creer(partout, "A")["id"], creer(partout, "B")["id"]
    answer = partout.post(
        "/clients/lots/politique", json={"ids": [b, "nobody", a], "politique_relance": "douce"}
    )
    assert answer.status_code == 200
    assert answer.json[0] == {"id": b, "etat": "FAIT", "code": None, "detail": None}
    assert answer.json[1] == {
        "id": "nobody",
        "etat": "REFUSE",
        "code": "client-introuvable",
        "detail": "Aucun client n'a l'identifiant nobody.",
    }
    assert answer.json[2]["etat"] == "FAIT"
    assert {partout.get(f"/clients/{i}").json["politique_relance"] for i in (a, b)} == {"douce"}


def test_many_are_held_and_let_go(partout: FlaskClient) -> None:
    """The tab counts them."""
    ids = [creer(partout, nom)["id"] for nom in "ABC"]
    held = partout.post("/clients/lots/suspension", json={"ids": ids[:2], **CONGES})
    assert [issue["etat"] for issue in held.json] == ["FAIT", "FAIT"]
    assert partout.get("/clients?onglet=suspendus").json["total"] == 2
    freed = partout.post("/clients/lots/levee-suspension", json={"ids": ids})
    assert [issue["etat"] for issue in freed.json] == ["FAIT"] * 3
    assert partout.get("/clients?onglet=suspendus").json["total"] == 0


@pytest.mark.parametrize(
    ("lot", "body", "pointer"),
    [
        ("politique", {"ids": [], "politique_relance": "douce"}, "/ids"),
        ("politique", {"ids": ["x"] * 201, "politique_relance": "douce"}, "/ids"),
        ("politique", {"ids": ["x"]}, "/politique_relance"),
        ("politique", {"ids": [3], "politique_relance": "douce"}, "/ids/0"),
        ("suspension", {"ids": ["x"], "jusqu_au": None}, "/motif"),
        ("suspension", {"ids": ["x"], "motif": "x", "jusqu_au": "2026-11-19"}, "/jusqu_au"),
        ("levee-suspension", {"ids": ["x"], "motif": "x"}, "/motif"),
    ],
)
def test_a_wrong_bulk_change_is_pointed_at(http: FlaskClient, lot: str, body: Any, pointer: str) -> None:
    """As a whole: nothing of it is done."""
    refused = http.post(f"/clients/lots/{lot}", json=body)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == [pointer]


def test_a_bulk_change_sent_twice_is_answered_twice(partout: FlaskClient) -> None:
    """Idempotency-Key: the first answer again."""
    body = {"ids": [creer(partout)["id"]], "politique_relance": "douce"}
    first = partout.post("/clients/lots/politique", json=body, headers={"Idempotency-Key": "k"})
    again = partout.post("/clients/lots/politique", json=body, headers={"Idempotency-Key": "k"})
    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
