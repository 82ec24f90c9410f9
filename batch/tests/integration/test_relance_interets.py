"""Interest of a run: what facture-service says of each part payment counts from its own day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from batch.adapters.client_api import EncoursHttp
from batch.domain.interets import Mouvement


class Evenements:
    """facture-service with one invoice settled in part and one never touched."""

    def factures(self, **_: Any) -> dict[str, Any]:
        commun = {
            "client_id": "c1",
            "devise": "EUR",
            "date_emission": "2025-05-01",
            "date_echeance": "2025-05-31",
            "total_ttc_centimes": 500_000,
            "litige": None,
            "emise_le": "2025-05-01T08:00:00Z",
            "modifie_le": "2025-05-01T08:00:00Z",
        }
        touchees = {"modifie_le": "2025-07-01T08:00:00Z"}
        return {
            "elements": [
                {**commun, "id": "f1", "numero": "F1", "reste_centimes": 100_000, **touchees},
                {**commun, "id": "f2", "numero": "F2", "reste_centimes": 500_000, **touchees},
                {**commun, "id": "f3", "numero": "F3", "reste_centimes": 500_000},
            ],
            "suivant": None,
        }

    def evenements(self, **_: Any) -> dict[str, Any]:
        return {
            "elements": [
                {"poste": None, "montant_centimes": None, "date_effet": "2025-05-01"},
                {"poste": "REGLE", "montant_centimes": 400_000, "date_effet": "2025-06-30"},
                {"poste": "REGLE", "montant_centimes": -50_000, "date_effet": "2025-07-02"},
                {"poste": "AVOIRS", "montant_centimes": 50_000, "date_effet": "2025-07-03"},
                {"poste": "CREDITES", "montant_centimes": 60_000, "date_effet": "2025-07-03"},
            ],
            "suivant": None,
        }


def test_movements_of_the_balance_are_read() -> None:
    """Settlements, their cancellations and credit notes; a settled and reopened invoice has a history too."""
    encours = EncoursHttp(object(), Evenements(), object())  # type: ignore[arg-type]

    factures = encours.factures_en_retard(date(2025, 9, 8))

    assert [f.mouvementee for f in factures] == [True, True, False]
    assert encours.mouvements("f1") == [
        Mouvement(date(2025, 6, 30), 400_000),
        Mouvement(date(2025, 7, 2), -50_000),
        Mouvement(date(2025, 7, 3), 50_000),
    ]


def test_a_part_payment_does_not_wipe_out_what_accrued(banc: Any) -> None:
    """At level 2 on 2025-09-08: 77.34, whatever was paid meanwhile."""
    facture = banc.facture("A1", 1, centimes=500_000, date_emission="2025-05-01", date_echeance="2025-05-31")
    banc.services.paiements["P1"] = {
        "date_paiement": "2025-06-30",
        "affectations": [{"facture_id": facture, "montant_centimes": 400_000}],
    }
    banc.clock.set(datetime(2025, 8, 30, 10, tzinfo=UTC))
    banc.lancer("relanceJob")
    banc.toutes_envoyees()
    banc.clock.set(datetime(2025, 9, 8, 10, tzinfo=UTC))

    banc.lancer("relanceJob")

    (ligne,) = banc.messages()[-1]["factures"]
    assert (ligne["niveau"], ligne["reste_centimes"], ligne["interets_centimes"]) == (2, 100_000, 7734)
