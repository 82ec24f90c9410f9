"""A Spring service in our estate: our configuration server, registry, gateway and client-service around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from ressort.testing.parts import free_port, stop_pid, wait_until
from ressort.testing.spring_apps import answering, launch_spring, spring_jar

SERVICE = Path(__file__).parent / "service"

SHARED = """
eureka:
  client:
    service-url:
      defaultZone: {registry}/eureka/
    registry-fetch-interval-seconds: 1
  instance:
    hostname: 127.0.0.1
    lease-renewal-interval-in-seconds: 1
    lease-expiration-duration-in-seconds: 3
management.endpoints.web.exposure.include: health,info,refresh
spring.cloud.openfeign.client.config.default: {{connect-timeout: 1000, read-timeout: 10000}}
"""
SCORE = """
score:
  plafond: {plafond}
  libelle: Crédit accordé à ${{spring.application.name}}
  paliers: [100, 250, 500]
---
spring.config.activate.on-profile: interop
score.profil: celui des essais
"""
GATEWAY = r"""
spring.cloud.gateway.server.webflux.trusted-proxies: 127\.0\.0\.1
spring.cloud.gateway.server.webflux.routes:
  - id: scores
    uri: lb://score-service
    predicates: ["Path=/api/scores/**"]
    filters: [StripPrefix=1]
  - id: vu
    uri: lb://score-service
    predicates: ["Path=/api/vu"]
    filters: [StripPrefix=1, "AddRequestHeader=X-Par, passerelle"]
"""


@dataclass(frozen=True)
class Estate:
    """Base URLs of its members, and the repository of its settings."""

    registry: str
    gateway: str
    clients: str
    score: str
    settings: Any

    def configure(self, plafond: int) -> None:
        self.settings.commit({"score-service.yml": SCORE.format(plafond=plafond)})


def registered(registry: str, *applications: str) -> bool:
    """Whether each of them has an instance that is UP."""
    answer = requests.get(f"{registry}/eureka/apps", headers={"Accept": "application/json"}, timeout=5)
    found = {
        application["name"]
        for application in answer.json()["applications"]["application"]
        if any(instance["status"] == "UP" for instance in application["instance"])
    }
    return found >= set(applications)


@pytest.fixture(scope="module")
def settings(new_repository: Any) -> Any:
    """The repository of the estate's settings, still empty."""
    return new_repository()


@pytest.fixture(scope="module")
def estate(new_members: Any, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """All members up."""
    spring_jar(SERVICE)  # built, if it must be, before anything waits for it
    folder = tmp_path_factory.mktemp("score-service")
    with new_members() as members:
        registry = members.launch("discovery", "--eureka.instance.hostname=127.0.0.1")
        shared = {"application.yml": SHARED.format(registry=registry), "gateway.yml": GATEWAY}
        settings.commit(shared | {"score-service.yml": SCORE.format(plafond=1000)})
        repository = f"--spring.cloud.config.server.git.uri={settings.folder.as_uri()}"
        config = members.until_up(
            members.launch("config_server", repository, "--eureka.client.enabled=false")
        )
        with spring_service(config, folder) as score:
            central = f"--ressort.config-server.url={config}"
            front = (f"--gateway.front.port={free_port()}", f"--gateway.front.root={folder}")
            gateway = members.launch("gateway", central, *front)
            clients = members.launch("client_service", central)
            score.until_up()
            yield Estate(registry, members.until_up(gateway), members.until_up(clients), score.url, settings)


class SpringService:
    """The service's process, told only where its configuration is."""

    def __init__(self, config: str, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._log = folder / "server.log"
        arguments = [
            f"--server.port={port}",
            "--spring.application.name=score-service",
            "--spring.profiles.active=interop",
            f"--spring.config.import=configserver:{config}",
        ]
        self._process = launch_spring(SERVICE, folder, arguments)

    def until_up(self) -> None:
        wait_until(answering(f"{self.url}/actuator/health"), self._process, "the Spring service", self._log)

    def stop(self) -> None:
        stop_pid(self._process.pid)


@contextmanager
def spring_service(config: str, folder: Path) -> Iterator[SpringService]:
    service = SpringService(config, folder)
    try:
        yield service
    finally:
        service.stop()


@pytest.fixture
def together(estate: Estate, within: Callable[[Callable[[], bool], str], None]) -> Estate:
    """The estate once registry, gateway and Spring's client have heard of everyone."""
    within(lambda: registered(estate.registry, "SCORE-SERVICE", "CLIENT-SERVICE"), "both registered")
    seen = f"{estate.score}/instances/client-service"
    within(lambda: requests.get(seen, timeout=5).json() == 1, "Spring's client seeing client-service")
    routed = f"{estate.gateway}/api/vu"
    within(lambda: requests.get(routed, timeout=10).status_code == 200, "the gateway's route")
    return estate
