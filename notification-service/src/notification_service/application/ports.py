"""Everything the use cases need from outside, as Protocols; the modules of `adapters/` fit them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from notification_service.application.consultation import CompteurOnglet, Criteres, Trouvees
from notification_service.domain.notification import Contenu, Destinataire, Notification, TypeMessage
from notification_service.domain.relance import FactureDuJour
from ressort.paging import PageDemand


class Clock(Protocol):
    """Now in UTC and today's local date."""

    def now(self) -> datetime: ...
    def today(self, zone: str = "Europe/Paris") -> date: ...


class Identifiants(Protocol):
    """Gives new opaque identifiers, at most 36 characters, increasing in time (UUIDv7)."""

    def __call__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ClientDuJour:
    """A client's addresses and whether reminders are held."""

    destinataire: Destinataire
    suspendu: bool


class Services(Protocol):
    """The other services. Every call may raise ServiceIndisponibleError: the notification waits."""

    def factures(self, facture_ids: Collection[str]) -> Mapping[str, FactureDuJour]:
        """The invoices that exist, as they stand today."""
        ...

    def reste_au(self, facture_id: str, jour: date) -> int | None:
        """What was unpaid at the end of a day, as known now; None when the invoice was not issued by then."""
        ...

    def page_facture(self, facture_id: str) -> str | None:
        """The printable page of an invoice, None when it is gone."""
        ...

    def client(self, client_id: str) -> ClientDuJour | None: ...

    def credits_centimes(self, client_id: str, devise: str) -> int:
        """The client's unallocated money, credit notes included, and awaited allocations."""
        ...


@dataclass(frozen=True, slots=True)
class Envoi:
    """What is handed to a carrier; `cle` names this transmission for ever."""

    cle: str
    destinataire: Destinataire
    contenu: Contenu
    piece: tuple[str, str] | None = None


class Transporteur(Protocol):
    """Carries messages of one channel."""

    def transmettre(self, envoi: Envoi) -> str:
        """The carrier's identifier of what it accepted.

        Raises TransportIndisponibleError (provably not taken), TransportRefuseError (never will be),
        TransportInconnuError (nobody knows).
        """
        ...


class Redaction(Protocol):
    """Writes the text of a notification."""

    def __call__(self, type_message: TypeMessage, message: Mapping[str, Any], langue: str) -> Contenu: ...


class Ecriture(Protocol):
    """One transaction."""

    def notification(self, notification_id: str) -> Notification:
        """Locked until the end; raises NotificationIntrouvableError."""
        ...

    def ajouter(self, notification: Notification) -> bool:
        """Stores a new one; False when its message already made one."""
        ...

    def remplacer(self, notification: Notification) -> Notification:
        """Stores over the one read; returns it with its next version."""
        ...

    def publier(self, destination: str, message: Mapping[str, Any]) -> None:
        """Puts a message in the outbox, sent after the commit and only then."""
        ...


class Magasin(Protocol):
    """Opens transactions, and lends work to one sender at a time."""

    def transaction(self) -> AbstractContextManager[Ecriture]: ...

    def prendre(self, maintenant: datetime, bail_s: float, limite: int) -> Sequence[Notification]:
        """Notifications that are due, lent to the caller for `bail_s` seconds; the oldest first."""
        ...

    def rendre(self, notification_id: str) -> None:
        """Ends the loan."""
        ...


class Lectures(Protocol):
    """Reads that decide nothing."""

    def notification(self, notification_id: str) -> Notification:
        """Raises NotificationIntrouvableError."""
        ...

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouvees:
        """A page of the list; its `total` is 0 where nobody wants it counted."""
        ...

    def compteurs(self, criteres: Criteres) -> Sequence[CompteurOnglet]:
        """How many notifications each tab would show under the other filters, in the order of the tabs."""
        ...
