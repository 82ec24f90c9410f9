"""The server as a process of its own, and a member's Environment against it."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ressort.config import ConfigError, ConfigWatcher, Environment, load


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder, check=True, capture_output=True, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )  # fmt: skip


def commit(home: Path, text: str) -> None:
    (home / "config-repo" / "batch.yml").write_text(text)
    git(home, "add", "-A")
    git(home, "commit", "-q", "-m", "x")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """``python -m config_server`` on a port it keeps over restarts."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> str:
        """Start and wait until it says it is ready; its ready line."""
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "config_server", f"--server.port={self.port}",
             "--eureka.client.enabled=false", *arguments],
            cwd=self.home, pass_fds=[writing], env={**os.environ, "RESSORT_READY_FD": str(writing)},
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as pipe:
            return pipe.readline()

    def stop(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(20)

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    (tmp_path / "config-repo").mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "relance:\n  cron: '0 0 8 * * *'\n")
    process = ServerProcess(tmp_path)
    yield process
    process.kill()


def imported(server: ServerProcess, *argv: str) -> Environment:
    (server.home / "application.yml").write_text(
        f"spring: {{application.name: batch, config.import: 'optional:configserver:http://localhost:{server.port}'}}"
    )
    return load(None, argv, {}, server.home)


def test_a_committed_change_reaches_a_running_member(server: ServerProcess) -> None:
    """The watcher sees it without being told; the origin names file and line of the repository."""
    assert json.loads(server.start())["port"] == server.port
    env = imported(
        server, "--spring.cloud.config.watch.delay=100ms", "--spring.cloud.config.watch.initial-delay=0"
    )
    assert env.get("relance.cron") == "0 0 8 * * *"
    assert str(env.origin("relance.cron")).endswith("config-repo/batch.yml:2")
    heard = threading.Event()
    env.on_change(lambda keys: heard.set() if "relance.cron" in keys else None)
    watcher = ConfigWatcher(env)
    watcher.start()
    commit(server.home, "relance:\n  cron: '0 30 9 * * *'\n")
    assert heard.wait(20)
    watcher.stop()
    assert env.get("relance.cron") == "0 30 9 * * *"


def test_broken_commit_is_told_and_the_settings_are_kept(
    server: ServerProcess, caplog: pytest.LogCaptureFixture
) -> None:
    """File and line of the repository reach the member's log; the next good commit is taken."""
    server.start()
    env = imported(server)
    env.announce()
    commit(server.home, "relance:\n  cron: x\n bad: y\n")
    assert env.refresh() == []
    assert env.get("relance.cron") == "0 0 8 * * *"
    assert "batch.yml:3: broken YAML" in caplog.text
    commit(server.home, "relance:\n  cron: healed\n")
    assert "relance.cron" in ConfigWatcher(env).poll()


def test_server_restarted_under_a_member(server: ServerProcess) -> None:
    """A member started from its copy meanwhile recovers; the server stops with code 0."""
    server.start()
    imported(server)
    assert server.stop() == 0
    env = imported(server)
    assert env.get("relance.cron") == "0 0 8 * * *"
    assert env.central is not None
    assert not env.central.state().reachable
    commit(server.home, "relance:\n  cron: later\n")
    server.start()
    assert "relance.cron" in ConfigWatcher(env).poll()
    assert env.central.state().reachable


def test_start_without_anything_to_serve_is_told_in_one_line(tmp_path: Path) -> None:
    """Exit code 1 and what to set."""
    done = subprocess.run(
        [sys.executable, "-m", "config_server", "--server.port=0", "--eureka.client.enabled=false"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "You need to set a Git URI" in done.stderr


def test_given_repository(server: ServerProcess, tmp_path: Path) -> None:
    """spring.cloud.config.server.git.uri with search-paths, as a Spring user writes it."""
    server.start(
        f"--spring.cloud.config.server.git.uri={tmp_path.as_uri()}",
        "--spring.cloud.config.server.git.search-paths=config-repo",
    )
    env = imported(server)
    assert env.get("relance.cron") == "0 0 8 * * *"


def test_remote_repository_is_refused_honestly(server: ServerProcess) -> None:
    """This version reads repositories of its own machine only."""
    done = subprocess.run(
        [sys.executable, "-m", "config_server", "--server.port=0", "--eureka.client.enabled=false",
         "--spring.cloud.config.server.git.uri=https://example.org/x.git"],
        cwd=server.home, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "only repositories on this machine" in done.stderr
    with pytest.raises(ConfigError):
        imported(server, "--spring.cloud.config.fail-fast=true", "--spring.cloud.config.retry.max-attempts=1")


NEVER_POLLED = ("--spring.cloud.config.watch.delay=1h", "--spring.cloud.config.watch.initial-delay=1h")


def test_a_committed_change_is_pushed_to_a_running_member(server: ServerProcess) -> None:
    """Without polling: each commit of its own is heard, the threads end with the watcher."""
    server.start()
    env = imported(server, *NEVER_POLLED)
    heard: queue.Queue[set[str]] = queue.Queue()
    env.on_refresh("relance.cron")(heard.put)
    watcher = ConfigWatcher(env)
    watcher.start()
    for hour in ("9", "10"):
        commit(server.home, f"relance:\n  cron: '0 0 {hour} * * *'\n")
        assert heard.get(timeout=20) == {"relance.cron"}
        assert env.get("relance.cron") == f"0 0 {hour} * * *"
    watcher.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "config-watch"]


def test_a_member_hears_again_after_its_server_was_away(server: ServerProcess) -> None:
    """The stream that broke is replaced by questions, and opened again once the server is back."""
    server.start()
    env = imported(
        server, "--spring.cloud.config.watch.delay=100ms", "--spring.cloud.config.watch.initial-delay=0"
    )
    heard: queue.Queue[set[str]] = queue.Queue()
    env.on_refresh("relance")(heard.put)
    watcher = ConfigWatcher(env)
    watcher.start()
    assert server.stop() == 0
    commit(server.home, "relance:\n  cron: away\n")
    server.start()
    assert heard.get(timeout=30) == {"relance.cron"}
    assert env.get("relance.cron") == "away"
    watcher.stop()


def test_a_child_watches_for_itself_after_a_fork(server: ServerProcess) -> None:
    """It starts a thread of its own, and the parent's goes on."""
    server.start()
    env = imported(server, *NEVER_POLLED)
    watcher = ConfigWatcher(env)
    watcher.start()
    heard = threading.Event()
    env.on_refresh("relance")(lambda keys: heard.set())
    ready, writing = os.pipe()
    child = os.fork()
    if child == 0:
        watcher.start()
        os.write(writing, b"x")
        os._exit(0 if heard.wait(20) else 1)
    assert os.read(ready, 1) == b"x"
    commit(server.home, "relance:\n  cron: both\n")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert heard.wait(20)
    watcher.stop()
