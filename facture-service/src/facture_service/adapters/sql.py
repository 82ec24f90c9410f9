"""Writes on SQLite and MySQL/MariaDB by SQLAlchemy Core: the same statements, the same guarantees."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from facture_service.adapters import tables as t
from facture_service.adapters.sql_lignes import (
    ligne_evenement,
    ligne_facture,
    ligne_litige,
    ligne_reglement,
    lire_facture,
    lire_litige,
    lire_reglement,
    lire_serie,
)
from facture_service.application.ports import DocumentConnu
from facture_service.domain.erreurs import (
    FactureIntrouvableError,
    FactureModifieeError,
    NumeroPrisError,
    ReglementDifferentError,
    ResteInsuffisantError,
)
from facture_service.domain.facture import Facture, Poste, Soldes
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement
from facture_service.domain.reglement import Reglement
from facture_service.domain.series import EtatSerie
from ressort.data import Database

Publication = Callable[[Connection, str, Mapping[str, Any]], str]
"""Puts a message in the outbox of this connection's transaction and returns its id."""

_F, _R, _S = t.facture.c, t.reglement.c, t.serie.c


def _nouvelle_serie(nom: str, premier_rang: int) -> Insert:
    return insert(t.serie).values(nom=nom, premier_rang=premier_rang, dernier_rang=premier_rang - 1)


class MagasinSql:
    """Opens write transactions on the service's database."""

    def __init__(self, database: Database, publication: Publication) -> None:
        self._database = database
        self._publication = publication

    @contextmanager
    def transaction(self) -> Iterator[EcritureSql]:
        """A transaction: SQLite's hold the only write lock, MySQL's lock the rows they read for a decision."""
        with self._database.transaction() as connection:
            ecriture = EcritureSql(connection, self._publication)
            yield ecriture
            ecriture.vider()

    def preparer_serie(self, nom: str, premier_rang: int) -> None:
        """One committed insert on a connection of its own; SQLite, with its one writer, does not need it."""
        if self._database.is_sqlite:
            return
        with self._database.read() as connection:
            if connection.execute(select(_S.nom).where(_S.nom == nom)).first() is not None:
                return
        with suppress(IntegrityError), self._database.engine.begin() as connection:
            connection.execute(_nouvelle_serie(nom, premier_rang))


