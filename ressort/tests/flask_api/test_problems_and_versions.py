"""Problem documents for every error, the order of checks, ETags."""

from __future__ import annotations

import pytest
from orders_api import DAY, OrderMissingError, PeerOutError, StockShortError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import TooManyRequests

from ressort.data import Database
from ressort.data.errors import DatabaseBusyError
from ressort.flask.api import Api, Model, Problem
from ressort.flask.etag import etag


def test_a_representation_has_a_tag_of_its_own() -> None:
    """Its form behind version and day."""
    assert (etag(3, DAY), etag(3, DAY, "html")) == ('"3-2026-11-20"', '"3-2026-11-20-html"')


@pytest.fixture
def placed(client, good) -> dict:
    """One order, as served."""
    return client.post("/orders", json=good).json


def test_a_domain_error_is_the_problem_of_its_line(client) -> None:
    """Status, code, title, the error's own text, type ending in the code, the path as instance."""
    answer = client.get("/orders/none")
    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": "/problems/order-missing",
        "title": "Order missing",
        "status": 404,
        "detail": "no order none",
        "instance": "/orders/none",
        "code": "order-missing",
    }


def test_named_attributes_of_the_error_are_shown(client, orders, good) -> None:
    """The caller gets the figure it needs."""
    orders.fail_with = StockShortError(2)
    answer = client.post("/orders", json=good)
    assert (answer.status_code, answer.json["left"]) == (409, 2)


def test_an_unexpected_error_says_nothing(client, orders, caplog) -> None:
    """500 without a trace or SQL; the log has them."""
    answer = client.get("/boom")
    assert (answer.status_code, answer.json["code"]) == (500, "erreur-interne")
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "secret SQL" in caplog.text


def test_a_peer_that_is_out_is_a_503_with_retry_after(client, orders) -> None:
    """Whole seconds, rounded up."""
    orders.fail_with = PeerOutError("out")
    answer = client.get("/boom")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "stock" in answer.json["detail"]


def test_http_errors_of_flask_are_problems_too(client, orders) -> None:
    """404 and 405 with Allow, 429 with Retry-After."""
    assert client.get("/nowhere").json["code"] == "ressource-introuvable"
    answer = client.delete("/orders")
    assert answer.status_code == 405 and answer.json["code"] == "methode-non-permise"
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    orders.fail_with = TooManyRequests(retry_after=9)
    assert client.get("/boom").headers["Retry-After"] == "9"


def test_the_checks_come_in_their_order(client, orders, placed) -> None:
    """400 before 404 before 428 before 412 before 409 before 422, by taking one fault away at a time."""
    path, bad = f"/orders/{placed['id']}", {"customer": 1}

    def put(path, data=None, json=None, match=None):
        headers = {"If-Match": match} if match else {}
        kind = "application/json" if data else None
        return client.put(path, data=data, json=json, headers=headers, content_type=kind).status_code

    orders.rows[placed["id"]]["closed"] = True
    assert put("/orders/none", data=b"{") == 400
    assert put("/orders/none?zz=1", json=bad) == 400
    assert put("/orders/none", json=bad) == 404
    assert put(path, json=bad) == 428
    assert put(path, json=bad, match='"9-x"') == 412
    assert put(path, json=bad, match='"1-x"') == 409
    orders.rows[placed["id"]]["closed"] = False
    assert put(path, json=bad, match='"1-x"') == 422


def test_a_stale_version_gets_the_current_tag(client, placed) -> None:
    """412 carries it."""
    answer = client.delete(f"/orders/{placed['id']}", headers={"If-Match": '"7-2026-11-20"'})
    assert (answer.status_code, answer.headers["ETag"]) == (412, '"1-2026-11-20"')


@pytest.mark.parametrize("match", ["*", '"1-2026-11-20"', '"1-2026-11-19"', '"9-x", "1-2026-11-20"'])
def test_a_matching_tag_or_a_star_writes(client, placed, match) -> None:
    """The version counts, not the day; any of several tags will do."""
    answer = client.delete(f"/orders/{placed['id']}", headers={"If-Match": match})
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize("match", ['W/"1-2026-11-20"', "1-2026-11-20", '""', '"11-2026-11-20"', "x"])
def test_weak_bare_and_other_tags_do_not(client, placed, match) -> None:
    """Strong comparison for writes."""
    assert client.delete(f"/orders/{placed['id']}", headers={"If-Match": match}).status_code == 412


