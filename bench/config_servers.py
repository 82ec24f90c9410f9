"""Spring's configuration server and ours on one git repository, each held to core 0; what the figures of ours share.

The repository has 50 applications with three profiles of 20 KB of YAML each, one file shared by all, and 100 branches
that differ in one file. Spring's server is the one of `tests/interop/config/server`, built by Maven, run by the JVM as
it comes: with its second compiler and a heap of its own choosing.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import wrk
from bench.estate import free_ports
from bench.facts import ROOT
from bench.pinned import pinned_server
from ressort.testing.spring_apps import spring_jar

APPLICATIONS, PROFILES, LABELS = 50, ("dev", "test", "prod"), 100
BYTES = 20_000
CONNECTIONS = 16
PATIENCE_S = 30
LUA = Path(__file__).with_name("ids.lua")
SPRING = ROOT / "tests" / "interop" / "config" / "server"


@dataclass(frozen=True)
class Served:
    """A running server: its pid, and what it is asked, one path after the other."""

    port: int
    pid: int
    folder: Path

    def load(self, paths: list[str], seconds: int) -> wrk.Load:
        """Sixteen connections, each asking for the paths in turn."""
        file = self.folder / "paths"
        file.write_text("".join(f"{path}\n" for path in paths))
        url = f"http://127.0.0.1:{self.port}"
        words = (str(file), "/")
        return wrk.load(
            url, self.pid, seconds, connections=CONNECTIONS, script=LUA, words=words, patience_s=PATIENCE_S
        )


def environments(label: str = "") -> list[str]:
    """A question for each application and profile, under a label if one is given."""
    end = f"/{label}" if label else ""
    return [f"app-{each}/{profile}{end}" for each in range(APPLICATIONS) for profile in PROFILES]


@contextmanager
def repository() -> Iterator[Path]:
    """The repository, in a folder that is thrown away."""
    with TemporaryDirectory(prefix="ressort-bench-") as name:
        folder = Path(name) / "repository"
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        (folder / "application.yml").write_text("shared:\n  everywhere: true\n")
        for each in range(APPLICATIONS):
            for profile in PROFILES:
                (folder / f"app-{each}-{profile}.yml").write_text(_yaml(f"{each}-{profile}"))
        commit(folder, "all")
        for label in range(LABELS):
            git(folder, "checkout", "-q", "-b", f"label-{label}", "main")
            (folder / "application.yml").write_text(f"shared:\n  label: {label}\n")
            commit(folder, f"label {label}")
        git(folder, "checkout", "-q", "main")
        yield folder


def git(folder: Path, *words: str) -> str:
    """What git says. Raises CalledProcessError."""
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    """Commit everything; the id."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@contextmanager
def ours(served: Path) -> Iterator[Served]:
    """Our server on that repository."""
    words = ["-m", "config_server", "--eureka.client.enabled=false"]
    with _server([sys.executable, *words], served) as server:
        yield server


@contextmanager
def springs(served: Path) -> Iterator[Served]:
    """Spring's server on that repository."""
    with _server(["java", "-jar", str(spring_jar(SPRING))], served) as server:
        yield server


@contextmanager
def _server(command: list[str], served: Path) -> Iterator[Served]:
    (port,) = free_ports(1)
    settings = [f"--server.port={port}", f"--spring.cloud.config.server.git.uri={served.as_uri()}"]
    with TemporaryDirectory(prefix="ressort-bench-") as name:
        home = Path(name)
        with pinned_server([*command, *settings], home, port, "/app-0/dev") as process:
            yield Served(port, process.pid, home)


def _yaml(name: str) -> str:
    """20 KB: sections of nested keys with texts, numbers and lists."""
    lines = [f"name: {name}"]
    size, section = 0, 0
    while size < BYTES:
        text = (
            f"section-{section}:\n  url: https://host-{section}.example/{name}/path\n  enabled: true\n"
            f"  timeout: {section * 10}\n  ratio: 0.{section}5\n  hosts:\n  - a-{section}\n  - b-{section}\n"
        )
        lines.append(text)
        size += len(text)
        section += 1
    return "\n".join(lines)
