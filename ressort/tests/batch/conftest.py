"""Repositories under test: in memory, on SQLite, on MariaDB where there is one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from ressort.batch import InMemoryJobRepository, JobRepository, SqlJobRepository, batch_tables
from ressort.clock import FixedClock
from ressort.data import Database


def make_tables(database: Database) -> None:
    """The schema a service's migration makes."""
    tables = batch_tables(MetaData())
    with database.transaction() as connection:
        for table in tables.all():
            table.create(connection)
        for sequence in tables.sequences.values():
            connection.execute(sequence.insert().values(ID=0, UNIQUE_KEY="0"))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


@pytest.fixture(params=["memory", "sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))])
def repository(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[JobRepository]:
    if request.param == "memory":
        yield InMemoryJobRepository(clock)
        return
    url = f"sqlite:///{tmp_path}/batch.db"
    if request.param == "mariadb":
        server, name = request.getfixturevalue("mariadb"), f"batch_{uuid.uuid4().hex[:8]}"
        url = server.database_for(name)
    database = Database.open(url)
    make_tables(database)
    yield SqlJobRepository(database, clock)
    database.close()
    if request.param == "mariadb":
        server.drop(name)
