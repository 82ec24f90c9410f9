"""Everything the use cases need from outside; `adapters/memory.py` and `adapters/sql.py` fit these Protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from client_service.domain.client import Client, TypeClient


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
class Tri:
    """One sort key of a list."""

    champ: str
    decroissant: bool = False


CHAMPS_DE_TRI = ("nom_affiche", "cree_le", "modifie_le", "reference_externe", "siren")
"""Keys a list may be sorted by; the identifier always comes last, so the order is total."""


@dataclass(frozen=True, slots=True)
class Criteres:
    """Filters of a list, joined by and; `apres` holds the sort values and id of the last client already seen."""

    q: str | None = None
    type: TypeClient | None = None
    archive: bool | None = None
    reference_externe: str | None = None
    ids: tuple[str, ...] | None = None
    tri: tuple[Tri, ...] = (Tri("nom_affiche"),)
    limite: int = 50
    apres: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the size of the whole; `suivant` is what to give as `apres`, None at the end."""

    clients: Sequence[Client]
    total: int
    suivant: tuple[Any, ...] | None = None


class Lectures(Protocol):
    """Reads that decide nothing: the last committed state."""

    def client(self, client_id: str) -> Client:
        """The client; raises ClientIntrouvableError."""
        ...

    def page(self, criteres: Criteres) -> Page: ...
