"""Why a campaign left invoices without a reminder, as it was when the campaign ran."""

import sqlalchemy as sa
from alembic import op

revision = "0004_ecartees"
down_revision = "0003_ligatures"


def upgrade() -> None:
    op.create_table(
        "relance_ecartee",
        sa.Column("instance_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("facture_id", sa.String(36), primary_key=True),
        sa.Column("numero", sa.String(120), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("nom", sa.String(300)),
        sa.Column("devise", sa.String(3), nullable=False),
        sa.Column("date_echeance", sa.Date, nullable=False),
        sa.Column("jours_retard", sa.Integer, nullable=False),
        sa.Column("reste_centimes", sa.BigInteger, nullable=False),
        sa.Column("motif", sa.String(30), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("relance_ecartee")
