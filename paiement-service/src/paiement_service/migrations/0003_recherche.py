"""References are searched without accents: the texts that have some are folded."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003_recherche"
down_revision = "0002_listes"

_TRANCHE = 500


def upgrade() -> None:
    paiement = sa.table("paiement", sa.column("id"), sa.column("recherche"))
    connection, dernier = op.get_bind(), ""
    requete = sa.select(paiement).order_by(paiement.c.id).limit(_TRANCHE)
    while rows := connection.execute(requete.where(paiement.c.id > dernier)).all():
        for row in rows:
            if (plie := _plier(row.recherche)) != row.recherche:
                connection.execute(sa.update(paiement).where(paiement.c.id == row.id).values(recherche=plie))
        dernier = rows[-1].id


def downgrade() -> None:
    """A folded text serves the search of before as well, but for words typed with their accents."""


def _plier(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))
