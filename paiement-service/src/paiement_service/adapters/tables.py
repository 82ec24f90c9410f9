"""The tables of `paiement_db`. Money in integer cents, instants in UTC."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ressort.data import Instant, idempotency_table, outbox_table
from ressort.data.tables import saved_view_table

_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

paiement = Table(
    "paiement",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("client_id", String(36)),
    Column("montant_centimes", BigInteger, nullable=False),
    Column("devise", String(3), nullable=False),
    Column("date_paiement", Date, nullable=False),
    Column("source", String(10), nullable=False),
    Column("reference_externe", String(120)),
    Column("moyen", String(12), nullable=False),
    Column("reference", String(200)),
    Column("notifier", Boolean, nullable=False),
    Column("etat", String(24), nullable=False),
    Column("imputation", String(16), nullable=False),
    Column("rejet_le", Date),
    Column("rejet_motif", String(500)),
    Column("cle", String(64), unique=True),
    Column("confirme", Boolean, nullable=False),
    Column("recherche", Text, nullable=False),
    Column("en_attente_centimes", BigInteger, nullable=False),
    Column("a_annuler_centimes", BigInteger, nullable=False),
    Column("rembourse_centimes", BigInteger, nullable=False, server_default="0"),
    Column("non_affecte_centimes", BigInteger, nullable=False, server_default="0"),
    Column("cree_le", Instant, nullable=False),
    Column("modifie_le", Instant, nullable=False),
    UniqueConstraint("source", "reference_externe", name="uq_paiement_reference"),
    CheckConstraint("montant_centimes > 0", name="ck_paiement_montant"),
    Index("ix_paiement_client", "client_id", "date_paiement"),
    Index("ix_paiement_date", "date_paiement", "id"),
    Index("ix_paiement_etat", "etat", "id"),
    Index("ix_paiement_credit", "non_affecte_centimes", "id"),
)

affectation = Table(
    "affectation",
    metadata,
    Column("affectation_id", String(36), primary_key=True),
    Column("paiement_id", String(36), ForeignKey("paiement.id"), nullable=False),
    Column("rang", Integer, nullable=False),
    Column("facture_id", String(36), nullable=False, index=True),
    Column("numero", String(35)),
    Column("montant_centimes", BigInteger, nullable=False),
    Column("date", Date, nullable=False),
    Column("etat", String(10), nullable=False),
    Column("motif", String(60)),
    Column("reste_facture_centimes", BigInteger),
    Column("verifiee", Boolean, nullable=False),
    Column("a_annuler_centimes", BigInteger, nullable=False),
    Column("annulation_cle", String(36)),
    Column("annulation_le", Date),
    Column("annulation_motif", String(500)),
    UniqueConstraint("paiement_id", "rang", name="uq_affectation_rang"),
)

remboursement = Table(
    "remboursement",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("paiement_id", String(36), ForeignKey("paiement.id"), nullable=False, index=True),
    Column("montant_centimes", BigInteger, nullable=False),
    Column("motif", String(500), nullable=False),
    Column("date", Date, nullable=False),
)

mouvement = Table(
    "mouvement",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("paiement_id", String(36), ForeignKey("paiement.id"), nullable=False, index=True),
    Column("nature", String(10), nullable=False),
    Column("date", Date, nullable=False),
    Column("centimes", BigInteger, nullable=False),
    Index("ix_mouvement_date", "date", "nature"),
)

idempotency = idempotency_table(metadata)
outbox = outbox_table(metadata)
saved_view = saved_view_table(metadata)
