"""Proportional memory of our configuration server after every application, profile and a hundred labels were read."""

from __future__ import annotations

from bench import processes
from bench.config_servers import LABELS, environments, ours, repository
from bench.options import Options
from bench.results import Result, Target

TITLE = "Memory of the configuration server"
TARGET = Target("<=", 90, "MB", "Spring's, idle: 219 to 264 MB")


def measure(options: Options) -> Result:
    """Idle, after 150 environments, after 100 labels, after a load."""
    rows = []

    def see(when: str, pid: int) -> None:
        used = sum(processes.memory(each).pss_mb for each in processes.tree(pid))
        rows.append({"when": when, "pss_mb": round(used, 1)})
        print(f"  {rows[-1]}", flush=True)

    with repository() as folder, ours(folder) as server:
        see("idle", server.pid)
        server.load(environments(), options.seconds)
        see("150 environments", server.pid)
        server.load([f"app-{n % 50}/dev/label-{n}" for n in range(LABELS)], options.seconds)
        see("100 labels", server.pid)
        server.load(environments(), options.seconds)
        see("150 environments again", server.pid)
    highest = max(float(row["pss_mb"]) for row in rows)
    return Result("config-memory", highest, {"pss_mb": highest}, rows, options.command("config-memory"))
