"""The runs of all jobs in one list, read from Spring Batch's tables: a line of each, without its steps."""

# ruff: noqa: SIM300 - Spring's upper-case column names are not constants

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, MetaData, Row, and_, func, select, true

from ressort.batch import BatchStatus, JobParameter, JobParameters, batch_tables
from ressort.data import Database


@dataclass(frozen=True)
class Passe:
    """One run: `lus` to `ignores` are sums over its steps, `vu_le` is when it last gave a sign of life."""

    id: int
    job: str
    statut: BatchStatus
    code_sortie: str
    parametres: JobParameters
    cree_le: datetime
    debut: datetime | None
    fin: datetime | None
    vu_le: datetime
    rejets: int
    sommes: dict[str, int] = field(default_factory=dict)

    @property
    def duree_ms(self) -> int:
        """From its start to its end, or to its last sign of life."""
        if self.debut is None:
            return 0
        return max(0, round(((self.fin or self.vu_le) - self.debut).total_seconds() * 1000))


class PassesSql:
    """Reads lines of runs; four statements a page, whatever its length, and one for the count."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._t = batch_tables(MetaData())

    def page(
        self,
        jobs: Collection[str],
        statuts: Collection[BatchStatus] | None,
        limite: int,
        avant: int | None,
    ) -> tuple[list[Passe], int]:
        """At most `limite` runs of these jobs in these states, newest first, below `avant`; and how many there are."""
        t, i = self._t.execution, self._t.instance
        choix: ColumnElement[bool] = i.c.JOB_NAME.in_(sorted(jobs))
        if statuts is not None:
            choix = and_(choix, t.c.STATUS.in_(sorted(statut.value for statut in statuts)))
        source = t.join(i, i.c.JOB_INSTANCE_ID == t.c.JOB_INSTANCE_ID)
        requete = select(t, i.c.JOB_NAME).select_from(source).where(choix, self._avant(avant))
        with self._database.read() as connection:
            nombre = select(func.count()).select_from(source).where(choix)
            total = int(connection.execute(nombre).scalar_one())
            rows = connection.execute(requete.order_by(t.c.JOB_EXECUTION_ID.desc()).limit(limite)).all()
            return self._passes(connection, rows), total

    def _avant(self, avant: int | None) -> ColumnElement[bool]:
        return true() if avant is None else self._t.execution.c.JOB_EXECUTION_ID < avant

    def _passes(self, connection: Connection, rows: Sequence[Row[Any]]) -> list[Passe]:
        if not rows:
            return []
        ids = [row.JOB_EXECUTION_ID for row in rows]
        parametres = self._parametres(connection, ids)
        sommes = self._sommes(connection, ids)
        rejets = self._rejets(connection, [row.JOB_INSTANCE_ID for row in rows])
        return [
            _passe(
                row,
                parametres[row.JOB_EXECUTION_ID],
                sommes.get(row.JOB_EXECUTION_ID),
                rejets.get(row.JOB_INSTANCE_ID, 0),
            )
            for row in rows
        ]

    def _parametres(self, connection: Connection, ids: list[int]) -> dict[int, dict[str, JobParameter]]:
        t = self._t.params
        trouves: dict[int, dict[str, JobParameter]] = defaultdict(dict)
        for row in connection.execute(select(t).where(t.c.JOB_EXECUTION_ID.in_(ids))):
            trouves[row.JOB_EXECUTION_ID][row.PARAMETER_NAME] = JobParameter.parsed(
                row.PARAMETER_TYPE, row.PARAMETER_VALUE or "", row.IDENTIFYING == "Y"
            )
        return trouves

    def _sommes(self, connection: Connection, ids: list[int]) -> dict[int, Row[Any]]:
        t = self._t.step
        ignores = t.c.READ_SKIP_COUNT + t.c.PROCESS_SKIP_COUNT + t.c.WRITE_SKIP_COUNT
        requete = (
            select(
                t.c.JOB_EXECUTION_ID,
                func.sum(t.c.READ_COUNT).label("lus"),
                func.sum(t.c.WRITE_COUNT).label("ecrits"),
                func.sum(t.c.FILTER_COUNT).label("filtres"),
                func.sum(ignores).label("ignores"),
                func.max(t.c.LAST_UPDATED).label("vu_le"),
            )
            .where(t.c.JOB_EXECUTION_ID.in_(ids))
            .group_by(t.c.JOB_EXECUTION_ID)
        )
        return {row.JOB_EXECUTION_ID: row for row in connection.execute(requete)}

    def _rejets(self, connection: Connection, instances: list[int]) -> dict[int, int]:
        t = self._t.reject
        requete = select(t.c.JOB_INSTANCE_ID, func.count()).where(t.c.JOB_INSTANCE_ID.in_(instances))
        return {row[0]: row[1] for row in connection.execute(requete.group_by(t.c.JOB_INSTANCE_ID))}


def _passe(row: Row[Any], parametres: dict[str, JobParameter], sommes: Row[Any] | None, rejets: int) -> Passe:
    vu_le = sommes.vu_le if sommes is not None else None
    return Passe(
        id=row.JOB_EXECUTION_ID,
        job=row.JOB_NAME,
        statut=BatchStatus(row.STATUS),
        code_sortie=row.EXIT_CODE,
        parametres=JobParameters(parametres),
        cree_le=row.CREATE_TIME,
        debut=row.START_TIME,
        fin=row.END_TIME,
        vu_le=vu_le or row.LAST_UPDATED or row.CREATE_TIME,
        rejets=rejets,
        sommes={
            nom: int(getattr(sommes, nom) or 0) if sommes is not None else 0
            for nom in ("lus", "ecrits", "filtres", "ignores")
        },
    )
