"""Reads of payments: one, pages of the list, its tabs, balances, what came in month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    case,
    extract,
    func,
    select,
    true,
)

from paiement_service.adapters import tables as t
from paiement_service.adapters.sql_lignes import lire_paiement
from paiement_service.application.consultation import (
    EN_SUSPENS,
    RENDUS,
    Classe,
    Criteres,
    Groupe,
    Onglet,
    Solde,
    Totaux,
    Trouves,
)
from paiement_service.application.encaissements import ENCAISSES, SommeMois
from paiement_service.domain.erreurs import PaiementIntrouvableError
from paiement_service.domain.mouvements import Nature
from paiement_service.domain.paiement import EtatPaiement, Paiement
from ressort.data import Database
from ressort.data.keyset import keyset
from ressort.paging import PageDemand
from ressort.texts import fold

_P = t.paiement.c
_M = t.mouvement.c
_TRANCHE = 400
_ATTENDUS = sorted(etat.value for etat in EN_SUSPENS)


class LecturesSql:
    """Fits `Lectures` on the service's database."""

    def __init__(self, database: Database) -> None:
        self._base = database

    def paiement(self, paiement_id: str) -> Paiement:
        with self._base.read() as connection:
            trouves = charger(connection, select(t.paiement).where(_P.id == paiement_id))
        if not trouves:
            raise PaiementIntrouvableError(paiement_id)
        return trouves[0]

    def page(self, criteres: Criteres, demande: PageDemand, compter: bool = True) -> Trouves:
        filtre = and_(true(), *_filtres(criteres))
        suite, ordre = keyset(demande.order, demande.after, dict(_P))
        requete = select(t.paiement).where(filtre).order_by(*ordre).limit(demande.limit + 1)
        if suite is not None:
            requete = requete.where(suite)
        with self._base.read() as connection:
            sommes = connection.execute(_sommes(filtre)).all() if compter else []
            paiements = charger(connection, requete)
        return Trouves(paiements, sum(int(row.nombre) for row in sommes), [_totaux(row) for row in sommes])

    def grouper(self, criteres: Criteres) -> list[Groupe]:
        classe = [
            _P.etat,
            _chiffre(_P.non_affecte_centimes > 0).label("credit"),
            _chiffre(_P.rejet_le.is_not(None)).label("rejete"),
            _chiffre(_P.rembourse_centimes > 0).label("rembourse"),
        ]
        requete = _sommes(and_(true(), *_filtres(criteres))).add_columns(*classe)
        with self._base.read() as connection:
            rows = connection.execute(requete.group_by(*(c.name for c in classe))).all()
        return [_groupe(row) for row in rows]

    def encaissements(self, du: date, au: date) -> list[SommeMois]:
        annee, mois = extract("year", _M.date).label("annee"), extract("month", _M.date).label("mois")
        requete = (
            select(_P.devise, annee, mois, _M.nature, func.sum(_M.centimes))
            .join_from(t.mouvement, t.paiement)
            .where(_M.nature.in_(sorted(ENCAISSES)), _M.date.between(du, au))
            .group_by(_P.devise, annee, mois, _M.nature)
        )
        with self._base.read() as connection:
            rows = connection.execute(requete).all()
        return [SommeMois(row[0], int(row[1]), int(row[2]), Nature(row[3]), int(row[4])) for row in rows]

    def soldes(self, client_ids: Collection[str] | None, au: date) -> list[Solde]:
        qui = true() if client_ids is None else _P.client_id.in_(sorted(client_ids))
        connus = and_(qui, _P.client_id.is_not(None))
        ledger = (
            select(_P.client_id, _P.devise, func.sum(_M.centimes))
            .join_from(t.mouvement, t.paiement)
            .where(connus, _M.date <= au)
            .group_by(_P.client_id, _P.devise)
        )
        attente = (
            select(_P.client_id, _P.devise, func.sum(_P.en_attente_centimes), func.sum(_P.a_annuler_centimes))
            .where(connus, _P.date_paiement <= au, _P.rejet_le.is_(None))
            .group_by(_P.client_id, _P.devise)
        )
        credits: dict[tuple[str, str], int] = defaultdict(int)
        attentes: dict[tuple[str, str], int] = defaultdict(int)
        with self._base.read() as connection:
            for client_id, devise, centimes in connection.execute(ledger):
                credits[client_id, devise] += int(centimes)
            for client_id, devise, en_attente, a_annuler in connection.execute(attente):
                credits[client_id, devise] += int(a_annuler) - int(en_attente)
                attentes[client_id, devise] += int(en_attente)
        return [
            Solde(*cle, credits[cle], attentes[cle])
            for cle in sorted(credits)
            if credits[cle] or attentes[cle]
        ]

    def en_suspens(self, limite: int) -> list[str]:
        requete = select(_P.id).where(_P.etat.in_(_ATTENDUS)).order_by(_P.id).limit(limite)
        with self._base.read() as connection:
            return list(connection.execute(requete).scalars())


