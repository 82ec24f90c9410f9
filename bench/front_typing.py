"""A keystroke in the editor of an invoice of 200 lines: from the key to the frame that shows it.

The draft has 200 lines. In the description of the 100th, letters are pressed one after the other, each when the one
before is shown; the time runs from the event's own time stamp to the task after the frame that follows (so up to one
frame of 16.7 ms is waiting for the screen). The draft saves itself meanwhile, as it does for a person.
"""

from __future__ import annotations

import statistics
from typing import Any

from bench import browser
from bench.options import Options
from bench.product import Product, client_body, draft_body
from bench.results import Result, Target

TITLE = "A keystroke among 200 lines"
TARGET = Target("<=", 50.0, "ms")
LINES, KEYS = 200, 100
_WATCH = """() => {
  window.shown = [];
  addEventListener('keydown', event => requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => window.shown.push(performance.now() - event.timeStamp); c.port2.postMessage(0); }), true);
}"""


def measure(options: Options) -> Result:
    """One draft, 100 letters a round."""
    with browser.front_estate() as estate, browser.browser() as started:
        product = Product(estate.api)
        client = product.post("/clients", client_body())
        draft = product.post("/factures", draft_body(client["id"], ("12.34",) * LINES))
        rows = [_one(started, estate, draft, number) for number in range(min(options.rounds, 3))]
    medians = [row["median_ms"] for row in rows]
    figures = {
        "lines": LINES,
        "letters": KEYS * len(rows),
        "worst_p95_ms": max(row["p95_ms"] for row in rows),
    }
    return Result("front-typing", statistics.median(medians), figures, rows, options.command("front-typing"))


def _one(started: Any, estate: Any, draft: dict[str, Any], number: int) -> dict[str, Any]:
    with browser.tab(started, estate) as page:
        page.go(f"/factures/{draft['id']}/modification")
        page.tab.get_by_role("textbox", name=f"Désignation {LINES // 2}", exact=True).click()
        page.tab.evaluate(_WATCH)
        for count in range(1, KEYS + 1):
            page.tab.keyboard.press("abcdefghij"[count % 10])
            page.tab.wait_for_function(f"() => window.shown.length >= {count}")
        shown = page.tab.evaluate("window.shown")
    row = {
        "run": number + 1,
        "median_ms": round(statistics.median(shown), 1),
        "p95_ms": round(statistics.quantiles(shown, n=20)[18], 1),
        "longest_ms": round(max(shown), 1),
    }
    print(f"  {row}", flush=True)
    return row
