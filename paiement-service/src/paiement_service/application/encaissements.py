"""What came in month by month, and what left again: every movement counts at its own date."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from paiement_service.application.consultation import RENDUS
from paiement_service.domain.mouvements import Nature

ENCAISSES = frozenset({Nature.RECU, *RENDUS})
"""Movements between the client and us; allocations move nothing in or out."""


@dataclass(frozen=True, slots=True)
class SommeMois:
    """Signed cents of one kind of movement in one month and currency."""

    devise: str
    annee: int
    mois: int
    nature: Nature
    centimes: int


@dataclass(frozen=True, slots=True)
class PointMois:
    """One month of a currency, from `du` to `au`; amounts positive, `encaisse_centimes` net and perhaps negative."""

    du: date
    au: date
    recu_centimes: int
    rembourse_centimes: int
    rejete_centimes: int

    @property
    def encaisse_centimes(self) -> int:
        """Received, less what was refunded or returned in that month."""
        return self.recu_centimes - self.rembourse_centimes - self.rejete_centimes


@dataclass(frozen=True, slots=True)
class Serie:
    """The months of one currency, none left out."""

    devise: str
    points: Sequence[PointMois]


def mois_jusqu_au(au: date, nombre: int) -> list[tuple[date, date]]:
    """First and last day of each of the `nombre` months that end with that of `au`; the last one ends on `au`."""
    rang = au.year * 12 + au.month - 1
    bornes = [_bornes(*divmod(n, 12)) for n in range(rang - nombre + 1, rang + 1)]
    return [*bornes[:-1], (bornes[-1][0], au)]


def _bornes(annee: int, mois: int) -> tuple[date, date]:
    dernier = calendar.monthrange(annee, mois + 1)[1]
    return date(annee, mois + 1, 1), date(annee, mois + 1, dernier)


def series(sommes: Iterable[SommeMois], bornes: Sequence[tuple[date, date]]) -> list[Serie]:
    """A series per currency met, by its code."""
    par_cle = {(s.devise, s.annee, s.mois, s.nature): s.centimes for s in sommes}
    return [
        Serie(devise, [_point(par_cle, devise, du, au) for du, au in bornes])
        for devise in sorted({devise for devise, *_ in par_cle})
    ]


def _point(par_cle: dict[tuple[str, int, int, Nature], int], devise: str, du: date, au: date) -> PointMois:
    recu, rembourse, rejete = (
        abs(par_cle.get((devise, du.year, du.month, nature), 0))
        for nature in (Nature.RECU, Nature.REMBOURSE, Nature.REJETE)
    )
    return PointMois(du, au, recu, rembourse, rejete)
