"""Reminders, claims and cycles in a database: SQLite or MySQL/MariaDB, the same statements on both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from batch.adapters.recherche import texte_cherchable
from batch.adapters.sql_politiques import PolitiquesSql
from batch.adapters.tables import cycles, factures, reclamations, relances
from batch.application.consultation import Criteres
from batch.application.ports import Cycle, DemandeDePage, ReclamationPriseError, Relance
from batch.domain.dossier import CONTACT, Demande, EtatRelance, Historique
from ressort.data import Database
from ressort.data.keyset import keyset
from ressort.texts import fold

_PAR_REQUETE = 500
_COLONNES = tuple(f.name for f in fields(Relance))


class MagasinSql(PolitiquesSql):
    """Fits `MagasinRelances`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._database = database

    def transaction(self) -> AbstractContextManager[Connection]:
        return self._database.transaction()

    def historique(self, client_ids: Collection[str], facture_ids: Collection[str]) -> Historique:
        with self._database.read() as connection:
            en_cours: dict[str, int] = {}
            demandes: dict[str, Demande] = {}
            for lot in _lots(facture_ids):
                en_cours |= _cycles(connection, lot)
                demandes |= _demandes(connection, lot, en_cours)
            contacts = {
                client: jour for lot in _lots(client_ids) for client, jour in _contacts(connection, lot)
            }
        return Historique(en_cours, demandes, contacts)

    def enregistrer(self, relance: Relance) -> None:
        with self.transaction() as connection:
            connection.execute(insert(relances).values(**_valeurs(relance)))
            connection.execute(
                insert(factures), [_ligne(relance.id, facture) for facture in relance.factures]
            )
            reclamees = list(_reclamees(relance))
            try:
                with connection.begin_nested():
                    connection.execute(insert(reclamations), reclamees)
            except IntegrityError as error:
                raise ReclamationPriseError(relance.client_id) from error

    def relance(self, relance_id: str, verrou: bool = False) -> Relance | None:
        requete = select(relances).where(relances.c.id == relance_id)
        with self._database.read() as connection:
            row = connection.execute(requete.with_for_update() if verrou else requete).first()
        return None if row is None else _relance(row)

    def changer_etat(self, relance: Relance) -> None:
        with self.transaction() as connection:
            connection.execute(
                update(relances)
                .where(relances.c.id == relance.id)
                .values(
                    etat=relance.etat.value,
                    motif=relance.motif,
                    notification_id=relance.notification_id,
                    etat_le=relance.etat_le,
                )
            )

    def rendre_reclamations(self, relance_id: str, sauf: Collection[str] = ()) -> None:
        with self.transaction() as connection:
            connection.execute(
                delete(reclamations).where(
                    reclamations.c.relance_id == relance_id, reclamations.c.facture_id.not_in(sorted(sauf))
                )
            )

    def reprendre_reclamations(self, relance: Relance) -> None:
        with self.transaction() as connection:
            for reclamee in _reclamees(relance):
                cle = [reclamations.c[nom] == reclamee[nom] for nom in ("facture_id", "cycle", "niveau")]
                if connection.execute(select(reclamations.c.relance_id).where(*cle)).first() is None:
                    connection.execute(insert(reclamations).values(**reclamee))

    def relances(self, criteres: Criteres, page: DemandeDePage) -> tuple[list[Relance], int]:
        filtre = and_(true(), *_filtres(criteres))
        suite, ordre = keyset(page.order, page.after, dict(relances.c))
        requete = select(relances).where(filtre).order_by(*ordre).limit(page.limit + 1)
        if suite is not None:
            requete = requete.where(suite)
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(relances).where(filtre)).scalar_one()
            return [_relance(row) for row in connection.execute(requete)], total

    def compter(self, criteres: Criteres) -> Mapping[EtatRelance, int]:
        requete = select(relances.c.etat, func.count()).where(true(), *_filtres(criteres))
        with self._database.read() as connection:
            rows = connection.execute(requete.group_by(relances.c.etat)).all()
        return {EtatRelance(etat): nombre for etat, nombre in rows}

    def derniere_relance(self, facture_id: str) -> Relance | None:
        with self._database.read() as connection:
            cycle = _cycles(connection, [facture_id]).get(facture_id, 1)
            requete = (
                select(relances)
                .join(reclamations, reclamations.c.relance_id == relances.c.id)
                .where(reclamations.c.facture_id == facture_id, reclamations.c.cycle == cycle)
                .order_by(reclamations.c.niveau.desc())
                .limit(1)
            )
            row = connection.execute(requete).first()
        return None if row is None else _relance(row)

    def ouvrir_cycle(self, facture_id: str, motif: str, depuis: datetime) -> Cycle:
        with self.transaction() as connection:
            actuel = _cycles(connection, [facture_id]).get(facture_id)
            cycle = Cycle(facture_id, (actuel or 1) + 1, motif, depuis)
            if actuel is None:
                connection.execute(insert(cycles).values(**asdict(cycle)))
            else:
                connection.execute(
                    update(cycles).where(cycles.c.facture_id == facture_id).values(**asdict(cycle))
                )
        return cycle


