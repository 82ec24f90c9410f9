"""A list as CSV for a spreadsheet: `Accept: text/csv` on a route that declares `csv=`.

    columns = [Column("day", "Date", Cell.DATE), Column("total", "Total TTC", Cell.AMOUNT, "total_cents")]
    export = CsvExport("orders", columns, day=lambda answer: clock.today())

    @api.get("/orders", response=OrderView, paging=..., csv=export)
    def search(where: OrderFilter, page: PageRequest): ...

The handler is the one that answers JSON: it is called page by page, in the caller's order and with the caller's
filters, until the list ends; what it shows is what the cells hold. Nothing but the page being written is kept in
memory. A spreadsheet set to French opens the file by a double click: UTF-8 with a byte order mark, semicolons,
CRLF, decimal commas, days as 31/12/2026.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import flask
import orjson

from . import api_json
from .api_answers import Answer, respond
from .api_texts import FieldError
from .paging import WIRE, PageRequest, Paging, WireNames
from .problem import InvalidQuery, Problem, current_texts

MEDIA_TYPE = "text/csv"
BYTE_ORDER_MARK = "\ufeff"
MAX_ROWS = 100_000
PAGE_ROWS = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Cell(StrEnum):
    """What a column holds, and so how its JSON value is written; null is an empty cell.

    TEXT: as it is, with an apostrophe before what a spreadsheet would take for a formula (OWASP, CSV injection).
    AMOUNT: an integer of minor units, two of which are decimals (`123456` gives `1234,56`). DATE: `31/12/2026`.
    INSTANT: `31/12/2026 14:05:09` in the zone of the export. NUMBER: an integer. DECIMAL: a decimal string, its
    point become a comma.
    """

    TEXT = "text"
    AMOUNT = "amount"
    DATE = "date"
    INSTANT = "instant"
    NUMBER = "number"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in queries, the heading people read, and where its value is in an element.

    `path`: member names joined by dots (`customer.name`), the column's own name when empty; `of` computes the value
    instead, from the JSON form of an element. `labels`: words for coded values (`{"PAID": "Payée", True: "oui"}`);
    values without a word are written as they are.
    """

    name: str
    heading: str
    kind: Cell = Cell.TEXT
    path: str = ""
    labels: Mapping[Any, str] = field(default_factory=dict)
    of: Callable[[Mapping[str, Any]], Any] | None = None

    def value(self, element: Any) -> Any:
        """The value in the JSON form of an element; None where the way to it ends early."""
        if self.of is not None:
            return self.of(element)
        for name in (self.path or self.name).split("."):
            element = element.get(name) if isinstance(element, dict) else None
        return element


