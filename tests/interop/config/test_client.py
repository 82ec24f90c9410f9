"""Our client against Spring's server and ours: the same configuration, and a change seen from either."""

from __future__ import annotations

import queue
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from ressort.config import ConfigError, ConfigWatcher, Environment, load
from ressort.flask.config_servers import config_servers

from .conftest import Servers

FAST = ("--spring.cloud.config.watch.delay=200ms", "--spring.cloud.config.watch.initial-delay=0")


def started(folder: Path, address: str, *words: str, name: str = "app") -> Environment:
    (folder / "application.yml").write_text(
        f"spring: {{application.name: {name}, config.import: 'configserver:{address}'}}"
    )
    return load(None, words, {}, folder, None, config_servers)


def remote(env: Environment) -> list[tuple[str, dict[str, Any]]]:
    """Spring's name of a document tells where its clone lies; ours does not."""
    return [
        (
            re.sub(r"'file \[(?:.*/)?([^'\]]*)\]?'", r"'file [\1]'", source.name),
            {key: item.value for key, item in source.properties.items()},
        )
        for source in env.property_sources()
        if source.name.startswith("configserver:")
    ]


@pytest.mark.parametrize(
    "words", [(), ("--spring.profiles.active=dev,a",), ("--spring.cloud.config.label=none,feature/next,v1",)]
)
def test_both_servers_give_the_same(servers: Servers, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Names, order and values of the sources; labels are tried in turn."""
    spring, ours = (started(tmp_path, base, *words) for base in (servers.spring, servers.ours))
    assert spring.central is not None
    assert ours.central is not None
    assert remote(spring) == remote(ours)
    assert remote(ours)
    assert spring.get("config.client.version") == ours.get("config.client.version")


def committed(repository: Any) -> None:
    """Spring works in the folder itself: it holds git's lock at times, and leaves any branch behind."""
    for _ in range(50):
        try:
            repository.git("checkout", "-q", "main")
            repository.commit({"pushed.yml": f"pushed.at: {time.time_ns()}\n"})
            return
        except subprocess.CalledProcessError:
            time.sleep(0.2)
    raise AssertionError("the repository stays locked")


def test_spring_is_asked_again_and_ours_tells(servers: Servers, tmp_path: Path) -> None:
    """A pushed commit reaches both clients; only the one of Spring's server polls."""
    pushed: dict[str, queue.Queue[set[str]]] = {}
    watchers = []
    never = ("--spring.cloud.config.watch.delay=1h", "--spring.cloud.config.watch.initial-delay=1h")
    for base, words in ((servers.spring, FAST), (servers.ours, never)):
        env = started(tmp_path, base, *words, name="pushed")
        pushed[base] = queue.Queue()
        env.on_refresh("pushed.at")(pushed[base].put)
        watchers.append(ConfigWatcher(env))
        watchers[-1].start()
    committed(servers.repository)
    for heard in pushed.values():
        assert heard.get(timeout=30) == {"pushed.at"}
    for watcher in watchers:
        watcher.stop()


def test_a_missing_label_stops_a_start_that_needs_the_server(servers: Servers, tmp_path: Path) -> None:
    """404 of either, told with address and label."""
    for base in (servers.spring, servers.ours):
        with pytest.raises(ConfigError, match="nowhere answered 404"):
            started(tmp_path, base, "--spring.cloud.config.label=nowhere")


def test_a_server_is_found_in_the_registry(new_members: Any, new_repository: Any, tmp_path: Path) -> None:
    """Registry first: address and path come from what the server registered."""
    repository = new_repository()
    repository.commit({"app.yml": "found: registry\n"})
    with new_members() as members:
        registry = members.until_up(members.launch("discovery"))
        zone = f"--eureka.client.service-url.defaultZone={registry}/eureka/"
        members.until_up(
            members.launch(
                "config_server",
                f"--spring.cloud.config.server.git.uri={repository.folder.as_uri()}",
                zone,
                "--spring.cloud.config.server.prefix=/settings",
                "--eureka.instance.metadata-map.configPath=/settings",
            )
        )
        words = ("discovery.enabled=true", "discovery.service-id=config-server", "fail-fast=true",
                 "retry.max-attempts=30", "retry.initial-interval=1s")  # fmt: skip
        env = started(tmp_path, "", zone, *(f"--spring.cloud.config.{word}" for word in words))
        assert env.get("found") == "registry"