def _lots(ids: Collection[str]) -> Iterator[list[str]]:
    tous = sorted(set(ids))
    for debut in range(0, len(tous), _PAR_REQUETE):
        yield tous[debut : debut + _PAR_REQUETE]


def _cycles(connection: Connection, facture_ids: list[str]) -> dict[str, int]:
    rows = connection.execute(
        select(cycles.c.facture_id, cycles.c.cycle).where(cycles.c.facture_id.in_(facture_ids))
    )
    return {row.facture_id: row.cycle for row in rows}


def _demandes(
    connection: Connection, facture_ids: list[str], en_cours: Mapping[str, int]
) -> dict[str, Demande]:
    """The highest claim of each invoice in its present cycle."""
    requete = (
        select(reclamations, relances.c.etat, relances.c.date_reference)
        .join(relances, relances.c.id == reclamations.c.relance_id)
        .where(reclamations.c.facture_id.in_(facture_ids))
        .order_by(reclamations.c.niveau)
    )
    return {
        row.facture_id: Demande(row.niveau, EtatRelance(row.etat), row.date_reference, row.relance_id)
        for row in connection.execute(requete)
        if row.cycle == en_cours.get(row.facture_id, 1)
    }


def _contacts(connection: Connection, client_ids: list[str]) -> Iterable[Any]:
    requete = (
        select(relances.c.client_id, func.max(relances.c.date_reference))
        .where(relances.c.client_id.in_(client_ids), relances.c.etat.in_([etat.value for etat in CONTACT]))
        .group_by(relances.c.client_id)
    )
    return connection.execute(requete).all()


def _filtres(criteres: Criteres) -> Iterator[ColumnElement[bool]]:
    egalites = (
        (relances.c.client_id, criteres.client_id),
        (relances.c.niveau, criteres.niveau),
        (relances.c.etat, criteres.etat and criteres.etat.value),
        (relances.c.date_reference, criteres.date_reference),
        (relances.c.execution_id, criteres.execution_id),
    )
    yield from (colonne == valeur for colonne, valeur in egalites if valeur is not None)
    if criteres.facture_id is not None:
        avec = select(factures.c.relance_id).where(factures.c.facture_id == criteres.facture_id)
        yield relances.c.id.in_(avec)
    if criteres.onglet is not None:
        yield relances.c.etat.in_(sorted(etat.value for etat in criteres.onglet.etats))
    if criteres.du is not None:
        yield relances.c.date_reference >= criteres.du
    if criteres.au is not None:
        yield relances.c.date_reference <= criteres.au
    if criteres.q is not None:
        yield relances.c.recherche.contains(fold(criteres.q), autoescape=True)


def _valeurs(relance: Relance) -> dict[str, Any]:
    valeurs = {nom: getattr(relance, nom) for nom in _COLONNES}
    return {
        **valeurs,
        "etat": relance.etat.value,
        "factures": list(relance.factures),
        "recherche": texte_cherchable(relance.nom, relance.factures),
    }


def _relance(row: Row[Any]) -> Relance:
    valeurs = {nom: getattr(row, nom) for nom in _COLONNES}
    return Relance(**{**valeurs, "etat": EtatRelance(row.etat)})


def _ligne(relance_id: str, facture: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "relance_id": relance_id,
        "facture_id": facture["facture_id"],
        "cycle": facture["cycle"],
        "niveau": facture["niveau"],
    }


def _reclamees(relance: Relance) -> Iterator[dict[str, Any]]:
    for facture in relance.factures:
        if facture["niveau"] is not None:
            yield _ligne(relance.id, facture)
