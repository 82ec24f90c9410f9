"""Tabs, cities and possible duplicates of the list; saved views."""

import sqlalchemy as sa
from alembic import op

from client_service.adapters.colonnes import colonnes_tirees
from client_service.adapters.fiche_json import fiche_de_json
from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Json

revision = "0002_listes"
down_revision = "0001_clients"

_TRANCHE = 500
_INDEX = {
    "ix_client_ville": ["ville", "id"],
    "ix_client_siren": ["siren"],
    "ix_client_courriel": ["courriel"],
    "ix_client_nom_compare": ["nom_compare"],
}


def upgrade() -> None:
    for colonne in _colonnes():
        op.add_column("client", colonne)
    _remplir()
    for nom, colonnes in _INDEX.items():
        op.create_index(nom, "client", colonnes)
    create_standard_tables("saved_view")


def downgrade() -> None:
    drop_standard_tables("saved_view")
    for nom in _INDEX:
        op.drop_index(nom, "client")
    for colonne in _colonnes():
        op.drop_column("client", colonne.name)


def _colonnes() -> list[sa.Column]:
    return [
        sa.Column("ville", sa.String(300), nullable=False, server_default=""),
        sa.Column("courriel", sa.String(254), nullable=False, server_default=""),
        sa.Column("nom_compare", sa.String(300), nullable=False, server_default=""),
        sa.Column("sans_siren", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("suspendu_jusqu_au", sa.Date),
    ]


def _remplir() -> None:
    """Draws the new columns from the records, a slice at a time."""
    client = sa.table("client", sa.column("id"), sa.column("fiche", Json), *_colonnes())
    ecrire = sa.update(client).where(client.c.id == sa.bindparam("cle"))
    lire = sa.select(client.c.id, client.c.fiche).order_by(client.c.id).limit(_TRANCHE)
    dernier = ""
    while rows := op.get_bind().execute(lire.where(client.c.id > dernier)).all():
        valeurs = [{"cle": row.id, **colonnes_tirees(fiche_de_json(row.fiche))} for row in rows]
        op.get_bind().execute(ecrire, valeurs)
        dernier = rows[-1].id
