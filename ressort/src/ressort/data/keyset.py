"""Keyset pagination: the condition and the order of "what comes after this row", for SQLAlchemy Core.

    condition, order = keyset(page.order, page.after, {"day": t.c.day, "id": t.c.id})
    query = select(t).order_by(*order).limit(page.limit + 1)
    if condition is not None: query = query.where(condition)

NULL sorts before every value, as SQLite and MySQL have it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, and_, false, or_, true

from ressort.paging import SortKey


def keyset(
    order: Sequence[SortKey], after: Sequence[Any] | None, columns: Mapping[str, Any]
) -> tuple[ColumnElement[bool] | None, list[UnaryExpression[Any]]]:
    """(condition or None on the first page, ORDER BY terms).

    `after` has one value per key, those of the last row already given; the last key must be unique.
    `columns` gives the expression of each key.
    """
    terms = [columns[key.name].desc() if key.descending else columns[key.name].asc() for key in order]
    if after is None:
        return None, terms
    return _after(order, list(after), columns), terms


def _after(order: Sequence[SortKey], values: list[Any], columns: Mapping[str, Any]) -> ColumnElement[bool]:
    """(a > x) or (a = x and b > y) or ..., with the bound on the first key spelled out for its index."""
    steps: list[ColumnElement[bool]] = []
    for depth, key in enumerate(order):
        equal = [_same(columns[k.name], values[i]) for i, k in enumerate(order[:depth])]
        steps.append(and_(true(), *equal, _beyond(columns[key.name], values[depth], key.descending)))
    return and_(_not_before(columns[order[0].name], values[0], order[0].descending), or_(false(), *steps))


def _same(column: Any, value: Any) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value  # type: ignore[no-any-return]


def _beyond(column: Any, value: Any, descending: bool) -> ColumnElement[bool]:
    if not descending:
        return column.is_not(None) if value is None else column > value  # type: ignore[no-any-return]
    if value is None:
        return false()
    return or_(column < value, column.is_(None)) if _nullable(column) else column < value


def _not_before(column: Any, value: Any, descending: bool) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None) if descending else true()
    if not descending:
        return column >= value  # type: ignore[no-any-return]
    return or_(column <= value, column.is_(None)) if _nullable(column) else column <= value


def _nullable(column: Any) -> bool:
    """Expressions other than columns may always be NULL."""
    return bool(getattr(column, "nullable", True))
