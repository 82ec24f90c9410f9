"""Writes `contracts/vecteurs/`: cases of the billing arithmetic with their results, as facture-service computes them.

    python tools/write_vectors.py

The service's tests and the front's read the same files, so that what is shown while typing is what will be stored, to
the cent. Hand-picked cases come first; the others are drawn with a fixed seed, so two runs write the same bytes.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from facture_service.domain.echeance import ConditionsPaiement, ModeEcheance, calculer_echeance
from facture_service.domain.lignes import TAUX_TVA_ADMIS, Ligne, totaliser

FOLDER = Path(__file__).resolve().parent.parent / "contracts" / "vecteurs"
SEED = 20261130
DRAWN_TOTALS = 220
DRAWN_DUE_DATES = 120

Champs = tuple[str, str, str, str]
"""Quantity, unit price, discount and VAT rate of a line, as the API writes them."""

CHOISIS: dict[str, Sequence[Champs]] = {
    "tva-par-taux-pas-par-ligne": [("1", p, "0", "20") for p in ("299.33", "179.33", "99.34")],
    "trois-fois-10.01": [("1", "10.01", "0", "20")] * 3,
    "remise-avant-arrondi": [("2.5", "33.333", "10", "20")],
    "demi-centime-vers-le-haut": [("1", "0.125", "0", "20"), ("1", "0.135", "0", "20"), ("1", "0.1249", "0", "20")],
    "tva-au-demi-centime": [("1", "0.10", "0", "5.5"), ("1", "577.99", "0", "20")],
    "aucune-ligne": [],
    "ligne-nulle": [("1", "0", "0", "20")],
    "remise-totale": [("12", "99.99", "100", "20")],
    "remise-d-un-centieme": [("1", "10000", "0.01", "20")],
    "plus-petite-quantite": [("0.0001", "49.999999", "0", "20"), ("0.0001", "50", "0", "20")],
    "six-decimales": [("123456.7891", "0.000049", "33.33", "2.1")],
    "tous-les-taux": [("1", "1234.56", "0", str(taux)) for taux in sorted(TAUX_TVA_ADMIS)],
    "meme-taux-ecrit-autrement": [("1", "10.05", "0", "20"), ("1", "10.05", "0", "20.0"), ("1", "10.05", "0", "20.00")],
    "taux-nul": [("3", "19.99", "5", "0"), ("1", "0.01", "0", "20")],
    "dix-milliards": [("99999", "99999.99", "0", "20"), ("1", "0.005", "0", "20")],
    "deux-cents-lignes": [
        (f"{n}.5", f"{n}.{n:03d}", str(n % 30), ("20", "10", "5.5", "2.1")[n % 4]) for n in range(1, 201)
    ],
}  # fmt: skip


def cas_de_totaux() -> Iterator[tuple[str, Sequence[Champs]]]:
    """The cases of the totals by name."""
    yield from CHOISIS.items()
    tirage = random.Random(SEED)
    for rang in range(1, DRAWN_TOTALS + 1):
        yield f"tire-{rang:03d}", [_ligne(tirage) for _ in range(tirage.choice((1, 1, 2, 3, 5, 8, 13)))]


def _ligne(tirage: random.Random) -> Champs:
    quantite = _decimal(tirage, tirage.choice((1, 2, 3, 5)), tirage.choice((0, 0, 1, 2, 4)), minimum="0.0001")
    prix = _decimal(tirage, tirage.choice((1, 2, 3, 4)), tirage.choice((0, 2, 2, 2, 3, 6)))
    remise = tirage.choice(("0", "0", "0", "5", "10", "33.33", "12.5", "0.5", "99.99"))
    return quantite, prix, remise, str(tirage.choice(sorted(TAUX_TVA_ADMIS)))


def _decimal(tirage: random.Random, entiers: int, decimales: int, minimum: str = "0") -> str:
    valeur = Decimal(tirage.randrange(10 ** (entiers + decimales))).scaleb(-decimales)
    return format(max(valeur, Decimal(minimum)), "f")


def lignes_de_totaux() -> Iterator[Sequence[object]]:
    """The lines of `totaux.csv`, headings first; lists are joined by `|`, their parts by `*` or `:`."""
    yield "cas", "lignes", "montants_ht", "ventilation", "total_ht", "total_tva", "total_ttc"
    for nom, champs in cas_de_totaux():
        lignes = [Ligne("x", Decimal(q), Decimal(p), Decimal(t), Decimal(r)) for q, p, r, t in champs]
        totaux = totaliser(lignes)
        yield (
            nom,
            "|".join("*".join(c) for c in champs),
            "|".join(str(ligne.montant_ht_centimes) for ligne in lignes),
            "|".join(f"{v.taux_tva:f}:{v.base_ht_centimes}:{v.tva_centimes}" for v in totaux.ventilation),
            totaux.total_ht_centimes,
            totaux.total_tva_centimes,
            totaux.total_ttc_centimes,
        )


def lignes_d_echeances() -> Iterator[Sequence[object]]:
    """The lines of `echeances.csv`, headings first."""
    yield "date_emission", "delai_jours", "mode", "acheteur_public", "date_echeance"
    tirage = random.Random(SEED)
    choisies = [
        date(2026, 1, 31),
        date(2028, 2, 29),
        date(2026, 12, 31),
        date(2026, 11, 30),
        date(2027, 2, 28),
    ]
    tirees = [date(2026, 1, 1) + timedelta(days=tirage.randrange(1500)) for _ in range(DRAWN_DUE_DATES)]
    for rang, jour in enumerate([*choisies, *tirees]):
        delai = tirage.choice((0, 10, 15, 30, 45, 60, 90))
        for mode in ModeEcheance:
            public = rang % 4 == 0
            echeance = calculer_echeance(jour, ConditionsPaiement(delai, mode), acheteur_public=public)
            yield jour, delai, mode, "oui" if public else "non", echeance


def ecrire(nom: str, lignes: Iterable[Sequence[object]]) -> None:
    """One file of `contracts/vecteurs`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / nom).open("w", encoding="utf-8", newline="") as fichier:
        csv.writer(fichier, delimiter=";", lineterminator="\n").writerows(lignes)


if __name__ == "__main__":
    ecrire("totaux.csv", lignes_de_totaux())
    ecrire("echeances.csv", lignes_d_echeances())
