"""Reads on SQLite and MySQL/MariaDB: one document in one query, past dates, the aged balance and the checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, or_, select

from facture_service.adapters import tables as t
from facture_service.adapters.invariants import controler
from facture_service.adapters.sql_lignes import (
    EMISE,
    lire_evenement,
    lire_facture,
    lire_figures,
    lire_litige,
    lire_reglement,
    lire_serie,
)
from facture_service.adapters.sql_liste import Liste, colonnes_lues
from facture_service.adapters.sql_passe import emise_au, vue_passee
from facture_service.adapters.sql_tableau import chiffrer
from facture_service.application.consultation import (
    Apercu,
    Classe,
    Criteres,
    Figures,
    Groupe,
    LigneBalance,
    Page,
    TotauxListe,
)
from facture_service.application.ports import RapportControle
from facture_service.application.tableau_de_bord import ChiffresTableau, DemandeTableau
from facture_service.domain.erreurs import (
    FactureIntrouvableError,
    PasEncoreEmiseError,
    ReglementIntrouvableError,
)
from facture_service.domain.facture import Facture, Soldes, TypeDocument
from facture_service.domain.litige import Litige, litige_du_jour
from facture_service.domain.mouvements import Evenement
from facture_service.domain.reglement import Reglement
from facture_service.domain.series import EtatSerie
from ressort.data import Database
from ressort.data.prepared import PreparedSelect

_F, _L = t.facture.c, t.litige.c


def _requete_apercu() -> Select[Any]:
    """One document with the dispute of the day, in one query and no column too many."""
    du_jour = and_(
        _L.facture_id == _F.id,
        _L.depuis <= bindparam("jour"),
        or_(_L.jusqu_au.is_(None), _L.jusqu_au >= bindparam("jour")),
    )
    figures = (_F.type, _F.statut, _F.version, _F.date_echeance, _F.modifie_le, _F.document)
    soldes = (
        _F.total_ttc_centimes,
        _F.avoirs_centimes,
        _F.regle_centimes,
        _F.ecarts_centimes,
        _F.credites_centimes,
    )
    litige = (_L.id, _L.motif, _L.depuis, _L.jusqu_au, _L.ouvert_le)
    return (
        select(*figures, *soldes, *litige)
        .select_from(t.facture.outerjoin(t.litige, du_jour))
        .where(_F.id == bindparam("facture_id"))
    )


class LecturesSql:
    """The read port over the service's database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._apercu = PreparedSelect(database, _requete_apercu())

    def facture(self, facture_id: str) -> Facture:
        with self._database.read() as c:
            row = c.execute(select(t.facture).where(_F.id == facture_id)).first()
        if row is None:
            raise FactureIntrouvableError(facture_id)
        return lire_facture(row)

    def apercu(self, facture_id: str, jour: date) -> Apercu:
        row = self._apercu.first(facture_id=facture_id, jour=jour)
        if row is None:
            raise FactureIntrouvableError(facture_id)
        return _apercu_du_jour(facture_id, row, jour)

    def apercu_au(self, facture_id: str, au: date, connu_au: datetime | None = None) -> Apercu:
        vue = vue_passee(au, connu_au, facture_id)
        requete = select(*colonnes_lues(vue), emise_au(au, connu_au).label("emise_alors"))
        with self._database.read() as c:
            row = c.execute(requete.select_from(vue.source).where(_F.id == facture_id)).first()
            if row is None:
                raise FactureIntrouvableError(facture_id)
            litiges = c.execute(select(t.litige).where(_L.facture_id == facture_id)).all()
        figures = lire_figures(row)
        if figures.emise and not row.emise_alors:
            raise PasEncoreEmiseError(f"La facture n'était pas encore émise au {au:%d/%m/%Y}.")
        return _apercu(row, litige_du_jour(map(lire_litige, litiges), au, connu_au), au)

    def lister(self, criteres: Criteres) -> Page:
        liste = Liste(criteres)
        with self._database.read() as c:
            sommes = c.execute(liste.totaux()).all() if criteres.sommes else []
            rows = c.execute(liste.page()).all()
            ids = [row.id for row in rows]
            requete = select(t.litige).where(_L.facture_id.in_(ids), _L.depuis <= criteres.jour)
            litiges: dict[str, list[Litige]] = {}
            for row in c.execute(requete) if ids else ():
                litiges.setdefault(row.facture_id, []).append(lire_litige(row))
        elements = [
            _apercu(
                row,
                litige_du_jour(litiges.get(row.id, ()), criteres.jour, criteres.connu_au),
                criteres.jour,
                _cles(row),
            )
            for row in rows
        ]
        totaux = [TotauxListe(row.devise, int(row.total), int(row.reste)) for row in sommes]
        return Page(elements, sum(int(row.nombre) for row in sommes), totaux)

    def grouper(self, criteres: Criteres) -> list[Groupe]:
        with self._database.read() as c:
            rows = c.execute(Liste(criteres).groupes()).all()
        return [_groupe(row) for row in rows]

    def serie(self, nom: str) -> EtatSerie | None:
        with self._database.read() as c:
            row = c.execute(select(t.serie).where(t.serie.c.nom == nom)).first()
        return lire_serie(row) if row else None

    def evenements(self, facture_id: str) -> list[Evenement]:
        e = t.evenement.c
        requete = select(t.evenement).where(e.facture_id == facture_id).order_by(e.enregistre_le, e.id)
        with self._database.read() as c:
            rows = c.execute(requete).all()
            if not rows and c.execute(select(_F.id).where(_F.id == facture_id)).first() is None:
                raise FactureIntrouvableError(facture_id)
        return [lire_evenement(row) for row in rows]

    def reglement(self, facture_id: str, affectation_id: str) -> Reglement:
        r = t.reglement.c
        requete = select(t.reglement).where(r.affectation_id == affectation_id, r.facture_id == facture_id)
        with self._database.read() as c:
            row = c.execute(requete).first()
        if row is None:
            raise ReglementIntrouvableError(f"Aucun règlement {affectation_id} sur cette facture.")
        return lire_reglement(row)

    def balance_agee(
        self, au: date, client_id: str | None = None, connu_au: datetime | None = None
    ) -> list[LigneBalance]:
        with self._database.read() as c:
            rows = c.execute(_requete_balance(au, client_id, connu_au)).all()
        return [
            LigneBalance(row.client_id, row.nom, row.devise, *(int(montant) for montant in row[3:]))
            for row in rows
        ]

    def chiffrer(self, demande: DemandeTableau) -> ChiffresTableau:
        return chiffrer(self._database, demande)

    def controler(self) -> RapportControle:
        return controler(self._database)


