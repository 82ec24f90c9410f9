"""`GET /{application}/{profile}` against Spring's configuration server on the same repository, one core each, warm.

50 applications of three profiles with 20 KB of YAML, asked in turn by sixteen connections of wrk from the other core;
rounds are interleaved. `p99` is the ratio of the slowest hundredth, ours to Spring's.
"""

from __future__ import annotations

from typing import Any

from bench import wrk
from bench.config_servers import environments, ours, repository, springs
from bench.options import Options
from bench.results import Result, Target, median

TITLE = "Configuration answers"
TARGET = Target(">=", 30, "times Spring's", "p99 at most a tenth of Spring's")


def measure(options: Options) -> Result:
    """`options.rounds` of both servers, one after the other in each round."""
    wrk.require_tools()
    rows: list[dict[str, Any]] = []
    paths = environments()
    with repository() as folder, ours(folder) as mine, springs(folder) as theirs:
        servers = {"spring": theirs, "ressort": mine}
        for server in servers.values():
            server.load(paths, max(2, options.seconds))
        for number in range(1, options.rounds + 1):
            for name, server in servers.items():
                rows.append(_row(number, name, server.load(paths, options.seconds)))
                print(f"  {rows[-1]}", flush=True)
    figures = {
        f"{name}_{column}": median(rows, column, server=name)
        for name in ("spring", "ressort")
        for column in ("per_second", "p99_ms")
    }
    figures["p99_ratio"] = round(figures["ressort_p99_ms"] / figures["spring_p99_ms"], 4)
    ratio = round(figures["ressort_per_second"] / figures["spring_per_second"], 1)
    return Result("config-rate", ratio, figures, rows, options.command("config-rate"))


def _row(number: int, name: str, load: wrk.Load) -> dict[str, Any]:
    return {
        "round": number,
        "server": name,
        "per_second": round(load.per_second, 1),
        "p50_ms": round(load.p50_ms, 2),
        "p99_ms": round(load.p99_ms, 2),
        "busy": round(load.busy, 2),
    }
