"""docs/quickstart.md, run as it stands against a real registry and a real configuration server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "quickstart.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PATIENCE_S = 60


def _blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")) if kind == language]


class Estate:
    """Processes of the page on free ports, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str) -> int:
        """Start a Python program and return its port once it is ready."""
        reader, writer = os.pipe()
        log = (self._folder / f"{len(self._processes)}.log").open("wb")
        self._processes.append(
            subprocess.Popen(
                [sys.executable, *command, "--server.port=0"],
                cwd=self._folder,
                env={**os.environ, "RESSORT_READY_FD": str(writer)},
                pass_fds=[writer],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        )
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as pipe:
            line = pipe.read()
        assert line, Path(log.name).read_text(encoding="utf-8")
        return int(json.loads(line)["port"])

    def stop(self) -> list[int]:
        """Terminate all, the latest first; their exit codes."""
        for process in reversed(self._processes):
            process.terminate()
        return [process.wait(timeout=PATIENCE_S) for process in self._processes]


@pytest.fixture
def estate(tmp_path: Path) -> Iterator[Estate]:
    """Ends everything it started."""
    made = Estate(tmp_path)
    yield made
    made.stop()


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def _eventually(check: Callable[[], Any], expected: Any) -> None:
    """Ask again until the answer is the expected one; the last difference is shown."""
    end = time.monotonic() + PATIENCE_S
    found: Any = None
    while time.monotonic() < end:
        try:
            found = check()
        except (urllib.error.URLError, ConnectionError) as error:
            found = error
        if found == expected:
            return
        time.sleep(0.1)
    assert found == expected


def _commit(repository: Path, **files: str) -> None:
    for name, text in files.items():
        (repository / f"{name}.yml").write_text(text, encoding="utf-8")
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    if not (repository / ".git").exists():
        subprocess.run(["git", "init", "-q", "."], cwd=repository, check=True)
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "-m", "x"], cwd=repository, check=True)


def test_the_service_is_about_twenty_lines() -> None:
    """The promise of the page."""
    assert len([line for line in _blocks("python")[0].splitlines() if line.strip()]) <= 20


def test_the_page_works_as_written(estate: Estate, tmp_path: Path) -> None:
    """Registers, calls by name, follows central configuration, shows health, stops cleanly."""
    hello, names = _blocks("python")
    settings, greeting = _blocks("yaml")
    before, after = (json.loads(text) for text in _blocks("json"))
    repository = tmp_path / "config-repo"
    repository.mkdir()
    _commit(repository, application="x: y\n")
    for name, text in (("hello.py", hello), ("names.py", names)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    quiet = ("--eureka.client.enabled=false", "--spring.cloud.config.enabled=false")
    registry = estate.start("-m", "discovery", *quiet)
    central = estate.start(
        "-m", "config_server", *quiet, f"--spring.cloud.config.server.git.uri={repository.as_uri()}"
    )
    (tmp_path / "application.yml").write_text(
        settings.replace("localhost:8888", f"localhost:{central}"), encoding="utf-8"
    )
    at = f"--eureka.client.service-url.defaultZone=http://localhost:{registry}/eureka/"
    quick = ("--eureka.client.registry-fetch-interval-seconds=1",)
    estate.start("names.py", at, *quick)
    port = estate.start("hello.py", at, *quick)

    _eventually(lambda: _get(f"http://localhost:{port}/hello/1"), before)
    _commit(repository, hello=greeting)
    _eventually(lambda: _get(f"http://localhost:{port}/hello/1"), after)

    health = _get(f"http://localhost:{port}/actuator/health")
    assert health["status"] == "UP"
    assert {"discoveryComposite", "clientConfigServer", "ping"} <= set(health["components"])
    metric = _get(f"http://localhost:{port}/actuator/metrics/http.server.requests?tag=uri:/hello/%7Bid%7D")
    assert metric["measurements"][0]["value"] >= 2
    sources = _get(f"http://localhost:{port}/actuator/env/hello.greeting")["propertySources"]
    assert any("hello.yml" in source["name"] and "property" in source for source in sources)
    assert set(estate.stop()) == {0}
