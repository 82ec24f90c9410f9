"""What the launcher knows of one member: its process, its failures, and who waits to hear that it is up."""

from __future__ import annotations

import os
import signal
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from ressort.cli import control
from ressort.cli.children import Child
from ressort.cli.estate import Member

READY_TIMEOUT_S = 60.0
BACKOFF_FIRST_S = 0.2
BACKOFF_LAST_S = 30.0
STEADY_AFTER_S = 60.0


@dataclass(eq=False)
class Post:
    """One member over its successive processes."""

    member: Member
    child: Child | None = None
    restarts: int = 0
    failures: int = 0
    restart_at: float | None = None
    wanted: bool = True
    said: str = ""
    waiting: list[socket.socket] = field(default_factory=list)

    @property
    def state(self) -> str:
        """``up``, ``starting``, ``backing off`` or ``down``."""
        if self.child is not None:
            return "up" if self.child.ready else "starting"
        return "backing off" if self.restart_at is not None else "down"

    def row(self) -> dict[str, Any]:
        """The member's line of ``ressort status``."""
        child = self.child
        return {
            "name": self.member.name,
            "state": self.state,
            "ports": list(self.member.ports),
            "pid": child.pid if child else None,
            "uptime_s": round(time.monotonic() - child.started_at, 1) if child else None,
            "restarts": self.restarts,
        }

    def back_off(self, child: Child) -> float:
        """Plan the next try after ``child`` has died; seconds until then."""
        lived = time.monotonic() - child.started_at
        self.failures = 1 if lived > STEADY_AFTER_S else self.failures + 1
        pause = min(BACKOFF_LAST_S, BACKOFF_FIRST_S * 2.0 ** (self.failures - 1))
        self.restart_at = time.monotonic() + pause
        return pause

    def words(self) -> str:
        """What its last process said before it died."""
        return self.said or f"it wrote nothing; `ressort logs {self.member.name}` shows what came before"

    def tell(self, answer: dict[str, Any]) -> None:
        """Answer everybody who waits for this member."""
        for client in self.waiting:
            control.answer(client, answer)
        self.waiting.clear()

    def tell_ready(self, child: Child) -> None:
        """Answer that ``child`` is up."""
        self.tell({"ok": True, "pid": child.pid})

    def tell_failed(self, how: str, pause_s: float) -> None:
        """Answer that the member is down, why, and what the launcher does about it."""
        name = self.member.name
        text = (
            f"{name} did not start ({how}) and is down now:\n{self.words()}\n"
            f"It is backing off: the next try is in {pause_s:.1f} s, later ones at most "
            f"{BACKOFF_LAST_S:.0f} s apart; `ressort restart {name}` tries at once."
        )
        self.tell({"ok": False, "error": text})

    def tell_if_late(self) -> None:
        """Answer those who have waited for a start that takes too long; the start itself goes on."""
        child = self.child
        if child is None or not self.waiting or time.monotonic() - child.started_at < READY_TIMEOUT_S:
            return
        name = self.member.name
        text = (
            f"{name} is not ready after {READY_TIMEOUT_S:g} s and still starting; see `ressort logs {name}`"
        )
        self.tell({"ok": False, "error": text})


def how_it_ended(status: int) -> str:
    """A wait status in words: ``exit 1``, ``signal SIGKILL``."""
    code = os.waitstatus_to_exitcode(status)
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"
