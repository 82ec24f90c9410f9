"""Where and on what a figure was taken."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "flask", "werkzeug", "waitress", "sqlalchemy", "pydantic", "orjson", "requests", "uvloop", "httptools",
)  # fmt: skip
PROGRAMS = {"wrk": ["--version"], "nginx": ["-v"]}
QUIET_SHARE = 0.1
"""More of the cores in use by other processes than this during a benchmark, and its figures are preliminary."""


def facts() -> dict[str, Any]:
    """Machine, versions and commit, as kept beside every figure."""
    return {
        "date": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        "kernel": platform.release(),
        "system": _system(),
        "python": f"{platform.python_version()} ({Path(sys.executable).resolve()})",
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "programs": {name: _version(name, words) for name, words in PROGRAMS.items()},
        "commit": _git("rev-parse", "--short", "HEAD"),
        "uncommitted_files": len(
            _git("status", "--porcelain", "--", ":!bench/results", ":!docs").splitlines()
        ),
    }


def cpu_model() -> str:
    """The processor's name as the kernel gives it."""
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    return found[1] if found else platform.processor() or "unknown"


class Neighbours:
    """How much of all cores other processes use, from the making of this object on."""

    def __init__(self) -> None:
        self._before = _times()
        self._ours_before = _ours_s()

    def share(self) -> float:
        """0 to 1, stolen time included. Children count as ours once they have been waited for."""
        spent = [after - was for after, was in zip(_times(), self._before, strict=True)]
        busy = sum(spent) - spent[3] - spent[4]
        ours = (_ours_s() - self._ours_before) * os.sysconf("SC_CLK_TCK")
        return max(0.0, busy - ours) / max(1, sum(spent))


def _ours_s() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _times() -> list[int]:
    """Ticks of all cores: user, nice, system, idle, iowait, irq, softirq, steal."""
    return [int(ticks) for ticks in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def _system() -> str:
    found = re.search(r'^PRETTY_NAME="(.+)"$', Path("/etc/os-release").read_text(), re.M)
    return found[1] if found else platform.system()


def _version(name: str, words: list[str]) -> str | None:
    if shutil.which(name) is None:
        return None
    done = subprocess.run([name, *words], capture_output=True, text=True)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else None


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True, cwd=ROOT).stdout.strip()
