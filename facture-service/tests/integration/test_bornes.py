"""Dates and amounts outside what the books may hold: refused with their place, never an error of ours."""

from __future__ import annotations

from typing import Any

import pytest

CORPS = {
    "client_id": "c1",
    "lignes": [{"designation": "Conseil", "quantite": "1", "prix_unitaire_ht": "80.00", "taux_tva": "20"}],
}
REPRISE = {
    "reference": "R1",
    "client_id": "c1",
    "date_emission": "2026-10-01",
    "date_echeance": "2026-10-31",
    "total_ttc_centimes": 5594,
}
REGLEMENT = {
    "affectation_id": "a1",
    "paiement_id": "p1",
    "montant_centimes": 100,
    "date_reglement": "2026-11-20",
}
HORS_LIMITES = ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"]


@pytest.fixture(params=["memoire", "sqlite"])
def http(request: pytest.FixtureRequest, creer_monde: Any) -> Any:
    """A caller of the API over memory and over SQLite."""
    return creer_monde(request.param).app().test_client()


@pytest.fixture
def facture(http: Any) -> str:
    """An issued invoice."""
    identifiant = brouillon(http)
    assert http.post(f"/factures/{identifiant}/emission").status_code == 200
    return identifiant


def brouillon(http: Any) -> str:
    """The id of a new draft."""
    return str(http.post("/factures", json=CORPS).json["id"])


def refus(reponse: Any) -> list[tuple[str, str]]:
    """(place, code) of each error of a 422."""
    assert reponse.status_code == 422, reponse.text
    return [(erreur["pointer"], erreur["code"]) for erreur in reponse.json["errors"]]


@pytest.mark.parametrize("jour", HORS_LIMITES)
def test_no_invoice_is_issued_in_a_year_out_of_bounds(http: Any, jour: str) -> None:
    """422 at the field, and the series of today starts at one."""
    identifiant = brouillon(http)
    reponse = http.post(f"/factures/{identifiant}/emission", json={"date_emission": jour})
    assert refus(reponse) == [("/date_emission", "date-hors-limites")]
    assert http.post(f"/factures/{identifiant}/emission").json["numero"] == "FA-2026-000001"


def test_first_and_last_years_are_in_bounds(http: Any) -> None:
    """2000 is a past like another; the end of 2099 is refused for being in the future only."""
    fin = http.post(f"/factures/{brouillon(http)}/emission", json={"date_emission": "2099-12-31"})
    assert refus(fin) == [("/date_emission", "date-future")]
    debut = http.post(f"/factures/{brouillon(http)}/emission", json={"date_emission": "2000-01-01"})
    assert debut.json["numero"] == "FA-2000-000001"


@pytest.mark.parametrize("jour", ["0001-01-01", "9999-12-31"])
def test_a_draft_keeps_no_delivery_date_out_of_bounds(http: Any, jour: str) -> None:
    """422 at the field."""
    assert refus(http.post("/factures", json={**CORPS, "date_livraison": jour})) == [
        ("/date_livraison", "date-hors-limites")
    ]


@pytest.mark.parametrize(
    ("chemin", "corps", "champ"),
    [
        ("litige", {"motif": "colis abîmé", "depuis": "0001-01-01"}, "/depuis"),
        ("reglements", {**REGLEMENT, "date_reglement": "0001-01-01"}, "/date_reglement"),
        ("reglements/a1/annulation", {"motif": "rejet", "date": "9999-12-31"}, "/date"),
    ],
)
def test_acts_on_an_invoice_keep_dates_within_bounds(
    http: Any, facture: str, chemin: str, corps: Any, champ: str
) -> None:
    """422 at the field."""
    assert refus(http.post(f"/factures/{facture}/{chemin}", json=corps)) == [(champ, "date-hors-limites")]


@pytest.mark.parametrize(
    ("change", "champ"),
    [
        ({"date_emission": "0001-01-01"}, "/date_emission"),
        ({"date_echeance": "9999-12-31"}, "/date_echeance"),
        ({"date_livraison": "1999-12-31"}, "/date_livraison"),
        ({"litige": {"motif": "colis abîmé", "depuis": "0001-01-01"}}, "/litige/depuis"),
    ],
)
def test_a_take_over_refuses_the_item_alone(http: Any, change: Any, champ: str) -> None:
    """REFUSEE at the field, the next item goes through."""
    autre = {**REPRISE, "reference": "R2"}
    premier, second = http.post("/factures/reprises", json=[{**REPRISE, **change}, autre]).json
    assert (premier["etat"], second["etat"]) == ("REFUSEE", "CREEE")
    assert [(e["pointer"], e["code"]) for e in premier["errors"]] == [(champ, "date-hors-limites")]


@pytest.mark.parametrize(
    ("chemin", "parametre"),
    [
        ("/factures", "emise_du"),
        ("/factures", "emise_au"),
        ("/factures", "echue_avant"),
        ("/factures", "ouverte_au"),
        ("/balance-agee", "au"),
    ],
)
@pytest.mark.parametrize("jour", ["0001-01-01", "9999-12-31"])
def test_a_question_about_a_year_out_of_bounds_is_a_400(
    http: Any, facture: str, chemin: str, parametre: str, jour: str
) -> None:
    """It names the parameter."""
    assert nomme(http.get(f"{chemin}?{parametre}={jour}")) == [parametre]


def test_an_invoice_as_of_a_year_out_of_bounds_is_a_400(http: Any, facture: str) -> None:
    """Its view and its dispute's end too."""
    assert nomme(http.get(f"/factures/{facture}?au=0001-01-01")) == ["au"]
    assert nomme(http.delete(f"/factures/{facture}/litige?jusqu_au=9999-12-31")) == ["jusqu_au"]


@pytest.mark.parametrize("parametre", ["montant_min_centimes", "montant_max_centimes"])
@pytest.mark.parametrize(
    "montant", ["99999999999999999999999", "9999999999999999999", "1000000000000001", "-1", "1e3", "9" * 5000]
)
def test_an_amount_no_column_holds_is_a_400(http: Any, facture: str, parametre: str, montant: str) -> None:
    """It names the parameter."""
    assert nomme(http.get(f"/factures?{parametre}={montant}")) == [parametre]


@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_what_was_known_at_any_instant_is_no_error_of_ours(http: Any, facture: str, instant: str) -> None:
    """An instant before or after everything is a question like another, or a 400."""
    for chemin in ("/factures?ouverte_au=2026-11-20&", "/balance-agee?au=2026-11-20&"):
        reponse = http.get(f"{chemin}connu_au={instant.replace('+', '%2B')}")
        assert reponse.status_code in (200, 400), reponse.text


def nomme(reponse: Any) -> list[str]:
    """The parameters a 400 names."""
    assert reponse.status_code == 400, reponse.text
    return [erreur["parameter"] for erreur in reponse.json["errors"]]
