"""Starting a member as a process of its own: forked from the preloaded launcher, or a fresh interpreter.

A forked child shares the memory of everything the launcher imported; it starts in a tenth of the time of a
cold interpreter. Both kinds write to ``<state>/logs/<member>.log``, lead a session of their own (so that
Ctrl-C reaches the launcher only) and are told to stop by the kernel when the launcher dies.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from ressort.cli.estate import Member

READY_FD = "RESSORT_READY_FD"
LOG_ROTATE_BYTES = 10 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_ARENAS = 2
"""Heaps of glibc's malloc in a member. Its default is eight per core, for threads that run side by side; ours
take turns, and each heap keeps what it once needed: 26 MB less for the estate of nine members (bench, `memory`)."""


@dataclass
class Child:
    """A started member: its pid, the pipe on which it says it is ready, and where its log began."""

    member: Member
    pid: int
    ready_fd: int
    log: Path
    log_start: int
    started_at: float = field(default_factory=time.monotonic)
    ready: dict[str, Any] | None = None
    _heard: bytes = b""

    def hear(self) -> bool:
        """Read the ready pipe; True once the ready line is complete or the pipe is closed."""
        chunk = os.read(self.ready_fd, 4096)
        self._heard += chunk
        if b"\n" in self._heard:
            self.ready = json.loads(self._heard.split(b"\n", 1)[0])
        return self.ready is not None or not chunk

    def close(self) -> None:
        """Close the ready pipe."""
        if self.ready_fd >= 0:
            os.close(self.ready_fd)
            self.ready_fd = -1

    def last_words(self, lines: int = 12) -> str:
        """The end of what this child wrote to its log."""
        with self.log.open("rb") as stream:
            stream.seek(self.log_start)
            text = stream.read().decode("utf-8", "replace")
        return "\n".join(text.rstrip().splitlines()[-lines:])


def start_child(member: Member, directory: Path, logs: Path, *, fork: bool) -> Child:
    """Start ``member`` in ``directory``; returns at once."""
    log = logs / f"{member.name}.log"
    _rotate(log)
    log_start = log.stat().st_size if log.exists() else 0
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    try:
        launch = _fork if fork else _spawn
        pid = launch(member, directory, log, writer)
    finally:
        os.close(writer)
    os.set_blocking(reader, False)
    return Child(member, pid, reader, log, log_start)


def _rotate(log: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_ROTATE_BYTES:
            log.replace(log.with_suffix(".log.1"))


def _fork(member: Member, directory: Path, log: Path, ready_fd: int) -> int:
    return fork_call(lambda: _run_module(member, directory, log, ready_fd), keep_fd=ready_fd)


def fork_call(body: Callable[[], int], keep_fd: int = -1) -> int:
    """Fork; the child runs ``body`` and exits with its result, never returning into the caller's code.

    The child keeps the standard streams and ``keep_fd``: the launcher's sockets and pipes are closed.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        _detach(parent, keep_fd)
        code = body()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - the child's last line of defence: whatever it is goes to the log
        traceback.print_exc()
    finally:
        _leave(code)


def _leave(code: int) -> NoReturn:
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _detach(launcher: int, keep_fd: int) -> None:
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    descriptors = Path("/proc/self/fd")
    for fd in [int(entry.name) for entry in descriptors.iterdir()] if descriptors.exists() else ():
        if fd > 2 and fd != keep_fd:
            with contextlib.suppress(OSError):
                os.close(fd)
    die_with_parent()
    if os.getppid() != launcher:
        _leave(1)


def die_with_parent() -> None:
    """Have the kernel send SIGTERM to this process when its parent is gone (Linux; elsewhere nothing)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _limit_arenas() -> None:
    """Have glibc share two heaps among all threads, unless the environment says otherwise (elsewhere nothing)."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "gnu_get_libc_version") and "MALLOC_ARENA_MAX" not in os.environ:
        libc.mallopt(_M_ARENA_MAX, _ARENAS)


def _run_module(member: Member, directory: Path, log: Path, ready_fd: int) -> int:
    _limit_arenas()
    os.chdir(directory)
    _redirect(log)
    os.environ.update(member.environment)
    os.environ[READY_FD] = str(ready_fd)
    sys.argv = [member.module, *member.args]
    main = importlib.import_module(_main_module(member.module)).main
    return int(main(list(member.args)) or 0)


def _main_module(module: str) -> str:
    spec = importlib.util.find_spec(module)
    is_package = spec is not None and spec.submodule_search_locations is not None
    return f"{module}.__main__" if is_package else module


def _redirect(log: Path) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
    os.close(null)


def _spawn(member: Member, directory: Path, log: Path, ready_fd: int) -> int:
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", member.module, *member.args],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[ready_fd],
            env={
                "MALLOC_ARENA_MAX": str(_ARENAS),
                **os.environ,
                **dict(member.environment),
                READY_FD: str(ready_fd),
            },
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    process.returncode = 0  # the supervisor reaps it by pid
    return process.pid
