"""Dunning policies in a database: the present ones and every earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, insert, select, tuple_, update

from batch.adapters.politique_json import politique_de_json, politique_en_json
from batch.adapters.tables import politiques, versions
from batch.application.ports import PolitiqueDatee
from batch.domain.erreurs import PolitiqueIntrouvableError
from batch.domain.politique import Politiques
from ressort.data import Database


class PolitiquesSql:
    """The part of `MagasinRelances` that keeps policies."""

    def __init__(self, database: Database) -> None:
        self._base = database

    def politiques(self) -> list[PolitiqueDatee]:
        with self._base.read() as connection:
            return [_datee(row) for row in connection.execute(select(politiques).order_by(politiques.c.nom))]

    def politique(self, nom: str, verrou: bool = False) -> PolitiqueDatee:
        requete = select(politiques).where(politiques.c.nom == nom)
        with self._base.read() as connection:
            row = connection.execute(requete.with_for_update() if verrou else requete).first()
        if row is None:
            raise PolitiqueIntrouvableError(nom)
        return _datee(row)

    def versions(self, nom: str) -> list[PolitiqueDatee]:
        requete = select(versions).where(versions.c.nom == nom).order_by(versions.c.version)
        with self._base.read() as connection:
            toutes = [_datee(row) for row in connection.execute(requete)]
        if not toutes:
            raise PolitiqueIntrouvableError(nom)
        return toutes

    def politiques_aux_versions(self, voulues: Mapping[str, int]) -> Politiques:
        requete = select(versions).where(
            tuple_(versions.c.nom, versions.c.version).in_(list(voulues.items()))
        )
        with self._base.read() as connection:
            rows = connection.execute(requete).all() if voulues else []
        return Politiques({row.nom: _datee(row).politique for row in rows})

    def ecrire_politique(self, datee: PolitiqueDatee) -> None:
        politique = datee.politique
        valeurs = {
            "version": politique.version,
            "contenu": politique_en_json(politique),
            "modifie_le": datee.modifie_le,
        }
        with self._base.transaction() as connection:
            changee = connection.execute(
                update(politiques).where(politiques.c.nom == politique.nom).values(**valeurs)
            )
            if changee.rowcount == 0:
                connection.execute(insert(politiques).values(nom=politique.nom, **valeurs))
            connection.execute(insert(versions).values(nom=politique.nom, **valeurs))


def _datee(row: Row[Any]) -> PolitiqueDatee:
    return PolitiqueDatee(politique_de_json(row.nom, row.version, row.contenu), row.modifie_le)
