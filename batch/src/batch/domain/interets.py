"""Statutory late interest, by half-year, as dated data; a missing rate is never guessed.

Source: code de commerce L441-10 (ECB refinancing rate + 10 points, the rate in force on 1 January or 1 July);
for public buyers ECB + 8 points, frozen at the half-year in which interest began. Formula: unpaid x rate x
days / 365, day 1 being the day after the due date, the day money comes in being the last one of the sum before
it; rounded half up once per period, that is a stretch of days with one rate and one unpaid sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

DIVISEUR_JOURS = 365
_POINTS_ENTREPRISE = Decimal(10)
_POINTS_PUBLIC = Decimal(8)


class TypeClient(StrEnum):
    """Who owes: it decides what may be charged."""

    ENTREPRISE = "ENTREPRISE"
    PARTICULIER = "PARTICULIER"
    PUBLIC = "PUBLIC"

    @property
    def penalisable(self) -> bool:
        """Whether interest at the statutory rate and the flat indemnity may be asked for.

        Never from a consumer: code des procédures civiles d'exécution L111-8.
        """
        return self is not TypeClient.PARTICULIER


@dataclass(frozen=True, order=True)
class Semestre:
    """A half-year: 1 from January, 2 from July."""

    annee: int
    rang: int

    @classmethod
    def de(cls, jour: date) -> Semestre:
        """The half-year of a day."""
        return cls(jour.year, 1 if jour.month <= 6 else 2)

    @property
    def dernier_jour(self) -> date:
        """30 June or 31 December."""
        return date(self.annee, 6, 30) if self.rang == 1 else date(self.annee, 12, 31)

    @property
    def suivant(self) -> Semestre:
        """The half-year after."""
        return Semestre(self.annee, 2) if self.rang == 1 else Semestre(self.annee + 1, 1)

    def __str__(self) -> str:
        return f"{self.annee}-S{self.rang}"


def plages(semestres: Iterable[Semestre]) -> list[tuple[Semestre, Semestre]]:
    """Half-years that follow one another as one range: its first and its last."""
    trouvees: list[tuple[Semestre, Semestre]] = []
    for semestre in sorted(set(semestres)):
        if trouvees and trouvees[-1][1].suivant == semestre:
            trouvees[-1] = trouvees[-1][0], semestre
        else:
            trouvees.append((semestre, semestre))
    return trouvees


@dataclass(frozen=True)
class TableDesTaux:
    """ECB main refinancing rates in percent at the start of each half-year known."""

    taux_bce: Mapping[Semestre, Decimal]

    def taux(self, semestre: Semestre) -> Decimal | None:
        """The rate, or None where the table ends."""
        return self.taux_bce.get(semestre)


@dataclass(frozen=True)
class Interets:
    """The amount, or None with the half-years whose rate is missing."""

    centimes: int | None
    semestres_manquants: tuple[Semestre, ...] = ()


AUCUN = Interets(0)


@dataclass(frozen=True)
class Mouvement:
    """What lowered the balance of an invoice on a day, in cents; negative when it was taken back."""

    jour: date
    centimes: int


def interets(
    reste_centimes: int,
    echeance: date,
    jusqu_au: date,
    type_client: TypeClient,
    taux: TableDesTaux,
    mouvements: Iterable[Mouvement] = (),
) -> Interets:
    """Interest on what was unpaid each day, from the day after `echeance` to `jusqu_au` included.

    `reste_centimes` is the balance at the end of `jusqu_au`; `mouvements` are what made it, in any order.
    """
    if not type_client.penalisable or jusqu_au <= echeance:
        return AUCUN
    total = 0
    manquants: set[Semestre] = set()
    premier = echeance + timedelta(days=1)
    for du_centimes, debut, fin in _soldes(reste_centimes, premier, jusqu_au, mouvements):
        for semestre, jours in _periodes(debut, fin, premier, type_client):
            base = taux.taux(semestre)
            if base is None:
                manquants.add(semestre)
                continue
            points = _POINTS_PUBLIC if type_client is TypeClient.PUBLIC else _POINTS_ENTREPRISE
            montant = Decimal(du_centimes) * (base + points) / 100 * jours / DIVISEUR_JOURS
            total += int(montant.quantize(Decimal(1), ROUND_HALF_UP))
    return Interets(None if manquants else total, tuple(sorted(manquants)))


def _soldes(
    reste_centimes: int, premier: date, dernier: date, mouvements: Iterable[Mouvement]
) -> Iterator[tuple[int, date, date]]:
    """Stretches of days with one unpaid sum, those without left out; a movement counts from the next day on."""
    par_jour: dict[date, int] = defaultdict(int)
    for mouvement in mouvements:
        if premier <= mouvement.jour <= dernier:
            par_jour[mouvement.jour] += mouvement.centimes
    du_centimes = reste_centimes + sum(par_jour.values())
    for jour in sorted(jour for jour, centimes in par_jour.items() if centimes):
        if du_centimes > 0:
            yield du_centimes, premier, jour
        du_centimes -= par_jour[jour]
        premier = jour + timedelta(days=1)
    if premier <= dernier and du_centimes > 0:
        yield du_centimes, premier, dernier


def _periodes(
    debut: date, fin: date, premier: date, type_client: TypeClient
) -> Iterator[tuple[Semestre, int]]:
    """Half-years with their number of days; a public buyer's is always that of `premier`."""
    if type_client is TypeClient.PUBLIC:
        yield Semestre.de(premier), (fin - debut).days + 1
        return
    while debut <= fin:
        semestre = Semestre.de(debut)
        limite = min(semestre.dernier_jour, fin)
        yield semestre, (limite - debut).days + 1
        debut = limite + timedelta(days=1)
