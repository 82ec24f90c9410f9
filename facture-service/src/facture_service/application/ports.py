"""Everything the use cases need from outside, as Protocols; `adapters/memory.py` and `adapters/sql.py` fit them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from facture_service.domain.facture import Facture, Poste, Soldes, TypeDocument
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement
from facture_service.domain.parties import Client, Vendeur
from facture_service.domain.reglement import Reglement
from facture_service.domain.series import EtatSerie
from facture_service.domain.situation import StatutDocument, StatutReglement


class Clock(Protocol):
    """Now in UTC and today's local date; never read from the machine anywhere else."""

    def now(self) -> datetime: ...
    def today(self, zone: str = "Europe/Paris") -> date: ...
    def monotonic(self) -> float: ...


class Identifiants(Protocol):
    """Gives new opaque identifiers, at most 36 characters, increasing in time (UUIDv7)."""

    def __call__(self) -> str: ...


class ClientApi(Protocol):
    """client-service, as this service needs it."""

    def client(self, client_id: str) -> Client:
        """The client; raises ClientInconnuError or ClientServiceIndisponibleError."""
        ...

    def clients(self, client_ids: Collection[str]) -> Mapping[str, Client]:
        """The known ones among many; raises ClientServiceIndisponibleError."""
        ...


class VendeurSource(Protocol):
    """The seller of the present configuration."""

    def __call__(self) -> Vendeur: ...


@dataclass(frozen=True)
class DocumentConnu:
    """What a take-over must know of a number that exists already."""

    id: str
    empreinte: str | None


class Ecriture(Protocol):
    """One transaction. Whatever it reads for a decision stays locked until it ends; it commits whole or not."""

    def facture(self, facture_id: str) -> Facture:
        """The document, locked; raises FactureIntrouvableError."""
        ...

    def verrouiller(self, facture_ids: Collection[str], affectation_ids: Collection[str] = ()) -> None:
        """Locks and loads many documents at once, in a fixed order, and then the settlements of these ids."""
        ...

    def avoirs_de(self, facture_id: str) -> list[Facture]:
        """The credit notes issued against an invoice, oldest first."""
        ...

    def numeros_connus(self, numeros: Collection[str]) -> Mapping[str, DocumentConnu]: ...

    def ajouter(self, factures: Sequence[Facture]) -> None:
        """Stores new documents, with their balances; raises NumeroPrisError when a number is taken."""
        ...

    def remplacer(self, facture: Facture) -> Facture:
        """Stores the document over the one read (balances included); returns it with its next version."""
        ...

    def supprimer(self, facture_id: str) -> None: ...

    def imputer(self, facture_id: str, mouvements: Mapping[Poste, int], le: datetime) -> Soldes:
        """Adds cents to balances by a guarded decrement; raises ResteInsuffisantError, changing nothing."""
        ...

    def serie(self, nom: str, premier_rang: int) -> EtatSerie:
        """The counter of a series, locked, created at need."""
        ...

    def avancer_serie(self, etat: EtatSerie) -> None: ...

    def reglement(self, affectation_id: str) -> Reglement | None: ...

    def poser_reglement(self, reglement: Reglement) -> None:
        """Stores a new settlement; raises ReglementDifferentError when the id was taken meanwhile."""
        ...

    def remplacer_reglement(self, reglement: Reglement) -> None: ...

    def litiges(self, facture_id: str) -> list[Litige]: ...

    def poser_litige(self, litige: Litige) -> None:
        """Stores a dispute, new or changed, and bumps the version of its document."""
        ...

    def ajouter_litiges(self, litiges: Sequence[Litige]) -> None:
        """Stores disputes of documents added in this transaction."""
        ...

    def journaliser(self, evenements: Sequence[Evenement]) -> None: ...

    def publier(self, destination: str, message: Mapping[str, Any]) -> str:
        """Puts a message in the outbox, sent after the commit and only then; returns its id."""
        ...


class Magasin(Protocol):
    """Opens transactions."""

    def transaction(self) -> AbstractContextManager[Ecriture]: ...

    def preparer_serie(self, nom: str, premier_rang: int) -> None:
        """Makes sure that the counter of a series exists, apart from and before the transaction that issues.

        Two first issues of a year that both created it, one of them rolling back, would deadlock on InnoDB.
        """
        ...


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
    "cree_le": datetime,
}
"""Keys a list may be sorted by, with their types; the identifier comes last, so the order is total."""


@dataclass(frozen=True)
class Criteres:
    """Filters of a list, all of them joined by and; dates inclusive except `echue_avant`.

    `jour` is the day of the derived fields; `ouverte` keeps what was open on it (invoices only, unless `type`
    says otherwise) and makes every figure as of that day. `tri` ends with the identifier; `apres` holds the
    sort values of the last element already seen.
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
    montant_min_centimes: int | None = None
    montant_max_centimes: int | None = None
    devise: str | None = None
    q: str | None = None
    tri: Sequence[CleDeTri] = (Tri("date_emission", True), Tri("numero", True), Tri("id", True))
    limite: int = 50
    apres: tuple[Any, ...] | None = None


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


@dataclass(frozen=True)
class Violation:
    """One broken invariant: which check, on what, with the figures."""

    controle: str
    objet: str
    detail: str


@dataclass(frozen=True)
class RapportControle:
    """The outcome of a check of the whole database."""

    factures_controlees: int
    violations: Sequence[Violation] = field(default=())


class Lectures(Protocol):
    """Reads that decide nothing: no lock, the last committed state."""

    def apercu(self, facture_id: str, jour: date) -> Apercu:
        """One document today, every movement counted; raises FactureIntrouvableError."""
        ...

    def apercu_au(self, facture_id: str, au: date, connu_au: datetime | None = None) -> Apercu:
        """One document as of a day; raises FactureIntrouvableError, and PasEncoreEmiseError before its issue."""
        ...

    def facture(self, facture_id: str) -> Facture: ...

    def lister(self, criteres: Criteres) -> Page: ...

    def evenements(self, facture_id: str) -> list[Evenement]:
        """The history, oldest first; raises FactureIntrouvableError."""
        ...

    def reglement(self, facture_id: str, affectation_id: str) -> Reglement:
        """One settlement of an invoice; raises ReglementIntrouvableError."""
        ...

    def balance_agee(
        self, au: date, client_id: str | None = None, connu_au: datetime | None = None
    ) -> list[LigneBalance]: ...

    def controler(self) -> RapportControle: ...
