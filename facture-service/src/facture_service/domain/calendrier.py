"""Months and ISO weeks around a day, as the dashboard shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from facture_service.domain.echeance import fin_de_mois


@dataclass(frozen=True)
class Periode:
    """Days from `du` to `au`, both included, under the name ISO 8601 gives them: `2026-11`, `2026-W48`."""

    nom: str
    du: date
    au: date


def derniers_mois(au: date, nombre: int) -> list[Periode]:
    """The months that end with the one of `au`, oldest first; that one ends on `au`."""
    mois: list[Periode] = []
    fin = au
    for _ in range(nombre):
        debut = fin.replace(day=1)
        mois.append(Periode(f"{debut:%Y-%m}", debut, min(fin_de_mois(debut), au)))
        fin = debut - timedelta(days=1)
    return mois[::-1]


def prochaines_semaines(au: date, nombre: int) -> list[Periode]:
    """The ISO weeks (Monday to Sunday) from the one of `au` on; that one begins on `au`."""
    lundi = au - timedelta(days=au.weekday())
    semaines = []
    for rang in range(nombre):
        debut = lundi + timedelta(weeks=rang)
        annee, semaine, _ = debut.isocalendar()
        semaines.append(Periode(f"{annee}-W{semaine:02d}", max(debut, au), debut + timedelta(days=6)))
    return semaines
