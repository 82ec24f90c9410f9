"""What the tabs and sums of the list are made of; an index on the dates of movements; saved views."""

import sqlalchemy as sa
from alembic import op

from ressort.data.migrations import create_standard_tables, drop_standard_tables

revision = "0002_listes"
down_revision = "0001_paiements"

_REMBOURSE = """
    UPDATE paiement SET rembourse_centimes = COALESCE(
        (SELECT SUM(r.montant_centimes) FROM remboursement r WHERE r.paiement_id = paiement.id), 0)
"""
_NON_AFFECTE = """
    UPDATE paiement SET non_affecte_centimes = montant_centimes - en_attente_centimes - rembourse_centimes
        + a_annuler_centimes - COALESCE(
            (SELECT SUM(a.montant_centimes) FROM affectation a
             WHERE a.paiement_id = paiement.id AND a.etat = 'AFFECTEE'), 0)
    WHERE rejet_le IS NULL
"""


def upgrade() -> None:
    for name in ("rembourse_centimes", "non_affecte_centimes"):
        op.add_column("paiement", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    op.execute(_REMBOURSE)
    op.execute(_NON_AFFECTE)
    op.create_index("ix_paiement_credit", "paiement", ["non_affecte_centimes", "id"])
    op.create_index("ix_mouvement_date", "mouvement", ["date", "nature"])
    create_standard_tables("saved_view")


def downgrade() -> None:
    drop_standard_tables("saved_view")
    op.drop_index("ix_mouvement_date", "mouvement")
    op.drop_index("ix_paiement_credit", "paiement")
    for name in ("non_affecte_centimes", "rembourse_centimes"):
        op.drop_column("paiement", name)