@dataclass(frozen=True)
class CsvExport:
    """How a list is exported. `name` and the `day` of the first answer make the file's name.

    `rows`: the member that holds the elements of an answer that is not a list with pages. Above `max_rows` elements
    nothing is sent: 413 `export-trop-grand`.
    """

    name: str
    columns: Sequence[Column]
    day: Callable[[Mapping[str, Any]], date]
    rows: str | None = None
    max_rows: int = MAX_ROWS
    page_rows: int = PAGE_ROWS
    zone: str = "Europe/Paris"
    wire: WireNames = WIRE

    @property
    def parameters(self) -> frozenset[str]:
        """The query parameters a route gains by being exported."""
        return frozenset({self.wire.columns})

    def answer(
        self,
        call: Callable[[PageRequest | None], Any],
        page: PageRequest | None,
        paging: Paging | None,
        status: int,
    ) -> flask.Response:
        """The route's answer in the form its caller prefers; `call` runs the handler on a page.

        Raises 400 naming a column that does not exist, a parameter that the form asked for has no use for, and 413.
        """
        if not is_preferred():
            self._refuse({self.wire.columns}, "csv_only")
            response = respond(call(page), status)
            response.vary.add("Accept")
            return response
        self._refuse({self.wire.limit, self.wire.cursor} if paging else set(), "whole_list")
        columns = self._columns()
        first = _body(call(page and replace(page, limit=self.page_rows)))
        self._refuse_above_limit(first)
        return self._response(first, self._pages(first, call, paging), columns)

    def _response(
        self, first: Mapping[str, Any], pages: Iterator[Sequence[Any]], columns: Sequence[Column]
    ) -> flask.Response:
        headers = {
            "Content-Disposition": f'attachment; filename="{self.name}-{self.day(first):%Y-%m-%d}.csv"',
            "Cache-Control": "no-store",
            "Vary": "Accept",
        }
        lines: Iterator[bytes] = written(columns, pages, ZoneInfo(self.zone))
        body = flask.stream_with_context(lines) if first.get(self.wire.next) else b"".join(lines)
        return flask.Response(body, 200, headers, content_type=f"{MEDIA_TYPE}; charset=utf-8")

    def _pages(
        self, first: Mapping[str, Any], call: Callable[[PageRequest | None], Any], paging: Paging | None
    ) -> Iterator[Sequence[Any]]:
        """The elements, page by page; those after the first are asked for without their sums."""
        answer, member = first, self.rows or self.wire.elements
        while True:
            yield answer[member]
            cursor = answer.get(self.wire.next)
            if paging is None or cursor is None:
                return
            page = paging.read({self.wire.cursor: [cursor]})
            answer = _body(call(replace(page, limit=self.page_rows, counted=False)))

    def _columns(self) -> Sequence[Column]:
        """The columns asked for, in the order given; all of them when none is named."""
        asked = flask.request.args.getlist(self.wire.columns)
        if not asked:
            return self.columns
        if len(asked) > 1:
            raise InvalidQuery([_error(self.wire.columns, "repeated_parameter")])
        known = {column.name: column for column in self.columns}
        names = [name.strip() for name in asked[0].split(",")]
        allowed = ", ".join(known)
        errors = [
            _error(self.wire.columns, "column", value=name[:60], allowed=allowed)
            for name in names
            if name not in known
        ]
        if errors:
            raise InvalidQuery(errors)
        return [known[name] for name in dict.fromkeys(names)]

    @staticmethod
    def _refuse(names: set[str], kind: str) -> None:
        errors = [_error(name, kind) for name in sorted(names) if name in flask.request.args]
        if errors:
            raise InvalidQuery(errors)

    def _refuse_above_limit(self, first: Mapping[str, Any]) -> None:
        total = len(first[self.rows]) if self.rows else first[self.wire.total]
        if total > self.max_rows:
            raise Problem(413, "export-trop-grand", values={"total": total, "max": self.max_rows})


def is_preferred() -> bool:
    """Whether the caller would rather have CSV than JSON; `*/*` is JSON."""
    if MEDIA_TYPE not in flask.request.environ.get("HTTP_ACCEPT", ""):
        return False
    return flask.request.accept_mimetypes.best_match(["application/json", MEDIA_TYPE]) == MEDIA_TYPE


def written(columns: Sequence[Column], pages: Iterator[Sequence[Any]], zone: ZoneInfo) -> Iterator[bytes]:
    """The file in parts, one for each page; the first begins with the headings."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    writer.writerow([column.heading for column in columns])
    for elements in pages:
        shown = orjson.loads(api_json.write(elements))
        writer.writerows([cell(column, column.value(one), zone) for column in columns] for one in shown)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def cell(column: Column, value: Any, zone: ZoneInfo) -> str:
    """The JSON value of a column as a spreadsheet set to French reads it."""
    if value is None:
        return ""
    if column.labels and isinstance(value, str | int) and value in column.labels:
        return _text(column.labels[value])
    match column.kind:
        case Cell.AMOUNT:
            units, rest = divmod(abs(value), 100)
            return f"{'-' if value < 0 else ''}{units},{rest:02d}"
        case Cell.DATE:
            return f"{value[8:]}/{value[5:7]}/{value[:4]}"
        case Cell.INSTANT:
            return f"{datetime.fromisoformat(value).astimezone(zone):%d/%m/%Y %H:%M:%S}"
        case Cell.NUMBER | Cell.DECIMAL:
            return str(value).replace(".", ",")
        case Cell.TEXT:
            return _text(str(value))


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _body(answered: Any) -> Mapping[str, Any]:
    body: Mapping[str, Any] = answered.body if isinstance(answered, Answer) else answered
    return body


def _error(name: str, kind: str, **values: Any) -> FieldError:
    code, detail = current_texts().field(kind, None, {"name": name, **values})
    return FieldError("", code, detail, name)
