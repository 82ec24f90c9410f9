"""A database of before the list's tabs: what they are made of, and searched by, is computed from what was there."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import text

from paiement_service.adapters.sql import MagasinSql
from paiement_service.application.consultation import Criteres
from ressort.data import Database
from ressort.flask.paging import PageRequest, SortKey

MIGRATIONS = files("paiement_service") / "migrations"
JOUR = date(2026, 11, 20)
PAIEMENT = {
    "version": 1,
    "client_id": "c1",
    "montant_centimes": 10_000,
    "devise": "EUR",
    "date_paiement": JOUR,
    "source": "SAISIE",
    "moyen": "VIREMENT",
    "notifier": True,
    "imputation": "INDIQUEE",
    "rejet_le": None,
    "confirme": True,
    "recherche": "loyer février, bon cœur",
    "en_attente_centimes": 0,
    "a_annuler_centimes": 0,
    "cree_le": datetime(2026, 11, 20, 9),
    "modifie_le": datetime(2026, 11, 20, 9),
}
AFFECTATION = {"numero": "FA-1", "date": JOUR, "verifiee": True, "facture_id": "f1", "a_annuler_centimes": 0}


def _inserer(connection: Any, table: str, **valeurs: Any) -> None:
    colonnes = ", ".join(f"`{nom}`" for nom in valeurs)
    connection.execute(
        text(f"INSERT INTO {table} ({colonnes}) VALUES ({', '.join(':' + nom for nom in valeurs)})"), valeurs
    )


def _affecter(connection: Any, paiement_id: str, rang: int, centimes: int, etat: str, **plus: Any) -> None:
    valeurs = {**AFFECTATION, "montant_centimes": centimes, "etat": etat, "rang": rang, **plus}
    _inserer(
        connection,
        "affectation",
        affectation_id=f"{paiement_id}-{rang}",
        paiement_id=paiement_id,
        **valeurs,
    )


def test_credits_and_refunds_are_found_again(any_database: Database, tmp_path: Path) -> None:
    """The stored figures are those that the payments themselves give."""
    shutil.copy(str(MIGRATIONS / "0001_paiements.py"), tmp_path)
    any_database.migrate(tmp_path)
    with any_database.transaction() as connection:
        for cle, plus in (
            ("p1", {"etat": "CONFIRME"}),
            ("p2", {"etat": "EN_ATTENTE", "en_attente_centimes": 4_000}),
            ("p3", {"etat": "ANNULATION_EN_ATTENTE", "a_annuler_centimes": 1_000}),
            ("p4", {"etat": "REJETE", "rejet_le": JOUR}),
        ):
            _inserer(connection, "paiement", id=cle, **{**PAIEMENT, **plus})
        _affecter(connection, "p1", 0, 3_000, "AFFECTEE")
        _affecter(connection, "p1", 1, 2_000, "AFFECTEE")
        _affecter(connection, "p1", 2, 1_000, "REFUSEE")
        _affecter(connection, "p2", 0, 4_000, "EN_ATTENTE")
        _affecter(connection, "p3", 0, 9_000, "AFFECTEE", a_annuler_centimes=1_000, annulation_le=JOUR)
        _affecter(connection, "p4", 0, 9_000, "ANNULEE")
        _inserer(
            connection,
            "remboursement",
            id="r1",
            paiement_id="p3",
            montant_centimes=2_000,
            motif="x",
            date=JOUR,
        )

    any_database.migrate(MIGRATIONS)

    magasin = MagasinSql(any_database, lambda *_: None)
    paiements = magasin.page(Criteres(), PageRequest(50, (SortKey("id"),))).paiements
    assert [(p.non_affecte_centimes, p.rembourse_centimes) for p in paiements] == [
        (5_000, 0),
        (6_000, 0),
        (0, 2_000),
        (0, 0),
    ]
    par_ordre = magasin.page(Criteres(), PageRequest(50, (SortKey("non_affecte_centimes"), SortKey("id"))))
    assert [p.id for p in par_ordre.paiements] == ["p3", "p4", "p1", "p2"]
    assert magasin.page(Criteres(q="Cœur"), PageRequest(50, (SortKey("id"),))).total == 4
    assert magasin.page(Criteres(q="Fevrier"), PageRequest(50, (SortKey("id"),))).total == 4
    assert sum(t.non_affecte_centimes for t in par_ordre.totaux) == 11_000
