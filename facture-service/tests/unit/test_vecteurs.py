"""The vectors shared with the front: the domain says what the files say, and exact fractions agree."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from facture_service.domain.echeance import ConditionsPaiement, ModeEcheance, calculer_echeance
from facture_service.domain.lignes import Ligne, totaliser

VECTEURS = Path(__file__).resolve().parents[3] / "contracts" / "vecteurs"


def lire(nom: str) -> list[dict[str, str]]:
    """The cases of a file."""
    with (VECTEURS / nom).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier, delimiter=";"))


def parties(texte: str, separateur: str) -> list[list[str]]:
    """`a*b|c*d` in its parts; nothing for an empty text."""
    return [morceau.split(separateur) for morceau in texte.split("|")] if texte else []


def demi_vers_le_haut(valeur: Fraction) -> int:
    """Rounds as people do: a half goes up (no amount here is negative)."""
    return int((2 * valeur + 1) // 2)


def par_fractions(lignes: Sequence[Sequence[str]]) -> tuple[list[int], list[tuple[Fraction, int, int]]]:
    """Amounts of the lines and groups by descending rate, computed with exact fractions and nothing of the domain."""
    montants, bases = [], dict[Fraction, int]()
    for quantite, prix, remise, taux in lignes:
        brut = Fraction(quantite) * Fraction(prix) * (100 - Fraction(remise))
        montants.append(demi_vers_le_haut(brut))
        bases[Fraction(taux)] = bases.get(Fraction(taux), 0) + montants[-1]
    return montants, [
        (t, bases[t], demi_vers_le_haut(bases[t] * t / 100)) for t in sorted(bases, reverse=True)
    ]


def test_there_are_enough_totals() -> None:
    """At least 200 cases, those picked by hand among them."""
    cas = lire("totaux.csv")
    assert len(cas) >= 200
    assert sum(not c["cas"].startswith("tire-") for c in cas) >= 15


def test_the_domain_computes_the_totals_of_the_file() -> None:
    """Lines, groups and sums of every case."""
    for cas in lire("totaux.csv"):
        lignes = [
            Ligne("x", Decimal(q), Decimal(p), Decimal(t), Decimal(r))
            for q, p, r, t in parties(cas["lignes"], "*")
        ]
        totaux = totaliser(lignes)
        assert [str(x.montant_ht_centimes) for x in lignes] == [
            m for (m,) in parties(cas["montants_ht"], "|")
        ], cas
        groupes = [[Decimal(v.taux_tva), v.base_ht_centimes, v.tva_centimes] for v in totaux.ventilation]
        assert groupes == [[Decimal(t), int(b), int(v)] for t, b, v in parties(cas["ventilation"], ":")], cas
        sommes = (totaux.total_ht_centimes, totaux.total_tva_centimes, totaux.total_ttc_centimes)
        assert sommes == (int(cas["total_ht"]), int(cas["total_tva"]), int(cas["total_ttc"])), cas


def test_exact_fractions_agree_with_the_file() -> None:
    """Another arithmetic than the one that wrote it."""
    for cas in lire("totaux.csv"):
        montants, groupes = par_fractions(parties(cas["lignes"], "*"))
        assert montants == [int(m) for (m,) in parties(cas["montants_ht"], "|")], cas
        assert groupes == [(Fraction(t), int(b), int(v)) for t, b, v in parties(cas["ventilation"], ":")], cas
        assert int(cas["total_ht"]) + int(cas["total_tva"]) == int(cas["total_ttc"])
        assert sum(base for _, base, _ in groupes) == int(cas["total_ht"])


def test_the_domain_computes_the_due_dates_of_the_file() -> None:
    """Three kinds of terms, public buyers, legal maximum."""
    cas = lire("echeances.csv")
    assert len(cas) >= 200
    for c in cas:
        conditions = ConditionsPaiement(int(c["delai_jours"]), ModeEcheance(c["mode"]))
        echeance = calculer_echeance(
            date.fromisoformat(c["date_emission"]), conditions, acheteur_public=c["acheteur_public"] == "oui"
        )
        assert echeance.isoformat() == c["date_echeance"], c
