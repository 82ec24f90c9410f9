"""Past dates in SQL: today's balances less every movement the view must not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, or_, select

from facture_service.adapters import tables as t
from facture_service.adapters.sql_lignes import EMISE
from facture_service.domain.facture import Poste

SOLDES = ("avoirs_centimes", "regle_centimes", "ecarts_centimes", "credites_centimes")


def posterieur(jour: date, connu_au: datetime | None) -> ColumnElement[bool]:
    """Whether a view of that day, as known at `connu_au`, must not see an event."""
    e = t.evenement.c
    apres = e.date_effet > jour
    return apres if connu_au is None else or_(apres, e.enregistre_le > connu_au)


def emise_au(jour: date, connu_au: datetime | None) -> ColumnElement[bool]:
    """Whether a document was issued on or before the day, and known to be."""
    f = t.facture.c
    emise = and_(f.statut == EMISE, f.date_emission <= jour)
    return emise if connu_au is None else and_(emise, f.emise_le <= connu_au)


@dataclass(frozen=True)
class VuePassee:
    """The FROM clause and the balance columns of a view; those of the table itself for today."""

    source: FromClause
    colonnes: Mapping[str, ColumnElement[Any]]

    @property
    def reste(self) -> ColumnElement[Any]:
        return self.colonnes["reste_centimes"]


def vue_presente() -> VuePassee:
    """The balances as they stand, every movement counted."""
    return VuePassee(t.facture, {nom: t.facture.c[nom] for nom in (*SOLDES, "reste_centimes")})


def vue_passee(jour: date, connu_au: datetime | None, facture_id: str | None = None) -> VuePassee:
    """The balances at the end of a day: recent days are cheap, since only later movements are summed."""
    e, f = t.evenement.c, t.facture.c
    sommes = [
        func.sum(case((e.poste == poste.value, e.montant_centimes), else_=0)).label(
            f"{poste.value.lower()}_apres"
        )
        for poste in Poste
    ]
    filtre = [e.poste.is_not(None), posterieur(jour, connu_au)]
    if facture_id is not None:
        filtre.append(e.facture_id == facture_id)
    apres = select(e.facture_id, *sommes).where(*filtre).group_by(e.facture_id).subquery("apres")
    source = t.facture.outerjoin(apres, apres.c.facture_id == f.id)
    colonnes: dict[str, ColumnElement[Any]] = {
        nom: f[nom] - func.coalesce(apres.c[nom.replace("_centimes", "_apres")], 0) for nom in SOLDES
    }
    fermes = sum(
        (func.coalesce(apres.c[f"{p.value.lower()}_apres"], 0) for p in Poste if p is not Poste.CREDITES),
        start=f.reste_centimes,
    )
    return VuePassee(source, {**colonnes, "reste_centimes": fermes})


def en_litige(jour: date, connu_au: datetime | None) -> ColumnElement[bool]:
    """Whether a dispute covers the day, as known at `connu_au` (see `Litige.couvre`)."""
    x = t.litige.c
    pas_finie = [x.jusqu_au.is_(None), x.jusqu_au >= jour]
    connue = []
    if connu_au is not None:
        connue.append(x.ouvert_le <= connu_au)
        pas_finie.append(x.clos_le > connu_au)
    disputees = select(x.facture_id).where(x.depuis <= jour, or_(*pas_finie), *connue)
    return t.facture.c.id.in_(disputees)
