"""What the list of reminders is searched by and whom a reminder was meant for; saved views."""

import unicodedata

import sqlalchemy as sa
from alembic import op

from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Json

revision = "0002_listes"
down_revision = "0001_tables"

_TRANCHE = 500


def upgrade() -> None:
    op.add_column("relance", sa.Column("destinataire", Json))
    op.add_column("relance", sa.Column("recherche", sa.Text))
    _remplir_recherche()
    op.create_index("ix_relance_execution", "relance", ["execution_id"])
    create_standard_tables("saved_view")


def downgrade() -> None:
    drop_standard_tables("saved_view")
    op.drop_index("ix_relance_execution", "relance")
    for name in ("recherche", "destinataire"):
        op.drop_column("relance", name)


def _remplir_recherche() -> None:
    relance = sa.table(
        "relance", sa.column("id"), sa.column("nom"), sa.column("factures", Json), sa.column("recherche")
    )
    connection, dernier = op.get_bind(), ""
    requete = (
        sa.select(relance.c.id, relance.c.nom, relance.c.factures).order_by(relance.c.id).limit(_TRANCHE)
    )
    while rows := connection.execute(requete.where(relance.c.id > dernier)).all():
        for row in rows:
            texte = "\n".join((row.nom, *(facture["numero"] for facture in row.factures)))
            connection.execute(
                sa.update(relance).where(relance.c.id == row.id).values(recherche=_plier(texte))
            )
        dernier = rows[-1].id


def _plier(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))
