"""Credit notes not yet allocated are the client's money: deducted before a reminder is decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from batch.adapters.client_api import EncoursHttp
from batch.domain.dossier import Solde

HIER = date(2026, 11, 19)


class FacturesEnPages:
    """facture-service's list, one element a page; keeps what it was asked."""

    def __init__(self, *elements: dict[str, Any]) -> None:
        self._elements = elements
        self.demandes: list[dict[str, Any]] = []

    def factures(self, **demande: Any) -> dict[str, Any]:
        self.demandes.append(demande)
        rang = int(demande.get("curseur") or 0)
        suivant = str(rang + 1) if rang + 1 < len(self._elements) else None
        return {"elements": [self._elements[rang]], "suivant": suivant}


def test_a_credit_note_that_covers_the_debt_stops_the_reminder(banc: Any) -> None:
    """By the simulation and by the run, with the reason."""
    banc.facture("A1", 10)
    banc.services.avoirs.append(("c1", "EUR", HIER, 10_000))

    simulation = banc.client.post("/relances/simulation", json={}).json
    banc.lancer("relanceJob")

    assert simulation["relances"] == []
    assert [e["motif"] for e in simulation["ecartees"]] == ["credit-couvrant"]
    assert banc.messages() == []


def test_a_credit_note_adds_to_unallocated_payments(banc: Any) -> None:
    """Both are deducted from what is asked for, in their own currency only, for their own client only."""
    banc.facture("A1", 10)
    banc.services.credits[("c1", "EUR")] = Solde(1_000, 500)
    banc.services.avoirs += [
        ("c1", "EUR", HIER, 2_000),
        ("c1", "EUR", HIER, 100),
        ("c1", "USD", HIER, 9_000),
        ("c2", "EUR", HIER, 9_000),
    ]

    banc.lancer("relanceJob")

    (message,) = banc.messages()
    assert (message["credits_centimes"], message["total_du_centimes"]) == (3_600, 6_400)


def test_a_credit_note_counts_from_its_date_on(banc_sqlite: Any) -> None:
    """A day before it was issued it deducts nothing."""
    banc_sqlite.facture("A1", 10)
    banc_sqlite.services.avoirs.append(("c1", "EUR", HIER, 10_000))
    avant = (HIER - timedelta(days=1)).isoformat()

    simulation = banc_sqlite.client.post("/relances/simulation", json={"date_reference": avant}).json

    assert [r["total_du_centimes"] for r in simulation["relances"]] == [10_000]


def test_credit_notes_are_read_in_bulk() -> None:
    """One list for every client, page after page, as of the date; summed by client and currency."""
    factures = FacturesEnPages(
        {"client_id": "c1", "devise": "EUR", "a_affecter_centimes": 150},
        {"client_id": "c1", "devise": "EUR", "a_affecter_centimes": 50},
        {"client_id": "c2", "devise": "USD", "a_affecter_centimes": 70},
    )
    encours = EncoursHttp(object(), factures, object())  # type: ignore[arg-type]

    assert encours.avoirs_a_affecter(HIER) == {"c1": {"EUR": 200}, "c2": {"USD": 70}}
    assert {(d["type"], d["ouverte_au"]) for d in factures.demandes} == {("AVOIR", HIER)}
