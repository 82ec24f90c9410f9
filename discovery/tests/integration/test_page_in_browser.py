"""The registry's page in a real browser: accessible, alive, harmless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ressort.discovery.wire import DataCenter, InstanceInfo, Lease
from ressort.testing.parts import executable

pytestmark = pytest.mark.part("chromium")


def instance(name: str, **fields: Any) -> InstanceInfo:
    return InstanceInfo(
        app="ORDERS",
        host_name="127.0.0.1",
        ip_addr="127.0.0.1",
        instance_id=name,
        data_center=DataCenter(),
        lease=Lease(5, 600),
        metadata={"zone": "lyon", "version": "1.2"},
        home_page_url="http://127.0.0.1:1/",
        **fields,
    )


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, server: Any) -> Iterator[Any]:
    """The page in both colour schemes; nothing may reach another host, no script error may occur."""
    from playwright.sync_api import sync_playwright

    server.registry.register(instance("o1"))
    server.registry.register(instance("<img src=x onerror=alert(1)>", status="DOWN"))
    server.registry.cancel("ORDERS", "nobody")
    errors: list[str] = []
    elsewhere: list[str] = []
    origin = f"http://127.0.0.1:{server.port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable("chromium"), args=["--no-sandbox"])
        context = browser.new_context(color_scheme=request.param, locale="fr-FR")
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("dialog", lambda dialog: errors.append(dialog.message) or dialog.dismiss())
        tab.on("console", lambda message: errors.append(message.text) if is_fault(message) else None)
        tab.on(
            "request",
            lambda asked: None if asked.url.startswith((origin, "data:")) else elsewhere.append(asked.url),
        )
        tab.clock.install()
        tab.goto(origin)
        yield tab
        browser.close()
    assert (errors, elsewhere) == ([], [])


def is_fault(message: Any) -> bool:
    """An error of the page, not a server that a test has stopped."""
    return message.type == "error" and "ERR_CONNECTION_REFUSED" not in message.text


def rows(page: Any) -> list[str]:
    return [row.inner_text() for row in page.locator("tr.instance:visible").all()]


def test_the_page_is_accessible(page: Any) -> None:
    """axe finds nothing, with metadata open."""
    from axe_playwright_python.sync_playwright import Axe

    page.locator("details summary").first.click()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


def test_newcomers_appear_by_themselves(page: Any, server: Any) -> None:
    """Without a reload; open details stay open and are announced once."""
    page.locator("tr.instance", has_text="o1").locator("summary").click()
    page.locator("h1").click()
    page.locator("body").evaluate("document.activeElement.blur()")
    server.registry.register(instance("o2"))
    page.clock.run_for(6_000)
    page.wait_for_selector("text=o2")
    assert page.locator("tr.instance", has_text="o1").locator("details[open]").count() == 1
    assert page.locator("#said").inner_text() == "3 instances enregistrées"


def test_instances_can_be_filtered(page: Any) -> None:
    """By any word of their row."""
    page.get_by_label("Filtrer les instances").fill("o1")
    assert len(rows(page)) == 1


def test_a_registry_that_is_gone_is_told(page: Any, server: Any) -> None:
    """The last known state stays, with a sentence."""
    server.stop()
    page.clock.run_for(6_000)
    page.wait_for_selector("#stale:visible")
    assert len(rows(page)) == 2
    server.start()
    page.clock.run_for(6_000)
    page.wait_for_selector("#stale", state="hidden")


def test_the_other_language_is_one_click_away(page: Any) -> None:
    """And stays after a refresh."""
    page.get_by_role("link", name="English").click()
    page.clock.run_for(6_000)
    assert page.get_by_role("heading", name="Registered instances").is_visible()
