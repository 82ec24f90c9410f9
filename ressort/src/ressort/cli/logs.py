"""Showing the members' logs, and following them as they grow."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ressort.cli.estate import Member

POLL_S = 0.2


def show(
    logs: Path, members: Sequence[Member], write: Callable[[str], None], *, lines: int, follow: bool
) -> None:
    """Write the last ``lines`` lines of each member's log; with ``follow``, go on until interrupted."""
    width = max(len(member.name) for member in members)
    tails = [_Tail(logs / f"{member.name}.log", member.name.ljust(width)) for member in members]
    for tail in tails:
        for line in tail.last(lines):
            write(line)
    while follow:
        grown = [line for tail in tails for line in tail.new()]
        for line in grown:
            write(line)
        if not grown:
            time.sleep(POLL_S)


class _Tail:
    """One log file, read from where it was left; starts over when the file was rotated."""

    def __init__(self, path: Path, prefix: str) -> None:
        self._path = path
        self._prefix = prefix
        self._offset = 0
        self._inode = 0
        self._rest = b""

    def last(self, count: int) -> list[str]:
        return self.new()[-count:] if count else []

    def new(self) -> list[str]:
        try:
            with self._path.open("rb") as stream:
                status = os.fstat(stream.fileno())
                if status.st_ino != self._inode or status.st_size < self._offset:
                    self._inode, self._offset, self._rest = status.st_ino, 0, b""
                stream.seek(self._offset)
                chunk = stream.read()
                self._offset = stream.tell()
        except FileNotFoundError:
            return []
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        return [f"{self._prefix} | {line.decode('utf-8', 'replace')}" for line in whole]
