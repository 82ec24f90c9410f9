"""A small service of orders on the API kit, used by the tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import flask
from pydantic import Field

from ressort.errors import RessortError
from ressort.flask import etag
from ressort.flask.api import (
    Answer,
    Api,
    Body,
    CommaList,
    DaysBetween,
    DecimalString,
    FieldError,
    InvalidBody,
    IsoDate,
    IsoInstant,
    Items,
    Model,
    NoFields,
    PageRequest,
    Paging,
    PlainText,
    Problem,
    Query,
    answer,
    create_api_app,
    created,
    idempotent,
    minor_units,
    problems,
)
from ressort.flask.idempotency import AnswerStore
from ressort.flask.paging import page_of

DAY = date(2026, 11, 20)
ThisCentury = Annotated[date, DaysBetween(date(2000, 1, 1), date(2099, 12, 31))]
Quantity = Annotated[Decimal, DecimalString(max_digits=9, places=3, min="0.001")]


class Kind(StrEnum):
    """Kinds of orders."""

    STOCK = "STOCK"
    DIRECT = "DIRECT"


class Line(Model):
    """One line; its total is computed."""

    read_only = frozenset({"total_cents"})
    label: Annotated[str, PlainText(20)]
    quantity: Quantity
    price_cents: Annotated[int, minor_units(min=1)]


class Order(Model):
    """What a caller sends."""

    read_only = frozenset({"id", "total_cents"})
    customer: Annotated[str, PlainText(40)]
    lines: Annotated[list[Line], Field(default_factory=list)]
    kind: Kind = Kind.STOCK
    ordered_on: IsoDate | None = None
    wanted_on: IsoDate | None = None
    seen_at: IsoInstant | None = None
    due_on: ThisCentury | None = None
    colour: Literal["red", "black or white", "it's"] | None = None
    note: Annotated[str, PlainText(200, min=0, lines=True)] | None = None

    @classmethod
    def checks(cls, valid: Any) -> Any:
        """Nothing is delivered before it is ordered."""
        ordered, wanted = valid.get("ordered_on"), valid.get("wanted_on")
        if ordered and wanted and wanted < ordered:
            yield FieldError("/wanted_on", "too-early", "wanted before ordered")


class Where(Query):
    """Filters."""

    customer: str | None = None
    since: IsoDate | None = None
    until: ThisCentury | None = None
    kind: Kind | None = None
    big: bool | None = None
    ids: CommaList | None = None


class OrderView(Model):
    """What a caller sees."""

    id: str
    customer: str
    lines: list[dict[str, Any]]
    total_cents: int


class OrderMissingError(Exception):
    """No such order."""


class StockShortError(Exception):
    """Not enough left."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} left")
        self.left = left


class PeerOutError(RessortError):
    """Looks like ressort.http.UnavailableError."""

    service = "stock"
    retry_after_s = 2.4


