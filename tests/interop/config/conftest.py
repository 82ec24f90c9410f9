"""Spring's configuration server and ours on the same git repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ressort.testing.parts import free_port, stop_pid, wait_until
from ressort.testing.spring_apps import answering, launch_spring

SERVER = Path(__file__).parent / "server"
FILES = Path(__file__).parent / "repository"


@dataclass(frozen=True)
class Servers:
    """Base URLs of both, and the repository they serve."""

    spring: str
    ours: str
    repository: Any


@pytest.fixture(scope="session")
def servers(
    new_members: Any, new_repository: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servers]:
    """Both servers on the files of `repository/`; branch `feature/next`, tag `v1` and an older commit beside."""
    repository = new_repository()
    repository.commit({"application.yml": "age: old\n"})
    repository.git("tag", "v1")
    files = {path.name: path.read_bytes() for path in sorted(FILES.iterdir())}
    repository.commit(files)
    repository.git("checkout", "-q", "-b", "feature/next")
    repository.commit({"next.yml": "age: next\n"})
    repository.git("checkout", "-q", "main")
    port, folder = free_port(), tmp_path_factory.mktemp("spring-config")
    uri = f"--spring.cloud.config.server.git.uri={repository.folder.as_uri()}"
    spring = launch_spring(SERVER, folder, [f"--server.port={port}", uri])
    try:
        with new_members() as members:
            ours = members.launch(
                "config_server",
                uri,
                "--eureka.client.enabled=false",
                "--ressort.config-server.fill-state=false",
            )
            url = f"http://127.0.0.1:{port}"
            wait_until(
                answering(f"{url}/app/default"), spring, "Spring's config server", folder / "server.log"
            )
            yield Servers(url, members.until_up(ours), repository)
    finally:
        stop_pid(spring.pid)