def charger(connection: Connection, requete: Any) -> list[Paiement]:
    """Payments with their parts, three queries whatever their number."""
    rows = connection.execute(requete).all()
    ids = [row.id for row in rows]
    affectations = _par_paiement(connection, t.affectation, t.affectation.c.rang, ids)
    remboursements = _par_paiement(connection, t.remboursement, t.remboursement.c.id, ids)
    return [lire_paiement(row, affectations[row.id], remboursements[row.id]) for row in rows]


def _par_paiement(
    connection: Connection, table: Any, ordre: Any, ids: Sequence[str]
) -> dict[str, list[Row[Any]]]:
    groupes: dict[str, list[Row[Any]]] = defaultdict(list)
    for debut in range(0, len(ids), _TRANCHE):
        requete = select(table).where(table.c.paiement_id.in_(ids[debut : debut + _TRANCHE])).order_by(ordre)
        for row in connection.execute(requete):
            groupes[row.paiement_id].append(row)
    return groupes


def _sommes(filtre: ColumnElement[bool]) -> Select[Any]:
    """Per currency: number of payments, sums of what was received and of what is left."""
    return (
        select(
            _P.devise,
            func.count().label("nombre"),
            func.sum(_P.montant_centimes).label("montant"),
            func.sum(_P.non_affecte_centimes).label("non_affecte"),
        )
        .select_from(t.paiement)
        .where(filtre)
        .group_by(_P.devise)
        .order_by(_P.devise)
    )


def _totaux(row: Row[Any]) -> Totaux:
    return Totaux(row.devise, int(row.montant), int(row.non_affecte))


def _groupe(row: Row[Any]) -> Groupe:
    classe = Classe(EtatPaiement(row.etat), bool(row.credit), bool(row.rejete), bool(row.rembourse))
    return Groupe(classe, int(row.nombre), _totaux(row))


def _chiffre(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0).cast(Integer)


def _filtres(c: Criteres) -> Iterable[ColumnElement[bool]]:
    egalites = (
        (_P.client_id, c.client_id),
        (_P.etat, c.etat),
        (_P.moyen, c.moyen),
        (_P.source, c.source),
        (_P.devise, c.devise),
    )
    yield from (colonne == valeur for colonne, valeur in egalites if valeur is not None)
    minimums = ((_P.date_paiement, c.recu_du), (_P.montant_centimes, c.montant_min_centimes))
    yield from (colonne >= valeur for colonne, valeur in minimums if valeur is not None)
    maximums = ((_P.date_paiement, c.recu_au), (_P.montant_centimes, c.montant_max_centimes))
    yield from (colonne <= valeur for colonne, valeur in maximums if valeur is not None)
    if c.facture_id is not None:
        regles = select(t.affectation.c.paiement_id).where(t.affectation.c.facture_id == c.facture_id)
        yield _P.id.in_(regles)
    if c.rendu_du is not None or c.rendu_au is not None:
        yield _P.id.in_(_rendus(c.rendu_du, c.rendu_au))
    if c.onglet is not None:
        yield _onglet(c.onglet)
    if c.q is not None:
        yield _P.recherche.contains(fold(c.q), autoescape=True)


def _rendus(du: date | None, au: date | None) -> Select[Any]:
    """Payments from which money left again within these days."""
    rendus = select(_M.paiement_id).where(_M.nature.in_(sorted(RENDUS)))
    if du is not None:
        rendus = rendus.where(_M.date >= du)
    return rendus if au is None else rendus.where(_M.date <= au)


def _onglet(onglet: Onglet) -> ColumnElement[bool]:
    """The condition of a tab, the same as `Classe.dans`."""
    conditions: dict[Onglet, ColumnElement[bool]] = {
        Onglet.TOUS: true(),
        Onglet.EN_ATTENTE: _P.etat.in_(_ATTENDUS),
        Onglet.A_TRAITER: _P.etat == EtatPaiement.A_TRAITER.value,
        Onglet.NON_AFFECTES: _P.non_affecte_centimes > 0,
        Onglet.REJETES: _P.rejet_le.is_not(None),
        Onglet.REMBOURSES: _P.rembourse_centimes > 0,
    }
    return conditions[onglet]
