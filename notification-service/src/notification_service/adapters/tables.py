"""The tables of `notification_db`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ressort.data import Instant, Json, idempotency_table, inbox_table, outbox_table, saved_view_table

_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

notification = Table(
    "notification",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("message_id", String(160), nullable=False, unique=True),
    Column("type", String(30), nullable=False),
    Column("canal", String(10), nullable=False),
    Column("etat", String(10), nullable=False),
    Column("client_id", String(36), index=True),
    Column("message", Json, nullable=False),
    Column("destinataire", Json),
    Column("contenu", Json),
    Column("motif", Text),
    Column("fournisseur_id", String(255)),
    Column("recherche", Text, nullable=False),
    Column("destinataire_nom", String(300), nullable=False),
    Column("heures_ouvrees", Boolean, nullable=False),
    Column("confirmee", Boolean, nullable=False),
    Column("essais", Integer, nullable=False),
    Column("envois", Integer, nullable=False),
    Column("prochain_essai", Instant, nullable=False),
    Column("pretee_jusqu_au", Instant),
    Column("transmission_le", Instant),
    Column("envoyee_le", Instant),
    Column("cree_le", Instant, nullable=False),
    Column("modifie_le", Instant, nullable=False),
    Index("ix_notification_file", "etat", "prochain_essai"),
    Index("ix_notification_onglet", "etat", "cree_le", "id"),
    Index("ix_notification_cree_le", "cree_le", "id"),
    Index("ix_notification_envoyee_le", "envoyee_le", "id"),
    Index("ix_notification_destinataire", "destinataire_nom", "id"),
)

facture = Table(
    "notification_facture",
    metadata,
    Column("notification_id", String(36), ForeignKey("notification.id"), primary_key=True),
    Column("facture_id", String(36), primary_key=True),
    Index("ix_notification_facture", "facture_id"),
)

tentative = Table(
    "tentative",
    metadata,
    Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
    Column("notification_id", String(36), ForeignKey("notification.id"), nullable=False),
    Column("rang", Integer, nullable=False),
    Column("le", Instant, nullable=False),
    Column("resultat", String(14), nullable=False),
    Column("detail", Text),
    UniqueConstraint("notification_id", "rang", name="uq_tentative_rang"),
)

idempotency = idempotency_table(metadata)
inbox = inbox_table(metadata)
outbox = outbox_table(metadata)
saved_view = saved_view_table(metadata)
