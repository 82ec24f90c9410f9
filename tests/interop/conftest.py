"""What the interop tests share: members of ours as processes, git repositories of settings, and patience."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import pytest

from ressort.testing.parts import free_port, launch, stop_pid, wait_until
from ressort.testing.spring_apps import answering

NOWHERE = "http://127.0.0.1:9"


class Members:
    """Our members of some tests; each is told of no other unless an argument says so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: dict[str, tuple[subprocess.Popen[bytes], Path]] = {}

    def launch(self, module: str, *arguments: str) -> str:
        port, folder = free_port(), self._folder / module
        folder.mkdir()
        told = [f"--server.port={port}", f"--ressort.config-server.url={NOWHERE}", *arguments]
        url = f"http://127.0.0.1:{port}"
        process = launch([sys.executable, "-m", module, *told], folder, "server.log")
        self._started[url] = process, folder / "server.log"
        return url

    def until_up(self, url: str) -> str:
        process, log = self._started[url]
        wait_until(answering(f"{url}/actuator/health"), process, f"the member at {url}", log)
        return url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process, _ in reversed(self._started.values()):
            process.terminate()
        for process, _ in self._started.values():
            stop_pid(process.pid)


@pytest.fixture(scope="session")
def new_members(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Members]:
    """Makes a set of members, stopped at the end of a `with`."""
    return lambda: Members(tmp_path_factory.mktemp("members"))


class SettingsRepository:
    """A git repository of settings on branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def commit(self, files: Mapping[str, str | bytes]) -> str:
        """Write and commit files; the commit's id."""
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (self.folder / name).write_bytes(data)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "settings")
        return self.git("rev-parse", "HEAD")

    def git(self, *words: str) -> str:
        identity = ["-c", "user.name=interop", "-c", "user.email=interop@ressort.example"]
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *identity, *words],
            cwd=self.folder,
            check=True,
            capture_output=True,
            text=True,
            env=environ,
        )
        return done.stdout.strip()


@pytest.fixture(scope="session")
def new_repository(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], SettingsRepository]:
    """Makes an empty repository."""
    return lambda: SettingsRepository(tmp_path_factory.mktemp("settings") / "repository")


@pytest.fixture
def within() -> Callable[[Callable[[], bool], str], None]:
    """Wait up to 20 s for a condition."""

    def wait(condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 20
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"not within 20 s: {what}")
            time.sleep(0.1)

    return wait
