"""The list of 10,000 invoices in Chromium: from the address to the first rows, with nothing in the browser's cache.

The real file is taken over several times until there are 10,000 invoices, on an estate of its own. Each round opens
`/factures` in a new profile; the time is that of the first row of the table in the document, drawn, counted from the
navigation's start by the page's own clock. Gateway, services and browser share the machine.
"""

from __future__ import annotations

import statistics
from typing import Any

from bench import browser
from bench.options import Options
from bench.product import Product
from bench.results import Result, Target

TITLE = "First rows of 10,000 invoices"
TARGET = Target("<=", 1000, "ms")
_WATCH = """
new MutationObserver((_, watching) => {
  if (!document.querySelector('main tbody tr[aria-rowindex]')) return;
  watching.disconnect();
  requestAnimationFrame(() => { const c = new MessageChannel();
    c.port1.onmessage = () => { window.firstRows = performance.now(); }; c.port2.postMessage(0); });
}).observe(document, { childList: true, subtree: true });
"""


_FETCHED = """Math.round(performance.getEntriesByType('resource')
  .reduce((sum, fetched) => sum + fetched.transferSize, 0) / 1000)"""


def measure(options: Options) -> Result:
    """One estate, a new profile per round."""
    with browser.front_estate() as estate, browser.browser() as started:
        invoices = browser.many_invoices(Product(estate.api))
        rows = [_one(started, estate, number) for number in range(options.rounds)]
    times = [row["first_rows_ms"] for row in rows]
    figures = {
        "invoices": invoices,
        "median_ms": statistics.median(times),
        "min_ms": min(times),
        "max_ms": max(times),
    }
    return Result("front-list", statistics.median(times), figures, rows, options.command("front-list"))


def _one(started: Any, estate: Any, number: int) -> dict[str, Any]:
    with browser.tab(started, estate) as page:
        page.tab.add_init_script(_WATCH)
        page.tab.goto(f"{page.base}/factures?onglet=toutes")
        page.tab.wait_for_function("() => window.firstRows")
        row = {
            "run": number + 1,
            "first_rows_ms": round(page.tab.evaluate("window.firstRows")),
            "document_ms": round(
                page.tab.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
            ),
            "kb": page.tab.evaluate(_FETCHED),
        }
    print(f"  {row}", flush=True)
    return row
