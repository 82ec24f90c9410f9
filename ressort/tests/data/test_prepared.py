"""Statements handed to the driver as they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Date, MetaData, String, Table, Text, bindparam, insert, or_, select
from sqlalchemy.exc import DBAPIError

from ressort.data import Database, Instant, Json
from ressort.data.prepared import PreparedSelect

THING = Table(
    "thing",
    MetaData(),
    Column("id", String(36), primary_key=True),
    Column("cents", BigInteger),
    Column("day", Date),
    Column("at", Instant),
    Column("extra", Json),
    Column("note", Text),
)
ROW = {
    "id": "é1",
    "cents": 10**14,
    "day": date(2026, 11, 20),
    "at": datetime(2026, 11, 20, 9, 30, 0, 123456, tzinfo=UTC),
    "extra": {"a": [1, "é"]},
    "note": None,
}
BY_ID = select(THING).where(
    THING.c.id == bindparam("id"),
    or_(THING.c.day <= bindparam("day"), THING.c.day > bindparam("day")),
    THING.c.cents > 5,
)


@pytest.fixture
def database(any_database: Database) -> Database:
    """One row on each backend."""
    with any_database.transaction() as connection:
        THING.create(connection)
        connection.execute(insert(THING), [ROW])
    return any_database


def test_row_is_converted_as_a_connection_would(database: Database) -> None:
    """Dates, instants, JSON and NULL, with a parameter used twice and a constant."""
    found = PreparedSelect(database, BY_ID).first(id="é1", day=date(2026, 1, 1))
    assert found is not None
    assert tuple(found) == tuple(ROW.values())


def test_absent_row_is_none(database: Database) -> None:
    """Nothing found is no error."""
    assert PreparedSelect(database, BY_ID).first(id="x", day=date(2026, 1, 1)) is None


def test_open_transaction_sees_its_own_rows(database: Database) -> None:
    """What the transaction wrote is there before its commit, and gone after its rollback."""
    by_id = PreparedSelect(database, BY_ID)
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute(insert(THING), [{**ROW, "id": "new"}])
        assert by_id.first(id="new", day=date(2026, 1, 1)) is not None
        raise ZeroDivisionError
    assert by_id.first(id="new", day=date(2026, 1, 1)) is None


def test_last_commit_is_seen(database: Database) -> None:
    """No snapshot of an earlier call is kept on a pooled connection."""
    by_id = PreparedSelect(database, BY_ID)
    by_id.first(id="é1", day=date(2026, 1, 1))
    with database.transaction() as connection:
        connection.execute(insert(THING), [{**ROW, "id": "late"}])
    assert by_id.first(id="late", day=date(2026, 1, 1)) is not None


def test_error_is_sqlalchemys(database: Database) -> None:
    """A missing table is told as a Connection tells it."""
    other = Table("nowhere", MetaData(), Column("id", String(36)))
    with pytest.raises(DBAPIError):
        PreparedSelect(database, select(other).where(other.c.id == bindparam("id"))).first(id="x")


def test_database_in_memory_works_too() -> None:
    """One shared connection: through the ordinary read."""
    database = Database.open("sqlite://")
    with database.transaction() as connection:
        THING.create(connection)
        connection.execute(insert(THING), [ROW])
    found: Any = PreparedSelect(database, BY_ID).first(id="é1", day=date(2026, 1, 1))
    assert found[0] == "é1"
