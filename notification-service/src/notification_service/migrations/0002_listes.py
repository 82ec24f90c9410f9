"""Recipients to sort by, search without accents, saved views."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from notification_service.adapters.colonnes import colonnes_tirees
from notification_service.domain.notification import Contenu, Destinataire
from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Json

revision = "0002_listes"
down_revision = "0001_notifications"

_TRANCHE = 500
_INDEX = {
    "ix_notification_onglet": ["etat", "cree_le", "id"],
    "ix_notification_envoyee_le": ["envoyee_le", "id"],
    "ix_notification_destinataire": ["destinataire_nom", "id"],
}


def upgrade() -> None:
    nom = sa.Column("destinataire_nom", sa.String(300), nullable=False, server_default="")
    op.add_column("notification", nom)
    _remplir()
    for index, colonnes in _INDEX.items():
        op.create_index(index, "notification", colonnes)
    create_standard_tables("saved_view")


def downgrade() -> None:
    drop_standard_tables("saved_view")
    for index in _INDEX:
        op.drop_index(index, "notification")
    op.drop_column("notification", "destinataire_nom")


def _remplir() -> None:
    """Draws the columns from the notifications, a slice at a time."""
    t = sa.table(
        "notification",
        sa.column("id"),
        sa.column("message", Json),
        sa.column("destinataire", Json),
        sa.column("contenu", Json),
        sa.column("recherche"),
        sa.column("destinataire_nom"),
    )
    ecrire = sa.update(t).where(t.c.id == sa.bindparam("cle"))
    lire = sa.select(t.c.id, t.c.message, t.c.destinataire, t.c.contenu).order_by(t.c.id).limit(_TRANCHE)
    dernier = ""
    while rows := op.get_bind().execute(lire.where(t.c.id > dernier)).all():
        op.get_bind().execute(ecrire, [_valeurs(row) for row in rows])
        dernier = rows[-1].id


def _valeurs(row: sa.Row[Any]) -> Mapping[str, Any]:
    destinataire = Destinataire(**row.destinataire) if row.destinataire else None
    contenu = Contenu(**row.contenu) if row.contenu else None
    return {"cle": row.id, **colonnes_tirees(row.message, destinataire, contenu)}