def _requete_balance(au: date, client_id: str | None, connu_au: datetime | None) -> Select[Any]:
    """What each client owes in each currency, by days after the due date, summed by the database."""
    vue = vue_passee(au, connu_au)
    tranches = [func.sum(case((tranche, vue.reste), else_=0)) for tranche in _tranches(au)]
    requete = (
        select(_F.client_id, func.max(_F.nom_client).label("nom"), _F.devise, *tranches)
        .select_from(vue.source)
        .where(_F.type == TypeDocument.FACTURE.value, emise_au(au, connu_au), vue.reste > 0)
        .group_by(_F.client_id, _F.devise)
        .order_by(_F.client_id, _F.devise)
    )
    return requete if client_id is None else requete.where(_F.client_id == client_id)


def _tranches(au: date) -> list[ColumnElement[bool]]:
    """Not due, then 1 to 30, 31 to 60, 61 to 90 and more than 90 days late."""
    echeance = _F.date_echeance
    b30, b60, b90 = (au - timedelta(days=jours) for jours in (30, 60, 90))
    return [
        or_(echeance.is_(None), echeance >= au),
        and_(echeance < au, echeance >= b30),
        and_(echeance < b30, echeance >= b60),
        and_(echeance < b60, echeance >= b90),
        echeance < b90,
    ]


def _apercu(row: Row[Any], litige: Litige | None, jour: date, cles: dict[str, Any] | None = None) -> Apercu:
    return Apercu(row.id, row.document.encode(), lire_figures(row), litige, jour, cles or {})


def _groupe(row: Row[Any]) -> Groupe:
    devise, nombre, total, reste, type_document, statut, *drapeaux = row
    classe = Classe(TypeDocument(type_document), statut == EMISE, *(bool(d) for d in drapeaux))
    return Groupe(classe, int(nombre), TotauxListe(devise, int(total), int(reste)))


def _apercu_du_jour(facture_id: str, row: Sequence[Any], jour: date) -> Apercu:
    """The row of `_requete_apercu`, read by position: this is the most frequent call of the service."""
    type_document, statut, version, echeance, modifie_le, document, *reste = row
    soldes, (litige_id, motif, depuis, jusqu_au, ouvert_le) = Soldes(*reste[:5]), reste[5:]
    figures = Figures(TypeDocument(type_document), statut == EMISE, version, echeance, soldes, modifie_le)
    litige = litige_id and Litige(litige_id, facture_id, motif, depuis, ouvert_le, jusqu_au)
    return Apercu(facture_id, document.encode(), figures, litige, jour)


def _cles(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "date_emission": row.date_emission,
        "numero": row.numero,
        "date_echeance": row.date_echeance,
        "total_ttc_centimes": int(row.total_ttc_centimes),
        "reste_centimes": int(row.reste_centimes),
        "client_id": row.client_id,
        "nom_client": row.nom_client,
        "cree_le": row.cree_le,
    }
