"""Proportional memory (PSS) of the whole estate after the journey and one idle minute, and what that minute costs.

The journey is made through the gateway: a client, an invoice, a payment, its receipt, the real file taken over,
reminders. Then nothing is asked for 60 s; PSS of the launcher and of every member is added up from
`/proc/<pid>/smaps_rollup`, and the CPU time used during that minute is what the estate costs when nobody uses it.
"""

from __future__ import annotations

import time
from typing import Any

from bench import journey, processes
from bench.estate import Estate, running_estate
from bench.options import Options
from bench.product import Product
from bench.results import Result, Target

TITLE = "Memory of the estate"
TARGET = Target("<=", 500, "MB", "the same eight processes in Java: 2,250 MB")
IDLE_S = 60.0


def measure(options: Options) -> Result:
    """One estate, one journey, one idle minute."""
    with running_estate() as estate:
        before = _total(_rows(estate))
        journey.whole(Product(estate.api), estate.mailbag)
        busy = _total(_rows(estate))
        used = estate.cpu_s()
        time.sleep(options.scaled(IDLE_S))
        rows = _rows(estate)
        for row in rows:
            row["idle_cpu_s"] = round(processes.cpu_s([row["pid"]]) - used[row["member"]], 2)
    total = _total(rows)
    figures = {
        "pss_mb": total,
        "pss_after_start_mb": before,
        "pss_after_journey_mb": busy,
        "rss_mb": round(sum(row["rss_mb"] for row in rows)),
        "processes": len(rows),
        "idle_cpu_s_per_minute": round(
            sum(row["idle_cpu_s"] for row in rows) * 60 / options.scaled(IDLE_S), 2
        ),
    }
    print(f"  {total} MB PSS, {figures['idle_cpu_s_per_minute']} CPU s per idle minute")
    return Result("memory", total, figures, rows, options.command("memory"))


def _rows(estate: Estate) -> list[dict[str, Any]]:
    rows = []
    for name, pid in estate.pids().items():
        used = processes.memory(pid)
        rows.append(
            {
                "member": name,
                "pid": pid,
                "pss_mb": round(used.pss_mb, 1),
                "rss_mb": round(used.rss_mb, 1),
                "private_mb": round(used.private_mb, 1),
            }
        )
    return rows


def _total(rows: list[dict[str, Any]]) -> float:
    return round(sum(float(row["pss_mb"]) for row in rows), 1)
