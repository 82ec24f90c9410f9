"""Alembic run by program, from revisions shipped inside a package.

A service keeps its revisions as `<pkg>/migrations/0001_tables.py`, ... (or under `versions/` there). Each
is a usual Alembic revision; `create_standard_tables("outbox", "inbox")` adds those of `ressort.data.tables`.
"""

from __future__ import annotations

import ast
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, String, column, func, inspect, or_, text, update
from sqlalchemy import table as sql_table
from sqlalchemy.exc import SQLAlchemyError

from .errors import MigrationError
from .tables import STANDARD_TABLES

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from .database import Database

logger = logging.getLogger(__name__)

_LOCK_TIMEOUT_S = 120.0


def create_standard_tables(*names: str) -> None:
    """Inside a revision's `upgrade()`: creates `outbox`, `inbox`, `idempotency`, `saved_view`, as named."""
    from alembic import op

    for name in names:
        STANDARD_TABLES[name](MetaData()).create(op.get_bind())


def drop_standard_tables(*names: str) -> None:
    """Inside a revision's `downgrade()`."""
    from alembic import op

    for name in names:
        op.drop_table(name)


def open_ligatures(table: str, *columns: str) -> None:
    """Inside a revision's `upgrade()`: text that was folded while ligatures stayed, as `ressort.texts.fold` gives it.

    `cœur` becomes `coeur`, `æquo` `aequo`, and what a compatibility sign left in capitals (`№ 12`) is in small ones.
    One statement a column, which leaves the rows alone that stay as they are.
    """
    from alembic import op

    for name in columns:
        kept = column(name, String)
        small = func.lower(kept)
        opened = func.replace(func.replace(small, "œ", "oe"), "æ", "ae")
        changed = or_(kept.contains("œ"), kept.contains("æ"), kept != small)
        op.get_bind().execute(update(sql_table(table, kept)).where(changed).values({name: opened}))


def migrate(database: Database, location: Traversable | Path) -> str | None:
    """See `Database.migrate`. Alembic itself is imported only when there is something to do."""
    with _folder(location) as folder:
        wanted = _head(folder)
        if wanted is None or _current(database) == wanted:
            return wanted
        lock = database.lock("migration")
        if not lock.acquire(_LOCK_TIMEOUT_S):
            raise MigrationError(
                f"{database!r}: another process has been migrating for {_LOCK_TIMEOUT_S:g} s"
            )
        try:
            if _current(database) != wanted:
                _upgrade(database, folder)
        finally:
            lock.release()
    return wanted


@contextmanager
def _folder(location: Traversable | Path) -> Iterator[Path]:
    with as_file(location) as folder:
        if not folder.is_dir():
            raise MigrationError(f"no migrations at {folder}")
        versions = folder / "versions"
        yield versions if versions.is_dir() else folder


def _head(folder: Path) -> str | None:
    """The newest revision, read from the files without running them; None in an empty folder."""
    followed_by = {
        revision: down for revision, down in map(_revision, sorted(folder.glob("*.py"))) if revision
    }
    heads = set(followed_by) - set(followed_by.values())
    if len(heads) > 1:
        raise MigrationError(f"{folder}: several newest revisions: {', '.join(sorted(heads))}")
    return heads.pop() if heads else None


def _revision(file: Path) -> tuple[str | None, str | None]:
    values: dict[str, Any] = {}
    for node in ast.parse(file.read_text(encoding="utf-8"), str(file)).body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and target.id in ("revision", "down_revision"):
                values[target.id] = ast.literal_eval(value)
    return values.get("revision"), values.get("down_revision")


def _current(database: Database) -> str | None:
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return row[0] if row else None


def _upgrade(database: Database, folder: Path) -> None:
    before = _current(database)
    if before is None and not database.is_sqlite:
        _compare_strings_exactly(database)
    try:
        with database.transaction() as connection:
            _run_alembic(connection, folder)
    except (SQLAlchemyError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise MigrationError(f"{database!r} at revision {before}: {error}") from error
    logger.info("%r migrated from %s to %s", database, before or "nothing", _current(database))


def _run_alembic(connection: Connection, folder: Path) -> None:
    """SQLite undoes everything on a failure; MySQL commits each statement, so it may stay half done."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    script = ScriptDirectory(str(folder), version_locations=[str(folder)])
    context = EnvironmentContext(
        Config(),
        script,
        fn=lambda revision, _context: script._upgrade_revs("head", revision),
        destination_rev="head",
    )
    try:
        with context:
            context.configure(connection=connection, transactional_ddl=connection.dialect.name == "sqlite")
            context.run_migrations()
    except CommandError as error:
        raise MigrationError(str(error)) from error


def _compare_strings_exactly(database: Database) -> None:
    """Tables of a new schema compare text byte by byte, as SQLite does: `FA-1` is not `fa-1` nor `FA-1 `."""
    with database.engine.connect() as connection:
        if inspect(connection).get_table_names():
            return
        mariadb = getattr(connection.dialect, "is_mariadb", False)
        collation = "utf8mb4_nopad_bin" if mariadb else "utf8mb4_0900_bin"
        try:
            connection.execute(text(f"ALTER DATABASE CHARACTER SET utf8mb4 COLLATE {collation}"))
        except SQLAlchemyError as error:
            logger.warning("%r keeps its own collation, text may compare without case: %s", database, error)
