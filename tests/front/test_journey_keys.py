"""Other keys for a person without a mouse: one is chosen, works at once and after a reload, and is given back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from front_keys import Keys
from front_tab import FrontTab

pytestmark = [pytest.mark.part("chromium"), pytest.mark.xdist_group("front")]


def test_a_key_is_changed_kept_and_reset(open_keys: Any) -> None:
    """`n` becomes `y`: its title says so, `n` is dead, a reload keeps it, `Rétablir` brings it back."""
    with open_keys("/factures") as keys:
        _ask(keys, "Nouvelle facture")
        keys.press("j")
        keys.see("est déjà la touche de «\u00a0Ligne suivante\u00a0»")
        keys.press("Control+y")
        keys.see("gardé par le navigateur")
        assert keys.page(FrontTab.blemishes) == []
        keys.press("y")
        keys.see("«\u00a0Nouvelle facture\u00a0»\u00a0: y")
        keys.press("Escape")
        keys.thing("dialog", "Clavier").wait_for(state="hidden")
        _is_heard(keys, key="y", dead="n")
        keys.page(lambda page: page.go("/factures"))
        assert json.loads(keys.page(_kept)) == {"nouveau": "y"}
        _is_heard(keys, key="y", dead="n")
        keys.press("?")
        keys.reach("button", "Rétablir n pour Nouvelle facture")
        keys.press("Enter", "Escape")
        keys.thing("dialog", "Clavier").wait_for(state="hidden")
        assert keys.page(_kept) is None
        _is_heard(keys, key="n", dead="y")


def test_pages_have_other_keys_in_every_tab_and_language(open_keys: Any) -> None:
    """`g` becomes `v`: another tab hears it without a reload, and the English page shows it."""
    with open_keys("/clients") as keys:
        other = keys.page(lambda page: _beside(page, "/en/clients"))
        _ask(keys, "Première touche pour changer de page")
        keys.press("v")
        keys.see("»\u00a0: v")
        keys.press("Escape")
        keys.thing("dialog", "Clavier").wait_for(state="hidden")
        keys.press("v", "f")
        keys.arrive("Factures")
        other.get_by_title("Invoices (v f)").wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_help_is_accessible_and_fits(open_front: Any, width: int) -> None:
    """Light and dark, with a refusal shown; nothing is wider than the window."""
    with open_front("/factures", viewport={"width": width, "height": 800}) as page:
        page.tab.keyboard.press("?")
        page.tab.get_by_role("button", name="Changer la touche de Nouvelle facture").click()
        page.tab.locator("input:focus").wait_for()
        page.tab.keyboard.press("p")
        page.tab.get_by_role("alert").wait_for()
        assert page.blemishes() == []
        page.tab.emulate_media(color_scheme="dark")
        assert page.violations(("color-contrast", "target-size")) == []
        assert page.overflow() == 0
        assert (
            page.tab.evaluate("(d => d.scrollWidth - d.clientWidth)(document.querySelector('dialog'))") == 0
        )


def _ask(keys: Keys, what: str) -> None:
    """Open the help and ask for another key for that; the field that waits for it has the focus."""
    keys.press("?")
    keys.reach("button", f"Changer la touche de {what}")
    keys.press("Enter")
    keys.thing("textbox", f"Nouvelle touche pour {what}").and_(
        keys.page(lambda page: page.tab.locator(":focus"))
    ).wait_for()


def _is_heard(keys: Keys, *, key: str, dead: str) -> None:
    """That key makes a new invoice, as its button says, and the dead one does nothing."""
    keys.page(lambda page: page.tab.get_by_title(f"Nouvelle facture ({key})").wait_for())
    keys.press(dead)
    keys.page(FrontTab.settled)
    assert keys.page(lambda page: page.tab.url).endswith("/factures")
    keys.press(key)
    keys.page(lambda page: page.tab.wait_for_url(re.compile("/factures/nouvelle")))
    keys.page(FrontTab.settled)
    keys.back()
    keys.arrive("Factures")


def _kept(page: FrontTab) -> Any:
    return page.tab.evaluate("localStorage.getItem('raccourcis')")


def _beside(page: FrontTab, path: str) -> Any:
    """A second tab of the same browser."""
    beside = page.tab.context.new_page()
    beside.goto(f"{page.base}{path}")
    beside.locator("main h1").wait_for()
    return beside
