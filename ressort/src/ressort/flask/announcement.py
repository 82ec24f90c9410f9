"""Telling people and the launcher that the process is ready, and nobody else."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Mapping

_log = logging.getLogger("ressort.flask")

READY_FD = "RESSORT_READY_FD"
"""Environment variable naming an inherited descriptor on which one JSON line tells readiness."""


def process_age_s() -> float:
    """Seconds since this process began (was started, or forked), to a hundredth."""
    import psutil

    return max(0.0, time.time() - psutil.Process().create_time())


def announce_ready(name: str, port: int, took_s: float, environ: Mapping[str, str] | None = None) -> None:
    """Log `Started <name> in <s> seconds` and write the ready line for a launcher that waits for it."""
    age_s = process_age_s()
    _log.info("Started %s in %.2f seconds (process running for %.2f) on port %d", name, took_s, age_s, port)
    descriptor = (os.environ if environ is None else environ).get(READY_FD)
    if descriptor:
        line = {"name": name, "port": port, "pid": os.getpid(), "ms": round(age_s * 1000)}
        _tell(descriptor, json.dumps(line) + "\n")


def _tell(descriptor: str, line: str) -> None:
    try:
        with os.fdopen(int(descriptor), "w", encoding="utf-8") as pipe:
            pipe.write(line)
    except (OSError, ValueError) as error:
        _log.warning("%s=%s cannot be written: %s", READY_FD, descriptor, error)
