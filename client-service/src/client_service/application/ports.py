"""Everything the use cases need from outside; `adapters/memory.py` and `adapters/sql.py` fit these Protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from client_service.domain.client import Client, TypeClient, sans_accents
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


@dataclass(frozen=True, slots=True)
class Criteres:
    """Filters of a list, joined by and."""

    q: str | None = None
    type: TypeClient | None = None
    archive: bool | None = None
    reference_externe: str | None = None
    ids: tuple[str, ...] | None = None


CHAMPS_DE_TRI: Mapping[str, type] = {
    "nom_affiche": str,
    "cree_le": datetime,
    "modifie_le": datetime,
    "reference_externe": str,
    "siren": str,
}
"""Keys a list may be sorted by, with the type of their values; the identifier always comes last."""


@dataclass(frozen=True, slots=True)
class Trouves:
    """The clients of a page, one more than its limit when others follow, and the size of the whole list."""

    clients: Sequence[Client]
    total: int


def valeur_de_tri(client: Client, champ: str) -> Any:
    """A client's value of a sort key: folded for the name, empty where there is none."""
    if champ == "nom_affiche":
        return sans_accents(client.fiche.nom_affiche)
    porteur: object = client if champ in ("id", "cree_le", "modifie_le") else client.fiche
    return getattr(porteur, champ) or ""


class Lectures(Protocol):
    """Reads that decide nothing: the last committed state."""

    def client(self, client_id: str) -> Client:
        """The client; raises ClientIntrouvableError."""
        ...

    def page(self, criteres: Criteres, demande: PageDemand) -> Trouves: ...
