"""Everything in memory: the same statements on a database that lives as long as the process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import MetaData

from batch.adapters.sql_politiques import PolitiquesSql
from batch.adapters.tables import metadata
from batch.application.ports import FactureReprise, PolitiqueDatee, Repris
from batch.domain.dossier import Client, FactureEnRetard, Solde
from batch.domain.interets import Mouvement, TypeClient
from batch.domain.politique import STANDARD
from ressort.batch import batch_tables, shedlock_table
from ressort.data import Database, idempotency_table, inbox_table, outbox_table


def base_en_memoire() -> Database:
    """A database with every table of the member, as its migrations make them."""
    database = Database.open("sqlite://")
    communes = MetaData()
    tables = batch_tables(communes)
    for declarer in (outbox_table, inbox_table, idempotency_table, shedlock_table):
        declarer(communes)
    with database.transaction() as connection:
        communes.create_all(connection)
        metadata.create_all(connection)
        for sequence in tables.sequences.values():
            connection.execute(sequence.insert().values(ID=0, UNIQUE_KEY="0"))
    PolitiquesSql(database).ecrire_politique(PolitiqueDatee(STANDARD, datetime.now(UTC)))
    return database


class ServicesEnMemoire:
    """Fits `Encours` and `Destinations`: three services that keep what a take-over gives them."""

    def __init__(self) -> None:
        self.clients_par_id: dict[str, Client] = {}
        self.factures: dict[str, dict[str, Any]] = {}
        self.paiements: dict[str, dict[str, Any]] = {}
        self.credits: dict[tuple[str, str], Solde] = {}
        self.avoirs: list[tuple[str, str, date, int]] = []
        self.en_attente: set[str] = set()

    def factures_en_retard(self, au: date) -> list[FactureEnRetard]:
        return [f for f in self._ouvertes(au) if f.date_echeance < au]

    def facture_existe(self, facture_id: str) -> bool:
        return facture_id.removeprefix("f-") in self.factures

    def mouvements(self, facture_id: str) -> Sequence[Mouvement]:
        return [
            Mouvement(date.fromisoformat(paiement["date_paiement"]), part["montant_centimes"])
            for paiement in self.paiements.values()
            for part in paiement["affectations"]
            if part["facture_id"] == facture_id
        ]

    def clients(self, ids: Collection[str]) -> Mapping[str, Client]:
        return {id: self.clients_par_id[id] for id in ids if id in self.clients_par_id}

    def soldes(self, ids: Collection[str], au: date) -> Mapping[str, Mapping[str, Solde]]:
        return {
            id: {devise: solde for (client, devise), solde in self.credits.items() if client == id}
            for id in ids
        }

    def avoirs_a_affecter(self, au: date) -> Mapping[str, Mapping[str, int]]:
        trouves: dict[str, dict[str, int]] = {}
        for client_id, devise, emission, centimes in self.avoirs:
            if emission <= au:
                par_devise = trouves.setdefault(client_id, {})
                par_devise[devise] = par_devise.get(devise, 0) + centimes
        return trouves

    def reprendre_clients(self, fiches: Sequence[Mapping[str, Any]]) -> list[Repris]:
        repris = []
        for fiche in fiches:
            reference = fiche["reference_externe"]
            if "email" in fiche and fiche["email"] is not None and "@" not in fiche["email"]:
                repris.append(
                    Repris(reference, None, ("courriel-invalide", "/email L'adresse est invalide."))
                )
                continue
            id = f"c-{reference}"
            nom = fiche.get("raison_sociale") or fiche["nom"]
            self.clients_par_id.setdefault(
                id, Client(id, nom, TypeClient(fiche["type"]), email=fiche["email"])
            )
            repris.append(Repris(reference, id))
        return repris

    def reprendre_factures(self, factures: Sequence[Mapping[str, Any]]) -> list[Repris]:
        repris = []
        for facture in factures:
            reference = facture["reference"]
            connue = self.factures.setdefault(reference, dict(facture))
            pareille = {**connue, "litige": None} == {**facture, "litige": None}
            refus = None if pareille else ("reference-connue-differente", "/reference Numéro déjà connu.")
            repris.append(Repris(reference, None if refus else f"f-{reference}", refus))
        return repris

    def reprendre_paiements(self, paiements: Sequence[Mapping[str, Any]]) -> list[Repris]:
        repris = []
        for paiement in paiements:
            reference = paiement["reference_externe"]
            self.paiements.setdefault(reference, dict(paiement))
            repris.append(Repris(reference, f"p-{reference}"))
        return repris

    def factures_ouvertes(self, au: date) -> Iterator[FactureReprise]:
        for facture in self._ouvertes(au):
            yield FactureReprise(facture.numero, facture.reste_centimes, facture.devise)

    def paiements_en_attente(self) -> Iterator[str]:
        yield from list(self.en_attente)

    def _ouvertes(self, au: date) -> list[FactureEnRetard]:
        reglees: dict[str, int] = defaultdict(int)
        for paiement in self.paiements.values():
            if date.fromisoformat(paiement["date_paiement"]) <= au:
                for part in paiement["affectations"]:
                    reglees[part["facture_id"]] += part["montant_centimes"]
        ouvertes = []
        for reference, facture in self.factures.items():
            emission = date.fromisoformat(facture["date_emission"])
            reste = facture["total_ttc_centimes"] - reglees[f"f-{reference}"]
            if emission <= au and reste > 0:
                ouvertes.append(_ouverte(reference, facture, reste))
        return ouvertes


def _ouverte(reference: str, facture: Mapping[str, Any], reste: int) -> FactureEnRetard:
    litige = facture.get("litige")
    return FactureEnRetard(
        f"f-{reference}",
        reference,
        facture["client_id"],
        facture["devise"],
        date.fromisoformat(facture["date_emission"]),
        date.fromisoformat(facture["date_echeance"]),
        facture["total_ttc_centimes"],
        reste,
        litige["motif"] if litige else None,
        mouvementee=reste != facture["total_ttc_centimes"],
    )
