"""Closed-loop load by wrk from one core, and the command that pins a server to another."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench import processes

SERVER_CORE, LOAD_CORE = "0", "1"
_UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class LoadError(Exception):
    """The load was not what the figure needs: a tool is missing, or answers were wrong."""


@dataclass(frozen=True)
class Load:
    """`cpu_s` are CPU seconds of the server per 10,000 requests; `busy` is 1 when the server filled its core."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_s: float

    @property
    def busy(self) -> float:
        """Share of one core that the server used."""
        return self.per_second * self.cpu_s / 10_000


def require_tools() -> None:
    """Raises LoadError naming what is not installed."""
    missing = [name for name in ("wrk", "taskset") if shutil.which(name) is None]
    if missing:
        raise LoadError(f"not installed: {', '.join(missing)} (apt-get install wrk util-linux)")


def pinned(command: list[str]) -> list[str]:
    """A server's command, held to its core with all its threads."""
    return ["taskset", "-c", SERVER_CORE, *command]


def load(
    url: str,
    pid: int,
    seconds: int,
    *,
    connections: int = 64,
    script: Path | None = None,
    words: tuple[str, ...] = (),
    patience_s: int = 2,
) -> Load:
    """Load `url` for `seconds`. Raises LoadError when any answer was not a 2xx or 3xx, took longer
    than `patience_s`, or a connection failed."""
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    command += ["--timeout", f"{patience_s}s"]
    if script is not None:
        command += ["-s", str(script)]
    pids = processes.tree(pid)
    before = processes.cpu_s(pids)
    done = subprocess.run([*command, url, "--", *words], check=True, capture_output=True, text=True)
    used = processes.cpu_s(pids) - before
    wrong = re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", done.stdout)
    if wrong:
        raise LoadError(f"{url}: {wrong[0]}")
    requests = int(_found(r"(\d+) requests in", done.stdout))
    return Load(
        float(_found(r"Requests/sec:\s+([\d.]+)", done.stdout)),
        _milliseconds(_found(r"^\s+50%\s+(\S+)", done.stdout)),
        _milliseconds(_found(r"^\s+99%\s+(\S+)", done.stdout)),
        used / requests * 10_000,
    )


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.M)
    if found is None:
        raise LoadError(f"wrk said nothing like {pattern!r}:\n{text}")
    return found[1]


def _milliseconds(text: str) -> float:
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text)
    if found is None:
        raise LoadError(f"not a duration: {text!r}")
    return float(found[1]) * _UNITS_MS[found[2]]
