"""A SELECT compiled once and handed to the driver as it is, for the one read a service lives on.

    BY_ID = select(t.c.id, t.c.total).where(t.c.id == bindparam("id"))
    by_id = PreparedSelect(database, BY_ID)
    row = by_id.first(id="x")              # (id, total) or None

Types are converted as a `Connection` would, but no transaction is begun or rolled back and no `Row` made:
about a quarter of the work, and fewer hand-overs between threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Select

from . import ambient
from .database import Database

Converter = Callable[[Any], Any] | None


@dataclass(frozen=True)
class _Plan:
    """The statement in the words of one driver."""

    text: str
    names: Sequence[str]
    positional: bool
    constants: dict[str, Any]
    binders: dict[str, Converter]
    readers: Sequence[tuple[int, Callable[[Any], Any]]]


class PreparedSelect:
    """One statement on one database, used by any thread. Its parameters are `bindparam`s with names.

    Lists of values (`in_`) are not for it.
    """

    def __init__(self, database: Database, statement: Select[Any]) -> None:
        self._database = database
        self._statement = statement
        self._plan: _Plan | None = None

    def first(self, **parameters: Any) -> Sequence[Any] | None:
        """The first row, in the order of the columns; None without any.

        Inside an open transaction it sees that transaction's rows. Raises what a Connection would.
        """
        database = self._database
        if ambient.current_unit(database) is not None or database._in_memory:
            return self._by_connection(parameters)
        database._own_after_fork()
        plan = self._plan or self._compile()
        try:
            row = self._by_driver(plan, parameters)
        except database.engine.dialect.loaded_dbapi.Error:
            return self._by_connection(parameters)  # tells the error as SQLAlchemy does, or succeeds now
        return None if row is None else _converted(row, plan)

    def _by_connection(self, parameters: dict[str, Any]) -> Sequence[Any] | None:
        with self._database.read() as connection:
            return connection.execute(self._statement, parameters).first()

    def _by_driver(self, plan: _Plan, parameters: dict[str, Any]) -> Sequence[Any] | None:
        bound = [_bound(plan, name, parameters) for name in plan.names]
        values: Any = bound if plan.positional else dict(zip(plan.names, bound, strict=True))
        pooled = self._database.engine.raw_connection()
        try:
            cursor = pooled.cursor()
            try:
                cursor.execute(plan.text, values)
                row: Sequence[Any] | None = cursor.fetchone()
            finally:
                cursor.close()
        finally:
            pooled.close()
        return row

    def _compile(self) -> _Plan:
        """Compiled on first use, when a connection has told the dialect which server it talks to."""
        with self._database.read():
            dialect = self._database.engine.dialect
        compiled: Any = self._statement.compile(dialect=dialect)
        self._plan = _Plan(
            text=str(compiled),
            names=tuple(compiled.positiontup if compiled.positional else compiled.params),
            positional=bool(compiled.positional),
            constants={name: value for name, value in compiled.params.items() if value is not None},
            binders={
                name: _implementation(bind.type, dialect).bind_processor(dialect)
                for bind, name in compiled.bind_names.items()
            },
            readers=_readers(self._statement, dialect),
        )
        return self._plan


def _readers(statement: Select[Any], dialect: Dialect) -> Sequence[tuple[int, Callable[[Any], Any]]]:
    converters = (
        _implementation(column.type, dialect).result_processor(dialect, None)
        for column in statement.selected_columns
    )
    return tuple((place, convert) for place, convert in enumerate(converters) if convert is not None)


def _implementation(kind: Any, dialect: Dialect) -> Any:
    return kind.dialect_impl(dialect)


def _bound(plan: _Plan, name: str, parameters: dict[str, Any]) -> Any:
    value = parameters[name] if name in parameters else plan.constants[name]
    convert = plan.binders[name]
    return value if convert is None else convert(value)


def _converted(row: Sequence[Any], plan: _Plan) -> Sequence[Any]:
    values = list(row)
    for place, convert in plan.readers:
        if values[place] is not None:
            values[place] = convert(values[place])
    return values
