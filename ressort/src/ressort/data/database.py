"""A service's database: transactions, reads, health, migrations."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from ressort.observability.health import Health
from ressort.observability.metrics import MeterRegistry

from . import ambient
from ._engines import WRITE, server_engine, sqlite_engine
from ._locks import FileLock, NamedLock, ServerLock, ThreadLock
from ._pool_metrics import PoolMetrics
from .errors import DatabaseBusyError
from .options import DataSourceOptions, HikariOptions
from .url import shown, sqlite_file, to_sqlalchemy

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

logger = logging.getLogger(__name__)


class Database:
    """One data source. Connections are made on first use, so an unopened one survives fork().

    Writers: SQLite's are serialised in the process, then `BEGIN IMMEDIATE` waits for other processes;
    MySQL/MariaDB's run READ COMMITTED. Readers see a snapshot (SQLite) or committed rows (MySQL).
    """

    def __init__(self, url: URL, pool: HikariOptions, name: str = "dataSource") -> None:
        self.name = name
        self.url = url
        self.pool = pool
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.engine: Engine = sqlite_engine(url, pool) if self.is_sqlite else server_engine(url, pool)
        self._in_memory = self.is_sqlite and sqlite_file(url) is None
        self._writer = threading.Lock()
        self._named_locks: dict[str, threading.Lock] = {}
        self._pool_metrics: PoolMetrics | None = None
        self._pid: int | None = None

    @classmethod
    def open(cls, options: DataSourceOptions | str) -> Database:
        """The database of `spring.datasource.*`, or of a bare URL with a default pool.

        Creates the folder of a SQLite file. Raises UnsupportedUrlError.
        """
        if isinstance(options, str):
            options = DataSourceOptions(url=options, hikari=HikariOptions())
        url = to_sqlalchemy(options.url, options.username, options.password)
        return cls(url, options.hikari, options.name)

    def __repr__(self) -> str:
        return f"Database({shown(self.url)})"

    # transactions -------------------------------------------------------------------------------

    def transaction(self) -> AbstractContextManager[Connection]:
        """A connection in a write transaction: commit at the end of the block, rollback on an exception.

        Joins the transaction already open here, if any; a failure inside a joined block that the outer one
        swallows ends the outer one with UnexpectedRollbackError (use `connection.begin_nested()` to try
        something). Under `deferred_commit()` the commit waits. Raises DatabaseBusyError; retries nothing.
        """
        return ambient.transaction(self)

    def deferred_commit(self) -> AbstractContextManager[ambient.Deferral]:
        """Puts off the commits of the transaction blocks run inside; see `ressort.data.ambient`."""
        return ambient.deferred_commit(self)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for queries, rolled back at the end; the open transaction's own, when there is one."""
        unit = ambient.current_unit(self)
        if unit is not None:
            yield unit.connection
            return
        self._own_after_fork()
        with self._writer if self._in_memory else nullcontext(), self._connect() as connection:
            yield connection

    def after_commit(self, connection: Connection, callback: Callable[[], None]) -> None:
        """Runs `callback` once the transaction of `connection` has committed; never if it does not.

        An exception of the callback is logged. Raises RuntimeError when `connection` is not the one of the
        transaction open here.
        """
        unit = ambient.current_unit(self)
        if unit is None or unit.connection is not connection:
            raise RuntimeError("after_commit needs the connection of the transaction open here")
        unit.callbacks.append(callback)

    def begin_unit(self) -> ambient.Unit:
        """Opens a write transaction outside of any scope: for `ressort.data.ambient` only."""
        self._own_after_fork()
        self._lock_writer()
        try:
            connection = self._connect().execution_options(**{WRITE: True})
            try:
                self._begin(connection)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            self._unlock_writer()
            raise
        return ambient.Unit(connection, lambda: self._end(connection))

    def _connect(self) -> Connection:
        with self._pool_metrics.acquiring() if self._pool_metrics else nullcontext():
            return self.engine.connect()

    def _begin(self, connection: Connection) -> None:
        try:
            connection.begin()
        except (OperationalError, sqlite3.OperationalError) as error:
            if self.is_sqlite and "locked" in str(error):
                raise DatabaseBusyError(shown(self.url), self.pool.connection_timeout_s) from error
            raise

    def _end(self, connection: Connection) -> None:
        try:
            connection.close()
        finally:
            self._unlock_writer()

    def _lock_writer(self) -> None:
        if self.is_sqlite and not self._writer.acquire(timeout=self.pool.connection_timeout_s):
            raise DatabaseBusyError(shown(self.url), self.pool.connection_timeout_s)

    def _unlock_writer(self) -> None:
        if self.is_sqlite:
            self._writer.release()

    def _own_after_fork(self) -> None:
        """A child must not talk on its parent's connections nor wait for its parent's threads."""
        pid = os.getpid()
        if self._pid == pid:
            return
        if self._pid is not None:
            self.engine.dispose(close=False)
            self._writer = threading.Lock()
        self._pid = pid

    # the rest -----------------------------------------------------------------------------------

    def lock(self, name: str) -> NamedLock:
        """A mutex shared by all processes on this database, freed when its holder dies. Not re-entrant."""
        file = sqlite_file(self.url)
        if file is not None:
            return FileLock(file.with_name(f"{file.name}.{name}.lock"))
        if self.is_sqlite:
            return ThreadLock(self._named_locks.setdefault(name, threading.Lock()))
        return ServerLock(self.engine, name)

    def migrate(self, location: Traversable | Path) -> str | None:
        """Brings the schema to the newest revision found in `location`; starting processes take turns.

        Returns the revision the schema is at. Raises MigrationError naming the revision that failed.
        """
        from .migrations import migrate

        return migrate(self, location)

    def ping(self) -> Health:
        """Health `db`: UP with the product, DOWN with the error."""
        self._own_after_fork()
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
                product = self._product(connection)
        except SQLAlchemyError as error:
            return Health.down(error)
        return Health("UP", {"database": product, "validationQuery": "SELECT 1", "result": 1})

    def _product(self, connection: Connection) -> str:
        if self.is_sqlite:
            return "SQLite"
        if getattr(connection.dialect, "is_mariadb", False):
            return "MariaDB"
        return {"mysql": "MySQL", "postgresql": "PostgreSQL"}.get(
            connection.dialect.name, connection.dialect.name
        )

    def observe(self, metrics: MeterRegistry) -> None:
        """Counts connections as `hikaricp.connections.*` and `jdbc.connections.*`; call once, before use."""
        self._pool_metrics = PoolMetrics(self.engine, self.pool, self.name, metrics)

    def close(self) -> None:
        """Closes idle connections; those in use close when given back."""
        self.engine.dispose()
