"""Clients in memory: serves the unit tests, and passes the same conformance tests as the database."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from client_service.application.ports import Criteres, Page, Tri
from client_service.domain.client import Client, sans_accents
from client_service.domain.erreurs import ClientDejaConnuError, ClientIntrouvableError


class MagasinEnMemoire:
    """A dictionary of clients: writer, reader and store in one; one transaction at a time."""

    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}
        self._verrou = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[MagasinEnMemoire]:
        with self._verrou:
            avant = dict(self._clients)
            try:
                yield self
            except BaseException:
                self._clients = avant
                raise

    def client(self, client_id: str) -> Client:
        try:
            return self._clients[client_id]
        except KeyError:
            raise ClientIntrouvableError(client_id) from None

    def references_connues(self, references: Collection[str]) -> Mapping[str, str]:
        parmi = set(references)
        connus = ((c.fiche.reference_externe, c.id) for c in self._clients.values())
        return {
            reference: identifiant for reference, identifiant in connus if reference in parmi and reference
        }

    def ajouter(self, client: Client) -> None:
        self._refuser_doublon(client)
        self._clients[client.id] = client

    def remplacer(self, client: Client) -> None:
        self._refuser_doublon(client)
        self._clients[client.id] = client

    def _refuser_doublon(self, client: Client) -> None:
        for autre in self._clients.values():
            if autre.id == client.id:
                continue
            for champ, valeur in cles_uniques(client).items():
                if valeur is not None and cles_uniques(autre)[champ] == valeur:
                    raise ClientDejaConnuError(champ, valeur, autre.id)

    def page(self, criteres: Criteres) -> Page:
        with self._verrou:
            retenus = [client for client in self._clients.values() if _retient(criteres, client)]
        retenus.sort(key=lambda client: client.id)
        for tri in reversed(criteres.tri):
            retenus.sort(key=partial(valeur_de_tri, champ=tri.champ), reverse=tri.decroissant)
        suite = [client for client in retenus if _apres(client, criteres)]
        page = suite[: criteres.limite]
        encore = len(suite) > len(page)
        return Page(page, len(retenus), position(page[-1], criteres.tri) if encore else None)


def cles_uniques(client: Client) -> dict[str, str | None]:
    """What no two clients share: SIRET, SIREN when neither has a SIRET, external reference."""
    fiche = client.fiche
    return {
        "siret": fiche.siret,
        "siren": fiche.siren if fiche.siret is None else None,
        "reference": fiche.reference_externe,
    }


def valeur_de_tri(client: Client, champ: str) -> Any:
    """The value of a sort key, as stored."""
    if champ == "nom_affiche":
        return sans_accents(client.fiche.nom_affiche)
    return getattr(client if champ in ("cree_le", "modifie_le") else client.fiche, champ) or ""


def position(client: Client, tris: tuple[Tri, ...]) -> tuple[Any, ...]:
    """Where a client stands in the sorted list."""
    return (*(valeur_de_tri(client, tri.champ) for tri in tris), client.id)


def _apres(client: Client, criteres: Criteres) -> bool:
    if criteres.apres is None:
        return True
    sens = [tri.decroissant for tri in criteres.tri] + [False]
    for valeur, vue, decroissant in zip(position(client, criteres.tri), criteres.apres, sens, strict=True):
        if valeur != vue:
            return bool(valeur < vue if decroissant else valeur > vue)
    return False


def _retient(criteres: Criteres, client: Client) -> bool:
    return (
        (criteres.q is None or sans_accents(criteres.q) in client.fiche.texte_recherche)
        and (criteres.type is None or client.fiche.type is criteres.type)
        and (criteres.archive is None or client.archive is criteres.archive)
        and (
            criteres.reference_externe is None or client.fiche.reference_externe == criteres.reference_externe
        )
        and (criteres.ids is None or client.id in criteres.ids)
    )
