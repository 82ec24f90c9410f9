"""The aged balance at a past date: each cent on the page is what the real file says by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from e2e import ledger
from front_estate import moved

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]

THEN = dt.date(2013, 6, 30)
THERE = moved(THEN)
CAPTION = f"Balance âgée au {THERE:%d/%m/%Y}"
RIGHT = "Contrôle juste"


def test_with_the_mouse(open_front: Any) -> None:
    """Typed date, every figure, the control line; a client's open invoices unfold; going back restores today."""
    with open_front("/factures") as page:
        tab = page.tab
        tab.get_by_role("link", name="Balance âgée").click()
        page.arrive("Balance âgée")
        tab.get_by_role("textbox", name="Situation au").fill(f"{THERE:%d%m%y}")
        _shown(page)
        row = tab.locator("tbody tr[data-rang]").first
        client = _client(row.locator("th").inner_text())
        row.get_by_role("button").click()
        opened = tab.locator("tr.detail tbody tr")
        opened.first.wait_for()
        assert opened.count() == sum(r.client == client and r.open_at(THEN) for r in ledger.rows())
        tab.go_back()
        tab.get_by_role("table", name="Balance âgée au 20/11/2026").wait_for()


def test_with_the_keyboard_alone(open_keys: Any) -> None:
    """`g b`, the date, then arrows into the table: Right unfolds, Enter opens the list, going back comes to the row."""
    with open_keys("/factures") as keys:
        keys.press("g", "b")
        keys.arrive("Balance âgée")
        keys.reach("textbox", "Situation au")
        keys.replace(f"{THERE:%d/%m/%Y}")
        keys.page(_shown)
        keys.reach("button", "Fin du mois dernier")
        keys.press("ArrowDown", "ArrowDown", "ArrowRight")
        keys.thing("button", "Factures ouvertes de").nth(1).wait_for()
        second = _client(keys.focused().split(" »")[0])
        keys.press("Enter")
        keys.arrive("Factures")
        keys.back()
        keys.thing("table", CAPTION).wait_for()
        assert _client(keys.focused().split(" »")[0]) == second


def _client(text: str) -> str:
    """The file's own name of a client: the last word of a row's heading."""
    return text.split()[-1]


def _shown(page: Any) -> None:
    """The balance at that date is there, and it is the file's."""
    page.tab.get_by_role("table", name=CAPTION).wait_for()
    page.settled()
    page.tab.get_by_text(RIGHT).wait_for()
    rows = page.tab.locator("tbody tr[data-rang]").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    found = {_client(cells[0]): [_cents(cell) for cell in cells[1:7]] for cells in rows}
    assert found == {client: [*aged, sum(aged)] for client, aged in ledger.aged(THEN).items()}


def _cents(text: str) -> int:
    return int("".join(sign for sign in text if sign.isdigit()) or 0)