def test_if_match_is_honoured_where_it_is_not_required(client, placed) -> None:
    """On a POST below the resource."""
    path = f"/orders/{placed['id']}/close"
    assert client.post(path, headers={"If-Match": '"4-x"'}).status_code == 412
    assert client.post(path).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [('"1-2026-11-20"', 304), ('W/"1-2026-11-20"', 304), ("*", 304), ('"1-2026-11-19"', 200)],
)
def test_reads_answer_304_to_the_same_representation(client, placed, sent, status) -> None:
    """Weak comparison, day included, since derived members change with it."""
    answer = client.get(f"/orders/{placed['id']}", headers={"If-None-Match": sent})
    assert (answer.status_code, answer.headers["ETag"]) == (status, etag(1, DAY))
    assert status == 200 or answer.data == b""


def test_a_read_may_ask_for_exactly_one_representation(client, placed) -> None:
    """If-Match on GET: 412 when the representation is another one."""
    path = f"/orders/{placed['id']}"
    assert client.get(path, headers={"If-Match": '"1-2026-11-20"'}).status_code == 200
    answer = client.get(path, headers={"If-Match": '"1-2026-11-19"'})
    assert (answer.status_code, answer.headers["ETag"]) == (412, '"1-2026-11-20"')


def test_read_only_members_equal_to_the_current_value_are_accepted(client, placed) -> None:
    """A whole resource may be sent back as it was read, nested members included."""
    answer = client.put(f"/orders/{placed['id']}", json=placed, headers={"If-Match": "*"})
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2-2026-11-20"'


def test_changed_read_only_members_are_named(client, placed) -> None:
    """Each by its pointer, with the value it has."""
    placed["total_cents"] += 1
    placed["lines"][0]["total_cents"] = 250.0
    answer = client.put(f"/orders/{placed['id']}", json=placed, headers={"If-Match": "*"})
    assert {e["pointer"] for e in answer.json["errors"]} == {"/total_cents", "/lines/0/total_cents"}
    assert "250" in answer.json["errors"][0]["detail"]


def test_a_head_is_a_get_without_body(client, placed) -> None:
    """Same headers."""
    answer = client.head(f"/orders/{placed['id']}")
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (200, b"", '"1-2026-11-20"')


def test_a_route_with_a_path_may_not_check_its_body_first() -> None:
    """Declaring it is a TypeError that says what to do."""
    api = Api("x")

    class Thing(Model):
        name: str

    globals()["Thing"] = Thing
    with pytest.raises(TypeError, match="Body"):

        @api.put("/things/{id}")
        def change(id: str, thing: Thing) -> None:
            """Wrong."""


def test_subclasses_of_an_error_share_its_line(client, orders) -> None:
    """The nearest class of the table counts."""

    class ArchivedError(OrderMissingError):
        """A kind of missing."""

    orders.fail_with = ArchivedError("gone")
    assert client.get("/boom").json["code"] == "order-missing"


def test_every_503_says_when_to_come_back(client, orders) -> None:
    """Also one a domain error was mapped to."""
    orders.fail_with = Problem(503, "stock-out", "Stock out")
    assert client.get("/boom").headers["Retry-After"] == "5"


def test_a_database_that_is_out_is_a_503_and_a_wrong_query_a_500(client, orders) -> None:
    """An unreachable server and a busy file are outages; a missing table is our fault."""
    nowhere = Database.open("jdbc:mysql://127.0.0.1:1/none?user=u&password=p")
    with pytest.raises(SQLAlchemyError) as raised, nowhere.read() as connection:
        connection.execute(text("SELECT 1"))
    orders.fail_with = raised.value
    answer = client.get("/boom")
    assert (answer.status_code, answer.json["code"]) == (503, "base-indisponible")
    orders.fail_with = DatabaseBusyError("x", 5)
    assert client.get("/boom").status_code == 503
    memory = Database.open("jdbc:sqlite::memory:")
    with pytest.raises(SQLAlchemyError) as raised, memory.read() as connection:
        connection.execute(text("SELECT 1 FROM missing"))
    orders.fail_with = raised.value
    assert client.get("/boom").status_code == 500
