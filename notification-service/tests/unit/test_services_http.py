"""What this service understands of the others' answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from notification_service.adapters.services import ServicesHttp
from ressort.clock import FixedClock

CLOCK = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))


class Factures:
    """facture-service with the sums of a client's open credit notes."""

    def __init__(self, totaux: list[dict[str, Any]]) -> None:
        self._totaux = totaux
        self.demandes: list[dict[str, Any]] = []

    def liste(self, **demande: Any) -> dict[str, Any]:
        self.demandes.append(demande)
        return {"elements": [], "suivant": None, "total": 2, "totaux": self._totaux}


class Paiements:
    """paiement-service with one balance."""

    def soldes(self, client_ids: str) -> list[dict[str, Any]]:
        return [
            {"client_id": "c1", "devise": "EUR", "non_affecte_centimes": 1_000, "en_attente_centimes": 500}
        ]


def test_credit_notes_are_credit_too() -> None:
    """Unallocated payments, awaited ones and open credit notes of that currency, as of today."""
    factures = Factures(
        [
            {"devise": "EUR", "total_ttc_centimes": -9_000, "reste_centimes": -2_000},
            {"devise": "USD", "total_ttc_centimes": -700, "reste_centimes": -700},
        ]
    )
    services: Any = (factures, None, Paiements())

    assert ServicesHttp(*services, CLOCK).credits_centimes("c1", "EUR") == 3_500
    (demande,) = factures.demandes
    assert (demande["client_id"], demande["type"], str(demande["ouverte_au"])) == (
        "c1",
        "AVOIR",
        "2026-11-20",
    )
