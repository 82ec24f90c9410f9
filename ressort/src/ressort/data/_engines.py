"""SQLAlchemy engines set up the house way for each database. Nothing connects before first use."""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import QueuePool, StaticPool

from .errors import DatabaseBusyError
from .options import HikariOptions
from .url import shown, sqlite_file
from .wal import enter_wal

logger = logging.getLogger(__name__)

_LOCK_CONFLICTS = {
    1205: "another transaction kept a row locked",
    1213: "two transactions waited for each other",
}

WRITE = "ressort_write"
"""Execution option of connections that are about to write."""


def sqlite_engine(url: URL, pool: HikariOptions) -> Engine:
    """WAL, durable commits, foreign keys, `BEGIN IMMEDIATE` for writers; folders of the file are created."""
    file = sqlite_file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    arguments: dict[str, Any] = {"timeout": pool.connection_timeout_s, "check_same_thread": False}
    if file is None:
        engine = create_engine(url, poolclass=StaticPool, connect_args=arguments)
    else:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            connect_args=arguments,
            pool_size=pool.maximum_pool_size,
            max_overflow=0,
            pool_timeout=pool.connection_timeout_s,
        )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: `_begin_sqlite` does
    enter_wal(connection)
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITE, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    driver: Any = connection.connection.driver_connection
    driver.execute(
        "BEGIN"
    )  # takes no lock, so it cannot fail; straight to the driver: a read costs a third less


def server_engine(url: URL, pool: HikariOptions) -> Engine:
    """A pooled engine on a database server, READ COMMITTED, sessions in UTC and strict."""
    engine = create_engine(
        url,
        connect_args=_mysqlconnector_arguments(url, pool),
        isolation_level="READ COMMITTED",
        pool_size=pool.maximum_pool_size,
        max_overflow=0,
        pool_timeout=pool.connection_timeout_s,
        pool_recycle=int(pool.max_lifetime_s),
        pool_pre_ping=True,
    )
    if url.get_backend_name() in ("mysql", "mariadb"):
        event.listen(engine, "connect", _session_settings(pool))
        event.listen(engine, "handle_error", _name_lock_conflicts(url, pool))
    return engine


def _name_lock_conflicts(url: URL, pool: HikariOptions) -> Any:
    """Deadlocks and lock time-outs become DatabaseBusyError: the server undid the transaction, try again."""

    def name(context: ExceptionContext) -> None:
        reason = _LOCK_CONFLICTS.get(getattr(context.original_exception, "errno", None) or 0)
        if reason is not None:
            raise DatabaseBusyError(
                shown(url), pool.connection_timeout_s, reason
            ) from context.original_exception

    return name


def _mysqlconnector_arguments(url: URL, pool: HikariOptions) -> dict[str, Any]:
    if not url.drivername.endswith("+mysqlconnector"):
        return {}
    use_pure = not mysql_c_extension()
    logger.info("mysql-connector-python %s", "in pure Python (slow)" if use_pure else "with its C extension")
    arguments: dict[str, Any] = {
        "use_pure": use_pure,
        "charset": "utf8mb4",
        "collation": "utf8mb4_general_ci",
    }
    if "connection_timeout" not in url.query:
        arguments["connection_timeout"] = max(1, int(pool.connection_timeout_s))
    if "ssl_disabled" in url.query:  # SQLAlchemy would hand its text on
        arguments["ssl_disabled"] = str(url.query["ssl_disabled"]).lower() == "true"
    return arguments


def mysql_c_extension() -> bool:
    """Whether the driver's compiled half is installed."""
    import mysql.connector

    return bool(mysql.connector.HAVE_CEXT)


def _session_settings(pool: HikariOptions) -> Any:
    statement = (
        f"SET time_zone = '+00:00', innodb_lock_wait_timeout = {max(1, int(pool.connection_timeout_s))}, "
        "sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,"
        "ONLY_FULL_GROUP_BY'"
    )

    def set_session(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()

    return set_session
