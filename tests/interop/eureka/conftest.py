"""Spring's own registry and a Spring service, built from the sources here, and our registry beside them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from ressort.testing.parts import free_port, launch, stop_pid, wait_until

SOURCES = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ressort-interop"
JAVA = ("java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar")
BUILD_TIMEOUT_S = 900


def answering(url: str) -> Callable[[], bool]:
    def ready() -> bool:
        try:
            return requests.get(url, timeout=2).status_code < 500
        except requests.RequestException:
            return False

    return ready


def jar(name: str) -> Path:
    """The runnable jar of `server` or `client`, built by Maven once per version of its sources."""
    files = sorted(path for path in (SOURCES / name).rglob("*") if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    built = CACHE / f"eureka-{name}-{digest}.jar"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            build(name, built)
    return built


def build(name: str, built: Path) -> None:
    work = CACHE / f"build-{name}"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(SOURCES / name, work)
    done = subprocess.run(
        ["mvn", "-q", "-B", "package"], cwd=work, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S
    )
    if done.returncode != 0:
        reason = f"Maven cannot build the Spring {name}: {done.stdout[-300:]}"
        if os.environ.get("RESSORT_PARTS") == "required":
            pytest.fail(reason, pytrace=False)
        pytest.skip(f"part absent: maven: {reason}")
    (work / "target" / f"eureka-{name}.jar").replace(built)
    shutil.rmtree(work)


@pytest.fixture(scope="session")
def spring_registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a Spring Eureka server whose answers are not cached for half a minute."""
    port, folder = free_port(), tmp_path_factory.mktemp("spring-registry")
    process = launch(
        [
            *JAVA,
            str(jar("server")),
            f"--server.port={port}",
            "--eureka.client.register-with-eureka=false",
            "--eureka.client.fetch-registry=false",
            "--eureka.server.use-read-only-response-cache=false",
            "--eureka.server.eviction-interval-timer-in-ms=1000",
        ],
        folder,
        "server.log",
    )
    url = f"http://127.0.0.1:{port}/eureka/"
    wait_until(answering(f"{url}apps"), process, "Spring's registry", folder / "server.log")
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
        self.process = launch(
            [
                *JAVA,
                str(jar("client")),
                f"--server.port={self.port}",
                f"--spring.application.name={name}",
                f"--eureka.client.service-url.defaultZone={registry}",
                "--eureka.client.registry-fetch-interval-seconds=1",
                "--eureka.instance.hostname=127.0.0.1",
                "--eureka.instance.lease-renewal-interval-in-seconds=1",
                "--eureka.instance.lease-expiration-duration-in-seconds=3",
                "--eureka.instance.metadata-map.language=java",
            ],
            folder,
            "member.log",
        )
        ready = answering(f"http://127.0.0.1:{self.port}/seen")
        wait_until(ready, self.process, "the Spring service", folder / "member.log")

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
