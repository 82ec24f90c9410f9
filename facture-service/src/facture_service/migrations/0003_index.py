"""Indexes for lists by balance and for sums over the whole ledger."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SOMMEES = (
    "devise",
    "type",
    "statut",
    "date_emission",
    "date_echeance",
    "total_ttc_centimes",
    "reste_centimes",
    "id",
)


def upgrade() -> None:
    """The order of balances; all that sums read, so that they leave the documents unread."""
    op.create_index("ix_facture_reste", "facture", ["reste_centimes", "id"])
    op.create_index("ix_facture_sommes", "facture", list(SOMMEES))


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_facture_sommes", "facture")
    op.drop_index("ix_facture_reste", "facture")
