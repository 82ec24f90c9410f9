"""A database that was there before: its notifications are found by what is new."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import notification_service
from notification_service.adapters import tables as t
from notification_service.adapters.sql import MagasinSql
from notification_service.application.consultation import Criteres
from ressort.data import Database
from ressort.flask.paging import PageRequest, SortKey
from ressort.flask.views_sql import SqlViews

MIGRATIONS = Path(notification_service.__file__).parent / "migrations"
INSTANT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NEUVES = {"destinataire_nom"}


def ancienne(numero: int, nom: str | None) -> dict[str, Any]:
    """A row as it was written before recipients could be sorted by."""
    destinataire = nom and {"nom": nom, "email": None, "telephone": None, "langue": "fr"}
    return {
        "id": f"n{numero:05}",
        "version": 1,
        "message_id": f"m{numero}",
        "type": "PaiementConfirme",
        "canal": "EMAIL",
        "etat": "ENVOYEE",
        "client_id": "c1",
        "message": {"affectations": [{"numero": f"FA-{numero}"}]},
        "destinataire": destinataire,
        "contenu": {"sujet": "Reçu", "texte": "", "html": ""},
        "recherche": "écrit autrement",
        "heures_ouvrees": False,
        "confirmee": False,
        "essais": 0,
        "envois": 1,
        "prochain_essai": INSTANT,
        "cree_le": INSTANT,
        "modifie_le": INSTANT,
    }


def test_notifications_of_before_are_sorted_and_found(base: Database, tmp_path: Path) -> None:
    """More of them than one slice; saved views are there."""
    avant = tmp_path / "avant"
    avant.mkdir()
    shutil.copy(MIGRATIONS / "0001_notifications.py", avant)
    base.migrate(avant)
    rows = [ancienne(0, "Évry Moulins"), *(ancienne(i, None if i % 2 else "Zoé") for i in range(1, 1002))]
    table = sa.table(
        "notification", *(sa.column(c.name, c.type) for c in t.notification.c if c.name not in NEUVES)
    )
    with base.transaction() as connection:
        connection.execute(sa.insert(table), rows)
    base.migrate(MIGRATIONS)

    magasin = MagasinSql(base, lambda *_: None)
    demande = PageRequest(1, (SortKey("destinataire", True), SortKey("id", True)), ("f", "n"))
    (evry, _) = magasin.page(Criteres(jour=INSTANT.date()), demande).notifications
    assert evry.id == "n00000"
    assert magasin.page(Criteres(jour=INSTANT.date(), q="evry"), PageRequest(1, (SortKey("id"),))).total == 1
    assert (
        magasin.page(Criteres(jour=INSTANT.date(), q="fa-777"), PageRequest(1, (SortKey("id"),))).total == 1
    )
    assert list(SqlViews(base).all("notifications")) == []
