"""Payments in memory: serves the unit tests, and passes the same conformance tests as the database."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, cast

from paiement_service.application.ports import Criteres, Solde, Trouves
from paiement_service.domain.erreurs import PaiementIntrouvableError
from paiement_service.domain.mouvements import Mouvement, mouvements
from paiement_service.domain.paiement import EtatPaiement, Paiement, Source
from ressort.flask.paging import PageRequest, SortKey, page_of
from ressort.paging import PageDemand

EN_SUSPENS = (EtatPaiement.EN_ATTENTE, EtatPaiement.ANNULATION_EN_ATTENTE)


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

    def page(self, criteres: Criteres, demande: PageDemand) -> Trouves:
        with self._verrou:
            retenus = [paiement for paiement in self._paiements.values() if _retient(criteres, paiement)]
        ordonnee = PageRequest(
            demande.limit, cast("tuple[SortKey, ...]", tuple(demande.order)), demande.after
        )
        return Trouves(page_of(retenus, ordonnee), len(retenus))

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


def texte_recherche(paiement: Paiement) -> str:
    """What ``q`` is looked for in: references and invoice numbers, in lower case."""
    numeros = [a.numero for a in paiement.affectations]
    return "\n".join(t.casefold() for t in (paiement.reference, paiement.reference_externe, *numeros) if t)


def _retient(criteres: Criteres, paiement: Paiement) -> bool:
    factures = {affectation.facture_id for affectation in paiement.affectations}
    return (
        (criteres.client_id is None or paiement.client_id == criteres.client_id)
        and (criteres.facture_id is None or criteres.facture_id in factures)
        and (criteres.etat is None or paiement.etat is criteres.etat)
        and (criteres.recu_du is None or paiement.date_paiement >= criteres.recu_du)
        and (criteres.recu_au is None or paiement.date_paiement <= criteres.recu_au)
        and (criteres.devise is None or paiement.devise == criteres.devise)
        and (criteres.q is None or criteres.q.casefold() in texte_recherche(paiement))
    )
