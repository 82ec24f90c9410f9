"""Saved views of a list, over memory, SQLite and MariaDB."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openapi_spec_validator import validate

from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask.api import Api, create_api_app
from ressort.flask.views import MemoryViews, SavedView, add_saved_views
from ressort.flask.views_sql import SqlViews
from ressort.testing.view_store_conformance import LATE, ViewStoreConformance, accept

MIGRATION = """
from ressort.data.migrations import create_standard_tables, drop_standard_tables
revision = "0001"
down_revision = None
def upgrade():
    create_standard_tables("saved_view")
"""
VIEW = {
    "titre": "À relancer",
    "parametres": {"onglet": "en-retard", "colonnes": "numero,reste"},
    "epinglee": True,
}


class TestMemoryViews(ViewStoreConformance):
    """In memory."""

    @pytest.fixture
    def store(self) -> MemoryViews:
        return MemoryViews()


@pytest.fixture(params=["sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))])
def sql_store(request, tmp_path):
    """Over a database with the table that a migration makes."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/views.db"
    else:
        url = request.getfixturevalue("mariadb").database_for(
            f"views_{tmp_path.name[-20:].replace('-', '_')}"
        )
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "0001_views.py").write_text(MIGRATION)
    database = Database.open(url)
    database.migrate(tmp_path / "m")
    yield SqlViews(database)
    database.close()


