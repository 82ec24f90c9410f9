"""The composition root of client-service."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

import flask

from client_service.adapters.http import CasUsage, client_api
from client_service.adapters.memory import MagasinEnMemoire
from client_service.adapters.sql import MagasinSql
from client_service.application.creer_client import CreerClient
from client_service.application.modifier_client import ArchiverClient, ModifierClient
from client_service.application.reprendre_clients import ReprendreClients
from client_service.application.retoucher_client import RetoucherClient
from client_service.settings import Settings
from ressort.clock import Clock, SystemClock
from ressort.flask import Starter, create_flask
from ressort.flask.idempotency import AnswerStore, MemoryAnswers
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views import MemoryViews, ViewStore
from ressort.flask.views_sql import SqlViews
from ressort.identifiers import Uuid7


@dataclass(frozen=True)
class Adapters:
    """What the application runs on; in memory unless told otherwise."""

    magasin: MagasinEnMemoire | MagasinSql = field(default_factory=MagasinEnMemoire)
    reponses: AnswerStore = field(default_factory=MemoryAnswers)
    clock: Clock = field(default_factory=SystemClock)
    vues: ViewStore = field(default_factory=MemoryViews)


def create_app(settings: Settings, adapters: Adapters | None = None) -> flask.Flask:
    """The Flask application over its adapters."""
    used = adapters or Adapters()
    identifiants = Uuid7(used.clock)
    cas = CasUsage(
        creer=CreerClient(used.magasin, identifiants, used.clock),
        modifier=ModifierClient(used.magasin, used.clock),
        archiver=ArchiverClient(used.magasin, used.clock),
        retoucher=RetoucherClient(used.magasin, used.clock),
        reprendre=ReprendreClients(used.magasin, identifiants, used.clock),
        lectures=used.magasin,
        vues=used.vues,
        clock=used.clock,
    )
    app = create_flask(__name__, locale=settings.locale)
    client_api(cas).register(app, answers=used.reponses)
    return app


def start(starter: Starter) -> flask.Flask:
    """The application on the real parts of a running process."""
    database = starter.database(files("client_service") / "migrations")
    reponses = SqlAnswers(database, starter.clock)
    adapters = Adapters(MagasinSql(database), reponses, starter.clock, SqlViews(database))
    return create_app(starter.env.bind(Settings), adapters)
