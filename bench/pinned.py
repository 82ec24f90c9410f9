"""One server held to a core of its own, for as long as it is measured."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import wrk
from bench.estate import status

_UP_TIMEOUT_S = 60.0


@contextmanager
def pinned_server(
    command: list[str], cwd: Path, port: int, path: str, log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The server once `path` answers 200. Raises LoadError with the end of its log when it never does."""
    log = log or cwd / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(wrk.pinned(command), cwd=cwd, stdout=output, stderr=output)
    try:
        end = time.monotonic() + _UP_TIMEOUT_S
        while status(port, path) != 200:
            if process.poll() is not None or time.monotonic() > end:
                raise wrk.LoadError(f"{' '.join(command)} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