class TestSqlViews(ViewStoreConformance):
    """On SQLite and MariaDB."""

    @pytest.fixture
    def store(self, sql_store) -> SqlViews:
        return sql_store

    def test_two_that_make_the_same_view_both_succeed(self, store: SqlViews) -> None:
        """The later one writes over the earlier one."""
        barrier, kept = threading.Barrier(4), []

        def make() -> None:
            barrier.wait()
            kept.append(store.put(LATE, accept).version)

        threads = [threading.Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(kept) == [1, 2, 3, 4]
        assert len(store.all("orders")) == 1


class Lists:
    """Two lists with views, and an order whose id could be mistaken for them."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 11, 30, 9, tzinfo=UTC))
        self.store = MemoryViews()
        api = Api("Orders")

        @api.get("/orders/{id}")
        def show(id: str) -> dict[str, Any]:
            """One order."""
            return {"order": id}

        add_saved_views(api, "/orders", store=self.store, clock=self.clock)
        add_saved_views(api, "/clients", store=self.store, clock=self.clock)
        app = create_api_app("orders", locale="fr")
        api.register(app)
        self.client = app.test_client()

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(path, method=method, json=body, headers=named)


@pytest.fixture
def lists() -> Lists:
    return Lists()


def test_a_view_is_made_then_replaced(lists: Lists) -> None:
    """201 with Location and ETag, then 200 with the next one."""
    made = lists("PUT", "/orders/vues/a-relancer", VIEW)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1-2026-11-30"')
    assert made.headers["Location"] == "http://localhost/orders/vues/a-relancer"
    assert made.json == {"nom": "a-relancer", **VIEW, "modifie_le": "2026-11-30T09:00:00Z"}
    lists.clock.advance(timedelta(seconds=1))
    changed = lists("PUT", "/orders/vues/a-relancer", {"titre": "Autre", "parametres": {}})
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2-2026-11-30"')
    assert changed.json["epinglee"] is False
    assert lists("GET", "/orders/vues/a-relancer").json == changed.json


def test_views_come_pinned_first_then_by_title_without_accents(lists: Lists) -> None:
    """In the envelope of every list; each list has its own, and an id is still an id."""
    for name, title, pinned in (
        ("z", "zéro", False),
        ("b", "Élan", False),
        ("a", "eau", False),
        ("p", "Zut", True),
    ):
        lists("PUT", f"/orders/vues/{name}", {"titre": title, "parametres": {}, "epinglee": pinned})
    answer = lists("GET", "/orders/vues").json
    assert ([v["nom"] for v in answer["elements"]], answer["suivant"], answer["total"]) == (
        ["p", "a", "b", "z"],
        None,
        4,
    )
    assert lists("GET", "/clients/vues").json == {"elements": [], "suivant": None, "total": 0}
    assert lists("GET", "/orders/x").json == {"order": "x"}
    first = lists("GET", "/orders/vues?limit=3").json
    assert [v["nom"] for v in lists("GET", f"/orders/vues?curseur={first['suivant']}").json["elements"]] == [
        "z"
    ]


def test_a_stale_if_match_stops_a_write(lists: Lists) -> None:
    """412 with the present tag; the right one and `*` go on."""
    lists("PUT", "/orders/vues/v", VIEW)
    lists("PUT", "/orders/vues/v", VIEW, If_Match='"1-2026-11-30"')
    stale = lists("PUT", "/orders/vues/v", VIEW, If_Match='"1-2026-11-30"')
    assert (stale.status_code, stale.headers["ETag"]) == (412, '"2-2026-11-30"')
    assert lists("DELETE", "/orders/vues/v", If_Match='"1-2026-11-30"').status_code == 412
    assert lists("DELETE", "/orders/vues/v", If_Match="*").status_code == 204


def test_what_is_not_there_is_a_404(lists: Lists) -> None:
    """To read, to delete, and to change what one believes to exist."""
    for answer in (
        lists("GET", "/orders/vues/v"),
        lists("DELETE", "/orders/vues/v"),
        lists("PUT", "/orders/vues/v", VIEW, If_Match="*"),
    ):
        assert (answer.status_code, answer.json["code"]) == (404, "vue-introuvable")
        assert "« v »" in answer.json["detail"]


def test_a_view_sent_back_as_read_is_accepted(lists: Lists) -> None:
    """Its name and its date are read-only: equal they pass, changed they are errors."""
    made = lists("PUT", "/orders/vues/v", {"nom": "v", **VIEW}).json
    assert lists("PUT", "/orders/vues/v", {**made, "titre": "Autre"}).status_code == 200
    answer = lists("PUT", "/orders/vues/v", {**made, "nom": "w", "modifie_le": "2020-01-01T00:00:00Z"})
    assert {e["pointer"] for e in answer.json["errors"]} == {"/nom", "/modifie_le"}


@pytest.mark.parametrize(
    ("name", "body", "pointers"),
    [
        ("A-Relancer", {}, {"/nom"}),
        ("a--b", {}, {"/nom"}),
        ("é", {}, {"/nom"}),
        ("x" * 61, {}, {"/nom"}),
        ("A", {"titre": "", "couleur": 1}, {"/nom", "/titre", "/couleur"}),
        ("v", {"titre": "x" * 81}, {"/titre"}),
        ("v", {"parametres": {"a": 1, "b": None}}, {"/parametres/a", "/parametres/b"}),
        ("v", {"parametres": {str(i): "" for i in range(51)}}, {"/parametres"}),
        ("v", {"parametres": {"a": "x" * 2000}}, {"/parametres"}),
        ("v", {"parametres": {"a": "\x00"}}, {"/parametres"}),
        ("v", {"parametres": [], "epinglee": "oui"}, {"/parametres", "/epinglee"}),
    ],
)
def test_every_error_is_named(lists: Lists, name: str, body: dict[str, Any], pointers: set[str]) -> None:
    """422 with all of them."""
    answer = lists("PUT", f"/orders/vues/{name}", {**VIEW, **body})
    assert answer.status_code == 422
    assert {e["pointer"] for e in answer.json["errors"]} == pointers
    assert all(e["detail"] for e in answer.json["errors"])


def test_the_largest_view_is_kept(lists: Lists) -> None:
    """60 characters of name, 80 of title, 50 entries, 2,000 characters in all."""
    parameters = {f"{i:02}": "é" * 38 for i in range(50)}
    answer = lists("PUT", f"/orders/vues/{'x' * 60}", {"titre": "T" * 80, "parametres": parameters})
    assert answer.status_code == 201
    assert answer.json["parametres"] == parameters


def test_a_list_has_at_most_a_hundred_views(lists: Lists) -> None:
    """409 for one more; replacing and the other list go on."""
    for i in range(100):
        view = SavedView("orders", f"v{i}", "t", {}, False, lists.clock.now())
        lists.store.put(view, accept)
    answer = lists("PUT", "/orders/vues/v100", VIEW)
    assert (answer.status_code, answer.json["code"]) == (409, "trop-de-vues")
    assert lists("PUT", "/orders/vues/v99", VIEW).status_code == 200
    assert lists("PUT", "/clients/vues/v100", VIEW).status_code == 201
    assert len(lists("GET", "/orders/vues").json["elements"]) == 100


def test_the_document_tells_of_the_routes(lists: Lists) -> None:
    """Valid, with both outcomes of a PUT."""
    document = lists("GET", "/v3/api-docs").json
    validate(document)
    put = document["paths"]["/orders/vues/{nom}"]["put"]
    assert {"200", "201", "404", "409", "412", "422"} <= set(put["responses"])
    assert put["responses"]["201"]["content"] == put["responses"]["200"]["content"]
    assert "Location" in put["responses"]["201"]["headers"]
    assert set(document["paths"]["/clients/vues"]) == {"get"}
