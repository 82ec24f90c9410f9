"""The API of paiement-service, as a caller meets it."""

from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from paiement_service.app import Adapters, create_app
from paiement_service.settings import Settings
from ressort.clock import FixedClock

_FAKES = importlib.util.spec_from_file_location(
    "fakes", Path(__file__).parents[1] / "unit" / "test_paiements.py"
)
assert _FAKES is not None and _FAKES.loader is not None
fakes = importlib.util.module_from_spec(_FAKES)
_FAKES.loader.exec_module(fakes)

VIREMENT = {"facture_id": "a", "montant_centimes": 4_000, "date_paiement": "2026-11-20"}


class Http:
    """The service on memory with a facture-service that can be out."""

    def __init__(self) -> None:
        self.factures = fakes.Factures()
        self.factures.ouvrir("a", 10_000)
        self.clients = fakes.Clients()
        clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.app = create_app(Settings(), Adapters(self.factures, self.clients, clock=clock))
        self.client: FlaskClient = self.app.test_client()

    def post(self, path: str, json: Any, cle: str | None = "k1", **headers: str) -> Any:
        if cle:
            headers["Idempotency-Key"] = cle
        return self.client.post(path, json=json, headers=headers)


@pytest.fixture
def http() -> Http:
    """One invoice of 100.00."""
    return Http()


def test_a_payment_is_answered_whole(http: Http) -> None:
    """201, where it is, its version, its allocation."""
    answer = http.post("/paiements", VIREMENT)
    assert answer.status_code == 201
    assert answer.json["etat"] == "CONFIRME"
    assert answer.json["affectations"][0]["numero"] == "FA-a"
    assert http.client.get(answer.headers["Location"]).json == answer.json
    assert "X-Degraded" not in answer.headers


def test_a_payment_needs_a_key(http: Http) -> None:
    """Money is not taken twice for lack of an identity."""
    answer = http.post("/paiements", VIREMENT, cle=None)
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency-key-requise")


def test_the_same_request_again_is_answered_by_the_first_answer(http: Http) -> None:
    """One payment, one settlement."""
    first = http.post("/paiements", VIREMENT)
    again = http.post("/paiements", VIREMENT)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.json == first.json
    assert http.client.get("/paiements").json["total"] == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"facture_id": "zzz"}, "facture-inconnue"),
        ({"devise": "USD"}, "devise-differente"),
        ({"date_paiement": "2026-11-21"}, "date-future"),
    ],
)
def test_a_refusal_is_answered_again(http: Http, change: Any, code: str) -> None:
    """The first 422 counts for its key, even when the invoice has come since; no payment is made."""
    first = http.post("/paiements", {**VIREMENT, **change})
    http.factures.ouvrir("zzz", 10_000)
    again = http.post("/paiements", {**VIREMENT, **change})
    assert (first.status_code, first.json["errors"][0]["code"]) == (422, code)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (422, "true")
    assert again.json == first.json
    assert http.client.get("/paiements").json["total"] == 0


def test_an_outage_is_a_202_that_says_so(http: Http) -> None:
    """The payment is kept, and settled on the service's return."""
    http.factures.en_panne = True
    answer = http.post("/paiements", VIREMENT)
    assert (answer.status_code, answer.headers["X-Degraded"]) == (202, "facture-service")
    assert (answer.json["etat"], answer.json["client_id"]) == ("EN_ATTENTE", None)
    http.factures.en_panne = False
    assert http.app.extensions["rattrapage"].une_fois() == 1
    later = http.client.get(f"/paiements/{answer.json['id']}").json
    assert (later["etat"], later["client_id"]) == ("CONFIRME", "c1")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"montant_centimes": 40.0}, "/montant_centimes"),
        ({"montant_centimes": 0}, "/montant_centimes"),
        ({"devise": "JPY"}, "/devise"),
        ({"date_paiement": "20/11/2026"}, "/date_paiement"),
        ({"facture_id": "zzz"}, "/facture_id"),
        ({"note": "x"}, "/note"),
    ],
)
def test_a_wrong_field_is_pointed_at(http: Http, change: Any, pointer: str) -> None:
    """422 with the place."""
    answer = http.post("/paiements", {**VIREMENT, **change})
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json["errors"]] == [pointer]


def test_a_refund_is_capped(http: Http) -> None:
    """409 says how much may still be given back; the refund reopens the invoice."""
    made = http.post("/paiements", VIREMENT).json
    refund = {"montant_centimes": 4_001, "motif": "erreur", "date": "2026-11-20"}
    path = f"/paiements/{made['id']}/remboursements"
    refused = http.post(path, refund, cle="k2")
    assert (refused.status_code, refused.json["remboursable_centimes"]) == (409, 4_000)
    done = http.post(path, {**refund, "montant_centimes": 4_000}, cle="k3")
    assert (done.status_code, done.json["etat"]) == (201, "REMBOURSE")
    assert http.factures.restes["a"] == 10_000


