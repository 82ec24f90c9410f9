"""A push message reaches members over a real broker, and the actuator of any member reaches all of them."""

from __future__ import annotations

import contextlib
import http.client
import json
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from ressort.clock import SystemClock
from ressort.config import Environment, load
from ressort.messaging import Messaging, create
from ressort.messaging.bus import Bus, BusOptions
from ressort.testing.parts_rabbitmq import RabbitMq

from .test_process import ServerProcess, commit, git

BUS = "--spring.cloud.bus.enabled=true"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    (tmp_path / "config-repo").mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "a: 1\n")
    process = ServerProcess(tmp_path)
    yield process
    process.kill()


def post(server: ServerProcess, path: str, body: str = "{}") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    return response.status, response.read()


class Member:
    """A member that neither polls nor watches: it knows only what the bus tells."""

    def __init__(self, server: ServerProcess, *arguments: str) -> None:
        (server.home / "application.yml").write_text(
            "spring: {application.name: batch, "
            f"config.import: 'configserver:http://localhost:{server.port}'}}"
        )
        self.env: Environment = load(None, arguments, {}, server.home)
        self.heard: queue.Queue[set[str]] = queue.Queue()
        self.env.on_change(self.heard.put)
        self.messaging: Messaging = create(self.env)
        Bus(
            self.messaging,
            BusOptions(),
            lambda: "batch:1:x",
            self.env.refresh,
            self.env.override,
            SystemClock(),
        )
        self.messaging.start()


def pushed_until_heard(server: ServerProcess, member: Member) -> None:
    """An anonymous queue misses what is sent before it is bound."""
    for _ in range(60):
        with contextlib.suppress(queue.Empty):
            assert "a" in member.heard.get(timeout=0.5)
            return
        post(server, "/monitor", json.dumps({"path": "batch.yml"}))
    raise AssertionError("nothing was heard")


def tried(server: ServerProcess, *arguments: str) -> None:
    server.start(BUS, "--management.endpoints.web.exposure.include=*", *arguments)
    member = Member(server, *arguments)
    try:
        commit(server.home, "a: 2\n")
        assert post(server, "/monitor", json.dumps({"path": "batch.yml"})) == (200, b'["batch"]\n')
        pushed_until_heard(server, member)
        assert member.env.get("a") == "2"
        commit(server.home, "a: 3\n")
        assert post(server, "/actuator/busrefresh/nobody")[0] == 204
        assert post(server, "/actuator/busrefresh/batch:**")[0] == 204
        assert "a" in member.heard.get(timeout=30)
        assert post(server, "/actuator/busenv", '{"name": "a", "value": "set"}')[0] == 204
        assert member.heard.get(timeout=30) == {"a"}
        assert member.env.get("a") == "set"
        assert post(server, "/actuator/busenv", "[]")[0] == 400
        assert server.stop() == 0
    finally:
        member.messaging.stop(10)


def test_over_the_local_broker(server: ServerProcess) -> None:
    """The broker in a file that every estate has."""
    tried(server)


@pytest.mark.part("rabbitmq")
def test_over_rabbitmq(server: ServerProcess, rabbitmq: RabbitMq) -> None:
    """Where Java's instances are."""
    tried(
        server, "--spring.cloud.stream.default-binder=rabbit", "--spring.rabbitmq.host=127.0.0.1",
        f"--spring.rabbitmq.port={rabbitmq.port}",
    )  # fmt: skip


def test_without_a_bus_there_are_no_endpoints(server: ServerProcess) -> None:
    """It is off unless switched on."""
    server.start("--management.endpoints.web.exposure.include=*")
    assert post(server, "/actuator/busrefresh")[0] == 404
