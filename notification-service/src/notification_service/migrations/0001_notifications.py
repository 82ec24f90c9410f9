"""Notifications, the invoices they speak of, their attempts; inbox, outbox and kept answers."""

import sqlalchemy as sa
from alembic import op

from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Instant, Json

revision = "0001_notifications"
down_revision = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(160), nullable=False, unique=True),
        sa.Column("type", sa.String(30), nullable=False),
        sa.Column("canal", sa.String(10), nullable=False),
        sa.Column("etat", sa.String(10), nullable=False),
        sa.Column("client_id", sa.String(36)),
        sa.Column("message", Json, nullable=False),
        sa.Column("destinataire", Json),
        sa.Column("contenu", Json),
        sa.Column("motif", sa.Text),
        sa.Column("fournisseur_id", sa.String(255)),
        sa.Column("recherche", sa.Text, nullable=False),
        sa.Column("heures_ouvrees", sa.Boolean, nullable=False),
        sa.Column("confirmee", sa.Boolean, nullable=False),
        sa.Column("essais", sa.Integer, nullable=False),
        sa.Column("envois", sa.Integer, nullable=False),
        sa.Column("prochain_essai", Instant, nullable=False),
        sa.Column("pretee_jusqu_au", Instant),
        sa.Column("transmission_le", Instant),
        sa.Column("envoyee_le", Instant),
        sa.Column("cree_le", Instant, nullable=False),
        sa.Column("modifie_le", Instant, nullable=False),
    )
    op.create_index("ix_notification_file", "notification", ["etat", "prochain_essai"])
    op.create_index("ix_notification_cree_le", "notification", ["cree_le", "id"])
    op.create_index("ix_notification_client_id", "notification", ["client_id"])
    op.create_table(
        "notification_facture",
        sa.Column("notification_id", sa.String(36), sa.ForeignKey("notification.id"), primary_key=True),
        sa.Column("facture_id", sa.String(36), primary_key=True),
    )
    op.create_index("ix_notification_facture", "notification_facture", ["facture_id"])
    op.create_table(
        "tentative",
        sa.Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("notification_id", sa.String(36), sa.ForeignKey("notification.id"), nullable=False),
        sa.Column("rang", sa.Integer, nullable=False),
        sa.Column("le", Instant, nullable=False),
        sa.Column("resultat", sa.String(14), nullable=False),
        sa.Column("detail", sa.Text),
        sa.UniqueConstraint("notification_id", "rang", name="uq_tentative_rang"),
    )
    create_standard_tables("idempotency", "inbox", "outbox")


def downgrade() -> None:
    drop_standard_tables("outbox", "inbox", "idempotency")
    for name in ("tentative", "notification_facture", "notification"):
        op.drop_table(name)