@dataclass
class Orders:
    """The store."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    effects: int = 0
    fail_with: BaseException | None = None

    def get(self, id: str) -> dict[str, Any]:
        if id not in self.rows:
            raise OrderMissingError(f"no order {id}")
        return self.rows[id]

    def place(self, order: Order) -> dict[str, Any]:
        self.effects += 1
        if self.fail_with is not None:
            raise self.fail_with
        id = f"o{len(self.rows) + 1:03}"
        lines = [
            {**line.model_dump(), "total_cents": int(line.quantity * line.price_cents)}
            for line in order.lines
        ]
        total = sum(line["total_cents"] for line in lines)
        row = {"id": id, "customer": order.customer, "lines": lines, "total_cents": total, "version": 1}
        self.rows[id] = row
        return row


def view(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "version"}


def order_api(orders: Orders) -> Api:
    """The routes."""
    api = Api("Orders", "2.1", "Orders of the tests")
    api.problems(
        problems(
            {
                OrderMissingError: (404, "order-missing", "Order missing"),
                StockShortError: (409, "stock-short", "Not enough stock", ("left",)),
            }
        )
    )

    @api.post("/orders", status=201, response=OrderView, problems=[(409, "stock-short")])
    @idempotent()
    def place(order: Order) -> Answer:
        """Place an order.

        Its total is computed.
        """
        row = orders.place(order)
        return created(view(row), f"/orders/{row['id']}", etag=etag.etag(1, DAY))

    @api.post("/payments", status=201)
    @idempotent(required=True)
    def pay(order: Order) -> dict[str, Any]:
        """Pay."""
        return view(orders.place(order))

    @api.get("/orders/{id}", response=OrderView, etag=True)
    def show(id: str) -> Answer:
        """One order."""
        row = orders.get(id)
        return answer(view(row), etag=etag.etag(row["version"], DAY))

    @api.put("/orders/{id}", response=OrderView, if_match="required")
    def change(id: str, body: Body[Order]) -> Answer:
        """Replace an order."""
        row = orders.get(id)
        etag.require_match(row["version"], DAY)
        if row.get("closed"):
            raise Problem(409, "order-closed", "Order closed", "It is closed.")
        order = body.valid(current=view(row))
        row.update(customer=order.customer, version=row["version"] + 1)
        return answer(view(row), etag=etag.etag(row["version"], DAY))

    @api.delete("/orders/{id}", if_match="required")
    def drop(id: str) -> None:
        """Delete an order."""
        etag.require_match(orders.get(id)["version"], DAY)
        del orders.rows[id]

    @api.post("/orders/{id}/close", if_match="optional")
    def close(id: str) -> dict[str, Any]:
        """Close an order."""
        row = orders.get(id)
        etag.check_match(row["version"], DAY)
        row["closed"] = True
        return view(row)

    @api.post("/orders/{id}/open", if_match="optional")
    def reopen(id: str, body: Body[NoFields]) -> dict[str, Any]:
        """Open an order again."""
        row = orders.get(id)
        etag.check_match(row["version"], DAY)
        if not row.get("closed"):
            raise Problem(409, "order-open", "Order open", "It is open.")
        body.valid()
        row["closed"] = False
        return view(row)

    @api.post("/count")
    @idempotent()
    def count() -> dict[str, Any]:
        """Declares no body."""
        orders.effects += 1
        return {"effects": orders.effects}

    keys = {"customer": str, "total_cents": int}

    @api.get("/orders", response=OrderView, paging=Paging(keys, default="-total_cents"))
    def search(where: Where, page: PageRequest) -> dict[str, Any]:
        """Orders."""
        rows = [r for r in orders.rows.values() if where.customer in (None, r["customer"])]
        return page.envelope(page_of(rows, page), len(rows), show=view, sum_cents=1)

    @api.post("/orders/bulk", max_items=3, internal=True)
    def bulk(rows: Items[Order]) -> list[dict[str, Any]]:
        """Many orders."""
        return [{"ok": row.value is not None, "errors": row.errors_json()} for row in rows]

    @api.post("/jobs", status=202)
    def job(body: Where2 = Where2()) -> dict[str, Any]:  # noqa: B008 - a frozen model
        """The body may be left out."""
        return {"name": body.name}

    @api.get("/boom")
    def boom() -> None:
        """Raises what the test chose."""
        raise orders.fail_with or RuntimeError("secret SQL")

    @api.post("/files", form={"file": "file"}, max_body_bytes=100_000)
    def upload() -> dict[str, Any]:
        """Takes a file."""
        found = flask.request.files.get("file")
        if found is None:
            raise InvalidBody([FieldError("/file", "missing", "A file is needed.")])
        return {"bytes": len(found.read())}

    return api


class Where2(Model):
    """An optional body."""

    name: str = "none"


def order_app(
    orders: Orders | None = None, locale: str = "fr", answers: AnswerStore | None = None
) -> flask.Flask:
    """The application."""
    app = create_api_app(__name__, locale=locale, max_body_bytes=20_000)
    order_api(orders or Orders()).register(app, answers=answers)
    return app
