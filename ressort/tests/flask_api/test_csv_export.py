"""Lists as CSV: what a French spreadsheet reads, whole, in order, page by page."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import flask
import pytest
from openapi_spec_validator import validate

from ressort.flask.api import (
    Api,
    Cell,
    Column,
    CsvExport,
    Model,
    PageRequest,
    Paging,
    Query,
    answer,
    create_api_app,
)
from ressort.flask.csv_export import cell
from ressort.flask.paging import page_of

COLUMNS = [
    Column("label", "Désignation"),
    Column("customer", "Client", path="customer.name"),
    Column("total", "Total TTC", Cell.AMOUNT, "total_cents"),
    Column("day", "Date", Cell.DATE),
    Column("at", "Enregistrée le", Cell.INSTANT),
    Column("late", "Retard (j)", Cell.NUMBER),
    Column("quantity", "Quantité", Cell.DECIMAL),
    Column("paid", "Payée", labels={True: "oui", False: "non"}),
    Column("state", "État", labels={"OPEN": "ouverte"}),
]
ROW: dict[str, Any] = {
    "id": "o1",
    "label": "vis",
    "customer": {"name": "Œillet & Cie"},
    "total_cents": 123456,
    "day": date(2026, 12, 31),
    "at": "2026-07-01T22:30:00.123456Z",
    "late": 3,
    "quantity": "2.5",
    "paid": True,
    "state": "OPEN",
}


class OrderView(Model):
    """What a caller sees."""

    id: str


class Where(Query):
    """A filter."""

    label: str | None = None


class Shop:
    """A list and an answer of another shape; `asked` holds every page asked for."""

    def __init__(self, rows: list[dict[str, Any]], **options: Any) -> None:
        self.rows = rows
        self.asked: list[PageRequest] = []
        self.fails_at: int | None = None
        api = Api("Shop")
        keys = {"label": str, "total_cents": int}
        export = CsvExport("orders", COLUMNS, lambda first: date(2026, 11, 30), **options)

        @api.get(
            "/orders",
            response=OrderView,
            paging=Paging(keys, default="label", beside={"sums": list[int]}),
            csv=export,
        )
        def search(where: Where, page: PageRequest) -> dict[str, Any]:
            """Orders."""
            self.asked.append(page)
            if len(self.asked) == self.fails_at:
                raise ValueError("the database is gone")
            found = [row for row in self.rows if where.label in (None, row["label"])]
            return page.envelope(page_of(found, page), len(found) if page.counted else 0, sums=[1])

        @api.get("/sums", csv=CsvExport("sums", COLUMNS[:3], lambda first: first["until"], rows="lines"))
        def sums() -> Any:
            """Sums."""
            return answer({"until": date(2026, 10, 31), "lines": self.rows}, headers={"X-Extra": "1"})

        self.app = create_api_app("shop", locale="fr")
        api.register(self.app)

    def get(self, path: str = "/orders", accept: str = "text/csv") -> Any:
        return self.app.test_client().get(path, headers={"Accept": accept})


def table(response: Any) -> list[list[str]]:
    """The cells, headings first."""
    assert response.status_code == 200, response.text
    text = response.get_data().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def named(count: int) -> list[dict[str, Any]]:
    """Orders of different names."""
    return [{**ROW, "id": f"o{i:05}", "label": f"n{i:05}"} for i in range(count)]


def test_cells_are_what_french_spreadsheets_read() -> None:
    """Bytes included: mark, semicolons, CRLF, commas, days and times of Paris, words for codes."""
    response = Shop([ROW]).get()
    assert response.get_data().decode("utf-8") == (
        "\ufeffDésignation;Client;Total TTC;Date;Enregistrée le;Retard (j);Quantité;Payée;État\r\n"
        "vis;Œillet & Cie;1234,56;31/12/2026;02/07/2026 00:30:00;3;2,5;oui;ouverte\r\n"
    )
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="orders-2026-11-30.csv"'
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("cents", "written"),
    [(0, "0,00"), (5, "0,05"), (-5, "-0,05"), (-123400, "-1234,00"), (10**15, "10000000000000,00")],
)
def test_amounts_keep_their_cents_and_their_sign(cents: int, written: str) -> None:
    """Without a float on the way."""
    assert table(Shop([{**ROW, "total_cents": cents}]).get())[1][2] == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_never_becomes_a_formula(start: str) -> None:
    """An apostrophe stands before it; inside a text such a sign is harmless."""
    lines = table(Shop([{**ROW, "label": f"{start}1+1", "customer": {"name": "a=b"}}]).get())
    assert lines[1][:2] == [f"'{start}1+1", "a=b"]


def test_separators_quotes_and_line_ends_stay_in_their_cell() -> None:
    """Quoted as RFC 4180 has it."""
    lines = table(Shop([{**ROW, "label": 'a;"b"\r\nc'}]).get())
    assert (lines[1][0], len(lines)) == ('a;"b"\r\nc', 2)


def test_a_column_may_be_computed() -> None:
    """From the JSON form of the element."""
    column = Column("left", "Reste", Cell.AMOUNT, of=lambda order: -order["total_cents"])
    assert cell(column, column.value(ROW), ZoneInfo("Europe/Paris")) == "-1234,56"


def test_null_and_absent_values_are_empty_cells() -> None:
    """In every kind of column, also below a null."""
    row = {**dict.fromkeys(ROW), "id": "o1", "label": "x"}
    assert table(Shop([row]).get())[1] == ["x"] + [""] * 8


def test_the_whole_list_comes_in_its_order_page_by_page() -> None:
    """2,500 rows are three pages; only the first is counted."""
    shop = Shop(named(2500))
    lines = table(shop.get("/orders?tri=-label"))
    assert [line[0] for line in lines[1:]] == [f"n{i:05}" for i in reversed(range(2500))]
    assert [(page.limit, page.counted) for page in shop.asked] == [(1000, True), (1000, False), (1000, False)]


def test_filters_hold_and_an_empty_list_has_its_headings() -> None:
    """Nothing found is no error."""
    shop = Shop(named(5))
    assert [line[0] for line in table(shop.get("/orders?label=n00003"))[1:]] == ["n00003"]
    assert len(table(shop.get("/orders?label=none"))) == 1


def test_columns_are_chosen_in_the_order_given() -> None:
    """Given twice they come once."""
    lines = table(Shop([ROW]).get("/orders?colonnes=total,label,total"))
    assert lines == [["Total TTC", "Désignation"], ["1234,56", "vis"]]


@pytest.mark.parametrize(
    ("query", "accept", "named_there"),
    [
        ("colonnes=label,colour", "text/csv", ("colour", "quantity")),
        ("colonnes=", "text/csv", ("colonnes",)),
        ("colonnes=label&colonnes=day", "text/csv", ("colonnes",)),
        ("curseur=abc", "text/csv", ("curseur",)),
        ("limit=10", "text/csv", ("limit",)),
        ("colour=red", "text/csv", ("colour",)),
        ("colonnes=label", "application/json", ("colonnes", "text/csv")),
    ],
)
def test_what_makes_no_sense_is_a_400_that_names_it(
    query: str, accept: str, named_there: tuple[str, ...]
) -> None:
    """An unknown column with the known ones; a cursor or a limit of an export; columns of JSON."""
    shop = Shop([ROW])
    if query.startswith("curseur"):
        query = f"curseur={Shop(named(2)).get('/orders?limit=1', '*/*').json['suivant']}"
    response = shop.get(f"/orders?{query}", accept)
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert all(name in response.json["detail"] for name in named_there)
    assert "parameter" in response.json["errors"][0]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("text/csv;q=0.9, application/json;q=0.1", "text/csv"),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("text/csv;q=0", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
    ],
)
def test_the_caller_chooses_the_form(accept: str, kind: str) -> None:
    """By Accept and its weights; caches are told."""
    response = Shop([ROW]).get(accept=accept)
    assert response.mimetype == kind
    assert response.headers["Vary"] == "Accept"


def test_above_the_limit_nothing_is_sent() -> None:
    """413 with both figures, before a single line."""
    response = Shop(named(11), max_rows=10).get()
    assert (response.status_code, response.json["code"]) == (413, "export-trop-grand")
    assert "11 lignes" in response.json["detail"]
    assert len(table(Shop(named(10), max_rows=10).get())) == 11


def test_a_failure_on_the_way_cuts_the_file() -> None:
    """Whoever reads must not take half a list for the whole: the answer ends in an error."""
    shop = Shop(named(2500))
    shop.fails_at = 3
    with pytest.raises(ValueError, match="the database is gone"):
        shop.get().get_data()


def test_rows_of_an_answer_without_pages() -> None:
    """`rows` names them; the day of the file is the answer's own."""
    response = Shop([ROW]).get("/sums")
    assert table(response)[1] == ["vis", "Œillet & Cie", "1234,56"]
    assert "sums-2026-10-31.csv" in response.headers["Content-Disposition"]
    assert Shop([ROW]).get("/sums", "*/*").headers["X-Extra"] == "1"


