"""Runs `invariants.sql`, the very queries an operator can run by hand, and checks the hash chains."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import orjson
from sqlalchemy import Connection, func, select, text

from facture_service.adapters import tables as t
from facture_service.adapters.sql_lignes import EMISE
from facture_service.application.ports import RapportControle, Violation
from facture_service.domain.empreinte import calculer_empreinte
from ressort.data import Database


def requetes() -> list[str]:
    """The queries of `invariants.sql`, in order."""
    script = files("facture_service.adapters").joinpath("invariants.sql").read_text(encoding="utf-8")
    lignes = (ligne for ligne in script.splitlines() if not ligne.startswith("--"))
    return [requete for requete in (r.strip() for r in "\n".join(lignes).split(";")) if requete]


def controler(database: Database) -> RapportControle:
    """Every violation found in one consistent read."""
    with database.read() as c:
        nombre = c.execute(select(func.count()).where(t.facture.c.statut == EMISE)).scalar_one()
        violations = [v for requete in requetes() for v in _violations(c, requete)]
        violations.extend(_chaines(c))
    return RapportControle(nombre, violations)


def _violations(c: Connection, requete: str) -> Iterator[Violation]:
    for row in c.execute(text(requete)):
        yield Violation(row.controle, row.objet, f"attendu {row.attendu}, constaté {row.constate}")


def _chaines(c: Connection) -> Iterator[Violation]:
    """Documents whose content no longer gives its hash, or whose hash does not follow the one before."""
    f = t.facture.c
    precedentes: dict[str, str | None] = {}
    requete = select(f.serie, f.numero, f.document).where(f.serie.is_not(None)).order_by(f.serie, f.rang)
    for row in c.execute(requete):
        document = orjson.loads(row.document)
        if calculer_empreinte(document) != document["empreinte"]:
            yield Violation("empreinte", row.numero, "le document ne correspond plus à son empreinte")
        if document["empreinte_precedente"] != precedentes.get(row.serie):
            yield Violation(
                "chaine", row.numero, "l'empreinte précédente n'est pas celle du document d'avant"
            )
        precedentes[row.serie] = document["empreinte"]
