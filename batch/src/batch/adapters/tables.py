"""The tables of batch besides those of `ressort.batch`, `ressort.scheduling` and messaging."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ressort.data import Instant, Json, saved_view_table

metadata = MetaData()

politiques = Table(
    "politique",
    metadata,
    Column("nom", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("contenu", Json, nullable=False),
    Column("modifie_le", Instant, nullable=False),
)

versions = Table(
    "politique_version",
    metadata,
    Column("nom", String(60), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("contenu", Json, nullable=False),
    Column("modifie_le", Instant, nullable=False),
)

relances = Table(
    "relance",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("client_id", String(36), nullable=False),
    Column("nom", String(300), nullable=False),
    Column("niveau", Integer, nullable=False),
    Column("devise", String(3), nullable=False),
    Column("date_reference", Date, nullable=False),
    Column("politique", String(60), nullable=False),
    Column("version_politique", Integer, nullable=False),
    Column("envoi", String(12), nullable=False),
    Column("etat", String(12), nullable=False),
    Column("rejeu", Boolean, nullable=False),
    Column("execution_id", BigInteger, nullable=False),
    Column("credits_centimes", BigInteger, nullable=False),
    Column("total_du_centimes", BigInteger, nullable=False),
    Column("factures", Json, nullable=False),
    Column("creee_le", Instant, nullable=False),
    Column("motif", Text),
    Column("notification_id", String(64)),
    Column("etat_le", Instant),
    Column("destinataire", Json),
    Column("recherche", Text),
    Index("ix_relance_client", "client_id", "date_reference"),
    Index("ix_relance_date", "date_reference", "id"),
    Index("ix_relance_etat", "etat"),
    Index("ix_relance_execution", "execution_id"),
)

factures = Table(
    "relance_facture",
    metadata,
    Column("relance_id", String(36), primary_key=True),
    Column("facture_id", String(36), primary_key=True),
    Column("cycle", Integer, nullable=False),
    Column("niveau", Integer),
    Index("ix_relance_facture", "facture_id"),
)

ecartees = Table(
    "relance_ecartee",
    metadata,
    Column("instance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("facture_id", String(36), primary_key=True),
    Column("numero", String(120), nullable=False),
    Column("client_id", String(36), nullable=False),
    Column("nom", String(300)),
    Column("devise", String(3), nullable=False),
    Column("date_echeance", Date, nullable=False),
    Column("jours_retard", Integer, nullable=False),
    Column("reste_centimes", BigInteger, nullable=False),
    Column("motif", String(30), nullable=False),
    Column("detail", Text, nullable=False),
)

reclamations = Table(
    "reclamation",
    metadata,
    # No two reminders ever hold the same level of the same cycle of one invoice.
    Column("facture_id", String(36), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("niveau", Integer, primary_key=True, autoincrement=False),
    Column("relance_id", String(36), nullable=False),
    Index("ix_reclamation_relance", "relance_id"),
)

cycles = Table(
    "cycle_facture",
    metadata,
    Column("facture_id", String(36), primary_key=True),
    Column("cycle", Integer, nullable=False),
    Column("motif", Text, nullable=False),
    Column("depuis", Instant, nullable=False),
)

reprises = Table(
    "reprise",
    metadata,
    Column("cle", String(32), primary_key=True),
    Column("instance_id", BigInteger, nullable=False),
    Column("decalage_jours", Integer, nullable=False),
)

reprise_clients = Table(
    "reprise_client",
    metadata,
    Column("instance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reference", String(120), primary_key=True),
    Column("ligne", BigInteger, nullable=False),
    Column("nom", String(300)),
    Column("courriel", String(300)),
    Column("client_id", String(36)),
    Index("ix_reprise_client_ligne", "instance_id", "ligne"),
)

reprise_lignes = Table(
    "reprise_ligne",
    metadata,
    Column("instance_id", BigInteger, primary_key=True, autoincrement=False),
    Column("ligne", BigInteger, primary_key=True, autoincrement=False),
    Column("reference", String(120), nullable=False),
    Column("client_reference", String(120), nullable=False),
    Column("client_nom", String(300)),
    Column("client_courriel", String(300)),
    Column("date_emission", Date, nullable=False),
    Column("date_echeance", Date, nullable=False),
    Column("montant_centimes", BigInteger, nullable=False),
    Column("devise", String(3), nullable=False),
    Column("date_reglement", Date),
    Column("en_litige", Boolean, nullable=False),
    Column("facture_id", String(36)),
    Column("paiement_id", String(36)),
    UniqueConstraint("instance_id", "reference", name="uq_reprise_reference"),
)

vues = saved_view_table(metadata)
