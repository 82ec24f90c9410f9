"""From the end of a commit to the first answer that has it, in a repository of a thousand files.

Our configuration server serves a local repository, so that the end of the commit is the end of the fetch: what is
measured is references read anew, the new tree walked, the changed file parsed, the answer written. `p100_ms` is the
slowest of them all.
"""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from pathlib import Path

from bench.config_servers import APPLICATIONS, PROFILES, commit, ours, repository
from bench.options import Options
from bench.results import Result, Target

TITLE = "A new commit in force"
TARGET = Target("<=", 50, "ms", "in a repository of 1,000 files")
FILES, COMMITS = 1_000, 30


def measure(options: Options) -> Result:
    """`COMMITS` commits, each to another application."""
    rows = []
    with repository() as folder:
        for number in range(FILES - APPLICATIONS * len(PROFILES)):
            (folder / f"other-{number}.yml").write_text(f"number: {number}\n")
        commit(folder, "a thousand files")
        with ours(folder) as server:
            for number in range(3 if options.quick else COMMITS):
                rows.append({"commit": number, "ms": round(_once(folder, server.port, number), 1)})
    times = [row["ms"] for row in rows]
    figures = {"p50_ms": statistics.median(times), "p100_ms": max(times)}
    print(f"  {figures}", flush=True)
    return Result("config-fresh", figures["p50_ms"], figures, rows, options.command("config-fresh"))


def _once(folder: Path, port: int, number: int) -> float:
    name = f"app-{number % APPLICATIONS}"
    file = folder / f"{name}-dev.yml"
    file.write_text(file.read_text() + f"\nchanged: {number}\n")
    version = commit(folder, f"change {number}")
    began = time.monotonic()
    while True:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}/dev", timeout=10) as answer:
            if json.loads(answer.read())["version"] == version:
                return (time.monotonic() - began) * 1000
