"""The tables every service needs beside its own: outbox, inbox, idempotency answers and saved views.

The same functions declare them in a service's MetaData and in its migrations
(`ressort.data.migrations.create_standard_tables`), so the two cannot drift apart.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.dialects import mysql

from .types import Instant, Json

_SEQUENCE = BigInteger().with_variant(Integer, "sqlite")
_BYTES = LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def outbox_table(metadata: MetaData) -> Table:
    """Messages written in the business transaction, published afterwards in `seq` order.

    Retried from `available_at` on after a failure; kept until purged, `published_at` being set.
    """
    return Table(
        "outbox",
        metadata,
        Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("destination", String(200), nullable=False),
        Column("message_key", String(200)),
        Column("type", String(200)),
        Column("payload", _BYTES, nullable=False),
        Column("headers", Json, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("available_at", Instant, nullable=False),
        Column("published_at", Instant),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("last_error", Text),
        Index("ix_outbox_pending", "published_at", "available_at", "seq"),
        sqlite_autoincrement=True,
    )


def inbox_table(metadata: MetaData) -> Table:
    """Which message a consumer group has already handled; the row joins the handler's transaction."""
    return Table(
        "inbox",
        metadata,
        Column("consumer_group", String(120), primary_key=True),
        Column("message_id", String(160), primary_key=True),
        Column("received_at", Instant, nullable=False, index=True),
    )


def idempotency_table(metadata: MetaData) -> Table:
    """Claims and answers of requests carrying an Idempotency-Key.

    A row without `status` is a claim held until `claimed_until`; with it, the answer to replay.
    """
    return Table(
        "idempotency",
        metadata,
        Column("route", String(160), primary_key=True),
        Column("idempotency_key", String(255), primary_key=True),
        Column("body_hash", String(64), nullable=False),
        Column("claimed_by", String(64), nullable=False),
        Column("claimed_until", Instant, nullable=False),
        Column("status", Integer),
        Column("headers", Json),
        Column("body", _BYTES),
        Column("created_at", Instant, nullable=False, index=True),
        Column("completed_at", Instant),
    )


def saved_view_table(metadata: MetaData) -> Table:
    """Named sets of query parameters, each of one list (`ressort.flask.views`)."""
    return Table(
        "saved_view",
        metadata,
        Column("list_name", String(60), primary_key=True),
        Column("name", String(60), primary_key=True),
        Column("title", String(80), nullable=False),
        Column("parameters", Json, nullable=False),
        Column("pinned", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        Column("modified_at", Instant, nullable=False),
    )


STANDARD_TABLES = {
    "outbox": outbox_table,
    "inbox": inbox_table,
    "idempotency": idempotency_table,
    "saved_view": saved_view_table,
}
