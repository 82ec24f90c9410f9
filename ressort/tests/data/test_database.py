"""Transactions, joins, deferred commits and isolation, on every backend."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import BigInteger, Column, MetaData, String, Table, func, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, StatementError

from ressort.data import (
    Database,
    DatabaseBusyError,
    DataSourceOptions,
    HikariOptions,
    Instant,
    Json,
    UnexpectedRollbackError,
)
from ressort.observability import MeterRegistry

metadata = MetaData()
account = Table(
    "account",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("balance_centimes", BigInteger, nullable=False),
    Column("changed_at", Instant),
    Column("notes", Json),
)


@pytest.fixture
def database(any_database: Database) -> Database:
    metadata.create_all(any_database.engine)
    return any_database


def put(database: Database, name: str, balance: int = 0, **more: object) -> None:
    with database.transaction() as connection:
        connection.execute(insert(account).values(id=name, balance_centimes=balance, **more))


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(account.c.id).order_by(account.c.id)).scalars())


def test_a_block_that_ends_normally_is_committed(database: Database) -> None:
    """What a transaction block wrote is seen by the next reader."""
    put(database, "a")
    assert names(database) == ["a"]


def test_a_block_that_raises_is_rolled_back(database: Database) -> None:
    """Nothing of a failed block remains."""
    with pytest.raises(KeyError), database.transaction() as connection:
        connection.execute(insert(account).values(id="a", balance_centimes=1))
        raise KeyError("a")
    assert names(database) == []


def test_an_inner_block_joins_the_outer_transaction(database: Database) -> None:
    """The outer block's failure undoes what the inner one wrote."""
    with pytest.raises(KeyError), database.transaction() as outer:
        with database.transaction() as inner:
            assert inner is outer
            inner.execute(insert(account).values(id="a", balance_centimes=1))
        raise KeyError("a")
    assert names(database) == []


def test_a_swallowed_inner_failure_ends_the_outer_block_with_an_error(database: Database) -> None:
    """An outer block cannot commit what an inner one said had failed."""
    with pytest.raises(UnexpectedRollbackError), database.transaction():
        put(database, "a")
        with pytest.raises(IntegrityError):
            put(database, "a")
    assert names(database) == []


def test_a_read_inside_a_transaction_sees_its_own_writes(database: Database) -> None:
    """read() inside a block uses the block's connection."""
    with database.transaction() as connection:
        connection.execute(insert(account).values(id="a", balance_centimes=1))
        assert names(database) == ["a"]


def test_another_thread_does_not_see_or_join_an_open_transaction(database: Database) -> None:
    """A transaction belongs to the thread that opened it."""
    seen: list[list[str]] = []
    with database.transaction() as connection:
        connection.execute(insert(account).values(id="a", balance_centimes=1))
        reader = threading.Thread(target=lambda: seen.append(names(database)))
        reader.start()
        reader.join(10)
    assert seen == [[]]


def test_callbacks_run_after_the_commit_only(database: Database) -> None:
    """after_commit runs once the rows are there, and never for a rolled back transaction."""
    seen: list[list[str]] = []
    with database.transaction() as connection:
        connection.execute(insert(account).values(id="a", balance_centimes=1))
        database.after_commit(connection, lambda: seen.append(names(database)))
        assert seen == []
    with pytest.raises(KeyError), database.transaction() as connection:
        database.after_commit(connection, lambda: seen.append(["never"]))
        raise KeyError("b")
    assert seen == [["a"]]


