"""What reads are asked and what they give: the list and its tabs, balances, what came in month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from paiement_service.domain.mouvements import Nature
from paiement_service.domain.paiement import EtatPaiement, Moyen, Paiement, Source


class Onglet(StrEnum):
    """A tab of the list: a named condition, in the order in which tabs are shown."""

    TOUS = "tous"
    EN_ATTENTE = "en-attente"
    A_TRAITER = "a-traiter"
    NON_AFFECTES = "non-affectes"
    REJETES = "rejetes"
    REMBOURSES = "rembourses"


EN_SUSPENS = frozenset({EtatPaiement.EN_ATTENTE, EtatPaiement.ANNULATION_EN_ATTENTE})
"""States in which facture-service owes an answer."""
RENDUS = frozenset({Nature.REMBOURSE, Nature.REJETE})
"""Movements by which money left again."""


@dataclass(frozen=True, slots=True)
class Classe:
    """What decides the tabs of a payment; every payment has one, so tabs are sums over classes.

    `credit`: something of it is unallocated. `rejete`, `rembourse`: returned by the bank, refunded (in part),
    whether or not facture-service has heard of it.
    """

    etat: EtatPaiement
    credit: bool
    rejete: bool
    rembourse: bool

    @classmethod
    def de(cls, paiement: Paiement) -> Classe:
        """The class of a payment."""
        return cls(
            paiement.etat,
            paiement.non_affecte_centimes > 0,
            paiement.rejet_le is not None,
            paiement.rembourse_centimes > 0,
        )

    def dans(self, onglet: Onglet) -> bool:
        """Whether the payments of this class are shown under the tab."""
        return {
            Onglet.TOUS: True,
            Onglet.EN_ATTENTE: self.etat in EN_SUSPENS,
            Onglet.A_TRAITER: self.etat is EtatPaiement.A_TRAITER,
            Onglet.NON_AFFECTES: self.credit,
            Onglet.REJETES: self.rejete,
            Onglet.REMBOURSES: self.rembourse,
        }[onglet]


@dataclass(frozen=True, slots=True)
class Criteres:
    """Filters of a list, joined by and; dates and amounts inclusive.

    `rendu_du` and `rendu_au` keep payments from which money left again within those days, refunded or returned.
    """

    client_id: str | None = None
    facture_id: str | None = None
    etat: EtatPaiement | None = None
    onglet: Onglet | None = None
    moyen: Moyen | None = None
    source: Source | None = None
    recu_du: date | None = None
    recu_au: date | None = None
    rendu_du: date | None = None
    rendu_au: date | None = None
    montant_min_centimes: int | None = None
    montant_max_centimes: int | None = None
    devise: str | None = None
    q: str | None = None


CHAMPS_DE_TRI: Mapping[str, type] = {
    "date_paiement": date,
    "montant_centimes": int,
    "non_affecte_centimes": int,
    "moyen": str,
    "reference": str,
    "etat": str,
    "client_id": str,
    "cree_le": datetime,
}
"""Keys a list may be sorted by; the identifier always comes last."""


@dataclass(frozen=True, slots=True)
class Totaux:
    """Sums of a set of payments in one currency."""

    devise: str
    montant_centimes: int
    non_affecte_centimes: int


@dataclass(frozen=True, slots=True)
class Trouves:
    """The payments of a page, one more than its limit when others follow, and size and sums of the whole list."""

    paiements: Sequence[Paiement]
    total: int
    totaux: Sequence[Totaux]


@dataclass(frozen=True, slots=True)
class Groupe:
    """The payments of one class and one currency within a filtered set: how many, and their sums."""

    classe: Classe
    nombre: int
    somme: Totaux


@dataclass(frozen=True, slots=True)
class CompteurOnglet:
    """How many payments a tab would show, and their sums per currency."""

    onglet: Onglet
    total: int
    totaux: Sequence[Totaux]


def compter(groupes: Iterable[Groupe]) -> list[CompteurOnglet]:
    """Every tab with its count, from the groups of the filtered set."""
    connus = list(groupes)
    return [_compteur(onglet, [g for g in connus if g.classe.dans(onglet)]) for onglet in Onglet]


def _compteur(onglet: Onglet, groupes: Sequence[Groupe]) -> CompteurOnglet:
    return CompteurOnglet(onglet, sum(g.nombre for g in groupes), additionner(g.somme for g in groupes))


def additionner(sommes: Iterable[Totaux]) -> list[Totaux]:
    """One sum per currency, by its code."""
    par_devise: dict[str, list[int]] = {}
    for somme in sommes:
        cumul = par_devise.setdefault(somme.devise, [0, 0])
        cumul[0] += somme.montant_centimes
        cumul[1] += somme.non_affecte_centimes
    return [Totaux(devise, *cumul) for devise, cumul in sorted(par_devise.items())]


@dataclass(frozen=True, slots=True)
class Solde:
    """A client's credit and awaited allocations in one currency."""

    client_id: str
    devise: str
    non_affecte_centimes: int
    en_attente_centimes: int
