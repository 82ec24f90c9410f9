"""A payment spread before it is made: what is shown is what the payment itself then does."""

from __future__ import annotations

import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from paiement_service.app import Adapters, create_app
from paiement_service.settings import Settings
from ressort.clock import FixedClock

_FAKES = importlib.util.spec_from_file_location(
    "fakes_repartition", Path(__file__).parents[1] / "unit" / "test_paiements.py"
)
assert _FAKES is not None and _FAKES.loader is not None
fakes = importlib.util.module_from_spec(_FAKES)
_FAKES.loader.exec_module(fakes)


class Banc:
    """c1 owes 100.00 (due), 50.00 (due before) and 30.00 (not due); c2 owes 10.00; today is 20 November 2026."""

    def __init__(self) -> None:
        self.factures, self.clients = fakes.Factures(), fakes.Clients()
        for facture_id, reste, echeance in (("a", 10_000, 31), ("b", 5_000, 15), ("f", 3_000, None)):
            self.factures.ouvrir(facture_id, reste)
            jour = date(2026, 10, echeance) if echeance else date(2026, 12, 31)
            self.factures.echeances[facture_id] = jour
        self.factures.ouvrir("autre", 1_000, client_id="c2")
        self.factures.ouvrir("dollars", 1_000, devise="USD")
        self.factures.ouvrir("soldee", 0)
        clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        adapters = Adapters(self.factures, self.clients, clock=clock)
        self.magasin = adapters.magasin
        self.client = create_app(Settings(), adapters).test_client()

    def repartir(self, **corps: Any) -> Any:
        return self.client.post("/paiements/repartition", json={"client_id": "c1", **corps})

    def payer(self, **corps: Any) -> Any:
        corps = {"client_id": "c1", "date_paiement": "2026-11-20", **corps}
        return self.client.post("/paiements", json=corps, headers={"Idempotency-Key": "k"}).json


@pytest.fixture
def banc() -> Banc:
    """Nothing is paid yet."""
    return Banc()


