"""The columns of a list: which ones, in what order and how wide; kept for the next visit, and the address wins over them."""

from __future__ import annotations

from typing import Any

import pytest
from front_tab import FrontTab

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]


def test_are_kept_as_they_were_left(open_front: Any) -> None:
    """Hidden and widened by the panel, drawn wider by the mouse, there again on a bare address, usual ones in one click."""
    with open_front("/factures") as page:
        tab = page.tab
        usual = _headings(page)
        tab.get_by_text("Colonnes", exact=True).click()
        tab.get_by_role("checkbox", name="Retard").uncheck()
        width = tab.get_by_label("Largeur de « Émission » en pixels")
        width.fill("230")
        width.press("Enter")
        tab.get_by_text("Colonnes", exact=True).click()
        before = _width(page, "Numéro")
        _draw(page, "Numéro", 64)
        page.go("/factures")
        assert _headings(page) == [title for title in usual if title != "Retard"]
        assert (_width(page, "Émission"), _width(page, "Numéro")) == (230, before + 64)
        page.go("/factures?colonnes=client,numero")
        assert _headings(page) == ["Client", "Numéro"]
        page.go("/factures")
        tab.get_by_text("Colonnes", exact=True).click()
        tab.get_by_role("button", name="Colonnes usuelles").click()
        assert _headings(page) == usual


def _headings(page: FrontTab) -> list[str]:
    headings = page.tab.get_by_role("table", name="Factures et avoirs").get_by_role("columnheader")
    headings.nth(1).wait_for()
    return [text.strip() for text in headings.all_inner_texts()[1:]]


def _box(page: FrontTab, title: str) -> Any:
    return page.tab.get_by_role("columnheader", name=title).bounding_box()


def _width(page: FrontTab, title: str) -> int:
    return round(_box(page, title)["width"])


def _draw(page: FrontTab, title: str, by: int) -> None:
    box, mouse = _box(page, title), page.tab.mouse
    edge, middle = box["x"] + box["width"] - 3, box["y"] + box["height"] / 2
    mouse.move(edge, middle)
    mouse.down()
    mouse.move(edge + by, middle, steps=4)
    mouse.up()
