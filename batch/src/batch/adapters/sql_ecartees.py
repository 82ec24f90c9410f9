"""Late invoices that a campaign left without a reminder, in a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select

from batch.adapters.tables import ecartees
from batch.application.ports import DemandeDePage, FactureEcartee
from batch.domain.echelle import Motif
from ressort.data import Database
from ressort.data.keyset import keyset

_COLONNES = tuple(f.name for f in fields(FactureEcartee))


class EcarteesSql:
    """Fits `MagasinEcartees`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def noter(self, campagne: int, laissees: Sequence[FactureEcartee]) -> None:
        if laissees:
            with self._database.transaction() as connection:
                connection.execute(
                    insert(ecartees),
                    [{"instance_id": campagne, **asdict(une), "motif": une.motif.value} for une in laissees],
                )

    def page(
        self, campagne: int, motif: Motif | None, page: DemandeDePage
    ) -> tuple[list[FactureEcartee], int]:
        filtre = _filtre(campagne, motif)
        suite, ordre = keyset(page.order, page.after, dict(ecartees.c))
        requete = select(ecartees).where(filtre).order_by(*ordre).limit(page.limit + 1)
        if suite is not None:
            requete = requete.where(suite)
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(ecartees).where(filtre)).scalar_one()
            return [_ecartee(row) for row in connection.execute(requete)], total

    def compter(self, campagne: int) -> Mapping[Motif, int]:
        requete = select(ecartees.c.motif, func.count()).where(_filtre(campagne)).group_by(ecartees.c.motif)
        with self._database.read() as connection:
            return {Motif(motif): nombre for motif, nombre in connection.execute(requete)}


def _filtre(campagne: int, motif: Motif | None = None) -> ColumnElement[bool]:
    choix = ecartees.c.instance_id == campagne
    return choix if motif is None else and_(choix, ecartees.c.motif == motif.value)


def _ecartee(row: Any) -> FactureEcartee:
    valeurs = {nom: getattr(row, nom) for nom in _COLONNES}
    return FactureEcartee(**{**valeurs, "motif": Motif(row.motif)})
