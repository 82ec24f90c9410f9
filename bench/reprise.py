"""`repriseJob` of the real file (2,466 rows, cut at 2013-10-31) through the services' own APIs, on a fresh estate.

Time from the POST that launches the job, through the gateway, to the first answer that says COMPLETED, asked every
100 ms: 100 clients, 2,352 invoices and 2,273 payments, each committed by its own service with its idempotency,
outbox and history, and control totals agreed. What the file says is checked after each run. CPU seconds are those of
the launcher and all members, and hardly depend on what else the machine does.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from bench import journey
from bench.estate import running_estate
from bench.options import Options
from bench.product import Product
from bench.results import Result, Target

TITLE = "Take-over of the real file"
TARGET = Target("<=", 30.0, "s")
MOST_ROUNDS = 3


def measure(options: Options) -> Result:
    """A fresh estate per run, three at most."""
    rows = [_one(number) for number in range(min(options.rounds, MOST_ROUNDS))]
    times = [row["seconds"] for row in rows]
    figures = {
        "median_s": round(statistics.median(times), 2),
        "min_s": min(times),
        "max_s": max(times),
        "median_cpu_s": round(statistics.median(row["cpu_s"] for row in rows), 2),
    }
    return Result("reprise", statistics.median(times), figures, rows, options.command("reprise"))


def _one(number: int) -> dict[str, Any]:
    with running_estate() as estate:
        product = Product(estate.api)
        before, began = estate.cpu_s(), time.monotonic()
        execution = journey.take_over(product)
        seconds = time.monotonic() - began
        used = {name: round(spent - before[name], 2) for name, spent in estate.cpu_s().items()}
    steps = {step["nom"]: step["duree_ms"] for step in execution["etapes"]}
    cpu_s = round(sum(used.values()), 2)
    print(f"  run {number + 1}: {seconds:.1f} s, CPU {cpu_s} s, {steps}")
    busiest = {name: spent for name, spent in used.items() if spent >= 0.1}
    return {
        "run": number + 1,
        "seconds": round(seconds, 2),
        "cpu_s": cpu_s,
        "step_ms": steps,
        "member_cpu_s": busiest,
    }
