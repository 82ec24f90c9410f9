"""The tables of `facture_db`. Money in integer cents, instants in UTC, the frozen document as JSON text."""

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
from sqlalchemy.dialects import mysql

from ressort.data import Instant, Json, idempotency_table, outbox_table, saved_view_table

LONG_TEXT = Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")

metadata = MetaData()

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
"""What sums over the whole ledger read: with all of it in one index, the documents themselves stay unread."""

facture = Table(
    "facture",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("type", String(10), nullable=False),
    Column("statut", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    Column("client_id", String(36), nullable=False),
    Column("nom_client", String(200), nullable=False),
    Column("devise", String(3), nullable=False),
    Column("numero", String(35), unique=True),
    Column("serie", String(35)),
    Column("rang", Integer),
    Column("date_emission", Date),
    Column("date_echeance", Date),
    Column("emise_le", Instant),
    Column("total_ttc_centimes", BigInteger, nullable=False),
    Column("avoirs_centimes", BigInteger, nullable=False),
    Column("regle_centimes", BigInteger, nullable=False),
    Column("ecarts_centimes", BigInteger, nullable=False),
    Column("credites_centimes", BigInteger, nullable=False),
    Column("reste_centimes", BigInteger, nullable=False),
    Column("facture_origine_id", String(36), index=True),
    Column("empreinte", String(71)),
    Column("recherche", Text, nullable=False),
    Column("document", LONG_TEXT, nullable=False),
    Column("cree_le", Instant, nullable=False),
    Column("modifie_le", Instant, nullable=False),
    UniqueConstraint("serie", "rang", name="uq_facture_rang"),
    CheckConstraint("reste_centimes >= 0", name="ck_facture_reste"),
    CheckConstraint(
        "statut = 'BROUILLON' OR "
        "total_ttc_centimes = avoirs_centimes + regle_centimes + ecarts_centimes + reste_centimes",
        name="ck_facture_solde",
    ),
    CheckConstraint("credites_centimes <= total_ttc_centimes", name="ck_facture_credits"),
    Index("ix_facture_emission", "date_emission", "numero", "id"),
    Index("ix_facture_client", "client_id", "date_emission"),
    Index("ix_facture_echeance", "date_echeance"),
    Index("ix_facture_reste", "reste_centimes", "id"),
    Index("ix_facture_sommes", *SOMMEES),
)

evenement = Table(
    "evenement",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("facture_id", String(36), ForeignKey("facture.id"), nullable=False),
    Column("type", String(30), nullable=False),
    Column("date_effet", Date, nullable=False),
    Column("enregistre_le", Instant, nullable=False),
    Column("poste", String(10)),
    Column("montant_centimes", BigInteger),
    Column("details", Json, nullable=False),
    Index("ix_evenement_facture", "facture_id", "enregistre_le"),
    Index("ix_evenement_date", "date_effet"),
)

litige = Table(
    "litige",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("facture_id", String(36), ForeignKey("facture.id"), nullable=False),
    Column("motif", Text, nullable=False),
    Column("depuis", Date, nullable=False),
    Column("jusqu_au", Date),
    Column("ouvert_le", Instant, nullable=False),
    Column("clos_le", Instant),
    Index("ix_litige_facture", "facture_id", "depuis"),
)

reglement = Table(
    "reglement",
    metadata,
    Column("affectation_id", String(36), primary_key=True),
    Column("facture_id", String(36), ForeignKey("facture.id"), nullable=False, index=True),
    Column("paiement_id", String(36)),
    Column("demande_centimes", BigInteger),
    Column("plafonner", Boolean),
    Column("date_reglement", Date),
    Column("affecte_centimes", BigInteger, nullable=False),
    Column("annule_centimes", BigInteger, nullable=False),
)

serie = Table(
    "serie",
    metadata,
    Column("nom", String(35), primary_key=True),
    Column("premier_rang", Integer, nullable=False),
    Column("dernier_rang", Integer, nullable=False),
    Column("derniere_date", Date),
    Column("derniere_empreinte", String(71)),
)

outbox = outbox_table(metadata)
idempotency = idempotency_table(metadata)
saved_view = saved_view_table(metadata)