def test_memory_stays_flat() -> None:
    """Parts are written one page at a time, so the first is there before the last page is asked for."""
    shop = Shop(named(2500))
    with shop.app.test_request_context("/orders", headers={"Accept": "text/csv"}):
        response = shop.app.full_dispatch_request()
        assert isinstance(response, flask.Response)
        parts = iter(response.response)
        next(parts)
        assert len(shop.asked) == 1


def test_the_document_tells_of_it() -> None:
    """The media type, the columns, the limit."""
    document = Shop([ROW]).app.test_client().get("/v3/api-docs").json
    validate(document)
    search = document["paths"]["/orders"]["get"]
    assert set(search["responses"]["200"]["content"]) == {"application/json", "text/csv"}
    envelope = search["responses"]["200"]["content"]["application/json"]["schema"]
    assert envelope["properties"]["sums"] == {"type": "array", "items": {"type": "integer"}}
    assert "sums" in envelope["required"]
    [columns] = [p for p in search["parameters"] if p["name"] == "colonnes"]
    assert "label, customer, total" in columns["description"]
    assert "export-trop-grand" in search["responses"]["413"]["description"]


def test_declared_where_it_cannot_work_is_a_type_error() -> None:
    """Pages or `rows`, one of them."""
    api = Api("Shop")
    export = CsvExport("x", COLUMNS, lambda first: date(2026, 1, 1))
    with pytest.raises(TypeError, match="rows="):
        api.get("/x", csv=export)(lambda: None)
