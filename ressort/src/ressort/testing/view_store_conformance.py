"""What every store of saved views must do; subclass and give a `store` fixture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ressort.flask.views import SavedView, ViewStore

LATE = SavedView(
    list_name="orders",
    name="late",
    title="À relancer « vite »",
    parameters={"tab": "late", "sort": "-left", "empty": ""},
    pinned=True,
    modified_at=datetime(2026, 11, 30, 9, 0, 0, 123456, tzinfo=UTC),
)


class RefusedError(Exception):
    """What a check raises."""


def accept(present: SavedView | None, count: int) -> None:
    """Refuses nothing."""


def refuse(present: SavedView | None, count: int) -> None:
    """Refuses everything."""
    raise RefusedError


class ViewStoreConformance:
    """Keeping, finding, replacing and forgetting views."""

    @pytest.fixture
    def store(self) -> ViewStore:
        """An empty store."""
        raise NotImplementedError

    def test_a_view_is_found_as_it_was_kept(self, store: ViewStore) -> None:
        """Every member, accents, empty values and micro-seconds included; its version is 1."""
        assert store.put(LATE, accept) == LATE
        assert store.find("orders", "late") == LATE
        assert list(store.all("orders")) == [LATE]

    def test_a_view_that_is_not_there_is_none(self, store: ViewStore) -> None:
        """And a list nobody knows is empty."""
        store.put(LATE, accept)
        assert store.find("orders", "other") is None
        assert store.find("clients", "late") is None
        assert list(store.all("clients")) == []

    def test_lists_do_not_share_their_names(self, store: ViewStore) -> None:
        """The same slug in two lists is two views."""
        other = replace(LATE, list_name="clients", title="Autre")
        store.put(LATE, accept)
        assert store.put(other, accept).version == 1
        assert store.find("orders", "late") == LATE

    def test_a_second_put_replaces_and_counts_on(self, store: ViewStore) -> None:
        """Version 2 with the new content, and still one view."""
        store.put(LATE, accept)
        changed = store.put(replace(LATE, title="Nouveau", parameters={}, pinned=False), accept)
        assert changed == replace(LATE, title="Nouveau", parameters={}, pinned=False, version=2)
        assert list(store.all("orders")) == [changed]

    def test_the_check_is_told_what_is_there(self, store: ViewStore) -> None:
        """The present view or None, and how many views the list has."""
        told: list[tuple[SavedView | None, int]] = []

        def note(present: SavedView | None, count: int) -> None:
            told.append((present, count))

        store.put(LATE, note)
        store.put(replace(LATE, name="b"), note)
        store.put(replace(LATE, list_name="clients"), note)
        store.put(LATE, note)
        store.delete("orders", "b", note)
        assert told == [(None, 0), (None, 1), (None, 0), (LATE, 2), (replace(LATE, name="b"), 2)]

    def test_a_check_that_refuses_changes_nothing(self, store: ViewStore) -> None:
        """Neither a new view nor a present one."""
        with pytest.raises(RefusedError):
            store.put(LATE, refuse)
        store.put(LATE, accept)
        with pytest.raises(RefusedError):
            store.put(replace(LATE, title="x"), refuse)
        with pytest.raises(RefusedError):
            store.delete("orders", "late", refuse)
        assert list(store.all("orders")) == [LATE]

    def test_a_forgotten_view_is_gone(self, store: ViewStore) -> None:
        """The others stay; forgetting it again does nothing."""
        store.put(LATE, accept)
        store.put(replace(LATE, name="b"), accept)
        store.delete("orders", "late", accept)
        store.delete("orders", "late", accept)
        assert [view.name for view in store.all("orders")] == ["b"]
