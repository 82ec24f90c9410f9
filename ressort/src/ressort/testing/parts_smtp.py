"""The mail catcher as a server of a test, with the mails it has kept."""

from __future__ import annotations

import email
import email.policy
import os
import sys
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from ressort.testing.parts import free_port, launch, listening, stop_pid, wait_until
from ressort.testing.smtp_catcher import DOWN


class SmtpServer:
    """A running catcher. `folder` holds its `.eml` files."""

    def __init__(self, port: int, pid: int, home: Path) -> None:
        self.port = port
        self.pid = pid
        self.home = home
        self.folder = home / "var" / "courriels"

    @classmethod
    def start(cls, directory: Path, port: int | None = None) -> SmtpServer:
        """Starts it on a free port, or again on the one it had."""
        port = port or free_port()
        command = [sys.executable, "-m", "ressort.testing.smtp_catcher", f"--server.port={port}"]
        process = launch([*command, f"--ressort.home={directory}"], directory, "smtp.log", os.environ)
        wait_until(lambda: listening(port), process, "SMTP catcher", directory / "smtp.log")
        return cls(port, process.pid, directory)

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> SmtpServer:
        return cls(state["port"], state["pids"][0], Path(state["home"]))

    def state(self) -> dict[str, Any]:
        return {"port": self.port, "pids": [self.pid], "home": str(self.home)}

    def mails(self) -> list[EmailMessage]:
        """Every mail kept so far, oldest first."""
        files = sorted(file for file in self.folder.glob("*.eml") if not file.name.startswith("."))
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def clear(self) -> None:
        """Throws the kept mails away."""
        for file in self.folder.glob("*.eml"):
            file.unlink()

    def refuse(self) -> None:
        """Refuses every mail (421) from now on."""
        (self.folder / DOWN).touch()

    def accept(self) -> None:
        """Ends `refuse`."""
        (self.folder / DOWN).unlink(missing_ok=True)

    def stop(self) -> None:
        """Ends the process; the mails stay."""
        stop_pid(self.pid)
