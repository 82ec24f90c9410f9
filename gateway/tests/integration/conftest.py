"""One ``python -m gateway`` in a folder of its own, with the routes a test gives it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ESTATE = Path(__file__).resolve().parents[3] / "config-repo"
SETTINGS = """
spring:
  cloud:
    discovery:
      client:
        simple:
          instances:
            orders: [{{uri: "http://127.0.0.1:{upstream}"}}]
    gateway:
      server:
        webflux:
          trusted-proxies: 127\\.0\\.0\\.1
          routes:
            - id: orders
              uri: lb://orders
              predicates: ["Path=/api/orders/**"]
              filters: [{filter}]
eureka:
  client:
    enabled: false
management:
  endpoint:
    gateway:
      access: unrestricted
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class Process:
    """One ``python -m gateway`` in a folder of its own."""

    def __init__(self, folder: Path, upstream: int) -> None:
        self.folder = folder
        self.upstream = upstream
        self.port, self.front = free_port(), free_port()
        self.log = folder / "gateway.log"
        self.process: subprocess.Popen[bytes] | None = None
        (folder / "frontend" / "dist").mkdir(parents=True)
        (folder / "frontend" / "dist" / "index.html").write_text("<!doctype html><title>front</title>")
        self.configure("StripPrefix=1")

    def configure(self, route_filter: str) -> None:
        text = SETTINGS.format(upstream=self.upstream, filter=route_filter)
        (self.folder / "application.yml").write_text(text)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "gateway",
                    f"--server.port={self.port}",
                    f"--gateway.front.port={self.front}",
                    "--spring.cloud.config.enabled=false",
                    *arguments,
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        return self.process

    def ready(self) -> Process:
        end = time.monotonic() + 30
        while True:
            try:
                if self.read("/actuator/health")[0] == 200:
                    return self
            except OSError:
                pass
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def use_estate_routes(self, **services: int) -> None:
        """The routes of config-repo/gateway.yml; each service on the port given, underscores for hyphens."""
        simple = {
            name.replace("_", "-"): [{"uri": f"http://127.0.0.1:{port}"}] for name, port in services.items()
        }
        own = {
            "spring": {"cloud": {"discovery": {"client": {"simple": {"instances": simple}}}}},
            "eureka": {"client": {"enabled": False}},
        }
        estate = (ESTATE / "gateway.yml").read_text(encoding="utf-8")
        (self.folder / "application.yml").write_text(f"{estate}\n---\n{yaml.safe_dump(own)}")

    def read(self, path: str, method: str = "GET", port: int = 0, **more: Any) -> tuple[int, Any]:
        status, _, body = self.call(path, method, port, **more)
        return status, body

    def call(
        self,
        path: str,
        method: str = "GET",
        port: int = 0,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> tuple[int, Any, bytes]:
        """Status, header fields and body of the answer."""
        url = f"http://127.0.0.1:{port or self.port}{path}"
        request = urllib.request.Request(url, body, dict(headers or {}), method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(15)


@pytest.fixture
def member(tmp_path: Path, upstream: Any) -> Iterator[Process]:
    process = Process(tmp_path, upstream("orders").port)
    yield process
    process.stop()
