"""Real processes: start, readiness line, actuator, ordered stop, and starts that must fail clearly."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import logging, sys, time
from flask import Flask
from ressort.flask import main

app = Flask("hello")

@app.get("/hello")
def hello():
    return {"hello": "world"}

@app.get("/slow")
def slow():
    print("slow entered", flush=True)
    time.sleep(1.5)
    return {"slow": True}

if __name__ == "__main__":
    sys.exit(main("hello", lambda starter: app))
"""
QUIET = ("--eureka.client.enabled=false", "--management.endpoints.web.exposure.include=*")


class Process:
    """A started program, its ready line, and what it wrote."""

    def __init__(self, directory: Path, *arguments: str, **environ: str) -> None:
        (directory / "hello.py").write_text(PROGRAM, encoding="utf-8")
        reader, writer = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "hello.py", "--server.port=0", *QUIET, *arguments],
            cwd=directory,
            env={**os.environ, **environ, "RESSORT_READY_FD": str(writer)},
            pass_fds=[writer],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as pipe:
            line = pipe.read()
        self.ready: dict[str, Any] = json.loads(line) if line else {}

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.ready["port"])

    def get(self, path: str) -> tuple[int, Any, str | None]:
        """Status, body and Connection header of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        found = answer.status, json.loads(answer.read()), answer.getheader("Connection")
        connection.close()
        return found

    def end(self) -> tuple[int, str, str]:
        """Terminate if still running; exit code, standard output and error."""
        if self.process.poll() is None:
            self.process.terminate()
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Starts programs, and ends those still running."""
    started: list[Process] = []

    def starting(*arguments: str, **environ: str) -> Process:
        started.append(Process(tmp_path, *arguments, **environ))
        return started[-1]

    yield starting
    for process in started:
        if process.process.poll() is None:
            process.process.kill()
            process.process.communicate(timeout=60)


def test_a_stranger_s_service_tells_it_is_ready_and_serves(start: Callable[..., Process]) -> None:
    """One JSON line for the launcher, one log line for people, then answers and health."""
    process = start()
    assert process.ready["name"] == "hello"
    assert process.ready["pid"] == process.process.pid
    assert process.ready["ms"] > 0
    assert process.get("/hello")[:2] == (200, {"hello": "world"})
    assert process.get("/actuator/health")[1]["status"] == "UP"
    assert process.get("/actuator/health/readiness")[0] == 200
    assert process.get("/actuator/mappings/")[0] == 200
    code, out, err = process.end()
    assert (code, err) == (0, "")
    assert "Started hello in " in out


def test_sigterm_finishes_what_is_in_flight(start: Callable[..., Process]) -> None:
    """The caller gets its answer; the process ends with code 0."""
    process = start()
    answers: list[Any] = []
    caller = threading.Thread(target=lambda: answers.append(process.get("/slow")))
    caller.start()
    assert process.process.stdout is not None
    while "slow entered" not in process.process.stdout.readline():
        pass
    process.process.send_signal(signal.SIGTERM)
    caller.join(30)
    assert answers == [(200, {"slow": True}, "close")]
    assert process.end()[0] == 0


def test_during_the_pre_stop_delay_it_serves_and_says_not_ready(start: Callable[..., Process]) -> None:
    """Callers that have not heard yet still get answers; connections are shed."""
    process = start("--ressort.lifecycle.pre-stop-delay=30s")
    process.process.send_signal(signal.SIGTERM)
    assert process.process.stdout is not None
    while "Still serving" not in process.process.stdout.readline():
        pass
    assert process.get("/hello") == (200, {"hello": "world"}, "close")
    assert process.get("/actuator/health/readiness")[0] == 503
    assert process.get("/actuator/health/liveness")[0] == 200
    process.process.send_signal(signal.SIGTERM)
    assert process.end()[0] == 0


def test_a_taken_port_is_told_in_one_line(start: Callable[..., Process]) -> None:
    """With the port and its holder's pid, and nothing else on standard error."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        process = start(f"--server.port={port}")
        code, _, err = process.end()
    assert process.ready == {}
    assert code == 1
    assert f"port {port} on 127.0.0.1 is taken" in err
    assert f"(pid {os.getpid()})" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--server.address=0.0.0.0",), "ressort.security.unprotected=true"),
        (("--server.port=many",), "server.port"),
        (("--server.engine=tomcat",), "server.engine 'tomcat'"),
        (("--ressort.clock.date=31/10/2013",), "ressort.clock.date"),
        (("--management.endpoint.health.group.a.include=nothing",), "no health component"),
        (("--logging.level.root=loud",), "'loud' is no log level"),
    ],
)
def test_a_setting_that_cannot_be_followed_stops_the_start(
    start: Callable[..., Process], arguments: tuple[str, ...], words: str
) -> None:
    """Code 1 and a message naming it, without a stack trace."""
    code, _, err = start(*arguments).end()
    assert code == 1
    assert words in err
    assert "Traceback" not in err


def test_outside_the_loopback_it_listens_when_told_that_this_is_wanted(start: Callable[..., Process]) -> None:
    """The escape hatch is one property."""
    assert start("--server.address=0.0.0.0", "--ressort.security.unprotected=true").get("/hello")[0] == 200


def test_a_moved_clock_shows_in_info_and_only_on_loopback(start: Callable[..., Process]) -> None:
    """Nobody outside can be misled about the day."""
    process = start("--ressort.clock.date=2013-10-31")
    assert process.get("/actuator/info")[1]["clock"]["now"].startswith("2013-10-3")
    refused = start(
        "--ressort.clock.date=2013-10-31", "--server.address=0.0.0.0", "--ressort.security.unprotected=true"
    )
    assert "need a loopback server.address" in refused.end()[2]


def test_a_changed_level_in_the_file_applies_after_refresh(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    """POST /actuator/refresh re-reads and tells what changed."""
    process = start()
    (tmp_path / "application.yml").write_text("logging.level.some.logger: TRACE\n", encoding="utf-8")
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=30)
    connection.request("POST", "/actuator/refresh")
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())) == (200, ["logging.level.some.logger"])
    assert process.get("/actuator/loggers/some.logger")[1]["configuredLevel"] == "TRACE"
