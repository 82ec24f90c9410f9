"""The page to try an API, in a real browser."""

from __future__ import annotations

import threading

import pytest
from orders_api import Orders, order_app
from werkzeug.serving import make_server

from ressort.testing.parts import executable

pytestmark = pytest.mark.part("chromium")


@pytest.fixture
def address():
    """Where the service answers."""
    server = make_server("127.0.0.1", 0, order_app(Orders()), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["light", "dark"])
def page(request, address):
    """The page, once per colour scheme; errors of its script fail the test."""
    from playwright.sync_api import sync_playwright

    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable("chromium"), args=["--no-sandbox"])
        tab = browser.new_context(color_scheme=request.param).new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        tab.goto(f"{address}/swagger-ui.html")
        tab.wait_for_selector("details")
        yield tab
        browser.close()
    assert errors == []


def test_a_call_can_be_made_from_the_page(page) -> None:
    """Open an operation, send it, see status and body."""
    page.get_by_text("Place an order", exact=True).click()
    box = page.locator("details[open]")
    box.locator("textarea").fill('{"customer": "Anne"}')
    box.get_by_role("button", name="Envoyer").click()
    page.wait_for_selector("details[open] pre")
    shown = box.get_by_role("status").inner_text()
    assert "Réponse 201" in shown and '"customer": "Anne"' in shown and "location:" in shown


def test_operations_can_be_filtered(page) -> None:
    """By words of path, method or summary."""
    page.locator("#search").fill("close")
    assert page.locator("details:visible").count() == 1


def test_the_page_is_accessible(page) -> None:
    """axe finds nothing, with an operation open, in both colour schemes."""
    from axe_playwright_python.sync_playwright import Axe

    page.get_by_text("Replace an order", exact=True).click()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
