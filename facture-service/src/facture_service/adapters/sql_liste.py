"""The list of documents in SQL: filters, order, keyset cursor, sums of the whole filtered set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from facture_service.adapters import tables as t
from facture_service.adapters.recherche import plier
from facture_service.adapters.sql_lignes import BROUILLON, EMISE
from facture_service.adapters.sql_passe import SOLDES, VuePassee, emise_au, vue_passee, vue_presente
from facture_service.application.ports import Criteres
from facture_service.domain.facture import TypeDocument
from facture_service.domain.situation import StatutDocument, StatutReglement
from ressort.data.keyset import keyset

_F = t.facture.c

COLONNES_LUES = (
    "id",
    "type",
    "statut",
    "version",
    "client_id",
    "devise",
    "numero",
    "date_emission",
    "date_echeance",
    "total_ttc_centimes",
    "document",
    "cree_le",
    "modifie_le",
)


def colonnes_lues(vue: VuePassee) -> list[ColumnElement[Any]]:
    """What a document needs to be served, with the balances of the view."""
    lues: list[ColumnElement[Any]] = [_F[nom] for nom in COLONNES_LUES]
    return lues + [vue.colonnes[nom].label(nom) for nom in (*SOLDES, "reste_centimes")]


class Liste:
    """The two statements of one list: the page and the sums."""

    def __init__(self, criteres: Criteres) -> None:
        self._c = criteres
        self._vue = vue_passee(criteres.jour, criteres.connu_au) if criteres.ouverte else vue_presente()
        self._filtre = and_(true(), *self._filtres())

    def page(self) -> Select[Any]:
        """At most `limite` rows after the cursor, in order."""
        cles = {**_F, "reste_centimes": self._vue.reste}
        apres, ordre = keyset(self._c.tri, self._c.apres, cles)
        requete = select(*colonnes_lues(self._vue)).select_from(self._vue.source).where(self._filtre)
        if apres is not None:
            requete = requete.where(apres)
        return requete.order_by(*ordre).limit(self._c.limite)

    def totaux(self) -> Select[Any]:
        """Per currency: number of documents, sum of totals, sum of balances; credit notes count as negative."""
        signe = case((_F.type == TypeDocument.AVOIR.value, -1), else_=1)
        return (
            select(
                _F.devise,
                func.count().label("nombre"),
                func.sum(signe * _F.total_ttc_centimes).label("total"),
                func.sum(signe * self._vue.reste).label("reste"),
            )
            .select_from(self._vue.source)
            .where(self._filtre)
            .group_by(_F.devise)
            .order_by(_F.devise)
        )

    def _filtres(self) -> list[ColumnElement[bool]]:
        c = self._c
        filtres: list[ColumnElement[bool] | None] = [
            None if c.client_id is None else _F.client_id == c.client_id,
            None if c.type is None else _F.type == c.type.value,
            None if c.devise is None else _F.devise == c.devise,
            None if c.emise_du is None else _F.date_emission >= c.emise_du,
            None if c.emise_au is None else _F.date_emission <= c.emise_au,
            None if c.echue_avant is None else _F.date_echeance < c.echue_avant,
            None if c.montant_min_centimes is None else _F.total_ttc_centimes >= c.montant_min_centimes,
            None if c.montant_max_centimes is None else _F.total_ttc_centimes <= c.montant_max_centimes,
            None if c.q is None else _F.recherche.contains(plier(c.q), autoescape=True),
            None if c.statut_document is None else self._statut_document(c.statut_document),
            None if c.statut_reglement is None else self._statut_reglement(c.statut_reglement),
            self._ouverte() if c.ouverte else None,
        ]
        return [filtre for filtre in filtres if filtre is not None]

    def _ouverte(self) -> ColumnElement[bool]:
        ouverte = and_(emise_au(self._c.jour, self._c.connu_au), self._vue.reste > 0)
        return ouverte if self._c.type is not None else and_(ouverte, _F.type == TypeDocument.FACTURE.value)

    def _statut_document(self, statut: StatutDocument) -> ColumnElement[bool]:
        if statut is StatutDocument.BROUILLON:
            return _F.statut == BROUILLON
        total = _F.total_ttc_centimes
        avoiree = and_(total > 0, self._vue.colonnes["credites_centimes"] == total)
        return and_(_F.statut == EMISE, avoiree if statut is StatutDocument.AVOIREE_TOTALE else ~avoiree)

    def _statut_reglement(self, statut: StatutReglement) -> ColumnElement[bool]:
        reste, total, emise = self._vue.reste, _F.total_ttc_centimes, _F.statut == EMISE
        if statut is StatutReglement.PAYEE:
            return and_(emise, reste == 0)
        if statut is StatutReglement.PARTIELLE:
            return and_(emise, reste > 0, reste < total)
        return or_(_F.statut == BROUILLON, and_(reste == total, total > 0))
