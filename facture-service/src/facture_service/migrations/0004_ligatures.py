"""A search for `coeur` finds `Cœur`: the texts that are searched are folded anew."""

from ressort.data.migrations import open_ligatures

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    open_ligatures("facture", "recherche")


def downgrade() -> None:
    """Opened ligatures serve the search of before as well, but for words typed with them."""