def parts(affectations: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Invoice and cents, those that get some."""
    return [(a["facture_id"], a["montant_centimes"]) for a in affectations if a["montant_centimes"]]


@pytest.mark.parametrize(
    "corps",
    [
        {"montant_centimes": 1},
        {"montant_centimes": 5_000},
        {"montant_centimes": 12_000},
        {"montant_centimes": 16_000},
        {"montant_centimes": 20_000},
        {"montant_centimes": 12_000, "date_paiement": "2026-10-20"},
        {"montant_centimes": 700, "devise": "USD"},
        {"montant_centimes": 700, "devise": "CHF"},
        {"montant_centimes": 12_000, "affectations": [{"facture_id": "a", "montant_centimes": 11_000}]},
        {
            "montant_centimes": 12_000,
            "affectations": [
                {"facture_id": "f", "montant_centimes": 3_000},
                {"facture_id": "soldee", "montant_centimes": 1},
                {"facture_id": "b", "montant_centimes": 4_999},
            ],
        },
        {"montant_centimes": 12_000, "affectations": []},
    ],
)
def test_what_is_shown_is_what_is_done(banc: Banc, corps: dict[str, Any]) -> None:
    """The same invoices, the same cents, in the same order, the same credit; nothing stored before."""
    montree = banc.repartir(**corps).json
    assert (banc.magasin.soldes(None, date(2026, 11, 20)), banc.factures.reglements) == ([], {})
    fait = banc.payer(**corps)
    assert fait["etat"] == "CONFIRME"
    reglees = [a for a in fait["affectations"] if a["etat"] == "AFFECTEE"]
    assert parts(montree["affectations"]) == parts(reglees)
    assert montree["non_affecte_centimes"] == fait["non_affecte_centimes"]


def test_a_line_says_what_its_invoice_owes(banc: Banc) -> None:
    """Number, due date and balance stand beside the cents; a settled one owes nothing and takes nothing."""
    indiquees = [
        {"facture_id": "b", "montant_centimes": 9_000},
        {"facture_id": "soldee", "montant_centimes": 1},
    ]
    reponse = banc.repartir(montant_centimes=10_000, affectations=indiquees).json
    assert reponse["affectations"] == [
        {
            "facture_id": "b",
            "numero": "FA-b",
            "date_echeance": "2026-10-15",
            "reste_centimes": 5_000,
            "montant_centimes": 5_000,
        },
        {
            "facture_id": "soldee",
            "numero": "FA-soldee",
            "date_echeance": None,
            "reste_centimes": 0,
            "montant_centimes": 0,
        },
    ]
    assert reponse["non_affecte_centimes"] == 5_000


def test_a_client_alone_shows_what_is_open(banc: Banc) -> None:
    """Before an amount is typed: the open invoices, oldest due first, and nothing to spread."""
    reponse = banc.repartir().json
    assert (reponse["affectations"], reponse["non_affecte_centimes"]) == ([], 0)
    assert [(f["facture_id"], f["jours_retard"], f["reste_centimes"]) for f in reponse["ouvertes"]] == [
        ("b", 36, 5_000),
        ("a", 20, 10_000),
        ("f", 0, 3_000),
    ]
    assert reponse["ouvertes"][0]["total_ttc_centimes"] == 10_000
    assert reponse["ouvertes"][0]["en_litige"] is False


@pytest.mark.parametrize(
    ("corps", "pointer", "code"),
    [
        ({"montant_centimes": -1}, "/montant_centimes", None),
        ({"montant_centimes": 1.5}, "/montant_centimes", None),
        ({"devise": "JPY"}, "/devise", "devise-inconnue"),
        ({"date_paiement": "2026-11-21"}, "/date_paiement", "date-future"),
        ({"client_id": "c9"}, "/client_id", "client-inconnu"),
        ({"moyen": "VIREMENT"}, "/moyen", None),
        (
            {"montant_centimes": 1, "affectations": [{"facture_id": "a", "montant_centimes": 2}]},
            "/affectations",
            "affectations-superieures-au-montant",
        ),
        (
            {"montant_centimes": 9, "affectations": [{"facture_id": "a", "montant_centimes": 2}] * 2},
            "/affectations",
            "facture-repetee",
        ),
        (
            {"montant_centimes": 9, "affectations": [{"facture_id": "autre", "montant_centimes": 2}]},
            "/affectations/0/facture_id",
            "facture-d-un-autre-client",
        ),
        (
            {"montant_centimes": 9, "affectations": [{"facture_id": "dollars", "montant_centimes": 2}]},
            "/affectations/0/facture_id",
            "devise-differente",
        ),
        (
            {"montant_centimes": 9, "affectations": [{"facture_id": "zzz", "montant_centimes": 2}]},
            "/affectations/0/facture_id",
            "facture-inconnue",
        ),
    ],
)
def test_what_the_payment_would_refuse_is_refused(
    banc: Banc, corps: dict[str, Any], pointer: str, code: str | None
) -> None:
    """422 at the same place."""
    banc.clients.inconnus.add("c9")
    reponse = banc.repartir(**corps)
    assert reponse.status_code == 422
    (erreur,) = reponse.json["errors"]
    assert erreur["pointer"] == pointer
    assert code in (None, erreur["code"])


def test_an_outage_is_a_503_that_names_the_service(banc: Banc) -> None:
    """Nothing can be shown; client-service is not needed for it."""
    banc.clients.en_panne = True
    assert banc.repartir(montant_centimes=100).status_code == 200
    banc.factures.en_panne = True
    reponse = banc.repartir(montant_centimes=100)
    assert (reponse.status_code, reponse.headers["X-Degraded"]) == (503, "facture-service")
    assert int(reponse.headers["Retry-After"]) > 0
    assert reponse.json["code"] == "service-indisponible"
