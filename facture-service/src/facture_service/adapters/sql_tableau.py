"""The sums of the dashboard: four statements, whatever the number of documents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select

from facture_service.adapters import tables as t
from facture_service.adapters.sql_passe import emise_au, en_litige, vue_passee
from facture_service.application.tableau_de_bord import (
    DEBITEURS,
    ChiffresTableau,
    Debiteur,
    DemandeTableau,
    EcheanceDue,
    MoisFacture,
    Part,
    SommesDevise,
)
from facture_service.domain.facture import TypeDocument
from ressort.data import Database

_F = t.facture.c
_FACTURE = _F.type == TypeDocument.FACTURE.value


def chiffrer(database: Database, demande: DemandeTableau) -> ChiffresTableau:
    """See `LecturesTableau`."""
    requetes = RequetesTableau(demande)
    with database.read() as c:
        sommes = c.execute(requetes.sommes()).all()
        mois = c.execute(requetes.mois()).all()
        echeances = c.execute(requetes.echeances()).all()
        debiteurs = c.execute(requetes.debiteurs()).all()
    return ChiffresTableau(
        [_sommes(*row) for row in sommes],
        [MoisFacture(m[0], f"{m[1]:04d}-{m[2]:02d}", *map(int, m[3:])) for m in mois],
        [EcheanceDue(e[0], e[1], Part(int(e[2]), int(e[3]))) for e in echeances],
        [Debiteur(d[0], d[1], d[2], *map(int, d[3:6])) for d in debiteurs],
    )


def _sommes(devise: str, *figures: Any) -> SommesDevise:
    n, encours, n_retard, retard, n_litige, litige, facture = map(int, figures)
    return SommesDevise(devise, Part(n, encours), Part(n_retard, retard), Part(n_litige, litige), facture)


class RequetesTableau:
    """The statements for one day."""

    def __init__(self, demande: DemandeTableau) -> None:
        self._d = demande
        self._vue = vue_passee(demande.au, None)
        self._emise = emise_au(demande.au, None)
        self._ouverte = and_(_FACTURE, self._vue.reste > 0)
        self._retard = and_(self._ouverte, _F.date_echeance < demande.au)

    def sommes(self) -> Select[Any]:
        """Per currency: number and balance of what is open, late, disputed; what 90 days invoiced."""
        signe = case((_FACTURE, 1), else_=-1)
        recente = _F.date_emission >= self._d.debut_90_jours
        dispute = and_(self._ouverte, en_litige(self._d.au, None))
        return (
            select(
                _F.devise,
                *(
                    func.sum(case((condition, valeur), else_=0))
                    for condition in (self._ouverte, self._retard, dispute)
                    for valeur in (1, self._vue.reste)
                ),
                func.sum(case((recente, signe * _F.total_ttc_centimes), else_=0)),
            )
            .select_from(self._vue.source)
            .where(self._emise)
            .group_by(_F.devise)
            .order_by(_F.devise)
        )

    def mois(self) -> Select[Any]:
        """Per currency and month: number of invoices, their totals, those of credit notes."""
        annee, mois = extract("year", _F.date_emission), extract("month", _F.date_emission)
        total = _F.total_ttc_centimes
        return (
            select(
                _F.devise,
                annee,
                mois,
                func.sum(case((_FACTURE, 1), else_=0)),
                func.sum(case((_FACTURE, total), else_=0)),
                func.sum(case((_FACTURE, 0), else_=total)),
            )
            .where(self._emise, _F.date_emission >= self._d.mois[0].du)
            .group_by(_F.devise, annee, mois)
        )

    def echeances(self) -> Select[Any]:
        """Per currency and due date from the day to the end of the last week."""
        dues = _F.date_echeance.between(self._d.au, self._d.semaines[-1].au)
        return (
            select(_F.devise, _F.date_echeance, func.count(), func.sum(self._vue.reste))
            .select_from(self._vue.source)
            .where(self._emise, self._ouverte, dues)
            .group_by(_F.devise, _F.date_echeance)
        )

    def debiteurs(self) -> Select[Any]:
        """The largest of each currency, equal ones by identifier."""
        encours: ColumnElement[Any] = func.sum(self._vue.reste)
        par_client = (
            select(
                _F.devise,
                _F.client_id,
                func.max(_F.nom_client).label("nom"),
                func.count().label("nombre"),
                encours.label("encours"),
                func.sum(case((self._retard, self._vue.reste), else_=0)).label("en_retard"),
                func.row_number()
                .over(partition_by=_F.devise, order_by=(encours.desc(), _F.client_id))
                .label("rang"),
            )
            .select_from(self._vue.source)
            .where(self._emise, self._ouverte)
            .group_by(_F.devise, _F.client_id)
            .subquery("par_client")
        )
        classes = select(par_client).where(par_client.c.rang <= DEBITEURS)
        return classes.order_by(par_client.c.devise, par_client.c.rang)
