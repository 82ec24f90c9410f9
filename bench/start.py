"""From `ressort up` (environment ready, empty state) to the first 200 through the gateway for every service.

The launcher is started as a process of its own with an empty `var/` on free ports; from the moment of its exec,
one connection per service asks the gateway every 50 ms until it gets a 200. The figure of a run is the last
service's; its databases are made and migrated, its registration seen by the gateway. `members up s` is what the
launcher says, from its first fork to the last member ready; before it come Python and the preloaded modules, after it
the gateway learning of the registrations. `cpu s` is what the launcher and all members used up to then.
"""

from __future__ import annotations

import re
import statistics
from typing import Any

from bench.estate import fresh_estate
from bench.options import Options
from bench.results import Result, Target

TITLE = "Start of the estate"
TARGET = Target(
    "<=", 6.0, "s", "the same eight processes in Java (Spring Boot 4.0, Cloud 2025.1), empty: 88 s"
)


def measure(options: Options) -> Result:
    """Start and stop the estate `options.rounds` times."""
    rows = [_one(number) for number in range(options.rounds)]
    times = [row["all_routed_s"] for row in rows]
    figures = {
        "median_s": round(statistics.median(times), 2),
        "min_s": min(times),
        "max_s": max(times),
        "median_members_up_s": round(statistics.median(row["members_up_s"] for row in rows), 2),
        "median_cpu_s": round(statistics.median(row["cpu_s"] for row in rows), 2),
        "median_stop_s": round(statistics.median(row["stop_s"] for row in rows), 2),
    }
    return Result("start", statistics.median(times), figures, rows, options.command("start"))


def _one(number: int) -> dict[str, Any]:
    with fresh_estate() as estate:
        routed = estate.until_routed(estate.launch())
        cpu_s = sum(estate.cpu_s().values())
        said = (estate.folder / "launcher.log").read_text(encoding="utf-8")
        row = {
            "run": number + 1,
            "all_routed_s": round(max(routed.values()), 2),
            **{name: round(seconds, 2) for name, seconds in routed.items()},
            "cpu_s": round(cpu_s, 2),
            "members_up_s": round(float(_found(r"up in ([\d.]+) s", said)), 2),
            "member_ms": {name: int(ms) for name, ms in re.findall(r"^(\S+)\s+:.* (\d+) ms$", said, re.M)},
            "stop_s": round(estate.stop(), 2),
        }
    rest = f"CPU {row['cpu_s']} s, members up in {row['members_up_s']} s, stop {row['stop_s']} s"
    print(f"  run {number + 1}: {row['all_routed_s']} s ({rest})")
    return row


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else "nan"
