"""Saved views of the list of documents."""

from __future__ import annotations

from ressort.data.migrations import create_standard_tables, drop_standard_tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of the views."""
    create_standard_tables("saved_view")


def downgrade() -> None:
    """Without views."""
    drop_standard_tables("saved_view")
