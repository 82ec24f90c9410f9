"""The `part` marker and the servers shared by a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ressort.data import Database
from ressort.testing import parts
from ressort.testing.parts_mariadb import MariaDb
from ressort.testing.parts_redis import Redis

TEST = """
import pytest

@pytest.mark.part("no-such-program")
def test_one():
    pass

@pytest.mark.part("no-such-program")
def test_two():
    pass
"""


def run(tmp_path: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "test_it.py").write_text(TEST)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "ressort.testing.pytest_plugin", "--rootdir", "."]
    environment = {**os.environ, **environ}
    if "RESSORT_PARTS" not in environ:
        environment.pop("RESSORT_PARTS", None)
    return subprocess.run(
        [*command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]])
def test_an_absent_part_skips_with_one_line(tmp_path: Path, arguments: list[str]) -> None:
    """However many tests need it and whichever worker skipped them."""
    done = run(tmp_path, *arguments)
    assert done.returncode == 0, done.stdout
    lines = [line for line in done.stdout.splitlines() if line.startswith("part ")]
    assert lines == [
        "part no-such-program: not installed (apt-get install no-such-program); 2 tests skipped"
    ], done.stdout


def test_an_absent_part_fails_where_parts_are_required(tmp_path: Path) -> None:
    """CI must not pass by skipping."""
    done = run(tmp_path, RESSORT_PARTS="required")
    assert done.returncode == 1
    assert "2 errors" in done.stdout


@pytest.mark.part("redis")
def test_a_part_is_started_once_and_stopped_by_pid(tmp_path: Path) -> None:
    """Every worker of a run uses the same server; at the end it is gone."""
    folder = tmp_path / "run"
    first, second = parts.shared("redis", Redis, folder), parts.shared("redis", Redis, folder)
    assert first.port == second.port
    assert parts.listening(first.port)
    parts.stop_all(folder)
    assert not parts.listening(first.port)
    assert not folder.exists()


@pytest.mark.part("mariadb")
def test_a_services_user_may_use_its_own_database_only(mariadb: MariaDb) -> None:
    """One restricted user per service, as in production."""
    mine, other = mariadb.database_for("parts-mine"), mariadb.database_for("parts-other")
    database = Database.open(mine)
    foreign = other.rpartition("/")[2]
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE t (id INT PRIMARY KEY)"))
    with pytest.raises(DBAPIError, match="denied"), database.transaction() as connection:
        connection.execute(text(f"CREATE TABLE {foreign}.t (id INT PRIMARY KEY)"))
    with pytest.raises(DBAPIError, match="denied"), database.transaction() as connection:
        connection.execute(text("SELECT * FROM mysql.user"))
    database.close()
    mariadb.drop("parts-mine")
    mariadb.drop("parts-other")
