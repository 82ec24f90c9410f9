"""Payments, their allocations, refunds and the ledger of credits; outbox and kept answers."""

import sqlalchemy as sa
from alembic import op

from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Instant

revision = "0001_paiements"
down_revision = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "paiement",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String(36)),
        sa.Column("montant_centimes", sa.BigInteger, nullable=False),
        sa.Column("devise", sa.String(3), nullable=False),
        sa.Column("date_paiement", sa.Date, nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("reference_externe", sa.String(120)),
        sa.Column("moyen", sa.String(12), nullable=False),
        sa.Column("reference", sa.String(200)),
        sa.Column("notifier", sa.Boolean, nullable=False),
        sa.Column("etat", sa.String(24), nullable=False),
        sa.Column("imputation", sa.String(16), nullable=False),
        sa.Column("rejet_le", sa.Date),
        sa.Column("rejet_motif", sa.String(500)),
        sa.Column("cle", sa.String(64), unique=True),
        sa.Column("confirme", sa.Boolean, nullable=False),
        sa.Column("recherche", sa.Text, nullable=False),
        sa.Column("en_attente_centimes", sa.BigInteger, nullable=False),
        sa.Column("a_annuler_centimes", sa.BigInteger, nullable=False),
        sa.Column("cree_le", Instant, nullable=False),
        sa.Column("modifie_le", Instant, nullable=False),
        sa.UniqueConstraint("source", "reference_externe", name="uq_paiement_reference"),
        sa.CheckConstraint("montant_centimes > 0", name="ck_paiement_montant"),
    )
    op.create_index("ix_paiement_client", "paiement", ["client_id", "date_paiement"])
    op.create_index("ix_paiement_date", "paiement", ["date_paiement", "id"])
    op.create_index("ix_paiement_etat", "paiement", ["etat", "id"])
    op.create_table(
        "affectation",
        sa.Column("affectation_id", sa.String(36), primary_key=True),
        sa.Column("paiement_id", sa.String(36), sa.ForeignKey("paiement.id"), nullable=False),
        sa.Column("rang", sa.Integer, nullable=False),
        sa.Column("facture_id", sa.String(36), nullable=False),
        sa.Column("numero", sa.String(35)),
        sa.Column("montant_centimes", sa.BigInteger, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("etat", sa.String(10), nullable=False),
        sa.Column("motif", sa.String(60)),
        sa.Column("reste_facture_centimes", sa.BigInteger),
        sa.Column("verifiee", sa.Boolean, nullable=False),
        sa.Column("a_annuler_centimes", sa.BigInteger, nullable=False),
        sa.Column("annulation_cle", sa.String(36)),
        sa.Column("annulation_le", sa.Date),
        sa.Column("annulation_motif", sa.String(500)),
        sa.UniqueConstraint("paiement_id", "rang", name="uq_affectation_rang"),
    )
    op.create_index("ix_affectation_facture_id", "affectation", ["facture_id"])
    op.create_table(
        "remboursement",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("paiement_id", sa.String(36), sa.ForeignKey("paiement.id"), nullable=False),
        sa.Column("montant_centimes", sa.BigInteger, nullable=False),
        sa.Column("motif", sa.String(500), nullable=False),
        sa.Column("date", sa.Date, nullable=False),
    )
    op.create_index("ix_remboursement_paiement_id", "remboursement", ["paiement_id"])
    op.create_table(
        "mouvement",
        sa.Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("paiement_id", sa.String(36), sa.ForeignKey("paiement.id"), nullable=False),
        sa.Column("nature", sa.String(10), nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("centimes", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_mouvement_paiement_id", "mouvement", ["paiement_id"])
    create_standard_tables("idempotency", "outbox")


def downgrade() -> None:
    drop_standard_tables("outbox", "idempotency")
    for name in ("mouvement", "remboursement", "affectation", "paiement"):
        op.drop_table(name)
