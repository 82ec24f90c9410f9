"""Payments in memory: serves the unit tests, and passes the same conformance tests as the database."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, cast

from paiement_service.adapters.recherche import texte_recherche
from paiement_service.application.consultation import (
    EN_SUSPENS,
    RENDUS,
    Classe,
    Criteres,
    Groupe,
    Solde,
    Totaux,
    Trouves,
    additionner,
)
from paiement_service.application.encaissements import ENCAISSES, SommeMois
from paiement_service.domain.erreurs import PaiementIntrouvableError
from paiement_service.domain.mouvements import Mouvement, Nature, mouvements
from paiement_service.domain.paiement import Paiement, Source
from ressort.flask.paging import PageRequest, SortKey, page_of
from ressort.paging import PageDemand
from ressort.texts import fold


class MagasinEnMemoire:
    """A dictionary of payments: writer, reader and store in one; one transaction at a time."""

    connection: Any = None

    def __init__(self) -> None:
        self._paiements: dict[str, Paiement] = {}
        self._mouvements: list[tuple[str, Mouvement]] = []
        self._verrou = threading.RLock()
        self.messages: list[tuple[str, Mapping[str, Any]]] = []

    @contextmanager
    def transaction(self) -> Iterator[MagasinEnMemoire]:
        with self._verrou:
            avant = dict(self._paiements), list(self._mouvements), list(self.messages)
            try:
                yield self
            except BaseException:
                self._paiements, self._mouvements, self.messages = avant
                raise

    def paiement(self, paiement_id: str) -> Paiement:
        try:
            return self._paiements[paiement_id]
        except KeyError:
            raise PaiementIntrouvableError(paiement_id) from None

    def verrouiller(self, paiement_ids: Collection[str]) -> None:
        """Everything is at hand, and one transaction runs at a time."""

    def paiement_de_cle(self, cle: str) -> Paiement | None:
        return next((p for p in self._paiements.values() if p.cle == cle), None)

    def references_connues(self, cles: Collection[tuple[Source, str]]) -> Mapping[tuple[Source, str], str]:
        return {
            (p.source, p.reference_externe): p.id
            for p in self._paiements.values()
            if p.reference_externe is not None and (p.source, p.reference_externe) in cles
        }

    def ajouter(self, paiements: Sequence[Paiement]) -> None:
        for paiement in paiements:
            self._paiements[paiement.id] = paiement
            self._mouvements += [(paiement.id, m) for m in mouvements(None, paiement)]

    def remplacer(self, paiement: Paiement) -> Paiement:
        avant = self._paiements[paiement.id]
        nouveau = replace(paiement, version=avant.version + 1)
        self._mouvements += [(paiement.id, m) for m in mouvements(avant, nouveau)]
        self._paiements[paiement.id] = nouveau
        return nouveau

    def publier(self, destination: str, message: Mapping[str, Any]) -> None:
        self.messages.append((destination, message))

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouves:
        retenus = self._retenus(criteres)
        ordonnee = PageRequest(
            demande.limit, cast("tuple[SortKey, ...]", tuple(demande.order)), demande.after
        )
        return Trouves(page_of(retenus, ordonnee), len(retenus), additionner(map(_somme, retenus)))

    def grouper(self, criteres: Criteres) -> list[Groupe]:
        par_classe: dict[Classe, list[Paiement]] = defaultdict(list)
        for paiement in self._retenus(criteres):
            par_classe[Classe.de(paiement)].append(paiement)
        return [
            Groupe(classe, sum(p.devise == somme.devise for p in paiements), somme)
            for classe, paiements in par_classe.items()
            for somme in additionner(map(_somme, paiements))
        ]

    def encaissements(self, du: date, au: date) -> list[SommeMois]:
        sommes: dict[tuple[str, int, int, Nature], int] = defaultdict(int)
        for paiement_id, m in self._mouvements:
            if m.nature in ENCAISSES and du <= m.date <= au:
                devise = self._paiements[paiement_id].devise
                sommes[devise, m.date.year, m.date.month, m.nature] += m.centimes
        return [SommeMois(*cle, centimes) for cle, centimes in sommes.items()]

    def _retenus(self, criteres: Criteres) -> list[Paiement]:
        with self._verrou:
            retenus = [p for p in self._paiements.values() if _retient(criteres, p)]
            if criteres.rendu_du is None and criteres.rendu_au is None:
                return retenus
            rendus = {pid for pid, m in self._mouvements if m.nature in RENDUS and _pendant(criteres, m.date)}
            return [p for p in retenus if p.id in rendus]

    def soldes(self, client_ids: Collection[str] | None, au: date) -> list[Solde]:
        credits: dict[tuple[str, str], int] = defaultdict(int)
        attentes: dict[tuple[str, str], int] = defaultdict(int)
        for paiement in self._paiements.values():
            client_id = paiement.client_id
            if client_id is None or (client_ids is not None and client_id not in client_ids):
                continue
            cle = (client_id, paiement.devise)
            credits[cle] += sum(
                m.centimes for pid, m in self._mouvements if pid == paiement.id and m.date <= au
            )
            if paiement.date_paiement <= au and paiement.rejet_le is None:
                credits[cle] += paiement.a_annuler_centimes - paiement.en_attente_centimes
                attentes[cle] += paiement.en_attente_centimes
        return [
            Solde(*cle, credits[cle], attentes[cle])
            for cle in sorted(credits)
            if credits[cle] or attentes[cle]
        ]

    def en_suspens(self, limite: int) -> list[str]:
        return sorted(p.id for p in self._paiements.values() if p.etat in EN_SUSPENS)[:limite]


def _somme(paiement: Paiement) -> Totaux:
    return Totaux(paiement.devise, paiement.montant_centimes, paiement.non_affecte_centimes)


def _pendant(criteres: Criteres, jour: date) -> bool:
    du, au = criteres.rendu_du, criteres.rendu_au
    return (du is None or jour >= du) and (au is None or jour <= au)


def _retient(c: Criteres, p: Paiement) -> bool:
    return all(
        (
            c.client_id is None or p.client_id == c.client_id,
            c.facture_id is None or c.facture_id in {a.facture_id for a in p.affectations},
            c.etat is None or p.etat is c.etat,
            c.onglet is None or Classe.de(p).dans(c.onglet),
            c.moyen is None or p.moyen is c.moyen,
            c.source is None or p.source is c.source,
            c.recu_du is None or p.date_paiement >= c.recu_du,
            c.recu_au is None or p.date_paiement <= c.recu_au,
            c.montant_min_centimes is None or p.montant_centimes >= c.montant_min_centimes,
            c.montant_max_centimes is None or p.montant_centimes <= c.montant_max_centimes,
            c.devise is None or p.devise == c.devise,
            c.q is None or fold(c.q) in texte_recherche(p),
        )
    )
