"""The tables of client-service, as its code and its migrations see them.

Identifiers, keys and search texts compare byte by byte on every database: what is equal is decided here, by
folding, never by a server's collation.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, MetaData, String, Table, Text

from ressort.data import Instant, Json, idempotency_table, saved_view_table

metadata = MetaData()

clients = Table(
    "client",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("type", String(12), nullable=False),
    Column("archive", Boolean, nullable=False),
    Column("nom_affiche", String(300), nullable=False),
    Column("siren", String(9), nullable=False),
    Column("reference_externe", String(120), nullable=False),
    # What no two clients share; NULL where it does not apply, which unique indexes let pass many times.
    Column("siret_unique", String(14), unique=True),
    Column("siren_unique", String(9), unique=True),
    Column("reference_unique", String(120), unique=True),
    # What the list is sorted and filtered by, drawn from the record (`colonnes.py`).
    Column("ville", String(300), nullable=False),
    Column("courriel", String(254), nullable=False),
    Column("nom_compare", String(300), nullable=False),
    Column("sans_siren", Boolean, nullable=False),
    # The last day of a suspension, 9999-12-31 when it has none; NULL without suspension.
    Column("suspendu_jusqu_au", Date),
    Column("recherche", Text, nullable=False),
    Column("fiche", Json, nullable=False),
    Column("cree_le", Instant, nullable=False),
    Column("modifie_le", Instant, nullable=False),
    Index("ix_client_nom", "nom_affiche", "id"),
    Index("ix_client_ville", "ville", "id"),
    Index("ix_client_siren", "siren"),
    Index("ix_client_courriel", "courriel"),
    Index("ix_client_nom_compare", "nom_compare"),
    Index("ix_client_cree_le", "cree_le", "id"),
)

idempotency = idempotency_table(metadata)
saved_view = saved_view_table(metadata)
