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
        clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.app = create_app(Settings(), Adapters(self.factures, fakes.Clients(), clock=clock))
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
