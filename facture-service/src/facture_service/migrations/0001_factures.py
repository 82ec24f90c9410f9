"""Invoices, their journal, disputes, settlements, series, outbox and idempotency answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from ressort.data import Instant, Json
from ressort.data.migrations import create_standard_tables, drop_standard_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LONG_TEXT = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")


def _centimes(nom: str) -> sa.Column[int]:
    return sa.Column(nom, sa.BigInteger, nullable=False)


def upgrade() -> None:
    """The schema of the first release."""
    op.create_table(
        "facture",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("type", sa.String(10), nullable=False),
        sa.Column("statut", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("nom_client", sa.String(200), nullable=False),
        sa.Column("devise", sa.String(3), nullable=False),
        sa.Column("numero", sa.String(35), unique=True),
        sa.Column("serie", sa.String(35)),
        sa.Column("rang", sa.Integer),
        sa.Column("date_emission", sa.Date),
        sa.Column("date_echeance", sa.Date),
        sa.Column("emise_le", Instant),
        _centimes("total_ttc_centimes"),
        _centimes("avoirs_centimes"),
        _centimes("regle_centimes"),
        _centimes("ecarts_centimes"),
        _centimes("credites_centimes"),
        _centimes("reste_centimes"),
        sa.Column("facture_origine_id", sa.String(36), index=True),
        sa.Column("empreinte", sa.String(71)),
        sa.Column("recherche", sa.Text, nullable=False),
        sa.Column("document", LONG_TEXT, nullable=False),
        sa.Column("cree_le", Instant, nullable=False),
        sa.Column("modifie_le", Instant, nullable=False),
        sa.UniqueConstraint("serie", "rang", name="uq_facture_rang"),
        sa.CheckConstraint("reste_centimes >= 0", name="ck_facture_reste"),
        sa.CheckConstraint(
            "statut = 'BROUILLON' OR "
            "total_ttc_centimes = avoirs_centimes + regle_centimes + ecarts_centimes + reste_centimes",
            name="ck_facture_solde",
        ),
        sa.CheckConstraint("credites_centimes <= total_ttc_centimes", name="ck_facture_credits"),
        sa.Index("ix_facture_emission", "date_emission", "numero", "id"),
        sa.Index("ix_facture_client", "client_id", "date_emission"),
        sa.Index("ix_facture_echeance", "date_echeance"),
    )
    op.create_table(
        "evenement",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("facture_id", sa.String(36), sa.ForeignKey("facture.id"), nullable=False),
        sa.Column("type", sa.String(30), nullable=False),
        sa.Column("date_effet", sa.Date, nullable=False),
        sa.Column("enregistre_le", Instant, nullable=False),
        sa.Column("poste", sa.String(10)),
        sa.Column("montant_centimes", sa.BigInteger),
        sa.Column("details", Json, nullable=False),
        sa.Index("ix_evenement_facture", "facture_id", "enregistre_le"),
        sa.Index("ix_evenement_date", "date_effet"),
    )
    op.create_table(
        "litige",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("facture_id", sa.String(36), sa.ForeignKey("facture.id"), nullable=False),
        sa.Column("motif", sa.Text, nullable=False),
        sa.Column("depuis", sa.Date, nullable=False),
        sa.Column("jusqu_au", sa.Date),
        sa.Column("ouvert_le", Instant, nullable=False),
        sa.Column("clos_le", Instant),
        sa.Index("ix_litige_facture", "facture_id", "depuis"),
    )
    op.create_table(
        "reglement",
        sa.Column("affectation_id", sa.String(36), primary_key=True),
        sa.Column("facture_id", sa.String(36), sa.ForeignKey("facture.id"), nullable=False, index=True),
        sa.Column("paiement_id", sa.String(36)),
        sa.Column("demande_centimes", sa.BigInteger),
        sa.Column("plafonner", sa.Boolean),
        sa.Column("date_reglement", sa.Date),
        _centimes("affecte_centimes"),
        _centimes("annule_centimes"),
    )
    op.create_table(
        "serie",
        sa.Column("nom", sa.String(35), primary_key=True),
        sa.Column("premier_rang", sa.Integer, nullable=False),
        sa.Column("dernier_rang", sa.Integer, nullable=False),
        sa.Column("derniere_date", sa.Date),
        sa.Column("derniere_empreinte", sa.String(71)),
    )
    create_standard_tables("outbox", "idempotency")


def downgrade() -> None:
    """Back to an empty schema."""
    drop_standard_tables("outbox", "idempotency")
    for table in ("serie", "reglement", "litige", "evenement", "facture"):
        op.drop_table(table)
