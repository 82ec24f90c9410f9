"""Lists: `limit`, sort keys and a keyset cursor that stays right while rows are inserted.

The cursor holds the sort and the key values of the last element given, so the next page starts after
that element wherever it now stands; rows inserted before it move nothing.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from .api_texts import FieldError, Texts
from .problem import InvalidQuery, current_texts

_MAX_INTEGER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class WireNames:
    """Names of the list parameters and of the envelope's members on the wire."""

    limit: str = "limit"
    cursor: str = "curseur"
    sort: str = "tri"
    elements: str = "elements"
    next: str = "suivant"
    total: str = "total"
    columns: str = "colonnes"

    @property
    def parameters(self) -> tuple[str, str, str]:
        """The query parameters every list understands."""
        return self.limit, self.cursor, self.sort


WIRE = WireNames()


@dataclass(frozen=True, slots=True)
class SortKey:
    """One level of an order; None sorts before every value, as SQLite and MySQL do."""

    name: str
    descending: bool = False

    def __str__(self) -> str:
        return ("-" if self.descending else "") + self.name


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a caller asked of a list: at most `limit` elements in `order`, those after `after` only.

    `order` always ends with a unique key; `after` has one value per key, or is None for the first page.
    `counted`: False when nobody looks at the total nor at sums (the later pages of an export), which may then be
    anything.
    """

    limit: int
    order: tuple[SortKey, ...]
    after: tuple[Any, ...] | None = None
    wire: WireNames = WIRE
    counted: bool = True

    def envelope(
        self,
        rows: Sequence[Any],
        total: int,
        *,
        show: Callable[[Any], Any] | None = None,
        key_of: Callable[[Any, str], Any] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """The answer for rows of one query that asked for `limit + 1` of them.

        `show` turns a row into its JSON form; `key_of(row, name)` gives a sort value (default: item
        or attribute of that name). `more` members are added beside the list.
        """
        shown = rows[: self.limit]
        cursor = self.cursor_after(shown[-1], key_of) if len(rows) > self.limit else None
        elements = [show(row) for row in shown] if show else list(shown)
        return {self.wire.elements: elements, self.wire.next: cursor, self.wire.total: total, **more}

    def cursor_after(self, row: Any, key_of: Callable[[Any, str], Any] | None = None) -> str:
        """The opaque text that continues after this row."""
        read = key_of or _read_key
        values = [_plain(read(row, key.name)) for key in self.order]
        text = orjson.dumps([",".join(map(str, self.order)), values], option=orjson.OPT_UTC_Z)
        return base64.urlsafe_b64encode(text).decode().rstrip("=")


@dataclass(frozen=True)
class Paging:
    """What a list allows: sort keys with the Python type of their values, the order without `tri`.

    `keys` may hold str, int, date, datetime or Decimal; `unique` names the key that makes the order total
    (added last when not asked for). `beside`: types of the members that the handler adds beside the list, for the
    document.
    """

    keys: Mapping[str, type]
    default: str
    unique: str = "id"
    default_limit: int = 50
    max_limit: int = 200
    wire: WireNames = field(default=WIRE)
    beside: Mapping[str, Any] = field(default_factory=dict)

    def read(self, arguments: Mapping[str, Sequence[str]]) -> PageRequest:
        """The page asked for. Raises InvalidQuery (400) naming each wrong parameter."""
        texts, wire, errors = current_texts(), self.wire, []
        given = {name: arguments[name][0] for name in wire.parameters if name in arguments}
        errors += [_error(n, texts, "repeated_parameter") for n in given if len(arguments[n]) > 1]
        limit = self._limit(given.get(wire.limit), texts, errors)
        order = self._order(given.get(wire.sort), texts, errors)
        after = None
        if wire.cursor in given and not errors:
            order, after = self._after(given[wire.cursor], order if wire.sort in given else None, texts)
        if errors:
            raise InvalidQuery(errors)
        return PageRequest(limit, order, after, wire)

    def _limit(self, given: str | None, texts: Texts, errors: list[FieldError]) -> int:
        if given is None:
            return self.default_limit
        if given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= self.max_limit:
            return int(given)
        errors.append(_error(self.wire.limit, texts, "limit", max=self.max_limit))
        return self.default_limit

    def _order(self, given: str | None, texts: Texts, errors: list[FieldError]) -> tuple[SortKey, ...]:
        keys: list[SortKey] = []
        for part in (self.default if given is None else given).split(","):
            name = part.strip().removeprefix("-")
            if name not in self.keys and name != self.unique:
                allowed = ", ".join(self.keys)
                errors.append(_error(self.wire.sort, texts, "sort", value=name[:60], allowed=allowed))
            elif name not in [key.name for key in keys]:
                keys.append(SortKey(name, part.strip().startswith("-")))
        if self.unique not in [key.name for key in keys]:
            keys.append(SortKey(self.unique, bool(keys) and keys[-1].descending))
        return tuple(keys)

    def _after(
        self, cursor: str, asked: tuple[SortKey, ...] | None, texts: Texts
    ) -> tuple[tuple[SortKey, ...], tuple[Any, ...]]:
        try:
            sort, values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", True))
            ignored: list[FieldError] = []
            order = self._order(sort, texts, ignored)
            if ignored or (asked is not None and asked != order) or ",".join(map(str, order)) != sort:
                raise ValueError("another order")
            return order, tuple(
                _typed(value, self.keys.get(key.name, str)) for key, value in zip(order, values, strict=True)
            )
        except (ValueError, TypeError, AttributeError, InvalidOperation, binascii.Error) as error:
            raise InvalidQuery([_error(self.wire.cursor, texts, "cursor")]) from error


def page_of(
    rows: Sequence[Any], page: PageRequest, key_of: Callable[[Any, str], Any] | None = None
) -> list[Any]:
    """The `limit + 1` rows of an in-memory sequence a page asks for, in its order."""
    read = key_of or _read_key
    ordered = list(rows)
    for key in reversed(page.order):
        ordered.sort(key=lambda row, name=key.name: _rank(read(row, name)), reverse=key.descending)  # type: ignore[misc]
    if page.after is not None:
        ordered = [row for row in ordered if _is_after(row, page, read)]
    return ordered[: page.limit + 1]


def _is_after(row: Any, page: PageRequest, read: Callable[[Any, str], Any]) -> bool:
    for key, limit in zip(page.order, page.after or (), strict=True):
        mine, theirs = _rank(read(row, key.name)), _rank(limit)
        if mine != theirs:
            return bool(mine < theirs) if key.descending else bool(mine > theirs)
    return False


def _rank(value: Any) -> tuple[bool, Any]:
    return (False, 0) if value is None else (True, value)


def _error(name: str, texts: Texts, kind: str, **values: Any) -> FieldError:
    code, detail = texts.field(kind, None, {"name": name, **values})
    return FieldError("", code, detail, name)


def _read_key(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


def _plain(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value


def _typed(value: Any, kind: type) -> Any:
    """A cursor's JSON value as its key's type. Raises ValueError or TypeError when it is not one."""
    if value is None:
        return None
    if kind is date:
        return date.fromisoformat(value)
    if kind is datetime:
        return datetime.fromisoformat(value).astimezone(UTC)
    if kind is Decimal:
        return Decimal(value)
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected")
    if isinstance(value, int) and abs(value) > _MAX_INTEGER:
        raise ValueError("an integer that no database column holds")
    return value
