"""Saved views in the service's own database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, Row, Select, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ressort.data.tables import saved_view_table

from .views import Check, SavedView

if TYPE_CHECKING:
    from ressort.data import Database


class SqlViews:
    """`ViewStore` over the `saved_view` table of a `ressort.data.Database`."""

    def __init__(self, database: Database, table: Table | None = None) -> None:
        self._database = database
        self._table = saved_view_table(MetaData()) if table is None else table

    def all(self, list_name: str) -> Sequence[SavedView]:
        """See `ViewStore`."""
        with self._database.read() as connection:
            return [_view(row) for row in connection.execute(self._of(list_name))]

    def find(self, list_name: str, name: str) -> SavedView | None:
        """See `ViewStore`."""
        with self._database.read() as connection:
            row = connection.execute(self._of(list_name, name)).first()
        return _view(row) if row else None

    def put(self, view: SavedView, check: Check) -> SavedView:
        """See `ViewStore`; whoever loses the race for a new name finds it there and writes over it."""
        try:
            return self._put(view, check)
        except IntegrityError:
            return self._put(view, check)

    def _put(self, view: SavedView, check: Check) -> SavedView:
        with self._database.transaction() as connection:
            present = self._locked(connection, view.list_name, view.name, check)
            kept = replace(view, version=present.version + 1 if present else 1)
            written: Any = insert(self._table) if present is None else self._update(view)
            connection.execute(written.values(_row(kept)))
        return kept

    def delete(self, list_name: str, name: str, check: Check) -> None:
        """See `ViewStore`."""
        with self._database.transaction() as connection:
            self._locked(connection, list_name, name, check)
            c = self._table.c
            connection.execute(delete(self._table).where(c.list_name == list_name, c.name == name))

    def _locked(self, connection: Connection, list_name: str, name: str, check: Check) -> SavedView | None:
        row = connection.execute(self._of(list_name, name).with_for_update()).first()
        present = _view(row) if row else None
        of_list = self._table.c.list_name == list_name
        count = connection.execute(select(func.count()).select_from(self._table).where(of_list)).scalar_one()
        check(present, count)
        return present

    def _update(self, view: SavedView) -> Any:
        c = self._table.c
        return update(self._table).where(c.list_name == view.list_name, c.name == view.name)

    def _of(self, list_name: str, name: str | None = None) -> Select[Any]:
        found = select(self._table).where(self._table.c.list_name == list_name)
        return found if name is None else found.where(self._table.c.name == name)


def _row(view: SavedView) -> dict[str, Any]:
    return {
        "list_name": view.list_name,
        "name": view.name,
        "title": view.title,
        "parameters": dict(view.parameters),
        "pinned": view.pinned,
        "version": view.version,
        "modified_at": view.modified_at,
    }


def _view(row: Row[Any]) -> SavedView:
    return SavedView(
        row.list_name, row.name, row.title, row.parameters, row.pinned, row.modified_at, row.version
    )
