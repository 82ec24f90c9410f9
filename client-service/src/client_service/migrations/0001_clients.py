"""Clients, and the answers kept for repeated requests."""

import sqlalchemy as sa
from alembic import op

from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Instant, Json

revision = "0001_clients"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("type", sa.String(12), nullable=False),
        sa.Column("archive", sa.Boolean, nullable=False),
        sa.Column("nom_affiche", sa.String(300), nullable=False),
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("reference_externe", sa.String(120), nullable=False),
        sa.Column("siret_unique", sa.String(14), unique=True),
        sa.Column("siren_unique", sa.String(9), unique=True),
        sa.Column("reference_unique", sa.String(120), unique=True),
        sa.Column("recherche", sa.Text, nullable=False),
        sa.Column("fiche", Json, nullable=False),
        sa.Column("cree_le", Instant, nullable=False),
        sa.Column("modifie_le", Instant, nullable=False),
    )
    op.create_index("ix_client_nom", "client", ["nom_affiche", "id"])
    op.create_index("ix_client_cree_le", "client", ["cree_le", "id"])
    create_standard_tables("idempotency")


def downgrade() -> None:
    drop_standard_tables("idempotency")
    op.drop_table("client")
