"""What a list of clients may be asked: filters, tabs, order; and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from client_service.application.doublons import MotifDoublon
from client_service.domain.client import Client, TypeClient
from ressort.texts import fold

MAX_TRI = 300
"""Characters of a text that order a list; longer ones are told apart by their identifiers."""


class OngletClients(StrEnum):
    """A tab of the list: a named condition, in the order in which tabs are shown.

    All but the first and the last leave archived clients out. SANS_SIREN: those that must have one.
    """

    TOUS = "tous"
    ACTIFS = "actifs"
    SUSPENDUS = "suspendus"
    SANS_COURRIEL = "sans-courriel"
    SANS_SIREN = "sans-siren"
    ARCHIVES = "archives"

    def montre(self, client: Client, jour: date) -> bool:
        """Whether the client is shown under this tab on a day."""
        actif = not client.archive
        return {
            OngletClients.TOUS: True,
            OngletClients.ACTIFS: actif,
            OngletClients.SUSPENDUS: actif and client.fiche.suspendu(jour),
            OngletClients.SANS_COURRIEL: actif and client.fiche.email is None,
            OngletClients.SANS_SIREN: actif and client.fiche.siren_manquant,
            OngletClients.ARCHIVES: client.archive,
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteres:
    """Filters of a list, joined by and; `jour` is the day on which suspensions are looked at."""

    jour: date
    q: str | None = None
    type: TypeClient | None = None
    archive: bool | None = None
    reference_externe: str | None = None
    ids: tuple[str, ...] | None = None
    onglet: OngletClients | None = None


CHAMPS_DE_TRI: Mapping[str, type] = {
    "nom_affiche": str,
    "ville": str,
    "type": str,
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


@dataclass(frozen=True, slots=True)
class CompteurOnglet:
    """How many clients a tab would show."""

    onglet: OngletClients
    total: int


@dataclass(frozen=True, slots=True)
class Doublon:
    """A client that may be the one being typed, and why."""

    client: Client
    motif: MotifDoublon


def valeur_de_tri(client: Client, champ: str) -> Any:
    """A client's value of a sort key: folded for name and city, empty where there is none."""
    if champ in ("nom_affiche", "ville"):
        return cle_de_tri(getattr(client.fiche, champ))
    porteur: object = client if champ in ("id", "cree_le", "modifie_le") else client.fiche
    return getattr(porteur, champ) or ""


def cle_de_tri(texte: str) -> str:
    """What a text is sorted by."""
    return fold(texte)[:MAX_TRI]
