"""GET /factures/tableau-de-bord: what is owed, late, expected and invoiced on a day, per currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from facture_service.domain.calendrier import Periode, derniers_mois, prochaines_semaines
from facture_service.domain.dso import PERIODE_JOURS, dso_jours

DEBITEURS = 10


@dataclass(frozen=True)
class Part:
    """Some open invoices: how many, and what is left to pay on them."""

    nombre: int = 0
    reste_centimes: int = 0

    def plus(self, autre: Part, signe: int = 1) -> Part:
        return Part(self.nombre + signe * autre.nombre, self.reste_centimes + signe * autre.reste_centimes)


@dataclass(frozen=True)
class SommesDevise:
    """What is open on the day in one currency, and what was invoiced, less credit notes, in its last 90 days."""

    devise: str
    ouvertes: Part
    en_retard: Part
    en_litige: Part
    facture_90_jours_centimes: int


@dataclass(frozen=True)
class MoisFacture:
    """What was invoiced and credited in a month."""

    devise: str
    mois: str
    nombre: int
    factures_centimes: int
    avoirs_centimes: int


@dataclass(frozen=True)
class EcheanceDue:
    """What is due on one day."""

    devise: str
    jour: date
    part: Part


@dataclass(frozen=True)
class Debiteur:
    """What one client owes, and how much of it is late."""

    devise: str
    client_id: str
    nom: str
    nombre: int
    encours_centimes: int
    en_retard_centimes: int


@dataclass(frozen=True)
class DemandeTableau:
    """The day, and how many months back and weeks ahead."""

    au: date
    mois: Sequence[Periode]
    semaines: Sequence[Periode]

    @property
    def debut_90_jours(self) -> date:
        """The first of the 90 days that end with the day."""
        return self.au - timedelta(days=PERIODE_JOURS - 1)


@dataclass(frozen=True)
class ChiffresTableau:
    """What the store sums up: months and due days without anything are left out, debtors come largest first."""

    sommes: Sequence[SommesDevise]
    mois: Sequence[MoisFacture]
    echeances: Sequence[EcheanceDue]
    debiteurs: Sequence[Debiteur]


class LecturesTableau(Protocol):
    """The sums of the dashboard."""

    def chiffrer(self, demande: DemandeTableau) -> ChiffresTableau:
        """Sums as of the day, movements up to it counted; the `DEBITEURS` largest debtors of each currency."""
        ...


@dataclass(frozen=True)
class TableauDevise:
    """The dashboard in one currency; months and weeks are those of the request, whether anything is in them or not."""

    sommes: SommesDevise
    mois: Sequence[tuple[Periode, MoisFacture]]
    semaines: Sequence[tuple[Periode, Part]]
    au_dela: Part
    debiteurs: Sequence[Debiteur]

    @property
    def dso(self) -> Decimal | None:
        return dso_jours(self.sommes.ouvertes.reste_centimes, self.sommes.facture_90_jours_centimes)

    @property
    def dso_optimal(self) -> Decimal | None:
        """What the DSO would be if nothing were late."""
        a_temps = self.sommes.ouvertes.plus(self.sommes.en_retard, -1)
        return dso_jours(a_temps.reste_centimes, self.sommes.facture_90_jours_centimes)


@dataclass(frozen=True)
class LireTableau:
    """Puts the sums into months and weeks."""

    lectures: LecturesTableau

    def __call__(self, au: date, mois: int, semaines: int) -> list[TableauDevise]:
        demande = DemandeTableau(au, derniers_mois(au, mois), prochaines_semaines(au, semaines))
        chiffres = self.lectures.chiffrer(demande)
        return [_tableau(sommes, demande, chiffres) for sommes in chiffres.sommes]


def _tableau(sommes: SommesDevise, demande: DemandeTableau, chiffres: ChiffresTableau) -> TableauDevise:
    devise = sommes.devise
    par_mois = {m.mois: m for m in chiffres.mois if m.devise == devise}
    dues = [e for e in chiffres.echeances if e.devise == devise]
    semaines = [(s, _somme([e.part for e in dues if s.du <= e.jour <= s.au])) for s in demande.semaines]
    proches = _somme([part for _, part in semaines])
    return TableauDevise(
        sommes=sommes,
        mois=[(m, par_mois.get(m.nom, MoisFacture(devise, m.nom, 0, 0, 0))) for m in demande.mois],
        semaines=semaines,
        au_dela=sommes.ouvertes.plus(sommes.en_retard, -1).plus(proches, -1),
        debiteurs=[d for d in chiffres.debiteurs if d.devise == devise],
    )


def _somme(parts: Sequence[Part]) -> Part:
    return Part(sum(p.nombre for p in parts), sum(p.reste_centimes for p in parts))
