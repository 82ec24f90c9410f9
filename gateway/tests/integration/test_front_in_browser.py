"""The front's policy in a real browser: what carries the nonce runs, our own previews are framed, strangers get nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from ressort.server import Exchange
from ressort.testing.parts import executable

pytestmark = pytest.mark.part("chromium")

PAGE = """<!doctype html><html lang="fr"><head><title>avant</title>
<style nonce="__NONCE__">h1 { color: rgb(1, 2, 3) }</style><style>h1 { color: rgb(9, 9, 9) }</style>
<script src="/main-ABCDEF12.js" nonce="__NONCE__"></script><script>document.title = "sans nonce"</script></head>
<body><app-root ngCspNonce="__NONCE__"></app-root><h1>Ressort</h1>
<iframe name="ours" sandbox src="/api/factures/apercu"></iframe>
<iframe name="closed" sandbox src="/api/factures/ferme"></iframe>
</body></html>"""
SCRIPT = """document.title = "main";
window.trusted = false;
try { document.createElement("div").innerHTML = "<b>x</b>"; } catch (error) { window.trusted = error instanceof TypeError; }
"""
PREVIEW_CSP = (
    b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors "
)
HTML = (b"Content-Type", b"text/html;charset=utf-8")


def member_s_answer(exchange: Exchange) -> bool:
    """A preview that may be framed by our own origin, one that may not, and an empty page of elsewhere."""
    ancestors = b"'none'" if exchange.path.endswith(b"/ferme") else b"'self'"
    if exchange.method == b"GET" and exchange.path.startswith(b"/factures/"):
        policy = (b"Content-Security-Policy", PREVIEW_CSP + ancestors)
        exchange.respond(
            200, [HTML, policy], b"<p id=f>FA-2026-0001</p><script>document.write('no')</script>"
        )
        return True
    if exchange.path == b"/elsewhere":
        exchange.respond(200, [HTML], b"<!doctype html><title>elsewhere</title>")
        return True
    return False


@pytest.fixture
def tab() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable("chromium"), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.fixture
def members(member: Any, upstream: Any) -> Any:
    """The one member behind the gateway's estate routes, which serves the built front."""
    members = upstream("factures", member_s_answer)
    dist = member.folder / "frontend" / "dist"
    (dist / "index.html").write_text(PAGE)
    (dist / "main-ABCDEF12.js").write_text(SCRIPT)
    member.use_estate_routes(facture_service=members.port)
    member.start()
    member.ready()
    return members


def test_only_what_carries_the_nonce_runs(member: Any, members: Any, tab: Any) -> None:
    """Script and style with the nonce do, those without do not; text into HTML is refused; previews show."""
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.goto(f"http://localhost:{member.front}/factures/12")
    assert tab.title() == "main"
    assert tab.evaluate("window.trusted") is True
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"
    assert tab.frame(name="ours").locator("#f").inner_text() == "FA-2026-0001"
    assert tab.frame(name="closed").locator("#f").count() == 0
    told = "\n".join(faults)
    assert "inline script" in told
    assert "frame-ancestors 'none'" in told


def test_a_page_of_elsewhere_neither_reads_nor_writes(member: Any, members: Any, tab: Any) -> None:
    """Not even without asking: a simple POST is refused before the instance hears of it. Our own page may."""
    instance = f"/exploitation/facture-service/{quote(f'127.0.0.1:facture-service:{members.port}', safe='')}"
    address = f"http://localhost:{member.front}{instance}"
    tab.goto(f"http://localhost:{members.port}/elsewhere")
    post = "url => fetch(url, {method: 'POST', mode: 'no-cors'}).then(answer => answer.type)"
    read = "url => fetch(url).then(() => 'read', () => 'refused')"
    marked = (
        "url => fetch(url, {method: 'POST', headers: {'X-Requested-With': 'ressort'}})"
        ".then(() => 'sent', () => 'refused')"
    )
    assert tab.evaluate(post, f"{address}/refresh") == "opaque"
    assert tab.evaluate(marked, f"{address}/refresh") == "refused"
    assert [path for method, path, *_ in members.seen if method != b"GET"] == []
    assert tab.evaluate(read, f"{address}/env") == "refused"
    tab.goto(f"http://localhost:{member.front}/")
    own = "url => fetch(url, {method: 'POST'}).then(answer => answer.status)"
    assert tab.evaluate(own, f"{instance}/refresh") == 200
    assert members.seen[-1][:2] == (b"POST", b"/actuator/refresh")
