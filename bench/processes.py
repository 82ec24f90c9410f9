"""What processes use, read from ``/proc``: proportional memory, CPU time, the tree below a pid."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """Megabytes (2**20 bytes): `pss_mb` counts a page shared by n processes as 1/n, `private_mb` only its own."""

    pss_mb: float
    rss_mb: float
    private_mb: float


def tree(pid: int) -> list[int]:
    """The process and everything below it, parents first; what ended meanwhile is left out."""
    found = [pid]
    for each in found:
        found += _children(each)
    return found


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in thread.read_text().split()]
        except OSError:  # the thread ended between the two readings
            continue
    return found


def memory(pid: int) -> Memory:
    """Of one process. Raises OSError when it is gone."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    sizes = {name: int(size) / 1024 for name, size in re.findall(r"^(\w+):\s+(\d+) kB", text, re.M)}
    return Memory(sizes["Pss"], sizes["Rss"], sizes["Private_Clean"] + sizes["Private_Dirty"])


def cpu_s(pids: Iterable[int]) -> float:
    """User and system seconds used so far by all threads of these processes. Raises OSError when one is gone."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS_PER_S