class EcritureSql:
    """The writes of one transaction, with the documents it has loaded and locked."""

    def __init__(self, connection: Connection, publication: Publication) -> None:
        self._c = connection
        self._publication = publication
        self._chargees: dict[str, Facture] = {}
        self._reglements: dict[str, Reglement | None] = {}
        self._journal: list[Evenement] = []

    def vider(self) -> None:
        """Writes the events of the transaction, all at once; nothing in a transaction reads them."""
        if self._journal:
            self._c.execute(insert(t.evenement), [ligne_evenement(e) for e in self._journal])
            self._journal.clear()

    def facture(self, facture_id: str) -> Facture:
        facture = self._chargees.get(facture_id)
        if facture is None:
            self.verrouiller({facture_id})
            facture = self._chargees.get(facture_id)
        if facture is None:
            raise FactureIntrouvableError(facture_id)
        return facture

    def verrouiller(self, facture_ids: Collection[str], affectation_ids: Collection[str] = ()) -> None:
        """Locks in the order of identifiers, so that two transactions never wait for each other in a ring."""
        absentes = sorted(set(facture_ids) - self._chargees.keys())
        requete = select(t.facture).where(_F.id.in_(absentes)).order_by(_F.id).with_for_update()
        for row in self._c.execute(requete) if absentes else ():
            self._chargees[row.id] = lire_facture(row)
        if affectation_ids:
            self._reglements.update(dict.fromkeys(affectation_ids))
            connus = select(t.reglement).where(_R.affectation_id.in_(sorted(affectation_ids)))
            for row in self._c.execute(connus):
                self._reglements[row.affectation_id] = lire_reglement(row)

    def avoirs_de(self, facture_id: str) -> list[Facture]:
        requete = select(t.facture).where(_F.facture_origine_id == facture_id).order_by(_F.id)
        return [lire_facture(row) for row in self._c.execute(requete)]

    def numeros_connus(self, numeros: Collection[str]) -> Mapping[str, DocumentConnu]:
        requete = select(_F.numero, _F.id, _F.empreinte).where(_F.numero.in_(sorted(numeros)))
        return {row.numero: DocumentConnu(row.id, row.empreinte) for row in self._c.execute(requete)}

    def ajouter(self, factures: Sequence[Facture]) -> None:
        if not factures:
            return
        try:
            self._c.execute(insert(t.facture), [ligne_facture(f) for f in factures])
        except IntegrityError as erreur:
            raise NumeroPrisError("Un de ces numéros vient d'être pris.") from erreur

    def remplacer(self, facture: Facture) -> Facture:
        suivante = replace(facture, version=facture.version + 1)
        valeurs = ligne_facture(suivante)
        requete = update(t.facture).where(_F.id == facture.id, _F.version == facture.version)
        if self._c.execute(requete.values(valeurs)).rowcount != 1:
            raise FactureModifieeError("La facture a changé pendant l'opération : recommencez.")
        self._chargees[facture.id] = suivante
        return suivante

    def supprimer(self, facture_id: str) -> None:
        self._c.execute(delete(t.evenement).where(t.evenement.c.facture_id == facture_id))
        self._c.execute(delete(t.facture).where(_F.id == facture_id))
        self._chargees.pop(facture_id, None)

    def imputer(self, facture_id: str, mouvements: Mapping[Poste, int], le: datetime) -> Soldes:
        """The guard is in the statement: it holds even against a writer that did not lock the row."""
        facture = self.facture(facture_id)
        pris = sum(m for poste, m in mouvements.items() if poste is not Poste.CREDITES)
        changes: dict[str, Any] = {
            f"{poste.value.lower()}_centimes": _F[f"{poste.value.lower()}_centimes"] + montant
            for poste, montant in mouvements.items()
        }
        requete = (
            update(t.facture)
            .where(
                _F.id == facture_id,
                _F.reste_centimes >= pris,
                _F.reste_centimes - pris <= _F.total_ttc_centimes,
            )
            .values(
                **changes,
                reste_centimes=_F.reste_centimes - pris,
                version=_F.version + 1,
                modifie_le=le,
            )
        )
        if self._c.execute(requete).rowcount != 1:
            raise ResteInsuffisantError(
                "Le reste à payer de la facture ne suffit pas.", reste_centimes=facture.soldes.reste_centimes
            )
        soldes = facture.soldes
        for poste, montant in mouvements.items():
            soldes = soldes.imputer(poste, montant)
        self._chargees[facture_id] = replace(
            facture, soldes=soldes, version=facture.version + 1, modifie_le=le
        )
        return soldes

    def serie(self, nom: str, premier_rang: int) -> EtatSerie:
        """Locks the counter row by writing it first: a select alone would not keep a first issue from another."""
        verrou = update(t.serie).where(_S.nom == nom).values(dernier_rang=_S.dernier_rang)
        if self._c.execute(verrou).rowcount == 0 and self._lire_serie(nom) is None:
            self._creer_serie(nom, premier_rang)
        row = self._lire_serie(nom)
        if row is None:
            raise LookupError(f"series {nom} vanished")
        return lire_serie(row)

    def _lire_serie(self, nom: str) -> Any:
        return self._c.execute(select(t.serie).where(_S.nom == nom).with_for_update()).first()

    def _creer_serie(self, nom: str, premier_rang: int) -> None:
        """Another transaction may create it first: its row is then waited for and read."""
        savepoint = self._c.begin_nested()
        try:
            self._c.execute(_nouvelle_serie(nom, premier_rang))
        except IntegrityError:
            savepoint.rollback()
        else:
            savepoint.commit()

    def avancer_serie(self, etat: EtatSerie) -> None:
        self._c.execute(
            update(t.serie)
            .where(_S.nom == etat.nom)
            .values(
                dernier_rang=etat.dernier_rang,
                derniere_date=etat.derniere_date,
                derniere_empreinte=etat.derniere_empreinte,
            )
        )

    def reglement(self, affectation_id: str) -> Reglement | None:
        if affectation_id not in self._reglements:
            row = self._c.execute(select(t.reglement).where(_R.affectation_id == affectation_id)).first()
            self._reglements[affectation_id] = lire_reglement(row) if row else None
        return self._reglements[affectation_id]

    def poser_reglement(self, reglement: Reglement) -> None:
        try:
            self._c.execute(insert(t.reglement).values(ligne_reglement(reglement)))
        except IntegrityError as erreur:
            raise ReglementDifferentError(
                f"L'affectation {reglement.affectation_id} vient d'être utilisée pour une autre facture."
            ) from erreur
        self._reglements[reglement.affectation_id] = reglement

    def remplacer_reglement(self, reglement: Reglement) -> None:
        self._c.execute(
            update(t.reglement)
            .where(_R.affectation_id == reglement.affectation_id)
            .values(annule_centimes=reglement.annule_centimes)
        )
        self._reglements[reglement.affectation_id] = reglement

    def litiges(self, facture_id: str) -> list[Litige]:
        c = t.litige.c
        requete = select(t.litige).where(c.facture_id == facture_id).order_by(c.depuis, c.id)
        return [lire_litige(row) for row in self._c.execute(requete)]

    def poser_litige(self, litige: Litige) -> None:
        valeurs = ligne_litige(litige)
        if self._c.execute(update(t.litige).where(t.litige.c.id == litige.id).values(valeurs)).rowcount == 0:
            self._c.execute(insert(t.litige).values(valeurs))
        facture = self.facture(litige.facture_id)
        self.remplacer(replace(facture, modifie_le=litige.clos_le or litige.ouvert_le))

    def ajouter_litiges(self, litiges: Sequence[Litige]) -> None:
        if litiges:
            self._c.execute(insert(t.litige), [ligne_litige(x) for x in litiges])

    def journaliser(self, evenements: Sequence[Evenement]) -> None:
        self._journal.extend(evenements)

    def publier(self, destination: str, message: Mapping[str, Any]) -> str:
        return self._publication(self._c, destination, message)
