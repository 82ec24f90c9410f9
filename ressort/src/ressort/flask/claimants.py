"""Which process holds a claim, so that the claim of one that was killed can be taken over at once.

An owner is `place.pid.start.random`. The place is this boot and PID namespace: of a process elsewhere, or on a
system without `/proc`, nobody here can say that it is gone, and its lease decides.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from functools import lru_cache
from pathlib import Path

_PROC = Path("/proc")
_STARTED = 19
"""Position of the start time in `/proc/<pid>/stat`, counted after the command's closing parenthesis."""


def new_owner() -> str:
    """A name for one run in this process, of at most 64 characters."""
    return f"{_process(os.getpid())}.{uuid.uuid4().hex[:16]}"


def is_gone(owner: str) -> bool:
    """True when the owner's process is provably not running any more."""
    place, _, rest = owner.partition(".")
    pid, _, started = rest.partition(".")
    if not place or place != _place() or not pid.isdecimal():
        return False
    return _start_of(int(pid)) != started.partition(".")[0]


@lru_cache(maxsize=4)
def _process(pid: int) -> str:
    """Cached under the pid: after a fork it is another one."""
    return f"{_place()}.{pid}.{_start_of(pid)}"


@lru_cache(maxsize=1)
def _place() -> str:
    """Twelve hex digits for this boot and PID namespace, nothing where that is not known."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii")
        namespace = (_PROC / "self/ns/pid").readlink()
        shows_us = (_PROC / "self").readlink() == Path(str(os.getpid()))
    except OSError:
        return ""
    if not shows_us:  # the /proc of another PID namespace
        return ""
    return hashlib.sha256(f"{boot}{namespace}".encode()).hexdigest()[:12]


def _start_of(pid: int) -> str:
    """Ticks from boot to the start of a process, nothing when it is not there or a zombie."""
    try:
        fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *others = fields.rpartition(")")[2].split()
    return "" if state in "ZX" else others[_STARTED - 1]
