"""A search for `coeur` finds `Cœur`: the texts that are searched are folded anew."""

from ressort.data.migrations import open_ligatures

revision = "0004_ligatures"
down_revision = "0003_recherche"


def upgrade() -> None:
    open_ligatures("paiement", "recherche")


def downgrade() -> None:
    """Opened ligatures serve the search of before as well, but for words typed with them."""
