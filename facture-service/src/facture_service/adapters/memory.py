"""Everything in memory: a real store behind the same ports, for unit tests and runs without a database."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from facture_service.application.ports import DocumentConnu
from facture_service.domain.erreurs import (
    ClientInconnuError,
    ClientServiceIndisponibleError,
    FactureIntrouvableError,
    NumeroPrisError,
    ReglementDifferentError,
    ResteInsuffisantError,
)
from facture_service.domain.facture import Facture, Poste, Soldes
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement
from facture_service.domain.parties import Client
from facture_service.domain.reglement import Reglement
from facture_service.domain.series import EtatSerie


@dataclass
class EtatMemoire:
    """The rows. Every value is immutable, so a shallow copy of the dictionaries is a snapshot."""

    factures: dict[str, Facture] = field(default_factory=dict)
    evenements: dict[str, tuple[Evenement, ...]] = field(default_factory=dict)
    litiges: dict[str, Litige] = field(default_factory=dict)
    reglements: dict[str, Reglement] = field(default_factory=dict)
    series: dict[str, EtatSerie] = field(default_factory=dict)
    messages: tuple[tuple[str, Mapping[str, Any]], ...] = ()

    def instantane(self) -> EtatMemoire:
        """A copy that later writes do not change."""
        copie = EtatMemoire(messages=self.messages)
        for f in fields(self):
            valeur = getattr(self, f.name)
            setattr(copie, f.name, dict(valeur) if isinstance(valeur, dict) else valeur)
        return copie


class MagasinMemoire:
    """One writer at a time over an `EtatMemoire`; a failed transaction leaves the state as it was."""

    def __init__(self) -> None:
        self.etat = EtatMemoire()
        self._verrou = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[EcritureMemoire]:
        """A transaction that nobody sees before its end."""
        with self._verrou:
            brouillon = self.etat.instantane()
            yield EcritureMemoire(brouillon)
            self.etat = brouillon

    def preparer_serie(self, nom: str, premier_rang: int) -> None:
        """Nothing to do: there is one writer at a time."""


class EcritureMemoire:
    """The writes of one transaction."""

    def __init__(self, etat: EtatMemoire) -> None:
        self._etat = etat

    def facture(self, facture_id: str) -> Facture:
        facture = self._etat.factures.get(facture_id)
        if facture is None:
            raise FactureIntrouvableError(facture_id)
        return facture

    def verrouiller(self, facture_ids: Collection[str], affectation_ids: Collection[str] = ()) -> None:
        """Nothing to do: the whole store is locked."""

    def avoirs_de(self, facture_id: str) -> list[Facture]:
        avoirs = [f for f in self._etat.factures.values() if f.origine and f.origine.facture_id == facture_id]
        return sorted(avoirs, key=lambda f: f.id)

    def numeros_connus(self, numeros: Collection[str]) -> Mapping[str, DocumentConnu]:
        return {
            f.emission.numero: DocumentConnu(f.id, f.emission.empreinte)
            for f in self._etat.factures.values()
            if f.emission and f.emission.numero in numeros
        }

    def ajouter(self, factures: Sequence[Facture]) -> None:
        pris = self.numeros_connus({f.emission.numero for f in factures if f.emission})
        if pris:
            raise NumeroPrisError(f"Le numéro {next(iter(pris))} est déjà pris.")
        self._etat.factures.update({f.id: f for f in factures})

    def remplacer(self, facture: Facture) -> Facture:
        suivante = replace(facture, version=facture.version + 1)
        self._etat.factures[facture.id] = suivante
        return suivante

    def supprimer(self, facture_id: str) -> None:
        self._etat.factures.pop(facture_id, None)
        self._etat.evenements.pop(facture_id, None)

    def imputer(self, facture_id: str, mouvements: Mapping[Poste, int], le: datetime) -> Soldes:
        facture = self.facture(facture_id)
        soldes = facture.soldes
        for poste, montant in mouvements.items():
            soldes = soldes.imputer(poste, montant)
        if not 0 <= soldes.reste_centimes <= soldes.total_ttc_centimes:
            raise ResteInsuffisantError(
                "Le reste à payer de la facture ne suffit pas.", reste_centimes=facture.soldes.reste_centimes
            )
        self.remplacer(replace(facture, soldes=soldes, modifie_le=le))
        return soldes

    def serie(self, nom: str, premier_rang: int) -> EtatSerie:
        return self._etat.series.get(nom) or EtatSerie(nom, premier_rang, premier_rang - 1)

    def avancer_serie(self, etat: EtatSerie) -> None:
        self._etat.series[etat.nom] = etat

    def reglement(self, affectation_id: str) -> Reglement | None:
        return self._etat.reglements.get(affectation_id)

    def poser_reglement(self, reglement: Reglement) -> None:
        if reglement.affectation_id in self._etat.reglements:
            raise ReglementDifferentError(f"L'affectation {reglement.affectation_id} existe déjà.")
        self._etat.reglements[reglement.affectation_id] = reglement

    def remplacer_reglement(self, reglement: Reglement) -> None:
        self._etat.reglements[reglement.affectation_id] = reglement

    def litiges(self, facture_id: str) -> list[Litige]:
        litiges = [x for x in self._etat.litiges.values() if x.facture_id == facture_id]
        return sorted(litiges, key=lambda x: (x.depuis, x.id))

    def poser_litige(self, litige: Litige) -> None:
        self._etat.litiges[litige.id] = litige
        facture = self.facture(litige.facture_id)
        self.remplacer(replace(facture, modifie_le=litige.clos_le or litige.ouvert_le))

    def ajouter_litiges(self, litiges: Sequence[Litige]) -> None:
        self._etat.litiges.update({x.id: x for x in litiges})

    def journaliser(self, evenements: Sequence[Evenement]) -> None:
        for evenement in evenements:
            connus = self._etat.evenements.get(evenement.facture_id, ())
            self._etat.evenements[evenement.facture_id] = (*connus, evenement)

    def publier(self, destination: str, message: Mapping[str, Any]) -> str:
        self._etat.messages = (*self._etat.messages, (destination, dict(message)))
        return f"message-{len(self._etat.messages)}"


class ClientsMemoire:
    """client-service in memory: knows the clients it was given; `indisponible` makes every call fail."""

    def __init__(self, *clients: Client) -> None:
        self.connus = {client.id: client for client in clients}
        self.indisponible = False

    def client(self, client_id: str) -> Client:
        """The client; raises ClientInconnuError."""
        trouve = self.clients({client_id}).get(client_id)
        if trouve is None:
            raise ClientInconnuError(f"Aucun client ne porte l'identifiant « {client_id} ».")
        return trouve

    def clients(self, client_ids: Collection[str]) -> Mapping[str, Client]:
        """The known ones among many."""
        if self.indisponible:
            raise ClientServiceIndisponibleError("Le service des clients ne répond pas.")
        return {i: self.connus[i] for i in client_ids if i in self.connus}
