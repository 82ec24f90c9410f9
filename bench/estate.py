"""The whole estate on free ports, its state in a folder that is thrown away: `ressort up` as a newcomer runs it."""

from __future__ import annotations

import http.client
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench import processes
from bench.facts import ROOT
from ressort.cli import control
from ressort.cli.children import die_with_parent

ROUTED = {
    "client-service": "/api/clients?limit=1",
    "facture-service": "/api/factures?limit=1",
    "paiement-service": "/api/paiements?limit=1",
    "notification-service": "/api/notifications?limit=1",
    "batch": "/api/jobs",
}
"""The call through the gateway that shows that a service is routed."""
UP_TIMEOUT_S = 120.0
_POLL_S = 0.05


class EstateFailedError(Exception):
    """The estate did not come up; carries what the launcher said."""


class Estate:
    """A copy of `ressort.yml` and `config-repo` in `folder`, every port a free one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "var"
        described = yaml.safe_load((ROOT / "ressort.yml").read_text(encoding="utf-8"))["ressort"]
        members = described["members"]
        ports = iter(free_ports(len(members) + 1))
        self.ports: dict[str, int] = {member["name"]: next(ports) for member in members}
        self.front_port = next(ports)
        self.launcher: subprocess.Popen[bytes] | None = None
        for member in members:
            self._place(member)
        keys = {key: described[key] for key in ("state", "stop-timeout", "preload") if key in described}
        estate = {"ressort": {**keys, "members": members}}
        (folder / "ressort.yml").write_text(yaml.safe_dump(estate), encoding="utf-8")
        self._checkout()

    def _place(self, member: dict[str, Any]) -> None:
        name = member["name"]
        member["port"] = self.ports[name]
        member["args"] = [
            f"--server.port={self.ports[name]}",
            f"--ressort.config-server.url={self.url('config-server')}",
            f"--eureka.client.service-url.defaultZone={self.url('discovery')}/eureka/",
        ]
        if name == "gateway":
            member["also-ports"] = [self.front_port]
            member["args"].append(f"--gateway.front.port={self.front_port}")
        if name == "notification-service":
            member["args"].append(f"--spring.mail.port={self.ports['courriel']}")

    def _checkout(self) -> None:
        """The parts of a checkout that members read from the current directory, committed."""
        shutil.copytree(ROOT / "config-repo", self.folder / "config-repo")
        shutil.copytree(ROOT / "frontend" / "dist", self.folder / "frontend" / "dist")
        (self.folder / ".gitignore").write_text("var/\n*.log\n")
        commit = [
            "-c",
            "user.name=bench",
            "-c",
            "user.email=bench@ressort.example",
            "commit",
            "-q",
            "-m",
            "bench",
        ]
        for words in (["init", "-q", "-b", "main"], ["add", "-A"], commit):
            subprocess.run(["git", *words], cwd=self.folder, check=True)

    # -- its life

    def launch(self) -> float:
        """Start `ressort up`; returns at once with the monotonic time of the exec."""
        command = [sys.executable, "-m", "ressort.cli", "--file", str(self.folder / "ressort.yml"), "up"]
        with (self.folder / "launcher.log").open("ab") as output:
            began = time.monotonic()
            self.launcher = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        return began

    def until_routed(self, began: float) -> dict[str, float]:
        """Seconds from `began` until the gateway first answered 200 for each service."""
        seen: dict[str, float] = {}
        watchers = [
            threading.Thread(target=self._watch, args=(name, path, began, seen))
            for name, path in ROUTED.items()
        ]
        for watcher in watchers:
            watcher.start()
        for watcher in watchers:
            watcher.join()
        if len(seen) < len(ROUTED):
            raise EstateFailedError((self.folder / "launcher.log").read_text(encoding="utf-8"))
        return seen

    def _watch(self, name: str, path: str, began: float, seen: dict[str, float]) -> None:
        while time.monotonic() - began < UP_TIMEOUT_S and self.running:
            if status(self.ports["gateway"], path) == 200:
                seen[name] = time.monotonic() - began
                return
            time.sleep(_POLL_S)

    @property
    def running(self) -> bool:
        """Whether the launcher is there."""
        return self.launcher is not None and self.launcher.poll() is None

    def stop(self) -> float:
        """Ctrl-C; seconds until everything had ended."""
        if self.launcher is None:
            return 0.0
        began = time.monotonic()
        if self.running:
            self.launcher.send_signal(signal.SIGINT)
        try:
            self.launcher.wait(30)
        finally:
            if self.launcher.poll() is None:
                self.launcher.kill()
                self.launcher.wait()
        return time.monotonic() - began

    # -- what is seen of it

    def url(self, member: str) -> str:
        """A member's own address."""
        return f"http://127.0.0.1:{self.ports[member]}"

    @property
    def api(self) -> str:
        """The API behind the gateway."""
        return f"{self.url('gateway')}/api"

    @property
    def mailbag(self) -> Path:
        """Where the local mail server keeps what it accepted."""
        return self.state / "courriels"

    def members(self) -> dict[str, dict[str, Any]]:
        """What the launcher says of each member: state, pid, restarts."""
        return {row["name"]: row for row in control.ask(self.state, "status")["members"]}

    def cpu_s(self) -> dict[str, float]:
        """CPU seconds used so far by the launcher and by each member."""
        return {name: processes.cpu_s([pid]) for name, pid in self.pids().items()}

    def pids(self) -> dict[str, int]:
        """The launcher's and each member's; `child <pid>` is a process that is neither."""
        if self.launcher is None:
            raise EstateFailedError("not launched")
        named = {row["pid"]: name for name, row in self.members().items()}
        return {
            named.get(pid, "launcher" if pid == self.launcher.pid else f"child {pid}"): pid
            for pid in processes.tree(self.launcher.pid)
        }

    def arguments(self, member: str) -> list[str]:
        """The command line of a member, for commands of the same module."""
        described = yaml.safe_load((self.folder / "ressort.yml").read_text(encoding="utf-8"))["ressort"]
        return next(list(each["args"]) for each in described["members"] if each["name"] == member)


@contextmanager
def fresh_estate() -> Iterator[Estate]:
    """An estate with empty state, not started; stopped and thrown away at the end."""
    with TemporaryDirectory(prefix="ressort-bench-") as folder:
        estate = Estate(Path(folder))
        try:
            yield estate
        finally:
            estate.stop()


@contextmanager
def running_estate() -> Iterator[Estate]:
    """A fresh estate whose every service is routed."""
    with fresh_estate() as estate:
        estate.until_routed(estate.launch())
        yield estate


def free_ports(count: int) -> list[int]:
    """TCP ports nobody listens on, below those the kernel gives to outgoing connections."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(12000, 30000)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found


def status(port: int, path: str, timeout_s: float = 5.0) -> int:
    """The status of one GET on a connection of its own; 0 when there was no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