def test_a_failing_callback_does_not_undo_the_commit(database: Database) -> None:
    """The transaction has happened; the callback's error is only logged."""
    with database.transaction() as connection:
        connection.execute(insert(account).values(id="a", balance_centimes=1))
        database.after_commit(connection, lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    assert names(database) == ["a"]


def test_a_deferred_commit_is_one_transaction_with_the_owners_row(database: Database) -> None:
    """What a handler wrote and what its caller adds are committed together."""
    with database.deferred_commit() as deferral:
        put(database, "effect")
        other: list[list[str]] = []
        reader = threading.Thread(target=lambda: other.append(names(database)))
        reader.start()
        reader.join(10)
        assert other == [[]]
        deferral.connection().execute(insert(account).values(id="answer", balance_centimes=0))
    assert names(database) == ["answer", "effect"]


def test_an_exception_under_a_deferral_undoes_everything(database: Database) -> None:
    """A handler that fails leaves nothing, whatever blocks it had ended before."""
    with pytest.raises(KeyError), database.deferred_commit():
        put(database, "a")
        raise KeyError("a")
    assert names(database) == []


def test_a_failed_later_block_under_a_deferral_undoes_only_itself(database: Database) -> None:
    """Blocks under a deferral fail alone, as separate transactions would."""
    with database.deferred_commit():
        put(database, "a")
        with pytest.raises(IntegrityError):
            put(database, "a")
        put(database, "b")
    assert names(database) == ["a", "b"]


def test_a_failed_first_block_under_a_deferral_leaves_the_owner_a_clean_transaction(
    database: Database,
) -> None:
    """A refused request can still have its answer stored."""
    put(database, "a")
    with database.deferred_commit() as deferral:
        with pytest.raises(IntegrityError):
            put(database, "a")
        deferral.connection().execute(insert(account).values(id="answer", balance_centimes=0))
    assert names(database) == ["a", "answer"]


def test_an_owner_may_roll_back_what_the_blocks_wrote(database: Database) -> None:
    """An answer that is not to be kept takes its effect with it."""
    with database.deferred_commit() as deferral:
        put(database, "a")
        deferral.rollback()
    assert names(database) == []


def test_a_released_deferral_lets_blocks_commit_by_themselves(database: Database) -> None:
    """After release() a later failure no longer undoes earlier blocks."""
    with pytest.raises(KeyError), database.deferred_commit() as deferral:
        with database.transaction() as connection:
            connection.execute(insert(account).values(id="a", balance_centimes=0))
            deferral.release()
        put(database, "b")
        raise KeyError("late")
    assert names(database) == ["a", "b"]


def test_concurrent_guarded_updates_never_overdraw(database: Database) -> None:
    """Twenty threads taking 10 from 100 succeed exactly ten times."""
    put(database, "a", 100)
    taken: list[int] = []

    def take() -> None:
        with database.transaction() as connection:
            result = connection.execute(
                update(account)
                .where(account.c.id == "a", account.c.balance_centimes >= 10)
                .values(balance_centimes=account.c.balance_centimes - 10)
            )
            taken.append(result.rowcount)

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(taken) == [0] * 10 + [1] * 10
    with database.read() as connection:
        assert connection.execute(select(account.c.balance_centimes)).scalar() == 0


def test_instants_keep_their_microseconds_and_come_back_in_utc(database: Database) -> None:
    """An instant of another zone is the same instant after storage."""
    moment = datetime(2026, 3, 29, 3, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    put(database, "a", changed_at=moment)
    with database.read() as connection:
        stored = connection.execute(select(account.c.changed_at)).scalar_one()
    assert stored == moment
    assert stored.tzinfo is UTC


def test_a_naive_instant_is_refused(database: Database) -> None:
    """A datetime without zone would mean another moment elsewhere."""
    with pytest.raises(StatementError, match="time zone"):
        put(database, "a", changed_at=datetime(2026, 3, 29))


def test_json_comes_back_as_it_went(database: Database) -> None:
    """Nested values, accents and order survive."""
    value = {"z": [1, {"é": None}], "a": "l'été"}
    put(database, "a", notes=value)
    with database.read() as connection:
        assert connection.execute(select(account.c.notes)).scalar_one() == value


def test_ping_names_the_product(database: Database) -> None:
    """The db health tells which database answers."""
    health = database.ping()
    assert health.status == "UP"
    assert health.details["database"] == ("SQLite" if database.is_sqlite else "MariaDB")


def test_the_pool_is_measured_under_hikaris_names(database: Database) -> None:
    """Dashboards made for HikariCP find their series."""
    metrics = MeterRegistry()
    database.observe(metrics)
    put(database, "a")
    with database.read():
        scraped = metrics.scrape()
    assert 'hikaricp_connections_active{pool="HikariPool-1"} 1' in scraped
    assert 'hikaricp_connections_max{pool="HikariPool-1"} 10' in scraped
    assert 'jdbc_connections_active{name="dataSource"} 1' in scraped
    assert 'hikaricp_connections_usage_seconds_count{pool="HikariPool-1"} 1' in scraped


def test_a_child_process_may_use_a_database_its_parent_used(database: Database) -> None:
    """After fork() the child makes connections of its own."""
    put(database, "parent")
    pid = os.fork()
    if pid == 0:
        try:
            put(database, "child")
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(pid, 0)[1] == 0
    assert names(database) == ["child", "parent"]


def test_a_lock_is_free_again_when_its_holder_is_killed(database: Database, database_url: str) -> None:
    """A named lock excludes other processes and dies with its holder."""
    code = (
        "import sys,time;from ressort.data import Database;"
        "l=Database.open(sys.argv[1]).lock('x');assert l.acquire(0);print('held',flush=True);time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, database_url], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        mine = database.lock("x")
        assert not mine.acquire(0)
        holder.kill()
        holder.wait()
        assert mine.acquire(10)
        assert mine.held()
        mine.release()
        assert not mine.held()
    finally:
        holder.kill()
        holder.wait()


def test_a_busy_sqlite_database_is_a_clear_error(tmp_path: object) -> None:
    """A writer that cannot get the file within its time-out says so and changes nothing."""
    url = f"sqlite:///{tmp_path}/busy.db"
    first = Database.open(url)
    second = Database.open(DataSourceOptions(url=url, hikari=HikariOptions(connection_timeout_s=0.1)))
    metadata.create_all(first.engine)
    with first.transaction(), pytest.raises(DatabaseBusyError), second.transaction():
        pass
    put(second, "a")
    with second.read() as connection:
        assert connection.execute(select(func.count()).select_from(account)).scalar() == 1


def test_a_database_in_memory_serves_all_threads() -> None:
    """Unit tests may use sqlite:// without a file."""
    database = Database.open("sqlite://")
    metadata.create_all(database.engine)
    threads = [threading.Thread(target=put, args=(database, str(n))) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(database) == ["0", "1", "2", "3", "4"]


@pytest.mark.part("mariadb")
def test_a_jdbc_url_of_a_spring_service_connects(mariadb: object) -> None:
    """spring.datasource.* copied from a Java service works as it is."""
    url = make_url(mariadb.database_for("jdbc"))  # type: ignore[attr-defined]
    jdbc = f"jdbc:mariadb://127.0.0.1:{url.port}/jdbc?useSSL=false&serverTimezone=UTC&connectTimeout=3000"
    database = Database.open(DataSourceOptions(url=jdbc, username=url.username, password=url.password))
    assert database.ping().status == "UP"
    database.close()


@pytest.mark.part("mariadb")
def test_the_compiled_driver_is_the_one_in_use(mariadb: object) -> None:
    """The pure Python driver costs up to twice the time."""
    from ressort.data._engines import mysql_c_extension

    database = Database.open(mariadb.database_for("cext"))  # type: ignore[attr-defined]
    with database.read() as connection:
        assert type(connection.connection.dbapi_connection).__name__ == "CMySQLConnection"
    assert mysql_c_extension()
    database.close()
