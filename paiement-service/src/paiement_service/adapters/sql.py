"""Payments on SQLite and MySQL/MariaDB by SQLAlchemy Core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, insert, select, update

from paiement_service.adapters import tables as t
from paiement_service.adapters.sql_lectures import LecturesSql, charger
from paiement_service.adapters.sql_lignes import (
    lignes_affectations,
    lignes_remboursements,
    valeurs_paiement,
)
from paiement_service.domain.erreurs import PaiementIntrouvableError
from paiement_service.domain.mouvements import mouvements
from paiement_service.domain.paiement import Paiement, Source
from ressort.data import Database

Publication = Callable[[Connection, str, Mapping[str, Any]], None]
"""Puts a message in the outbox of this connection's transaction."""

_P = t.paiement.c
_TRANCHE = 400


class MagasinSql(LecturesSql):
    """Opens transactions on the service's database, and reads from it."""

    def __init__(self, database: Database, publication: Publication) -> None:
        super().__init__(database)
        self._database = database
        self._publication = publication

    @contextmanager
    def transaction(self) -> Iterator[EcritureSql]:
        with self._database.transaction() as connection:
            ecriture = EcritureSql(connection, self._publication)
            yield ecriture
            ecriture.vider()


class EcritureSql:
    """One transaction, with the payments it has read and locked; what it changes is written at its end, together."""

    def __init__(self, connection: Connection, publication: Publication) -> None:
        self.connection = connection
        self._publication = publication
        self._lus: dict[str, Paiement] = {}
        self._changes: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._nouvelles: dict[Table, list[dict[str, Any]]] = defaultdict(list)

    def paiement(self, paiement_id: str) -> Paiement:
        if paiement_id not in self._lus:
            self._verrouiller(_P.id == paiement_id)
        if paiement_id not in self._lus:
            raise PaiementIntrouvableError(paiement_id)
        return self._lus[paiement_id]

    def verrouiller(self, paiement_ids: Collection[str]) -> None:
        absents = sorted(set(paiement_ids) - self._lus.keys())
        for debut in range(0, len(absents), _TRANCHE):
            self._verrouiller(_P.id.in_(absents[debut : debut + _TRANCHE]))

    def paiement_de_cle(self, cle: str) -> Paiement | None:
        trouves = self._verrouiller(_P.cle == cle)
        return trouves[0] if trouves else None

    def _verrouiller(self, condition: ColumnElement[bool]) -> list[Paiement]:
        self.vider()
        trouves = charger(
            self.connection, select(t.paiement).where(condition).order_by(_P.id).with_for_update()
        )
        self._lus.update((paiement.id, paiement) for paiement in trouves)
        return trouves

    def references_connues(self, cles: Collection[tuple[Source, str]]) -> Mapping[tuple[Source, str], str]:
        references = sorted({reference for _, reference in cles})
        requete = select(_P.source, _P.reference_externe, _P.id).where(_P.reference_externe.in_(references))
        rows = self.connection.execute(requete)
        trouvees = {(Source(row.source), row.reference_externe): row.id for row in rows}
        return {cle: paiement_id for cle, paiement_id in trouvees.items() if cle in cles}

    def ajouter(self, paiements: Sequence[Paiement]) -> None:
        if not paiements:
            return
        self._inserer(t.paiement, [{"id": p.id, **valeurs_paiement(p)} for p in paiements])
        self._inserer(t.affectation, [ligne for p in paiements for ligne in lignes_affectations(p)])
        self._inserer(
            t.mouvement, [_ligne_mouvement(p.id, m) for p in paiements for m in mouvements(None, p)]
        )
        self._lus.update((paiement.id, paiement) for paiement in paiements)

    def remplacer(self, paiement: Paiement) -> Paiement:
        avant = self.paiement(paiement.id)
        nouveau = replace(paiement, version=avant.version + 1)
        self._changes[t.paiement].append({"_cle": paiement.id, **valeurs_paiement(nouveau)})
        anciennes = {ligne["affectation_id"]: ligne for ligne in lignes_affectations(avant)}
        for ligne in lignes_affectations(nouveau):
            ancienne = anciennes.get(ligne["affectation_id"])
            if ancienne is None:
                self._nouvelles[t.affectation].append(ligne)
            elif ancienne != ligne:
                self._changes[t.affectation].append({"_cle": ligne["affectation_id"], **ligne})
        connus = {r.id for r in avant.remboursements}
        self._nouvelles[t.remboursement] += [
            ligne for ligne in lignes_remboursements(nouveau) if ligne["id"] not in connus
        ]
        self._nouvelles[t.mouvement] += [_ligne_mouvement(paiement.id, m) for m in mouvements(avant, nouveau)]
        self._lus[paiement.id] = nouveau
        return nouveau

    def vider(self) -> None:
        """Writes the changes gathered so far: a statement per table, whatever the number of payments."""
        changes, nouvelles = self._changes, self._nouvelles
        self._changes, self._nouvelles = defaultdict(list), defaultdict(list)
        for table, lignes in nouvelles.items():
            self._inserer(table, lignes)
        for table, lignes in changes.items():
            (cle,) = table.primary_key.columns
            self.connection.execute(update(table).where(cle == bindparam("_cle")), lignes)

    def publier(self, destination: str, message: Mapping[str, Any]) -> None:
        self._publication(self.connection, destination, message)

    def _inserer(self, table: Any, lignes: list[dict[str, Any]]) -> None:
        if lignes:
            self.connection.execute(insert(table), lignes)


def _ligne_mouvement(paiement_id: str, mouvement: Any) -> dict[str, Any]:
    return {
        "paiement_id": paiement_id,
        "nature": mouvement.nature.value,
        "date": mouvement.date,
        "centimes": mouvement.centimes,
    }
