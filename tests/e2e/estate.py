"""The whole estate as real processes on free ports: derived from `ressort.yml`, watched through its launcher."""

from __future__ import annotations

import email
import email.policy
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

import requests
import yaml

from ressort.cli import control

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "ressort.yml"
LEDGER = ROOT / "data" / "receivables-2013.csv"
UP_TIMEOUT_S = 90.0
EVENTUALLY_S = 60.0
T = TypeVar("T")
_RESSORT = (sys.executable, "-m", "ressort.cli", "--file")
_COMPLAINT = re.compile(r" (WARN|ERROR) |^\w*(Error|Exception)\b")


def eventually(find: Callable[[], T], what: str, timeout_s: float = EVENTUALLY_S) -> T:
    """The first true value of `find`; fails with `what` and the last value when none comes in time."""
    end = time.monotonic() + timeout_s
    while not (found := find()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {timeout_s:.0f} s: {what} (last: {found!r})")
        time.sleep(0.1)
    return found


def free_ports(count: int) -> list[int]:
    """TCP ports nobody listens on, below those the kernel gives to outgoing connections."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(15000, 32000)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found


class Estate:
    """One run of every member in `folder`; `environments` adds variables to a member's own."""

    def __init__(
        self,
        folder: Path,
        *,
        without: frozenset[str] = frozenset(),
        arguments: Mapping[str, list[str]] | None = None,
    ) -> None:
        self.folder = folder
        self.state = folder / "var"
        self.mailbag = self.state / "courriels"
        self.config_repo = folder / "configuration"
        described = yaml.safe_load(FILE.read_text(encoding="utf-8"))["ressort"]
        self._described = described
        self._members = [dict(m) for m in described["members"] if m["name"] not in without]
        ports = iter(free_ports(len(self._members) + 1))
        self.ports = {member["name"]: next(ports) for member in self._members}
        self.front_port = next(ports)
        self._arguments = arguments or {}
        self._launcher: subprocess.Popen[bytes] | None = None
        self._make_config_repo()
        self.write()

    # -- what it is made of

    def write(self, environments: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Write `ressort.yml`: told by arguments where everything is, or by the variables given."""
        for member in self._members:
            name = member["name"]
            member["port"] = self.ports[name]
            member["args"] = [f"--server.port={self.ports[name]}", *self._own_arguments(name)]
            if name == "gateway":
                member["also-ports"] = [self.front_port]
            if environments is None:
                member["args"] += self._whereabouts(name)
            else:
                member["environment"] = dict(environments.get(name, {}))
        estate = {
            "state": "var",
            "stop-timeout": self._described["stop-timeout"],
            "preload": self._described["preload"],
            "members": self._members,
            "addresses": self._moved(self._described["addresses"]),
            "demo": self._moved(self._described["demo"]),
        }
        (self.folder / "ressort.yml").write_text(yaml.safe_dump({"ressort": estate}), encoding="utf-8")

    def _moved(self, described: Any) -> Any:
        """The same with the ports of this estate in its addresses."""
        text = json.dumps(described, ensure_ascii=False)
        usual = {m["name"]: m["port"] for m in yaml.safe_load(FILE.read_text("utf-8"))["ressort"]["members"]}
        for name, port in self.ports.items():
            text = re.sub(rf"(//[\w.]+):{usual[name]}\b", rf"\g<1>:{port}", text)
        return json.loads(re.sub(r"(//[\w.]+):4200\b", rf"\g<1>:{self.front_port}", text))

    def described(self, name: str) -> dict[str, Any]:
        """A member's entry of `ressort.yml`."""
        return next(member for member in self._members if member["name"] == name)

    def environ(self, name: str) -> dict[str, str]:
        """The environment of a member's process: that of the tests and its own variables."""
        return os.environ | self.described(name).get("environment", {})

    def _own_arguments(self, name: str) -> list[str]:
        own = {
            "config-server": [f"--spring.cloud.config.server.git.uri={self.config_repo.as_uri()}"],
            "gateway": [
                f"--gateway.front.port={self.front_port}",
                f"--gateway.front.root={ROOT / 'frontend' / 'dist'}",
            ],
        }
        return own.get(name, []) + list(self._arguments.get(name, []))

    def _whereabouts(self, name: str) -> list[str]:
        told = [
            f"--ressort.config-server.url={self.url('config-server')}",
            f"--eureka.client.service-url.defaultZone={self.url('discovery')}/eureka/",
        ]
        return told + [f"--spring.mail.port={self.ports.get('courriel', 25)}"] * (
            name == "notification-service"
        )

    def _make_config_repo(self) -> None:
        self.config_repo.mkdir()
        for file in (ROOT / "config-repo").iterdir():
            (self.config_repo / file.name).write_bytes(file.read_bytes())
        self._git("init", "-q", "-b", "main")
        self.configure("batch", {"relance.cron": "-"})
        self.configure("notification-service", {"notification.bail": "5s"})

    def configure(self, member: str, values: Mapping[str, Any]) -> None:
        """Commit flat properties, added at the end of the member's file of the central configuration."""
        file = self.config_repo / f"{member}.yml"
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        document = yaml.safe_dump(dict(values), allow_unicode=True)
        file.write_text(f"{before}\n---\n{document}" if before else document, encoding="utf-8")
        self._git("add", "-A")
        self._git("-c", "user.name=e2e", "-c", "user.email=e2e@ressort.example", "commit", "-q", "-m", "e2e")

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.config_repo, check=True)

    # -- its life

    def start(self, arguments: Sequence[str] = ()) -> None:
        """`ressort up [arguments]` in the foreground of its own session; returns once the members are up."""
        with (self.folder / "launcher.log").open("wb") as output:
            self._launcher = subprocess.Popen(
                [*_RESSORT, str(self.folder / "ressort.yml"), "up", *arguments],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with_tests,
            )
        end = time.monotonic() + UP_TIMEOUT_S
        while "up in " not in self.said():
            if self._launcher.poll() is not None or time.monotonic() > end:
                self.stop()
                raise AssertionError(f"the estate did not start:\n{self.said()}")
            time.sleep(0.05)
        self.until_routed()

    def until_routed(self) -> None:
        """Wait until the gateway reaches every service."""
        paths = ("clients", "factures", "paiements", "notifications", "jobs", "balance-agee")

        def routed() -> bool:
            answers = [requests.get(f"{self.api}/{path}", timeout=10).status_code for path in paths]
            return answers == [200] * len(paths)

        eventually(routed, "every service answers through the gateway")

    def stop(self) -> int | None:
        """Ctrl-C and wait; the launcher's exit code, None when it had not run."""
        if self._launcher is None:
            return None
        if self._launcher.poll() is None:
            self._launcher.send_signal(signal.SIGINT)
        try:
            return self._launcher.wait(30)
        finally:
            if self._launcher.poll() is None:
                self._launcher.kill()
                self._launcher.wait()

    @property
    def launcher(self) -> subprocess.Popen[bytes]:
        """The launcher's process."""
        assert self._launcher is not None
        return self._launcher

    def members(self) -> dict[str, dict[str, Any]]:
        """What the launcher says of each member: state, pid, ports, restarts."""
        return {row["name"]: row for row in control.ask(self.state, "status")["members"]}

    def pid(self, member: str) -> int:
        """The pid of a member that is up."""
        return int(self.members()[member]["pid"])

    def kill(self, member: str) -> int:
        """kill -9 of a member, without warning; the pid it had."""
        pid = self.pid(member)
        os.kill(pid, signal.SIGKILL)
        return pid

    def until_up(self, member: str, but_not: int | None = None) -> None:
        """Wait until a member is up again, under another pid than `but_not`."""

        def up() -> bool:
            row = self.members()[member]
            return bool(row["state"] == "up" and row["pid"] != but_not)

        eventually(up, f"{member} is up")

    def up(self, member: str) -> None:
        """`ressort up member`, beside those that run."""
        answer = control.ask(self.state, "up", timeout_s=60, member=member)
        assert answer["ok"], answer

    def restart(self, member: str) -> None:
        """`ressort restart member`, returning once it is up."""
        answer = control.ask(self.state, "restart", timeout_s=60, member=member)
        assert answer["ok"], answer

    def said(self) -> str:
        """All the launcher has printed since it was started last."""
        return (self.folder / "launcher.log").read_text(encoding="utf-8")

    def log(self, member: str) -> str:
        """All a member has written."""
        return (self.state / "logs" / f"{member}.log").read_text(encoding="utf-8")

    def complaints(self, lines: int = 5) -> str:
        """The last warnings and errors in the members' logs, and the launcher's own words."""
        found = [self.said()]
        for log in sorted((self.state / "logs").glob("*.log")):
            kept = [line for line in log.read_text("utf-8").splitlines() if _COMPLAINT.search(line)]
            found += [f"{log.name}: {line[:400]}" for line in kept[-lines:]]
        return "\n".join(found)

    # -- what is seen of it

    @property
    def api(self) -> str:
        """The API as the outside sees it, through the gateway."""
        return f"{self.url('gateway')}/api"

    def url(self, member: str) -> str:
        """A member's own address."""
        return f"http://127.0.0.1:{self.ports[member]}"

    def mails(self) -> list[EmailMessage]:
        """Every mail accepted so far, oldest first."""
        files = sorted(file for file in self.mailbag.glob("*.eml") if not file.name.startswith("."))
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails whose envelope names this recipient."""
        return [mail for mail in self.mails() if mail["X-Envelope-To"] == address]

    def actuator(self, member: str, path: str) -> Any:
        """JSON of a member's actuator, asked on its own port."""
        answer = requests.get(f"{self.url(member)}/actuator/{path}", timeout=10)
        assert answer.status_code == 200, f"{member} {path}: {answer.status_code} {answer.text[:500]}"
        return json.loads(answer.text)


def _die_with_tests() -> None:
    from ressort.cli.children import die_with_parent

    die_with_parent()
