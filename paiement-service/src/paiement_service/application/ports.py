"""Everything the use cases need from outside, as Protocols; the modules of `adapters/` fit them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from paiement_service.application.consultation import Criteres, Groupe, Solde, Trouves
from paiement_service.application.encaissements import SommeMois
from paiement_service.domain.erreurs import FactureInconnueError, ReglementRefuseError
from paiement_service.domain.imputation import FactureOuverte
from paiement_service.domain.paiement import Affectation, Paiement, Source
from ressort.paging import PageDemand


class Clock(Protocol):
    """Now in UTC and today's local date."""

    def now(self) -> datetime: ...
    def today(self, zone: str = "Europe/Paris") -> date: ...


class Identifiants(Protocol):
    """Gives new opaque identifiers, at most 36 characters, increasing in time (UUIDv7)."""

    def __call__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FactureVue:
    """What this service needs to know of an invoice."""

    id: str
    numero: str | None
    client_id: str
    devise: str
    emise: bool
    avoir: bool
    date_emission: date | None
    date_echeance: date | None = None


@dataclass(frozen=True, slots=True)
class Reglee:
    """facture-service's answer to a settlement: cents taken, at most those asked, and what the invoice still owes."""

    montant_centimes: int
    reste_centimes: int
    numero: str | None


Demande = tuple[str, Affectation]
"""A settlement to ask for: the payment's id and its allocation."""

Reponse = Reglee | FactureInconnueError | ReglementRefuseError
"""What facture-service said to one settlement."""


class FactureApi(Protocol):
    """facture-service. Every call may raise FactureServiceIndisponibleError: done or not, nobody knows."""

    def facture(self, facture_id: str) -> FactureVue:
        """Raises FactureInconnueError."""
        ...

    def ouvertes(self, client_id: str, devise: str, le: date) -> list[FactureOuverte]:
        """The client's invoices that owe something on a day, in one currency."""
        ...

    def regler(self, demandes: Sequence[Demande]) -> list[Reponse]:
        """Settles at most the cents of each allocation; asked again under the same ids, answers the same."""
        ...

    def annuler(self, affectation: Affectation) -> None:
        """Reverses `a_annuler_centimes` of the allocation, once for its `annulation_cle`."""
        ...


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Whom to write to."""

    nom: str
    email: str | None
    telephone: str | None
    langue: str


class ClientApi(Protocol):
    """client-service."""

    def destinataire(self, client_id: str) -> Destinataire | None:
        """None when the client is unknown; raises ClientServiceIndisponibleError."""
        ...

    def noms(self, client_ids: Sequence[str]) -> Mapping[str, str]:
        """Names to show, by id, of those that exist; raises ClientServiceIndisponibleError."""
        ...


class Ecriture(Protocol):
    """One transaction. A payment read in it stays locked until it ends; it commits whole or not."""

    connection: Any

    def paiement(self, paiement_id: str) -> Paiement:
        """Raises PaiementIntrouvableError."""
        ...

    def verrouiller(self, paiement_ids: Collection[str]) -> None:
        """Reads and locks many payments at once, which `paiement` then gives without asking again."""
        ...

    def paiement_de_cle(self, cle: str) -> Paiement | None:
        """The payment recorded under an idempotency key."""
        ...

    def references_connues(self, cles: Collection[tuple[Source, str]]) -> Mapping[tuple[Source, str], str]:
        """(source, external reference) to payment id, of those that exist."""
        ...

    def ajouter(self, paiements: Sequence[Paiement]) -> None: ...

    def remplacer(self, paiement: Paiement) -> Paiement:
        """Stores the payment over the one read; returns it with its next version."""
        ...

    def publier(self, destination: str, message: Mapping[str, Any]) -> None:
        """Puts a message in the outbox, sent after the commit and only then."""
        ...


class Magasin(Protocol):
    """Opens transactions."""

    def transaction(self) -> AbstractContextManager[Ecriture]: ...


class Lectures(Protocol):
    """Reads that decide nothing: the last committed state."""

    def paiement(self, paiement_id: str) -> Paiement:
        """Raises PaiementIntrouvableError."""
        ...

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouves:
        """A page of the list; without `compter` size and sums are not looked for, and are nothing."""
        ...

    def grouper(self, criteres: Criteres) -> list[Groupe]:
        """The filtered set by class and currency."""
        ...

    def encaissements(self, du: date, au: date) -> list[SommeMois]:
        """What came in and left again within days that begin a month and end in one, inclusive."""
        ...

    def soldes(self, client_ids: Collection[str] | None, au: date) -> list[Solde]:
        """Credits and awaited cents as of a date, of some clients or of all; zero balances left out."""
        ...

    def en_suspens(self, limite: int) -> list[str]:
        """Ids of payments that wait for facture-service, the oldest first."""
        ...
