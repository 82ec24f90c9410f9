"""Frames while the list of 10,000 invoices is scrolled in Chromium, from a trace of the browser.

A gesture of the browser's own input scrolls the table by 20,000 pixels at 4,000 a second, twice a round: down over
rows that must still be fetched, and up over rows that are there. The figure is the 95th percentile of the time between
two frames drawn by the page's renderer (`DrawFrame` of the trace) while the gesture runs, of all rounds. There is no
graphics card: everything is painted by the processor that also runs the estate.
"""

from __future__ import annotations

import itertools
import json
import statistics
from typing import Any

from bench import browser
from bench.options import Options
from bench.product import Product
from bench.results import Result, Target

TITLE = "Scrolling 10,000 invoices"
TARGET = Target("<=", 20.0, "ms")
PIXELS, SPEED = 20_000, 4_000
CATEGORIES = [
    "devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
    "devtools.timeline.frame",
    "blink.user_timing",
]
_PLACE = (640, 500)
"""In the middle of the table, at the size of `browser.DESK`."""


def measure(options: Options) -> Result:
    """One estate, one tab, the table scrolled down and up in each round."""
    rows: list[dict[str, Any]] = []
    every: list[float] = []
    with browser.front_estate() as estate, browser.browser() as started:
        invoices = browser.many_invoices(Product(estate.api))
        with browser.tab(started, estate) as page:
            page.go("/factures?onglet=toutes")
            for number in range(min(options.rounds, 3)):
                for way, pixels in (("down", -PIXELS), ("up", PIXELS)):
                    frames = _frames(started, page, pixels)
                    every += frames
                    rows.append({"run": number + 1, "way": way, **_about(frames)})
                    print(f"  {rows[-1]}", flush=True)
    figures = {"invoices": invoices, **_about(every)}
    return Result("front-scroll", figures["p95_ms"], figures, rows, options.command("front-scroll"))


def _about(frames: list[float]) -> dict[str, Any]:
    cuts = statistics.quantiles(frames, n=100)
    return {
        "frames": len(frames),
        "median_ms": round(statistics.median(frames), 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "longest_ms": round(max(frames), 1),
    }


def _frames(started: Any, page: Any, pixels: int) -> list[float]:
    """Milliseconds between the frames drawn during one gesture."""
    left, top = _PLACE
    session = page.tab.context.new_cdp_session(page.tab)
    gesture = {
        "x": left,
        "y": top,
        "yDistance": pixels,
        "speed": SPEED,
        "gestureSourceType": "mouse",
        "preventFling": True,
    }
    started.start_tracing(page=page.tab, categories=CATEGORIES)
    try:
        page.tab.evaluate("performance.mark('bench-begin')")
        session.send("Input.synthesizeScrollGesture", gesture)
        page.tab.evaluate("performance.mark('bench-end')")
    finally:
        events = json.loads(started.stop_tracing())["traceEvents"]
    session.detach()
    begin, end = (_mark(events, name) for name in ("bench-begin", "bench-end"))
    drawn = sorted(
        event["ts"]
        for event in events
        if event["name"] == "DrawFrame"
        and event["pid"] == begin["pid"]
        and begin["ts"] < event["ts"] < end["ts"]
    )
    return [(after - before) / 1000 for before, after in itertools.pairwise(drawn)]


def _mark(events: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(event for event in events if event["name"] == name)
