"""What reads are asked and what they give: documents of a day, lists and their tabs, the aged balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from facture_service.domain.facture import Soldes, TypeDocument
from facture_service.domain.litige import Litige
from facture_service.domain.situation import Situation, StatutDocument, StatutReglement


@dataclass(frozen=True, slots=True)
class Figures:
    """The columns from which the derived fields of a document come; `emise` False on a draft."""

    type: TypeDocument
    emise: bool
    version: int
    date_echeance: date | None
    soldes: Soldes
    modifie_le: datetime


@dataclass(frozen=True, slots=True)
class Apercu:
    """A document ready to serve: its frozen JSON as bytes, its figures and the dispute, all of one day.

    `cles` holds the sort values of an element of a list.
    """

    id: str
    document: bytes
    figures: Figures
    litige: Litige | None
    jour: date
    cles: Mapping[str, Any] = field(default_factory=dict)


class Onglet(StrEnum):
    """A tab of the list: a named condition, in the order in which tabs are shown."""

    TOUTES = "toutes"
    BROUILLONS = "brouillons"
    A_ECHOIR = "a-echoir"
    EN_RETARD = "en-retard"
    PARTIELLES = "partielles"
    LITIGE = "litige"
    PAYEES = "payees"
    AVOIRS = "avoirs"


@dataclass(frozen=True)
class Classe:
    """What decides the tabs of a document on a day; every document has one, so tabs are sums over classes.

    `due`: an issued invoice with something left to pay. `en_retard` and `partielle` say more about due ones.
    """

    type: TypeDocument
    emise: bool
    due: bool = False
    en_retard: bool = False
    partielle: bool = False
    en_litige: bool = False

    @classmethod
    def de(cls, type_document: TypeDocument, emise: bool, s: Situation, en_litige: bool) -> Classe:
        """The class of a document from its derived fields."""
        due = emise and type_document is TypeDocument.FACTURE and s.reste_centimes > 0
        partielle = due and s.statut_reglement is StatutReglement.PARTIELLE
        return cls(type_document, emise, due, s.en_retard, partielle, en_litige)

    def dans(self, onglet: Onglet) -> bool:
        """Whether the documents of this class are shown under the tab."""
        return {
            Onglet.TOUTES: True,
            Onglet.BROUILLONS: not self.emise,
            Onglet.A_ECHOIR: self.due and not self.en_retard,
            Onglet.EN_RETARD: self.due and self.en_retard,
            Onglet.PARTIELLES: self.partielle,
            Onglet.LITIGE: self.en_litige,
            Onglet.PAYEES: self.emise and self.type is TypeDocument.FACTURE and not self.due,
            Onglet.AVOIRS: self.type is TypeDocument.AVOIR,
        }[onglet]


class CleDeTri(Protocol):
    """One sort key of a list; None sorts before every value."""

    @property
    def name(self) -> str: ...

    @property
    def descending(self) -> bool: ...


@dataclass(frozen=True)
class Tri:
    """A sort key made here."""

    name: str
    descending: bool = False


CHAMPS_DE_TRI: Mapping[str, type] = {
    "date_emission": date,
    "numero": str,
    "date_echeance": date,
    "total_ttc_centimes": int,
    "reste_centimes": int,
    "client_id": str,
    "nom_client": str,
    "cree_le": datetime,
}
"""Keys a list may be sorted by, with their types; the identifier comes last, so the order is total."""


@dataclass(frozen=True)
class Criteres:
    """Filters of a list, all of them joined by and; dates inclusive except `echue_avant`.

    `jour` is the day of the derived fields; `ouverte` keeps what was open on it (invoices only, unless `type`
    says otherwise) and makes every figure as of that day. `en_retard` and `litige` keep what is late or disputed on
    it (True) or is not (False). `tri` ends with the identifier; `apres` holds the sort values of the last element
    already seen; without `sommes` neither the total nor the sums are wanted.
    """

    jour: date
    ouverte: bool = False
    connu_au: datetime | None = None
    client_id: str | None = None
    type: TypeDocument | None = None
    statut_document: StatutDocument | None = None
    statut_reglement: StatutReglement | None = None
    emise_du: date | None = None
    emise_au: date | None = None
    echue_avant: date | None = None
    echue_du: date | None = None
    echue_au: date | None = None
    en_retard: bool | None = None
    litige: bool | None = None
    onglet: Onglet | None = None
    ids: Sequence[str] | None = None
    montant_min_centimes: int | None = None
    montant_max_centimes: int | None = None
    devise: str | None = None
    q: str | None = None
    tri: Sequence[CleDeTri] = (Tri("date_emission", True), Tri("numero", True), Tri("id", True))
    limite: int = 50
    apres: tuple[Any, ...] | None = None
    sommes: bool = True


@dataclass(frozen=True)
class TotauxListe:
    """Sums over a whole filtered set in one currency; credit notes count as negative."""

    devise: str
    total_ttc_centimes: int
    reste_centimes: int


@dataclass(frozen=True)
class Page:
    """At most `limite` elements of a list, with the size and the sums of the whole filtered set."""

    elements: Sequence[Apercu]
    total: int
    totaux: Sequence[TotauxListe]


@dataclass(frozen=True)
class Groupe:
    """The documents of one class and one currency within a filtered set: how many, and their sums."""

    classe: Classe
    nombre: int
    somme: TotauxListe


@dataclass(frozen=True)
class CompteurOnglet:
    """How many documents a tab would show, and their sums per currency."""

    onglet: Onglet
    total: int
    totaux: Sequence[TotauxListe]


def compter(groupes: Sequence[Groupe]) -> list[CompteurOnglet]:
    """Every tab with its count, from the groups of the filtered set."""
    return [_compteur(onglet, [g for g in groupes if g.classe.dans(onglet)]) for onglet in Onglet]


def _compteur(onglet: Onglet, groupes: Sequence[Groupe]) -> CompteurOnglet:
    sommes: dict[str, list[int]] = {}
    for groupe in groupes:
        somme = sommes.setdefault(groupe.somme.devise, [0, 0])
        somme[0] += groupe.somme.total_ttc_centimes
        somme[1] += groupe.somme.reste_centimes
    totaux = [TotauxListe(devise, *somme) for devise, somme in sorted(sommes.items())]
    return CompteurOnglet(onglet, sum(g.nombre for g in groupes), totaux)


@dataclass(frozen=True)
class LigneBalance:
    """What one client owes in one currency on a day, by days after the due date."""

    client_id: str
    nom: str
    devise: str
    non_echu_centimes: int
    de_1_a_30_centimes: int
    de_31_a_60_centimes: int
    de_61_a_90_centimes: int
    plus_de_90_centimes: int

    @property
    def total_centimes(self) -> int:
        return (
            self.non_echu_centimes
            + self.de_1_a_30_centimes
            + self.de_31_a_60_centimes
            + self.de_61_a_90_centimes
            + self.plus_de_90_centimes
        )
