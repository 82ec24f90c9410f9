"""pytest plugin: the `part` marker, the real servers as session fixtures, and databases of every backend.

A test that needs a server carries `@pytest.mark.part("rabbitmq")`. Where the part is absent the test is
skipped and one line per part is printed at the end; with `RESSORT_PARTS=required` it fails instead.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ressort.testing.parts import absent, shared, stop_all

pytest.register_assert_rewrite("ressort.testing.binder_conformance")

_RUN = "RESSORT_PARTS_RUN"
_ABSENT = "part absent: "


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run owns the folder of its parts; workers and nested runs find it."""
    config.addinivalue_line("markers", "part(name): needs a real server, see ressort.testing.pytest_plugin")
    if _RUN not in os.environ:
        os.environ[_RUN] = str(
            Path(tempfile.gettempdir()) / f"ressort-parts-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        )
        config.add_cleanup(_stop_parts)


def _stop_parts() -> None:
    run = Path(os.environ.pop(_RUN))
    if run.exists():
        stop_all(run)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or fails, a test whose parts are not all here."""
    for marker in item.iter_markers("part"):
        for name in marker.args:
            need(name)


def need(name: str) -> None:
    """Skips the running test when the part is absent; fails it under `RESSORT_PARTS=required`."""
    reason = absent(name)
    if reason is None:
        return
    if os.environ.get("RESSORT_PARTS") == "required":
        pytest.fail(f"part {name} is required: {reason}", pytrace=False)
    pytest.skip(f"{_ABSENT}{name}: {reason}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line per absent part with the number of tests it cost."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _, found, rest = text.partition(_ABSENT)
        if found:
            counts[rest] = counts.get(rest, 0) + 1
    for part, count in sorted(counts.items()):
        terminalreporter.write_line(f"part {part}; {count} tests skipped")


def _part(name: str, kind: type[Any]) -> Any:
    need(name)
    return shared(name, kind, Path(os.environ[_RUN]))


@pytest.fixture(scope="session")
def mariadb() -> Any:
    """The run's MariaDB server (`MariaDb`)."""
    from ressort.testing.parts_mariadb import MariaDb

    return _part("mariadb", MariaDb)


@pytest.fixture(scope="session")
def rabbitmq() -> Any:
    """The run's RabbitMQ broker (`RabbitMq`)."""
    from ressort.testing.parts_rabbitmq import RabbitMq

    return _part("rabbitmq", RabbitMq)


@pytest.fixture(scope="session")
def redis() -> Any:
    """The run's Redis server (`Redis`)."""
    from ressort.testing.parts_redis import Redis

    return _part("redis", Redis)


@pytest.fixture
def smtp_server(tmp_path: Path) -> Iterator[Any]:
    """A mail catcher of the test's own (`SmtpServer`)."""
    from ressort.testing.parts_smtp import SmtpServer

    server = SmtpServer.start(tmp_path)
    yield server
    server.stop()


BACKENDS = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("mariadb", id="mariadb", marks=pytest.mark.part("mariadb")),
]


@pytest.fixture(params=BACKENDS)
def database_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A function giving the URL of a new, empty database for a name; the test runs once per backend."""
    if request.param == "sqlite":
        yield lambda name: f"sqlite:///{tmp_path}/db/{name}.db"
        return
    server = request.getfixturevalue("mariadb")
    made: list[str] = []

    def create(name: str) -> str:
        made.append(f"{name[:20]}_{uuid.uuid4().hex[:8]}")
        return str(server.database_for(made[-1]))

    yield create
    for name in made:
        server.drop(name)


@pytest.fixture
def database_url(database_urls: Callable[[str], str]) -> str:
    """The URL of a new, empty database, once per backend."""
    return database_urls("test")


@pytest.fixture
def any_database(database_url: str) -> Iterator[Any]:
    """A new, empty `ressort.data.Database`, once per backend; closed afterwards."""
    from ressort.data import Database

    database = Database.open(database_url)
    yield database
    database.close()
