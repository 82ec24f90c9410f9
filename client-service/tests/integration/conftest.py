"""The service as its tests meet it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

import client_service
from client_service.adapters.memory import MagasinEnMemoire
from client_service.adapters.sql import MagasinSql
from client_service.app import Adapters, create_app
from client_service.settings import Settings
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views_sql import SqlViews

MIGRATIONS = Path(client_service.__file__).parent / "migrations"


CLOCK = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.fixture
def http() -> FlaskClient:
    """The service in memory, on 20 November 2026."""
    return create_app(Settings(), Adapters(clock=CLOCK)).test_client()


@pytest.fixture(params=["memory", "sqlite", "mariadb"])
def partout(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FlaskClient]:
    """The service on each kind of store, on 20 November 2026."""
    if request.param == "memory":
        yield create_app(Settings(), Adapters(clock=CLOCK)).test_client()
        return
    database = _ouvrir(request, tmp_path)
    database.migrate(MIGRATIONS)
    adapters = Adapters(MagasinSql(database), SqlAnswers(database, CLOCK), CLOCK, SqlViews(database))
    yield create_app(Settings(), adapters).test_client()
    database.close()


@pytest.fixture(params=["sqlite", "mariadb"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind without any table."""
    database = _ouvrir(request, tmp_path)
    yield database
    database.close()


@pytest.fixture(params=["memory", "sqlite", "mariadb"])
def magasin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MagasinEnMemoire()
        return
    database = _ouvrir(request, tmp_path)
    database.migrate(MIGRATIONS)
    yield MagasinSql(database)
    database.close()


def _ouvrir(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "sqlite":
        return Database.open(f"sqlite:///{tmp_path}/client.db")
    name = f"client_{uuid.uuid4().hex[:8]}"
    return Database.open(str(request.getfixturevalue("mariadb").database_for(name)))
