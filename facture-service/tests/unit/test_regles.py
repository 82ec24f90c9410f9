"""The arithmetic and the calendar of invoices, against published figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facture_service.domain.devises import DEVISES_A_DEUX_DECIMALES
from facture_service.domain.echeance import ConditionsPaiement, ModeEcheance, calculer_echeance
from facture_service.domain.lignes import Ligne, decimal_ecrit, totaliser
from facture_service.domain.mentions import Contexte, choisir_mentions
from facture_service.domain.montants import arrondir_centimes, repartir
from facture_service.domain.parties import Adresse, Client, TypeClient, Vendeur
from facture_service.domain.series import ReglesSerie


def ligne(prix: str, taux: str = "20", quantite: str = "1", remise: str = "0") -> Ligne:
    """A line without words."""
    return Ligne("x", Decimal(quantite), Decimal(prix), Decimal(taux), Decimal(remise))


def test_amounts_round_half_up() -> None:
    """0.125 is 0.13, not the 0.12 of bankers."""
    assert [arrondir_centimes(Decimal(x)) for x in ("0.125", "0.135", "0.1249")] == [13, 14, 12]


def test_vat_is_computed_by_rate_not_by_line() -> None:
    """299.33 + 179.33 + 99.34 at 20 % is 115.60 of VAT (115.61 by line); 3 x 10.01 is 36.04."""
    assert totaliser([ligne("299.33"), ligne("179.33"), ligne("99.34")]).total_tva_centimes == 11560
    assert totaliser([ligne("10.01")] * 3).total_ttc_centimes == 3604


def test_line_takes_quantity_and_discount_before_rounding() -> None:
    """2.5 h at 33.333 less 10 % is 75.00 (74.99925)."""
    assert ligne("33.333", quantite="2.5", remise="10").montant_ht_centimes == 7500


def test_huge_line_is_exact() -> None:
    """Thirty digits do not lose their cents on the way."""
    assert ligne("9999999.999999", quantite="99999999999.9999").montant_ht_centimes == 99999999999989900000


def test_payment_split_over_rates_by_largest_remainder() -> None:
    """70.00 over 120.00 and 20.25 is 59.89 and 10.11."""
    assert repartir(7000, [12000, 2025]) == [5989, 1011]


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=6).filter(any))
def test_split_always_sums_to_the_amount(montant: int, poids: list[int]) -> None:
    """No cent is lost or made, and no part is negative."""
    parts = repartir(montant, poids)
    assert sum(parts) == montant
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("emission", "fin_de_mois", "puis_jours", "net"),
    [
        ("2026-01-15", "2026-03-31", "2026-03-17", "2026-03-16"),
        ("2026-02-10", "2026-03-31", "2026-04-14", "2026-04-11"),
        ("2026-03-10", "2026-04-30", "2026-05-15", "2026-05-09"),
        ("2026-12-20", "2027-02-28", "2027-02-14", "2027-02-18"),
    ],
)
def test_due_dates_of_the_three_terms(emission: str, fin_de_mois: str, puis_jours: str, net: str) -> None:
    """Both lawful readings of 45 days end of month, and 60 days net."""
    jour = date.fromisoformat(emission)
    calcules = [
        calculer_echeance(jour, ConditionsPaiement(delai, mode)).isoformat()
        for delai, mode in (
            (45, ModeEcheance.FIN_DE_MOIS),
            (45, ModeEcheance.FIN_DE_MOIS_PUIS_JOURS),
            (60, ModeEcheance.NET),
        )
    ]
    assert calcules == [fin_de_mois, puis_jours, net]


def test_terms_beyond_the_law_are_brought_back_to_it() -> None:
    """90 days net is 60; 60 days end of month is 45."""
    jour = date(2026, 1, 15)
    assert calculer_echeance(jour, ConditionsPaiement(90)) == date(2026, 3, 16)
    assert calculer_echeance(jour, ConditionsPaiement(60, ModeEcheance.FIN_DE_MOIS)) == date(2026, 3, 31)


def test_decimals_are_written_as_the_contract_shows_them() -> None:
    """Rates have a decimal, prices two, quantities none in vain, and nothing an exponent."""
    assert [
        decimal_ecrit(Decimal(x), n) for x, n in (("20", 1), ("5.50", 1), ("80", 2), ("2.50", 0), ("100", 0))
    ] == [
        "20.0",
        "5.5",
        "80.00",
        "2.5",
        "100",
    ]


def test_series_follow_the_fiscal_year() -> None:
    """A year that begins in July names its series after the July before."""
    regles = ReglesSerie(debut_exercice=(7, 1))
    assert regles.serie(avoir=False, date_emission=date(2026, 6, 30)) == "FA-2025"
    assert regles.serie(avoir=True, date_emission=date(2026, 7, 1)) == "AV-2026"
    assert regles.est_reserve("fa-2031-1")
    assert not regles.est_reserve("FA-2031")


VENDEUR = Vendeur(nom="V")


def mentions(jour: date, type_client: TypeClient, **vendeur: bool) -> str:
    """The mentions of a plain invoice of services at 20 %."""
    client = Client("c", type_client, "C", adresse=Adresse("1", "75001", "Paris"))
    contexte = Contexte(replace(VENDEUR, **vendeur), client, jour, "SERVICES", [Decimal(20)])
    return " ".join(choisir_mentions(contexte))


def test_mentions_follow_the_date_of_issue() -> None:
    """Small-business wording before and after 1 September 2026; 40 euros since 2013 only."""
    avant = mentions(date(2026, 8, 31), TypeClient.ENTREPRISE, franchise_tva=True)
    apres = mentions(date(2026, 9, 1), TypeClient.ENTREPRISE, franchise_tva=True)
    assert "293 B" in avant
    assert "L. 223-1" in apres
    assert "40 euros" not in mentions(date(2012, 12, 31), TypeClient.ENTREPRISE)
    assert "40 euros" in mentions(date(2013, 1, 1), TypeClient.ENTREPRISE)


def test_mentions_follow_the_kind_of_client() -> None:
    """Companies: plus 10 points; public buyers: plus 8; consumers: nothing of the kind."""
    jour = date(2026, 11, 20)
    assert "10 points" in mentions(jour, TypeClient.ENTREPRISE)
    assert "8 points" in mentions(jour, TypeClient.PUBLIC)
    assert "points" not in mentions(jour, TypeClient.PARTICULIER)


def test_currencies_without_two_decimals_are_not_among_ours() -> None:
    """Yen and dinar would be a hundred or ten times wrong."""
    assert {"EUR", "USD", "CHF"} <= DEVISES_A_DEUX_DECIMALES
    assert not {"JPY", "KWD", "TND", "XAF"} & DEVISES_A_DEUX_DECIMALES
