"""Two transactions in each other's way on a server: told as a busy database, never as an internal error."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import text

from ressort.data import Database, DatabaseBusyError


@pytest.mark.part("mariadb")
def test_a_deadlock_is_a_busy_database(mariadb: Any) -> None:
    """Each locks one row and wants the other's: one of them is undone and may try again."""
    database = Database.open(mariadb.database_for("lock_conflicts"))
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE account (id INT PRIMARY KEY, cents INT)"))
        connection.execute(text("INSERT INTO account VALUES (1, 0), (2, 0)"))
    both_hold = threading.Barrier(2, timeout=20)
    busy: list[DatabaseBusyError] = []

    def move(first: int, second: int) -> None:
        update = text("UPDATE account SET cents = cents + 1 WHERE id = :id")
        try:
            with database.transaction() as connection:
                connection.execute(update, {"id": first})
                both_hold.wait()
                connection.execute(update, {"id": second})
        except DatabaseBusyError as error:
            busy.append(error)

    threads = [threading.Thread(target=move, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with database.read() as connection:
        total = connection.execute(text("SELECT SUM(cents) FROM account")).scalar_one()
    assert len(busy) == 1
    assert total == 2
    database.close()
