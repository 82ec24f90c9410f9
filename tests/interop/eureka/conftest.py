"""Spring's own registry and a Spring service, built from the sources here, and our registry beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from ressort.testing.parts import free_port, launch, stop_pid, wait_until
from ressort.testing.spring_apps import answering, start_spring

SOURCES = Path(__file__).parent


@pytest.fixture(scope="session")
def spring_registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a Spring Eureka server whose answers are not cached for half a minute."""
    port, folder = free_port(), tmp_path_factory.mktemp("spring-registry")
    url = f"http://127.0.0.1:{port}/eureka/"
    arguments = [
        f"--server.port={port}",
        "--eureka.client.register-with-eureka=false",
        "--eureka.client.fetch-registry=false",
        "--eureka.server.use-read-only-response-cache=false",
        "--eureka.server.eviction-interval-timer-in-ms=1000",
    ]
    process = start_spring(SOURCES / "server", folder, arguments, f"{url}apps")
    yield url
    stop_pid(process.pid)


@pytest.fixture(scope="session")
def our_registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of `python -m discovery`."""
    port, folder = free_port(), tmp_path_factory.mktemp("our-registry")
    process = launch(
        [
            sys.executable,
            "-m",
            "discovery",
            f"--server.port={port}",
            "--ressort.config-server.url=http://127.0.0.1:9",
        ],
        folder,
        "server.log",
    )
    url = f"http://127.0.0.1:{port}/eureka/"
    wait_until(answering(f"{url}apps"), process, "our registry", folder / "server.log")
    yield url
    stop_pid(process.pid)


class SpringMember:
    """A Spring service following a registry; `seen()` is its view of it."""

    def __init__(self, registry: str, folder: Path, name: str) -> None:
        self.port = free_port()
        arguments = [
            f"--server.port={self.port}",
            f"--spring.application.name={name}",
            f"--eureka.client.service-url.defaultZone={registry}",
            "--eureka.client.registry-fetch-interval-seconds=1",
            "--eureka.instance.hostname=127.0.0.1",
            "--eureka.instance.lease-renewal-interval-in-seconds=1",
            "--eureka.instance.lease-expiration-duration-in-seconds=3",
            "--eureka.instance.metadata-map.language=java",
        ]
        ready_url = f"http://127.0.0.1:{self.port}/seen"
        self.process = start_spring(SOURCES / "client", folder, arguments, ready_url)

    def seen(self) -> dict[str, list[str]]:
        answer = requests.get(f"http://127.0.0.1:{self.port}/seen", timeout=5)
        answer.raise_for_status()
        seen: dict[str, list[str]] = answer.json()
        return seen

    def stop(self) -> None:
        stop_pid(self.process.pid)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def spring_member(our_registry: str, tmp_path: Path) -> Iterator[SpringMember]:
    """A Spring service registered at our registry as `java-member`."""
    member = SpringMember(our_registry, tmp_path, "java-member")
    yield member
    member.stop()
