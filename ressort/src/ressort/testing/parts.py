"""Real servers for tests: found on the machine, started on free ports, shared by a test run, stopped by pid.

A part is started once per run, whichever xdist worker needs it first, and described by a JSON file in the
run's folder; the process that owns the run stops them all at its end (`stop_all`).
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

START_TIMEOUT_S = 180.0
_STOP_TIMEOUT_S = 20.0


class PartError(RuntimeError):
    """A real server that is installed did not start."""


class Part(Protocol):
    """A server of a test run."""

    @classmethod
    def start(cls, directory: Path) -> Part:
        """Starts it with its data in `directory`, and returns once it answers. Raises PartError."""
        ...

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Part:
        """The one another process started."""
        ...

    def state(self) -> dict[str, Any]:
        """What another process needs to use and to stop it; `pids` in the order to stop them."""
        ...


def free_port() -> int:
    """A TCP port of the loopback nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(
    command: Sequence[str], directory: Path, log: str, environ: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Starts a server in `directory`, its output in the file `log` there, in a session of its own."""
    with (directory / log).open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environ) if environ is not None else None,
            start_new_session=True,
        )


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], what: str, log: Path) -> None:
    """Returns once `ready()`; raises PartError with the log's end when the process dies or is late."""
    end = time.monotonic() + START_TIMEOUT_S
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            stop_pid(process.pid)
            tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise PartError(f"{what} did not start (exit code {process.poll()}):\n{tail}")
        time.sleep(0.05)


def listening(port: int) -> bool:
    """Whether something accepts connections on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stop_pid(pid: int, gently: int = signal.SIGTERM) -> None:
    """Ends one process: asks, waits, then kills. A process already gone is no error."""
    for signal_number, wait_s in ((gently, _STOP_TIMEOUT_S), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, signal_number)
        except ProcessLookupError:
            return
        if _gone_within(pid, wait_s):
            return


def _gone_within(pid: int, wait_s: float) -> bool:
    end = time.monotonic() + wait_s
    while time.monotonic() < end:
        try:
            if os.waitpid(pid, os.WNOHANG) != (0, 0):
                return True
        except ChildProcessError:
            if not _alive(pid):
                return True
        time.sleep(0.05)
    return False


def _alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def executable(*names: str) -> str | None:
    """The first of these programs found on the PATH or in a system folder; an absolute path is itself."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin:/usr/lib/rabbitmq/bin"
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


PROGRAMS: dict[str, tuple[str, ...]] = {
    "mariadb": ("mariadbd",),
    "rabbitmq": ("/usr/lib/rabbitmq/bin/rabbitmq-server",),
    "redis": ("redis-server",),
    "chromium": ("chromium", "chromium-browser"),
    "java": ("java",),
    "maven": ("mvn",),
}
"""Which program shows that a part is installed; a part not listed is a program of its own name."""

APT_PACKAGES = {
    "mariadb": "mariadb-server",
    "rabbitmq": "rabbitmq-server",
    "redis": "redis-server",
    "java": "default-jdk-headless",
}


def absent(name: str) -> str | None:
    """Why the part cannot be used here, or None when it can."""
    if executable(*PROGRAMS.get(name, (name,))) is not None:
        return None
    return f"not installed (apt-get install {APT_PACKAGES.get(name, name)})"


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def shared(name: str, kind: type[Any], run: Path) -> Any:
    """The run's part of that name: the one another worker started, or one started now."""
    run.mkdir(parents=True, exist_ok=True)
    described = run / f"{name}.json"
    with _locked(run / f"{name}.lock"):
        if described.exists():
            return kind.of(json.loads(described.read_text()))
        directory = run / name
        directory.mkdir()
        part = kind.start(directory)
        described.write_text(json.dumps(part.state()))
        return part


def stop_all(run: Path) -> None:
    """Stops every part started for the run and removes its folder."""
    for described in sorted(run.glob("*.json")):
        for pid in json.loads(described.read_text())["pids"]:
            stop_pid(pid)
    shutil.rmtree(run, ignore_errors=True)
