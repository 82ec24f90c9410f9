"""How names are compared, and what half-typed values tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_service.application.doublons import Indices, MotifDoublon, cle_de_nom
from client_service.domain.client import FicheClient, TypeClient


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Moulins Réunis", "MOULINS REUNIS"),
        ("Moulins Réunis SARL", "S.A.R.L. Moulins Réunis"),
        ("Moulins Réunis", "Société à responsabilité limitée Moulins-Réunis"),
        ("SAS Moulins", "Moulins, société par actions simplifiée unipersonnelle"),
        ("S A S Moulins", "Moulins"),
        ("Dupont & Fils", "Dupont et Fils"),
        ("Dupont & Cie", "Ets Dupont"),
        ("L'Œuvre", "l’oeuvre"),
        ("J.C. Decaux", "JC Decaux"),
        ("Jean Dupont", "DUPONT Jean"),
        ("Müller GmbH", "muller"),
    ],
)
def test_these_are_one_name(un: str, autre: str) -> None:
    """Case, accents, punctuation, legal form and the order of the words do not count."""
    assert cle_de_nom(un) == cle_de_nom(autre) != ""


@pytest.mark.parametrize(
    ("un", "autre"),
    [("Moulins Réunis", "Moulins"), ("SA", "SAS"), ("Dupont 1", "Dupont 2"), ("株式会社", "有限会社")],
)
def test_these_are_two_names(un: str, autre: str) -> None:
    """A name that is nothing but a form is kept; other scripts are letters."""
    assert cle_de_nom(un) != cle_de_nom(autre)


def test_a_name_without_letters_is_like_no_other() -> None:
    """No key, no match."""
    assert cle_de_nom("!?…") == ""
    fiche = FicheClient(type=TypeClient.ENTREPRISE, raison_sociale="…")
    assert Indices.de(nom="!?").motif(fiche) is None


@given(st.text(max_size=400))
def test_any_text_has_a_key_that_stays(nom: str) -> None:
    """No text is an error; a key is short enough for its column."""
    assert len(cle_de_nom(nom)) <= 300
    assert Indices.de(siren=nom, siret=nom, nom=nom, email=nom).siren in (None, Indices.de(siren=nom).siren)


def test_a_siret_tells_its_siren() -> None:
    """Another establishment of the same company."""
    fiche = FicheClient(
        type=TypeClient.ENTREPRISE, raison_sociale="X", siren="732829320", siret="73282932000082"
    )
    assert Indices.de(siret="732 829 320 00074").motif(fiche) is MotifDoublon.SIREN
    assert Indices.de(siret="73282932000082").motif(fiche) is MotifDoublon.SIRET
