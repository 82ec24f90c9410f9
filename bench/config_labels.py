"""A hundred labels read side by side against one label, on our configuration server: what of the rate is left.

The same questions, once all under `label-0`, once spread over a hundred branches; both warm, rounds interleaved.
"""

from __future__ import annotations

from typing import Any

from bench import wrk
from bench.config_servers import LABELS, ours, repository
from bench.options import Options
from bench.results import Result, Target, median

TITLE = "A hundred labels side by side"
TARGET = Target(">=", 0.8, "of one label")
APPLICATIONS = 3
"""Of each label; with one label the same number of questions goes to as many applications."""


def measure(options: Options) -> Result:
    """`options.rounds` of both, one after the other in each round."""
    wrk.require_tools()
    asked = {
        "one": [f"app-{each % 50}/dev/label-0" for each in range(APPLICATIONS * LABELS)],
        "hundred": [
            f"app-{each}/dev/label-{label}" for label in range(LABELS) for each in range(APPLICATIONS)
        ],
    }
    rows: list[dict[str, Any]] = []
    with repository() as folder, ours(folder) as server:
        for paths in asked.values():
            server.load(paths, max(3, options.seconds))
        for number in range(1, options.rounds + 1):
            for name, paths in asked.items():
                load = server.load(paths, options.seconds)
                rows.append({"round": number, "labels": name, "per_second": round(load.per_second, 1)})
                print(f"  {rows[-1]}", flush=True)
    rates = {name: median(rows, "per_second", labels=name) for name in asked}
    figures = {f"{name}_per_second": rate for name, rate in rates.items()}
    ratio = round(rates["hundred"] / rates["one"], 3)
    return Result("config-labels", ratio, figures, rows, options.command("config-labels"))
