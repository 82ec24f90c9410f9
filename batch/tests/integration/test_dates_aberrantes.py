"""Mistyped years: refused where they come in, and never a flood of warnings where they are already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from batch.domain.dossier import EtatRelance


def relancer_deux_fois(banc: Any) -> Any:
    """Level 1 sent two weeks ago; what a simulation says of the level that states interest."""
    banc.lancer("relanceJob")
    banc.toutes_envoyees()
    assert banc.client.get(f"/relances?etat={EtatRelance.ENVOYEE}").json["total"]
    banc.clock.advance(timedelta(days=14))
    return banc.client.post("/relances/simulation", json={}).json


def test_half_years_without_rate_are_one_warning_per_range(banc_sqlite: Any) -> None:
    """An invoice of the year 1013 names the range once, and the half-year missing at the other end by itself."""
    banc_sqlite.facture("A1", 10, date_emission="1013-01-01", date_echeance="1013-01-31")

    simulation = relancer_deux_fois(banc_sqlite)

    premier, dernier = simulation["avertissements"]
    assert premier == (
        "Les taux légaux des semestres 1013-S1 à 2022-S2 manquent : intérêts au taux légal en sus."
    )
    assert dernier == "Le taux légal du semestre 2026-S2 manque : intérêts au taux légal en sus."


@pytest.mark.parametrize("jour", ["1926-11-20", "1999-12-31", "2100-01-01"])
def test_reference_date_outside_the_century_is_refused(banc_sqlite: Any, jour: str) -> None:
    """422 with the field, in a simulation as in a launch."""
    lancement = banc_sqlite.lancer("relanceJob", date_reference=jour)
    simulation = banc_sqlite.client.post("/relances/simulation", json={"date_reference": jour})

    for refus, pointer in ((lancement, "/parametres/date_reference"), (simulation, "/date_reference")):
        assert refus.status_code == 422
        assert [(e["pointer"], e["code"]) for e in refus.json["errors"]] == [(pointer, "date-hors-limites")]


def test_first_and_last_reference_date(banc_sqlite: Any) -> None:
    """2000-01-01 is within the limits; the last day is only too late."""
    premier = banc_sqlite.client.post("/relances/simulation", json={"date_reference": "2000-01-01"})
    dernier = banc_sqlite.client.post("/relances/simulation", json={"date_reference": "2099-12-31"})

    assert premier.status_code == 200
    assert dernier.json["errors"][0]["code"] == "date-future"


def test_rows_with_a_year_outside_the_century_are_rejected(banc_sqlite: Any) -> None:
    """Each with its line number; the others go on."""
    chemin = banc_sqlite.fichier(
        "reference,client_reference,date_emission,date_echeance,montant,date_reglement\n"
        "F1,C1,0213-01-02,2026-02-01,10.00,\n"
        "F2,C1,2026-01-02,2126-02-01,10.00,\n"
        "F3,C1,2026-01-02,2026-02-01,10.00,1926-03-01\n"
        "F4,C1,2026-01-02,2026-02-01,10.00,\n"
    )

    execution = banc_sqlite.lancer("repriseJob", fichier=chemin, type_client="ENTREPRISE").json

    rejets = banc_sqlite.client.get(f"/jobs/executions/{execution['id']}/rejets").json["elements"]
    assert [(r["ligne"], r["motif"]) for r in rejets] == [(n, "date-hors-limites") for n in (2, 3, 4)]
    assert "date_echeance" in rejets[1]["detail"]
    assert list(banc_sqlite.services.factures) == ["F4"]


def test_cut_outside_the_century_is_refused(banc_sqlite: Any) -> None:
    """`arrete_au` has the same limits."""
    chemin = banc_sqlite.fichier("reference,client_reference,date_emission,date_echeance,montant\n")

    refus = banc_sqlite.lancer(
        "repriseJob", fichier=chemin, type_client="ENTREPRISE", arrete_au=date(1013, 10, 31).isoformat()
    )

    assert [(e["pointer"], e["code"]) for e in refus.json["errors"]] == [
        ("/parametres/arrete_au", "date-hors-limites")
    ]
