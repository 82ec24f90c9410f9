"""Rows of a take-over file, one rule each."""

from __future__ import annotations

from datetime import date

import pytest

from batch.domain.erreurs import FichierRefuseError, LigneRefuseeError
from batch.domain.motif_date import MotifDate
from batch.domain.reprise import FormatReprise, identifiant, lire_ligne, montant, oui_ou_non

COLONNES = ["reference", "client_reference", "date_emission", "date_echeance", "montant", "date_reglement"]
BONNE = {
    "reference": "0000611365",
    "client_reference": "0379-NEVHP",
    "date_emission": "2013-01-02",
    "date_echeance": "2013-02-01",
    "montant": "55.94",
    "date_reglement": "",
}
FORMAT = FormatReprise.pour_les_colonnes(COLONNES, ".", "EUR")


def test_good_row() -> None:
    """Leading zeros are kept; an empty settlement date means open."""
    ligne = lire_ligne(7, BONNE, FORMAT)

    assert (ligne.ligne, ligne.reference, ligne.montant_centimes) == (7, "0000611365", 5594)
    assert not ligne.reglee_au(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("montant", "-1.00", "montant-negatif"),
        ("montant", "1e3", "montant-invalide"),
        ("montant", "1,50", "montant-invalide"),
        ("montant", "1 234.50", "montant-invalide"),
        ("montant", "NaN", "montant-invalide"),
        ("montant", "", "montant-invalide"),
        ("montant", "10.125", "montant-non-centime"),
        ("date_emission", "2013-02-30", "date-invalide"),
        ("date_emission", "1/2/2013", "date-invalide"),
        ("date_emission", "2013-1-2", "date-invalide"),
        ("date_emission", "", "date-invalide"),
        ("date_echeance", "2013-01-01", "echeance-avant-emission"),
        ("reference", " ", "identifiant-vide"),
        ("client_reference", "a\x00b", "identifiant-invalide"),
    ],
)
def test_bad_row_is_refused_with_its_reason(champ: str, valeur: str, code: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(LigneRefuseeError) as refus:
        lire_ligne(2, {**BONNE, champ: valeur}, FORMAT)

    assert refus.value.code == code


@pytest.mark.parametrize(
    ("texte", "centimes"),
    [("55", 5500), ("55.9", 5590), ("54273.280000000006", 5427328), ("0.1", 10), ("10.0001", 1000)],
)
def test_amounts(texte: str, centimes: int) -> None:
    """Within 0.0001 of a cent, the trace of a binary number, is that cent."""
    assert montant(texte, ".") == centimes


def test_decimal_comma() -> None:
    """The French spelling, when the caller says so."""
    assert montant("1234,5", ",") == 123450


@pytest.mark.parametrize(
    ("lu", "attendu"), [("1930.0", "1930"), ("0193", "0193"), ("A.0", "A.0"), ("1.00", "1.00")]
)
def test_identifiers(lu: str, attendu: str) -> None:
    """Only the `.0` of a whole number goes."""
    assert identifiant(lu, "reference") == attendu


@pytest.mark.parametrize(
    ("motif", "texte", "jour"),
    [
        ("M/J/AAAA", "4/6/2013", date(2013, 4, 6)),
        ("JJ/MM/AAAA", "04/06/2013", date(2013, 6, 4)),
        ("dd.MM.yyyy", "04.06.2013", date(2013, 6, 4)),
        ("yyyyMMdd", "20200210.0", date(2020, 2, 10)),
        ("yyyy-MM-dd HH:mm:ss", "2020-02-11 00:00:00", date(2020, 2, 11)),
    ],
)
def test_date_patterns(motif: str, texte: str, jour: date) -> None:
    """French and Java letters, with or without padding."""
    assert MotifDate.lire(motif).date(texte, "date") == jour


@pytest.mark.parametrize("motif", ["", "JJ/MM", "quand", "JJ/JJ/AAAA", "JJ/MM/AA"])
def test_wrong_date_pattern(motif: str) -> None:
    """A pattern must name day, month and year once."""
    with pytest.raises(FichierRefuseError):
        MotifDate.lire(motif)


def test_padded_pattern_refuses_single_digits() -> None:
    """JJ/MM/AAAA does not take 4/6/2013."""
    with pytest.raises(LigneRefuseeError):
        MotifDate.lire("JJ/MM/AAAA").date("4/6/2013", "date")


def test_header_without_a_needed_column() -> None:
    """The message shows what is missing and what is there."""
    fmt = FormatReprise.pour_les_colonnes(["reference", "total"], ".", "EUR")

    with pytest.raises(FichierRefuseError, match=r"montant.*reference, total"):
        fmt.verifier_entete(["reference", "total"])


def test_header_with_a_doubled_column() -> None:
    """Which of the two would be meant is not guessed."""
    with pytest.raises(FichierRefuseError, match="double"):
        FORMAT.verifier_entete([*COLONNES, "montant"])


@pytest.mark.parametrize(("texte", "valeur"), [("Yes", True), ("non", False), ("", False), ("VRAI", True)])
def test_disputes(texte: str, valeur: bool) -> None:
    """English or French."""
    assert oui_ou_non(texte) is valeur
