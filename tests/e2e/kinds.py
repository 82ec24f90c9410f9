"""The two estates every journey runs on: embedded defaults, and the parts of `docker-compose.yml`."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from e2e import compose
from e2e.estate import ROOT, Estate

EMBEDDED = "embedded"
PARTS = "parts"
DATABASES = ROOT / "deploy" / "mariadb" / "databases.sql"


def on(*kinds: str, group: str) -> pytest.MarkDecorator:
    """Runs a module's tests on these kinds of estate, each started once: a group stays on one worker.

    The kind with parts is one group for all modules, since its databases bear the names of the Compose file.
    """
    marks: dict[str, list[Any]] = {
        EMBEDDED: [pytest.mark.xdist_group(f"e2e-{group}")],
        PARTS: [pytest.mark.xdist_group("e2e-parts"), pytest.mark.part("mariadb", "rabbitmq")],
    }
    params = [pytest.param(kind, id=kind, marks=marks[kind]) for kind in kinds]
    return pytest.mark.parametrize("estate", params, indirect=True, scope="module")


@contextmanager
def embedded(folder: Path) -> Iterator[Estate]:
    """An estate on its defaults, stopped at the end."""
    estate = Estate(folder)
    try:
        estate.start()
        yield estate
    finally:
        estate.stop()


@contextmanager
def on_parts(folder: Path, mariadb: Any, rabbitmq: Any, smtp: Any) -> Iterator[Estate]:
    """An estate whose members are given the variables of `docker-compose.yml`, on real servers."""
    estate = Estate(folder, without=frozenset({"courriel"}))
    estate.mailbag = smtp.folder
    addresses = {
        "mariadb:3306": ("127.0.0.1", mariadb.port),
        "rabbitmq:5672": ("127.0.0.1", rabbitmq.port),
        "courriel:1025": ("127.0.0.1", smtp.port),
        "config-server:8888": ("127.0.0.1", estate.ports["config-server"]),
        "discovery:8761": ("127.0.0.1", estate.ports["discovery"]),
    }
    environments = {name: compose.here(name, addresses) for name in estate.ports}
    _make_databases(mariadb)
    host = _make_virtual_host(rabbitmq, compose.environment("rabbitmq"))
    for given in environments.values():
        if "SPRING_RABBITMQ_HOST" in given:
            given["SPRING_RABBITMQ_VIRTUALHOST"] = host
    estate.write(environments)
    try:
        estate.start()
        yield estate
    finally:
        estate.stop()
        rabbitmq.control("delete_vhost", host)


def _make_databases(mariadb: Any) -> None:
    """The databases and users of the Compose file's own script, empty."""
    script = DATABASES.read_text(encoding="utf-8")
    for name in re.findall(r"CREATE DATABASE (\w+)", script):
        mariadb.execute(f"DROP DATABASE IF EXISTS `{name}`")
    for user in re.findall(r"CREATE USER ('\w+'@'%')", script):
        mariadb.execute(f"DROP USER IF EXISTS {user}")
    lines = [line for line in script.splitlines() if not line.startswith("--")]
    mariadb.execute(*(statement for part in "\n".join(lines).split(";") if (statement := part.strip())))


def _make_virtual_host(rabbitmq: Any, variables: dict[str, str]) -> str:
    """A virtual host of this estate's own, for the user of the Compose file."""
    host, user = f"e2e-{uuid.uuid4().hex[:8]}", variables["RABBITMQ_DEFAULT_USER"]
    if user not in rabbitmq.control("list_users"):
        rabbitmq.control("add_user", user, variables["RABBITMQ_DEFAULT_PASS"])
    rabbitmq.control("add_vhost", host)
    rabbitmq.control("set_permissions", "-p", host, user, ".*", ".*", ".*")
    return host
