"""Alembic revisions shipped in a package, run at start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from ressort.data import Database, MigrationError
from ressort.texts import fold

FIRST = '''
"""first"""
import sqlalchemy as sa
from alembic import op
from ressort.data.migrations import create_standard_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("thing", sa.Column("id", sa.String(36), primary_key=True))
    create_standard_tables("outbox", "inbox", "idempotency")
'''
SECOND = """
import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    op.add_column("thing", sa.Column("name", sa.String(20)))
"""
LIGATURES = """
from ressort.data.migrations import open_ligatures

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    open_ligatures("thing", "name")
"""
BROKEN = SECOND.replace('"thing"', '"absent"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    (migrations / "0001_first.py").write_text(FIRST)
    return migrations


def test_an_empty_database_gets_every_table(any_database: Database, folder: Path) -> None:
    """The first start creates the service's tables and the standard ones."""
    assert any_database.migrate(folder) == "0001"
    tables = set(inspect(any_database.engine).get_table_names())
    assert {"thing", "outbox", "inbox", "idempotency"} <= tables


def test_later_revisions_are_added_once(any_database: Database, folder: Path) -> None:
    """Starting again applies only what is new; starting once more changes nothing."""
    any_database.migrate(folder)
    (folder / "0002_second.py").write_text(SECOND)
    assert any_database.migrate(folder) == "0002"
    assert any_database.migrate(folder) == "0002"
    assert {c["name"] for c in inspect(any_database.engine).get_columns("thing")} == {"id", "name"}


def test_folded_texts_lose_their_ligatures(any_database: Database, folder: Path) -> None:
    """They are what `fold` gives now, capitals of compatibility signs too; no text stays none."""
    (folder / "0002_second.py").write_text(SECOND)
    any_database.migrate(folder)
    texts = {"1": "cœur ex æquo", "2": "No 12", "3": "deja plie", "4": None}
    with any_database.transaction() as connection:
        rows = [{"id": id, "name": name} for id, name in texts.items()]
        connection.execute(text("INSERT INTO thing (id, name) VALUES (:id, :name)"), rows)
    (folder / "0003_ligatures.py").write_text(LIGATURES)
    any_database.migrate(folder)
    with any_database.read() as connection:
        now = dict(connection.execute(text("SELECT id, name FROM thing")).tuples().all())
    assert now == {id: name and fold(name) for id, name in texts.items()}


def test_two_processes_starting_at_once_migrate_once(
    any_database: Database, database_url: str, folder: Path
) -> None:
    """The second process waits for the first and finds the work done."""
    code = (
        "import sys;from pathlib import Path;from ressort.data import Database;"
        "print(Database.open(sys.argv[1]).migrate(Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", code, database_url, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    results = [process.communicate(timeout=60) for process in both]
    assert [out for out, _ in results] == [b"0001\n"] * 3, [err.decode()[-500:] for _, err in results]


def test_a_failing_revision_is_an_error_that_names_the_database(any_database: Database, folder: Path) -> None:
    """The start stops with the reason, not half way into serving."""
    (folder / "0002_broken.py").write_text(BROKEN)
    with pytest.raises(MigrationError, match="absent"):
        any_database.migrate(folder)


def test_sqlite_undoes_a_failed_migration_wholly(tmp_path: Path, folder: Path) -> None:
    """On SQLite, DDL is part of the transaction."""
    (folder / "0002_broken.py").write_text(BROKEN)
    database = Database.open(f"sqlite:///{tmp_path}/x.db")
    with pytest.raises(MigrationError):
        database.migrate(folder)
    assert inspect(database.engine).get_table_names() == []


def test_two_newest_revisions_are_refused(tmp_path: Path, folder: Path) -> None:
    """Two branches of revisions need a decision by a person."""
    (folder / "0002_a.py").write_text(SECOND)
    (folder / "0002_b.py").write_text(SECOND.replace("0002", "0003"))
    with pytest.raises(MigrationError, match="0002, 0003"):
        Database.open(f"sqlite:///{tmp_path}/x.db").migrate(folder)


@pytest.mark.part("mariadb")
def test_text_compares_exactly_on_mariadb_as_on_sqlite(any_database: Database, folder: Path) -> None:
    """`FA-1`, `fa-1` and `FA-1 ` are three identifiers on every backend."""
    any_database.migrate(folder)
    with any_database.transaction() as connection:
        for value in ("FA-1", "fa-1", "FA-1 "):
            connection.execute(text("INSERT INTO thing (id) VALUES (:v)"), {"v": value})
    with any_database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM thing WHERE id = 'FA-1'")).scalar() == 1
