"""A database that was there before: its clients are found by what is new."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import client_service
from client_service.adapters.sql import MagasinSql
from client_service.adapters.tables import clients
from client_service.application.consultation import Criteres, OngletClients
from client_service.application.doublons import Indices, MotifDoublon
from ressort.data import Database
from ressort.flask.paging import PageRequest, SortKey
from ressort.flask.views_sql import SqlViews

MIGRATIONS = Path(client_service.__file__).parent / "migrations"
INSTANT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ANCIENNES = [
    "id",
    "version",
    "type",
    "archive",
    "nom_affiche",
    "siren",
    "reference_externe",
    "siret_unique",
    "siren_unique",
    "reference_unique",
    "recherche",
    "fiche",
    "cree_le",
    "modifie_le",
]


def ancien(numero: int, **fiche: Any) -> dict[str, Any]:
    """A row as it was written before the list had tabs."""
    champs = {"type": "ENTREPRISE", "raison_sociale": "Moulins Réunis SARL", **fiche}
    row = {"id": f"c{numero:05}", "version": 1, "type": "ENTREPRISE", "archive": False, "siren": ""}
    textes = {"nom_affiche": "moulins reunis sarl", "reference_externe": "", "recherche": "moulins"}
    return {**row, **textes, "fiche": champs, "cree_le": INSTANT, "modifie_le": INSTANT}


def test_clients_of_before_have_what_is_drawn_from_them(base: Database, tmp_path: Path) -> None:
    """More of them than one slice; saved views are there."""
    avant = tmp_path / "avant"
    avant.mkdir()
    shutil.copy(MIGRATIONS / "0001_clients.py", avant)
    base.migrate(avant)
    suspendu = ancien(
        0,
        email="Compta@Moulins.example",
        suspension={"motif": "litige", "jusqu_au": None},
        adresse={"ligne1": "1 rue X", "ville": "Évry", "code_postal": "91000", "pays": "FR"},
    )
    with base.transaction() as connection:
        table = sa.table("client", *(sa.column(nom, clients.c[nom].type) for nom in ANCIENNES))
        connection.execute(sa.insert(table), [suspendu, *(ancien(i) for i in range(1, 1002))])
    base.migrate(MIGRATIONS)

    magasin = MagasinSql(base)
    comptes = magasin.compteurs(Criteres(jour=INSTANT.date()))
    assert [compte.total for compte in comptes] == [1002, 1002, 1, 1001, 1002, 0]
    (dernier,) = magasin.page(
        Criteres(jour=INSTANT.date(), onglet=OngletClients.SUSPENDUS),
        PageRequest(1, (SortKey("ville"), SortKey("id"))),
    ).clients
    assert dernier.id == "c00000"
    (doublon,) = magasin.doublons(Indices.de(email="compta@moulins.example"), None, 10)
    assert doublon.motif is MotifDoublon.COURRIEL
    assert len(magasin.doublons(Indices.de(nom="Réunis, Moulins"), None, 10)) == 10
    assert list(SqlViews(base).all("clients")) == []
    assert dernier.fiche.ville == "Évry"
