"""Eureka's REST through our own engine: raw paths, bodies, limits, and a process that is killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import pytest

from ressort.discovery.wire import read_applications, read_instance


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def instance(name: str, duration_s: int = 90) -> bytes:
    fields = {
        "instanceId": name,
        "app": "ORDERS",
        "hostName": "h",
        "ipAddr": "10.0.0.1",
        "dataCenterInfo": {"name": "MyOwn"},
        "leaseInfo": {"durationInSecs": duration_s, "renewalIntervalInSecs": 5},
    }
    return orjson.dumps({"instance": fields})


def register(port: int, name: str) -> int:
    return ask(port, "POST", "/eureka/apps/ORDERS", instance(name), Content_Type="application/json")[0]


@pytest.mark.parametrize("raw", ["h:orders:1", "h%3Aorders%3A1", "h%3aorders:1"])
def test_ids_may_be_sent_raw_or_encoded(server: Any, raw: str) -> None:
    """Spring sends the colon as it is, Python encodes it."""
    register(server.port, "h:orders:1")
    assert ask(server.port, "PUT", f"/eureka/apps/ORDERS/{raw}?status=UP") == (200, b"")


def test_an_encoded_slash_belongs_to_the_id(server: Any) -> None:
    """The path is split before it is decoded."""
    register(server.port, "a/b")
    status, body = ask(server.port, "GET", "/eureka/apps/ORDERS/a%2Fb", Accept="application/json")
    assert (status, read_instance(body, True).id) == (200, "a/b")


def test_doubled_slashes_just_work(server: Any) -> None:
    """At the front too."""
    assert ask(server.port, "GET", "//eureka//apps/")[0] == 200


def test_head_has_no_body(server: Any) -> None:
    """As HTTP wants it."""
    assert ask(server.port, "HEAD", "/eureka/apps") == (200, b"")


def test_a_heartbeat_with_a_body_is_a_heartbeat(server: Any) -> None:
    """Jersey sends `{}`."""
    register(server.port, "o")
    assert ask(server.port, "PUT", "/eureka/apps/ORDERS/o", b"{}", Content_Type="application/json")[0] == 200


def test_large_bodies_are_refused(server: Any) -> None:
    """Two megabytes are no instance, announced or not."""
    body = b" " * 2_000_000
    assert ask(server.port, "POST", "/eureka/apps/ORDERS", body, Content_Type="application/json")[0] == 413


def test_a_chunked_registration_is_read(server: Any) -> None:
    """Some clients do not announce the length."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request(
        "POST",
        "/eureka/apps/ORDERS",
        iter([instance("o")[:50], instance("o")[50:]]),
        {"Content-Type": "application/json"},
        encode_chunked=True,
    )
    assert connection.getresponse().status == 204
    connection.close()


def test_the_page_is_served_beside_it(server: Any) -> None:
    """By the application behind the loop."""
    status, body = ask(server.port, "GET", "/")
    assert status == 200
    assert body.startswith(b"<!doctype html>")


class Process:
    """`python -m discovery` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._folder = folder
        self.start()

    def start(self) -> None:
        arguments = [f"--server.port={self.port}", "--ressort.config-server.url=http://127.0.0.1:9"]
        self.child = subprocess.Popen(
            [sys.executable, "-m", "discovery", *arguments],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                ask(self.port, "GET", "/eureka/apps")
                return
            except OSError:
                time.sleep(0.05)
        pytest.fail("the registry did not start")

    def end(self, number: int) -> int:
        os.kill(self.child.pid, number)
        return self.child.wait(20)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_serves_those_who_were_there(tmp_path: Path, number: int) -> None:
    """After an orderly stop and after a kill; a heartbeat is known at once."""
    process = Process(tmp_path)
    try:
        assert register(process.port, "o1") == 204
        saved = tmp_path / "var" / "discovery" / "registry.json"
        end = time.monotonic() + 10
        while time.monotonic() < end and not (saved.exists() and b"o1" in saved.read_bytes()):
            time.sleep(0.05)
        process.end(number)
        process.start()
        _, body = ask(process.port, "GET", "/eureka/apps", Accept="application/json")
        assert [i.id for i in read_applications(body).instances] == ["o1"]
        assert ask(process.port, "PUT", "/eureka/apps/ORDERS/o1")[0] == 200
    finally:
        assert process.end(signal.SIGTERM) == 0
