"""Jobs, reminders, policies, take-overs, messages and kept answers."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from ressort.batch import create_batch_tables, create_shedlock_table, drop_batch_tables
from ressort.data.migrations import create_standard_tables, drop_standard_tables
from ressort.data.types import Instant, Json

revision = "0001_tables"
down_revision = None

_STANDARD = {
    "niveaux": [
        {"niveau": 1, "delai_jours": 5, "penalites": False, "envoi": "AUTOMATIQUE"},
        {"niveau": 2, "delai_jours": 15, "penalites": True, "envoi": "AUTOMATIQUE"},
        {"niveau": 3, "delai_jours": 30, "penalites": True, "envoi": "AUTOMATIQUE"},
        {"niveau": 4, "delai_jours": 45, "penalites": True, "envoi": "MANUEL"},
    ],
    "intervalle_min_jours": 7,
    "minimum_centimes": 500,
    "indemnite_centimes": 4000,
    "libelle": "Relances standard",
}


def upgrade() -> None:
    create_batch_tables()
    create_shedlock_table()
    create_standard_tables("outbox", "inbox", "idempotency")
    _politiques()
    _relances()
    _reprises()


def downgrade() -> None:
    for table in ("reprise_ligne", "reprise_client", "reprise", "cycle_facture", "reclamation"):
        op.drop_table(table)
    for table in ("relance_facture", "relance", "politique_version", "politique"):
        op.drop_table(table)
    drop_standard_tables("outbox", "inbox", "idempotency")
    op.drop_table("shedlock")
    drop_batch_tables()


def _politiques() -> None:
    def colonnes(*cle: sa.Column) -> list[sa.Column]:
        contenu = sa.Column("contenu", Json, nullable=False)
        return [*cle, contenu, sa.Column("modifie_le", Instant, nullable=False)]

    nom = sa.Column("nom", sa.String(60), primary_key=True)
    politique = op.create_table("politique", *colonnes(nom, sa.Column("version", sa.Integer, nullable=False)))
    version = sa.Column("version", sa.Integer, primary_key=True, autoincrement=False)
    versions = op.create_table(
        "politique_version", *colonnes(sa.Column("nom", sa.String(60), primary_key=True), version)
    )
    standard = {"nom": "standard", "version": 1, "contenu": _STANDARD, "modifie_le": datetime.now(UTC)}
    op.bulk_insert(politique, [standard])
    op.bulk_insert(versions, [standard])


def _relances() -> None:
    op.create_table(
        "relance",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("nom", sa.String(300), nullable=False),
        sa.Column("niveau", sa.Integer, nullable=False),
        sa.Column("devise", sa.String(3), nullable=False),
        sa.Column("date_reference", sa.Date, nullable=False),
        sa.Column("politique", sa.String(60), nullable=False),
        sa.Column("version_politique", sa.Integer, nullable=False),
        sa.Column("envoi", sa.String(12), nullable=False),
        sa.Column("etat", sa.String(12), nullable=False),
        sa.Column("rejeu", sa.Boolean, nullable=False),
        sa.Column("execution_id", sa.BigInteger, nullable=False),
        sa.Column("credits_centimes", sa.BigInteger, nullable=False),
        sa.Column("total_du_centimes", sa.BigInteger, nullable=False),
        sa.Column("factures", Json, nullable=False),
        sa.Column("creee_le", Instant, nullable=False),
        sa.Column("motif", sa.Text),
        sa.Column("notification_id", sa.String(64)),
        sa.Column("etat_le", Instant),
    )
    op.create_index("ix_relance_client", "relance", ["client_id", "date_reference"])
    op.create_index("ix_relance_date", "relance", ["date_reference", "id"])
    op.create_index("ix_relance_etat", "relance", ["etat"])
    op.create_table(
        "relance_facture",
        sa.Column("relance_id", sa.String(36), primary_key=True),
        sa.Column("facture_id", sa.String(36), primary_key=True),
        sa.Column("cycle", sa.Integer, nullable=False),
        sa.Column("niveau", sa.Integer),
    )
    op.create_index("ix_relance_facture", "relance_facture", ["facture_id"])
    op.create_table(
        "reclamation",
        sa.Column("facture_id", sa.String(36), primary_key=True),
        sa.Column("cycle", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("niveau", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("relance_id", sa.String(36), nullable=False),
    )
    op.create_index("ix_reclamation_relance", "reclamation", ["relance_id"])
    op.create_table(
        "cycle_facture",
        sa.Column("facture_id", sa.String(36), primary_key=True),
        sa.Column("cycle", sa.Integer, nullable=False),
        sa.Column("motif", sa.Text, nullable=False),
        sa.Column("depuis", Instant, nullable=False),
    )


def _reprises() -> None:
    op.create_table(
        "reprise",
        sa.Column("cle", sa.String(32), primary_key=True),
        sa.Column("instance_id", sa.BigInteger, nullable=False),
        sa.Column("decalage_jours", sa.Integer, nullable=False),
    )
    op.create_table(
        "reprise_client",
        sa.Column("instance_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(120), primary_key=True),
        sa.Column("ligne", sa.BigInteger, nullable=False),
        sa.Column("nom", sa.String(300)),
        sa.Column("courriel", sa.String(300)),
        sa.Column("client_id", sa.String(36)),
    )
    op.create_index("ix_reprise_client_ligne", "reprise_client", ["instance_id", "ligne"])
    op.create_table(
        "reprise_ligne",
        sa.Column("instance_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ligne", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("reference", sa.String(120), nullable=False),
        sa.Column("client_reference", sa.String(120), nullable=False),
        sa.Column("client_nom", sa.String(300)),
        sa.Column("client_courriel", sa.String(300)),
        sa.Column("date_emission", sa.Date, nullable=False),
        sa.Column("date_echeance", sa.Date, nullable=False),
        sa.Column("montant_centimes", sa.BigInteger, nullable=False),
        sa.Column("devise", sa.String(3), nullable=False),
        sa.Column("date_reglement", sa.Date),
        sa.Column("en_litige", sa.Boolean, nullable=False),
        sa.Column("facture_id", sa.String(36)),
        sa.Column("paiement_id", sa.String(36)),
        sa.UniqueConstraint("instance_id", "reference", name="uq_reprise_reference"),
    )
