"""Take-overs under way in a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, func, insert, select, update

from batch.adapters.tables import reprise_clients, reprise_lignes, reprises
from batch.application.ports import ClientStage, LigneStage
from batch.domain.reprise import LigneReprise
from ressort.data import Database

_LUES = tuple(f.name for f in fields(LigneReprise))


class ReprisesSql:
    """Fits `MagasinReprises`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decalages(self) -> Mapping[str, int]:
        with self._database.read() as connection:
            rows = connection.execute(select(reprises.c.cle, reprises.c.decalage_jours)).all()
        return {row[0]: row[1] for row in rows}

    def noter_decalage(self, cle: str, instance_id: int, jours: int) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                insert(reprises).values(cle=cle, instance_id=instance_id, decalage_jours=jours)
            )

    def deposer(self, instance_id: int, lignes: Sequence[LigneReprise]) -> list[int]:
        with self._database.transaction() as connection:
            connues = _references(connection, instance_id, [ligne.reference for ligne in lignes])
            gardees: list[LigneReprise] = []
            doubles: list[int] = []
            for ligne in lignes:
                deja = connues.setdefault(ligne.reference, ligne.ligne)
                if deja == ligne.ligne:
                    gardees.append(ligne)
                else:
                    doubles.append(ligne.ligne)
            _ajouter_clients(connection, instance_id, gardees)
            if gardees:
                connection.execute(
                    insert(reprise_lignes), [{"instance_id": instance_id, **asdict(x)} for x in gardees]
                )
        return doubles

    def clients(self, instance_id: int, apres_ligne: int, limite: int) -> list[ClientStage]:
        t = reprise_clients
        requete = select(t).where(t.c.instance_id == instance_id, t.c.ligne > apres_ligne).order_by(t.c.ligne)
        with self._database.read() as connection:
            rows = connection.execute(requete.limit(limite)).all()
        return [ClientStage(row.ligne, row.reference, row.nom, row.courriel) for row in rows]

    def noter_clients(self, instance_id: int, ids: Mapping[str, str]) -> None:
        t = reprise_clients
        with self._database.transaction() as connection:
            _noter(connection, t, "reference", "client_id", instance_id, ids)

    def lignes(self, instance_id: int, apres_ligne: int, limite: int) -> list[LigneStage]:
        t, c = reprise_lignes, reprise_clients
        requete = (
            select(t, c.c.client_id)
            .outerjoin(c, and_(c.c.instance_id == t.c.instance_id, c.c.reference == t.c.client_reference))
            .where(t.c.instance_id == instance_id, t.c.ligne > apres_ligne)
            .order_by(t.c.ligne)
            .limit(limite)
        )
        with self._database.read() as connection:
            return [_stage(row) for row in connection.execute(requete)]

    def compter_clients(self, instance_id: int, apres_ligne: int) -> int:
        return self._compter(reprise_clients, instance_id, apres_ligne)

    def compter_lignes(self, instance_id: int, apres_ligne: int) -> int:
        return self._compter(reprise_lignes, instance_id, apres_ligne)

    def _compter(self, t: Table, instance_id: int, apres_ligne: int) -> int:
        requete = select(func.count()).where(t.c.instance_id == instance_id, t.c.ligne > apres_ligne)
        with self._database.read() as connection:
            return int(connection.execute(requete).scalar_one())

    def noter_factures(self, instance_id: int, ids: Mapping[int, str]) -> None:
        with self._database.transaction() as connection:
            _noter(connection, reprise_lignes, "ligne", "facture_id", instance_id, ids)

    def noter_paiements(self, instance_id: int, ids: Mapping[int, str]) -> None:
        with self._database.transaction() as connection:
            _noter(connection, reprise_lignes, "ligne", "paiement_id", instance_id, ids)


def _references(connection: Connection, instance_id: int, references: Sequence[str]) -> dict[str, int]:
    t = reprise_lignes
    rows = connection.execute(
        select(t.c.reference, t.c.ligne).where(t.c.instance_id == instance_id, t.c.reference.in_(references))
    )
    return {row.reference: row.ligne for row in rows}


def _ajouter_clients(connection: Connection, instance_id: int, lignes: Sequence[LigneReprise]) -> None:
    """Clients not named by an earlier row."""
    premieres: dict[str, LigneReprise] = {}
    for ligne in lignes:
        premieres.setdefault(ligne.client_reference, ligne)
    t = reprise_clients
    rows = connection.execute(
        select(t.c.reference).where(t.c.instance_id == instance_id, t.c.reference.in_(list(premieres)))
    )
    connus = {row.reference for row in rows}
    nouveaux = [
        {
            "instance_id": instance_id,
            "reference": reference,
            "ligne": ligne.ligne,
            "nom": ligne.client_nom,
            "courriel": ligne.client_courriel,
        }
        for reference, ligne in premieres.items()
        if reference not in connus
    ]
    if nouveaux:
        connection.execute(insert(t), nouveaux)


def _noter(
    connection: Connection, table: Table, cle: str, colonne: str, instance_id: int, ids: Mapping[Any, str]
) -> None:
    if not ids:
        return
    ordre = (
        update(table)
        .where(table.c.instance_id == instance_id, table.c[cle] == bindparam("par_cle"))
        .values({colonne: bindparam("valeur")})
    )
    connection.execute(ordre, [{"par_cle": element, "valeur": id} for element, id in ids.items()])


def _stage(row: Row[Any]) -> LigneStage:
    lue = LigneReprise(**{nom: getattr(row, nom) for nom in _LUES})
    return LigneStage(lue, row.client_id, row.facture_id, row.paiement_id)
