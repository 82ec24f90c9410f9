"""Everything the use cases need from outside; `adapters/memory.py` and `adapters/sql.py` fit these Protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from client_service.application.consultation import CompteurOnglet, Criteres, Doublon, Trouves
from client_service.application.doublons import Indices
from client_service.domain.client import Client
from ressort.paging import PageDemand


class Clock(Protocol):
    """Now, as an aware instant in UTC."""

    def now(self) -> datetime: ...


class Identifiants(Protocol):
    """Gives new opaque identifiers, at most 36 characters, increasing in time (UUIDv7)."""

    def __call__(self) -> str: ...


class Ecriture(Protocol):
    """One transaction; it commits whole or not at all."""

    def client(self, client_id: str) -> Client:
        """The client, locked until the end; raises ClientIntrouvableError."""
        ...

    def references_connues(self, references: Collection[str]) -> Mapping[str, str]:
        """External reference to client id, of those that exist."""
        ...

    def ajouter(self, client: Client) -> None:
        """Stores a new client; raises ClientDejaConnuError, leaving the transaction usable."""
        ...

    def remplacer(self, client: Client) -> None:
        """Stores the client over the one read; raises ClientDejaConnuError."""
        ...


class Magasin(Protocol):
    """Opens transactions."""

    def transaction(self) -> AbstractContextManager[Ecriture]: ...


class Lectures(Protocol):
    """Reads that decide nothing: the last committed state."""

    def client(self, client_id: str) -> Client:
        """The client; raises ClientIntrouvableError."""
        ...

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouves:
        """A page of the list; its `total` is 0 where nobody wants it counted."""
        ...

    def compteurs(self, criteres: Criteres) -> Sequence[CompteurOnglet]:
        """How many clients each tab would show under the other filters, in the order of the tabs."""
        ...

    def doublons(self, indices: Indices, sauf: str | None, limite: int) -> Sequence[Doublon]:
        """Clients that may be the one being typed, but for `sauf`; the surest first, archived ones included."""
        ...