def test_a_bank_return_during_an_outage_waits(http: Http) -> None:
    """202 ANNULATION_EN_ATTENTE, then REJETE."""
    made = http.post("/paiements", VIREMENT).json
    http.factures.en_panne = True
    body = {"motif": "provision", "date": "2026-11-20"}
    answer = http.post(f"/paiements/{made['id']}/rejet", body, cle="k2")
    assert (answer.status_code, answer.json["etat"]) == (202, "ANNULATION_EN_ATTENTE")
    http.factures.en_panne = False
    http.app.extensions["rattrapage"].une_fois()
    assert http.client.get(f"/paiements/{made['id']}").json["etat"] == "REJETE"


def test_a_stale_version_is_refused(http: Http) -> None:
    """If-Match is honoured wherever it is sent."""
    made = http.post("/paiements", VIREMENT)
    body = {"motif": "provision", "date": "2026-11-20"}
    answer = http.post(
        f"/paiements/{made.json['id']}/rejet", body, cle="k2", **{"If-Match": '"99-2026-11-20"'}
    )
    assert answer.status_code == 412


def test_a_lot_answers_for_each_payment(http: Http) -> None:
    """Created, unreadable, repeated."""
    row = {**VIREMENT, "client_id": "c1", "reference_externe": "R1"}
    answer = http.post("/paiements/lots", [row, {**row, "montant_centimes": "3"}, row])
    assert [r["etat"] for r in answer.json] == ["CREE", "REFUSE", "DEJA_CONNU"]
    assert http.client.get("/paiements/soldes?client_ids=c1").json == []


SANS_FACTURE = {
    "client_id": "c9",
    "montant_centimes": 4_000,
    "date_paiement": "2026-11-20",
    "notifier": False,
}


def test_money_for_a_client_who_does_not_exist_is_refused(http: Http) -> None:
    """422 at the client, nothing is kept."""
    http.clients.inconnus.add("c9")
    answer = http.post("/paiements", SANS_FACTURE)
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [("/client_id", "client-inconnu")]
    assert http.client.get("/paiements").json["total"] == 0


def test_money_is_taken_while_nobody_can_tell_whose_it_is(http: Http) -> None:
    """client-service out of reach: accepted all the same, asked once."""
    http.clients.en_panne = True
    answer = http.post("/paiements", SANS_FACTURE)
    assert (answer.status_code, answer.json["etat"]) == (201, "CONFIRME")
    assert http.clients.demandes == ["c9"]


def test_a_client_is_asked_about_only_when_nothing_else_is_named(http: Http) -> None:
    """An invoice tells its client; a lot's caller is trusted."""
    assert http.post("/paiements", {**VIREMENT, "notifier": False}).status_code == 201
    http.clients.inconnus.add("c9")
    lot = http.post("/paiements/lots", [{**SANS_FACTURE, "reference_externe": "R1"}], cle=None)
    assert [recu["etat"] for recu in lot.json] == ["CREE"]
    assert http.clients.demandes == []


@pytest.mark.parametrize("jour", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_of_another_century_is_pointed_at(http: Http, jour: str) -> None:
    """422 in a body, REFUSE in a lot."""
    code = "date-hors-limites"
    answer = http.post("/paiements", {**VIREMENT, "date_paiement": jour})
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [("/date_paiement", code)]
    row = {**VIREMENT, "date_paiement": jour, "reference_externe": "R1"}
    (recu,) = http.post("/paiements/lots", [row], cle=None).json
    assert (recu["etat"], recu["errors"][0]["code"]) == ("REFUSE", code)
    path = f"/paiements/{http.post('/paiements', VIREMENT, cle='bon').json['id']}"
    for act, body in (("rejet", {}), ("remboursements", {"montant_centimes": 1})):
        answer = http.post(f"{path}/{act}", {**body, "motif": "x", "date": jour}, cle=act)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/date")


@pytest.mark.parametrize("question", ["/paiements?recu_du", "/paiements?recu_au", "/paiements/soldes?au"])
@pytest.mark.parametrize("jour", ["0001-01-01", "9999-12-31"])
def test_a_question_about_another_century_is_a_400(http: Http, question: str, jour: str) -> None:
    """It names the parameter."""
    answer = http.client.get(f"{question}={jour}")
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (400, question.partition("?")[2])
