"""One estate per module of tests and kind: embedded defaults, or MariaDB, RabbitMQ and an SMTP server."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from e2e import kinds
from e2e.api import Product
from e2e.estate import Estate

from ressort.testing.parts_smtp import SmtpServer


@pytest.fixture(scope="module")
def estate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """A running estate of the kind asked for, stopped at the end of the module."""
    folder = tmp_path_factory.mktemp(f"estate-{request.param}")
    if request.param == kinds.EMBEDDED:
        with kinds.embedded(folder) as running:
            yield running
        return
    servers = [request.getfixturevalue(name) for name in ("mariadb", "rabbitmq")]
    smtp = SmtpServer.start(tmp_path_factory.mktemp("smtp"))
    try:
        with kinds.on_parts(folder, *servers, smtp) as running:
            yield running
    finally:
        smtp.stop()


@pytest.fixture(scope="module")
def product(estate: Estate) -> Product:
    """The product's API of that estate, through the gateway."""
    return Product(estate.api)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what the members complained of, and where their logs are."""
    report = yield
    estate = getattr(item, "funcargs", {}).get("estate")
    if report.failed and isinstance(estate, Estate):
        report.sections.append((f"complaints in {estate.state / 'logs'}", estate.complaints()))
    return report
