"""Everything the use cases need from outside, as Protocols; `adapters/memory.py` and `adapters/sql.py` fit them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from facture_service.application.consultation import Apercu, Criteres, Groupe, LigneBalance, Page
from facture_service.application.tableau_de_bord import LecturesTableau
from facture_service.domain.facture import Facture, Poste, Soldes
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement
from facture_service.domain.parties import Client, Vendeur
from facture_service.domain.reglement import Reglement
from facture_service.domain.series import EtatSerie


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


class Lectures(LecturesTableau, Protocol):
    """Reads that decide nothing: no lock, the last committed state."""

    def apercu(self, facture_id: str, jour: date) -> Apercu:
        """One document today, every movement counted; raises FactureIntrouvableError."""
        ...

    def apercu_au(self, facture_id: str, au: date, connu_au: datetime | None = None) -> Apercu:
        """One document as of a day; raises FactureIntrouvableError, and PasEncoreEmiseError before its issue."""
        ...

    def facture(self, facture_id: str) -> Facture: ...

    def lister(self, criteres: Criteres) -> Page: ...

    def grouper(self, criteres: Criteres) -> list[Groupe]:
        """The whole filtered set by class and currency; order, cursor and limit of the criteria play no part."""
        ...

    def serie(self, nom: str) -> EtatSerie | None:
        """The counter of a series as last committed; None before its first document."""
        ...

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
