"""Keyset pagination against a real SQLite table."""

from __future__ import annotations

import itertools
import random
from datetime import date

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine, insert, select

from ressort.data.keyset import keyset
from ressort.flask.paging import PageRequest, SortKey, page_of

TABLE = Table(
    "t",
    MetaData(),
    Column("id", String(8), primary_key=True),
    Column("d", Date),
    Column("n", Integer, nullable=False),
)
COLUMNS = {c.name: c for c in TABLE.c}


@pytest.fixture
def connection():
    """Forty rows with many ties and missing dates."""
    rng = random.Random(7)
    engine = create_engine("sqlite://")
    TABLE.metadata.create_all(engine)
    with engine.begin() as c:
        days = [None, date(2026, 1, 1), date(2026, 1, 2)]
        c.execute(
            insert(TABLE),
            [{"id": f"r{i:02}", "d": rng.choice(days), "n": rng.randrange(3)} for i in range(40)],
        )
        yield c


def walk(connection, order, limit=7):
    """Every row by pages."""
    after, seen = None, []
    while True:
        where, terms = keyset(order, after, COLUMNS)
        query = select(TABLE).order_by(*terms).limit(limit)
        rows = connection.execute(query if where is None else query.where(where)).all()
        if not rows:
            return seen
        seen += rows
        after = [getattr(rows[-1], key.name) for key in order]


@pytest.mark.parametrize("flags", list(itertools.product([False, True], repeat=3)))
def test_pages_together_are_the_whole_list_in_order(connection, flags) -> None:
    """Whatever the directions, pages neither repeat nor lose a row, with NULL first."""
    order = tuple(SortKey(name, down) for name, down in zip(("d", "n", "id"), flags, strict=True))
    seen = walk(connection, order)
    whole = page_of(connection.execute(select(TABLE)).all(), PageRequest(200, order))
    assert [row.id for row in seen] == [row.id for row in whole]


def test_rows_inserted_meanwhile_move_nothing(connection) -> None:
    """A row inserted before the cursor is not shown and no later row is skipped or repeated."""
    order = (SortKey("id"),)
    first = connection.execute(select(TABLE).order_by(TABLE.c.id).limit(10)).all()
    connection.execute(insert(TABLE).values(id="r00b", d=None, n=0))
    where, terms = keyset(order, [first[-1].id], COLUMNS)
    following = connection.execute(select(TABLE).where(where).order_by(*terms).limit(1)).one()
    assert following.id == "r10"


def test_the_first_page_has_no_condition() -> None:
    """Without a cursor there is an order only."""
    assert keyset((SortKey("id"),), None, COLUMNS)[0] is None
