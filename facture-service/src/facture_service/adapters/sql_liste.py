"""The list of documents in SQL: filters, order, keyset cursor, sums and tabs of the whole filtered set."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from facture_service.adapters import tables as t
from facture_service.adapters.sql_lignes import BROUILLON, EMISE
from facture_service.adapters.sql_passe import (
    SOLDES,
    VuePassee,
    emise_au,
    en_litige,
    vue_passee,
    vue_presente,
)
from facture_service.application.consultation import Criteres, Onglet
from facture_service.domain.facture import TypeDocument
from facture_service.domain.situation import StatutDocument, StatutReglement
from ressort.data.keyset import keyset
from ressort.texts import fold

_F = t.facture.c

COLONNES_LUES = (
    "id",
    "type",
    "statut",
    "version",
    "client_id",
    "nom_client",
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


def _chiffre(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 or 0, also where a NULL makes the condition unknown."""
    return case((condition, 1), else_=0)


def _vaut(condition: ColumnElement[bool], voulu: bool) -> ColumnElement[bool]:
    return condition if voulu else _chiffre(condition) == 0


class Liste:
    """The statements of one list: the page, the sums, the groups that tabs are counted from."""

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
        return self._sommes().group_by(_F.devise).order_by(_F.devise)

    def groupes(self) -> Select[Any]:
        """The sums per currency and class (see `Classe`), a class being the columns after `reste`."""
        classe = [
            _F.type,
            _F.statut,
            _chiffre(self._due()).label("due"),
            _chiffre(self._en_retard()).label("en_retard"),
            _chiffre(self._partielle()).label("partielle"),
            _chiffre(en_litige(self._c.jour, self._c.connu_au)).label("en_litige"),
        ]
        return self._sommes().add_columns(*classe).group_by(_F.devise, *(c.name for c in classe))

    def _sommes(self) -> Select[Any]:
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
            None if c.echue_du is None else _F.date_echeance >= c.echue_du,
            None if c.echue_au is None else _F.date_echeance <= c.echue_au,
            None if c.ids is None else _F.id.in_(c.ids),
            None if c.en_retard is None else _vaut(self._en_retard(), c.en_retard),
            None if c.litige is None else _vaut(en_litige(c.jour, c.connu_au), c.litige),
            None if c.onglet is None else self._onglet(c.onglet),
            None if c.montant_min_centimes is None else _F.total_ttc_centimes >= c.montant_min_centimes,
            None if c.montant_max_centimes is None else _F.total_ttc_centimes <= c.montant_max_centimes,
            None if c.q is None else _F.recherche.contains(fold(c.q), autoescape=True),
            None if c.statut_document is None else self._statut_document(c.statut_document),
            None if c.statut_reglement is None else self._statut_reglement(c.statut_reglement),
            self._ouverte() if c.ouverte else None,
        ]
        return [filtre for filtre in filtres if filtre is not None]

    def _soldee(self) -> ColumnElement[bool]:
        """Nothing left to pay. Not `= 0`: SQLite would then leave the order of the list for the index of balances."""
        return and_(_F.statut == EMISE, self._vue.reste <= 0)

    def _due(self) -> ColumnElement[bool]:
        return and_(_F.type == TypeDocument.FACTURE.value, _F.statut == EMISE, self._vue.reste > 0)

    def _en_retard(self) -> ColumnElement[bool]:
        return and_(self._due(), _F.date_echeance < self._c.jour)

    def _partielle(self) -> ColumnElement[bool]:
        return and_(self._due(), self._vue.reste < _F.total_ttc_centimes)

    def _onglet(self, onglet: Onglet) -> ColumnElement[bool]:
        """The condition of a tab, the same as `Classe.dans`."""
        facture = _F.type == TypeDocument.FACTURE.value
        conditions: dict[Onglet, ColumnElement[bool]] = {
            Onglet.TOUTES: true(),
            Onglet.BROUILLONS: _F.statut == BROUILLON,
            Onglet.A_ECHOIR: and_(
                self._due(), or_(_F.date_echeance.is_(None), _F.date_echeance >= self._c.jour)
            ),
            Onglet.EN_RETARD: self._en_retard(),
            Onglet.PARTIELLES: self._partielle(),
            Onglet.LITIGE: en_litige(self._c.jour, self._c.connu_au),
            Onglet.PAYEES: and_(facture, self._soldee()),
            Onglet.AVOIRS: _F.type == TypeDocument.AVOIR.value,
        }
        return conditions[onglet]

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
            return self._soldee()
        if statut is StatutReglement.PARTIELLE:
            return and_(emise, reste > 0, reste < total)
        return or_(_F.statut == BROUILLON, and_(reste == total, total > 0))
