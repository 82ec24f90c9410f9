"""Clients in memory: serves the unit tests, and passes the same conformance tests as the database."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from client_service.adapters.colonnes import texte_recherche
from client_service.application.consultation import (
    CompteurOnglet,
    Criteres,
    Doublon,
    OngletClients,
    Trouves,
    valeur_de_tri,
)
from client_service.application.doublons import Indices, MotifDoublon
from client_service.domain.client import Client
from client_service.domain.erreurs import ClientDejaConnuError, ClientIntrouvableError
from ressort.flask.paging import PageRequest, SortKey, page_of
from ressort.paging import PageDemand
from ressort.texts import fold


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

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouves:
        retenus = self._retenus(criteres)
        ordonnee = PageRequest(
            demande.limit, cast("tuple[SortKey, ...]", tuple(demande.order)), demande.after
        )
        return Trouves(page_of(retenus, ordonnee, valeur_de_tri), len(retenus) if compter else 0)

    def compteurs(self, criteres: Criteres) -> list[CompteurOnglet]:
        retenus = self._retenus(replace(criteres, onglet=None))
        return [
            CompteurOnglet(onglet, sum(onglet.montre(client, criteres.jour) for client in retenus))
            for onglet in OngletClients
        ]

    def doublons(self, indices: Indices, sauf: str | None, limite: int) -> list[Doublon]:
        with self._verrou:
            autres = [client for client in self._clients.values() if client.id != sauf]
        trouves = [Doublon(autre, motif) for autre in autres if (motif := indices.motif(autre.fiche))]
        trouves.sort(key=_du_plus_sur)
        return trouves[:limite]

    def _retenus(self, criteres: Criteres) -> list[Client]:
        with self._verrou:
            return [client for client in self._clients.values() if _retient(criteres, client)]


def _du_plus_sur(doublon: Doublon) -> tuple[int, str, str]:
    rang = list(MotifDoublon).index(doublon.motif)
    return rang, valeur_de_tri(doublon.client, "nom_affiche"), doublon.client.id


def cles_uniques(client: Client) -> dict[str, str | None]:
    """What no two clients share: SIRET, SIREN when neither has a SIRET, external reference."""
    fiche = client.fiche
    return {
        "siret": fiche.siret,
        "siren": fiche.siren if fiche.siret is None else None,
        "reference": fiche.reference_externe,
    }


def _retient(criteres: Criteres, client: Client) -> bool:
    return (
        (criteres.q is None or fold(criteres.q) in texte_recherche(client.fiche))
        and (criteres.type is None or client.fiche.type is criteres.type)
        and (criteres.archive is None or client.archive is criteres.archive)
        and (
            criteres.reference_externe is None or client.fiche.reference_externe == criteres.reference_externe
        )
        and (criteres.ids is None or client.id in criteres.ids)
        and (criteres.onglet is None or criteres.onglet.montre(client, criteres.jour))
    )
