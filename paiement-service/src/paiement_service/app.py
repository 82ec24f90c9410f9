"""The composition root of paiement-service."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

import flask

from paiement_service.adapters.client_api import ClientApiHttp, ClientService
from paiement_service.adapters.facture_api import FactureApiHttp, FactureService
from paiement_service.adapters.http import CasUsage, paiement_api
from paiement_service.adapters.http_lectures import CasLectures
from paiement_service.adapters.memory import MagasinEnMemoire
from paiement_service.adapters.messaging import publication
from paiement_service.adapters.sql import MagasinSql
from paiement_service.application.affecter_credit import AffecterCredit
from paiement_service.application.annuler_paiement import AnnulerPaiement
from paiement_service.application.avancer_paiement import AvancerPaiement
from paiement_service.application.ports import ClientApi, FactureApi
from paiement_service.application.rattraper import Rattrapage
from paiement_service.application.recevoir_lot import RecevoirLot
from paiement_service.application.recevoir_paiement import RecevoirPaiement
from paiement_service.application.repartir import SimulerRepartition
from paiement_service.settings import Settings
from ressort.clock import Clock, SystemClock
from ressort.flask import Starter, create_flask
from ressort.flask.idempotency import AnswerStore, MemoryAnswers
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views import MemoryViews, ViewStore
from ressort.flask.views_sql import SqlViews
from ressort.identifiers import Uuid7
from ressort.lifecycle import Phase


@dataclass(frozen=True)
class Adapters:
    """What the application runs on; in memory unless told otherwise, but for the other services."""

    factures: FactureApi
    clients: ClientApi
    magasin: MagasinEnMemoire | MagasinSql = field(default_factory=MagasinEnMemoire)
    reponses: AnswerStore = field(default_factory=MemoryAnswers)
    vues: ViewStore = field(default_factory=MemoryViews)
    clock: Clock = field(default_factory=SystemClock)


def create_app(settings: Settings, adapters: Adapters) -> flask.Flask:
    """The Flask application over its adapters; its `Rattrapage` is in `app.extensions["rattrapage"]`."""
    magasin, clock, identifiants = adapters.magasin, adapters.clock, Uuid7(adapters.clock)
    factures = adapters.factures
    avancer = AvancerPaiement(magasin, magasin, factures, adapters.clients, identifiants, clock)
    cas = CasUsage(
        recevoir=RecevoirPaiement(magasin, factures, adapters.clients, avancer, identifiants, clock),
        lot=RecevoirLot(magasin, avancer, identifiants, clock),
        affecter=AffecterCredit(magasin, factures, avancer, identifiants, clock),
        annuler=AnnulerPaiement(magasin, avancer, identifiants, clock),
        lire=CasLectures(
            lectures=magasin,
            clients=adapters.clients,
            repartir=SimulerRepartition(factures, adapters.clients, clock),
            vues=adapters.vues,
            clock=clock,
        ),
        clock=clock,
    )
    app = create_flask(__name__, locale=settings.langue)
    paiement_api(cas).register(app, answers=adapters.reponses)
    app.extensions["rattrapage"] = Rattrapage(magasin, avancer, settings.rattrapage_s)
    return app


def start(starter: Starter) -> flask.Flask:
    """The application on the real parts of a running process."""
    database = starter.database(files("paiement_service") / "migrations")
    outbox = starter.messaging().outbox(database)
    adapters = Adapters(
        factures=FactureApiHttp(starter.clients.create(FactureService)),
        clients=ClientApiHttp(starter.clients.create(ClientService)),
        magasin=MagasinSql(database, publication(outbox, starter.clock)),
        reponses=SqlAnswers(database, starter.clock),
        vues=SqlViews(database),
        clock=starter.clock,
    )
    app = create_app(starter.env.bind(Settings), adapters)
    rattrapage: Rattrapage = app.extensions["rattrapage"]
    starter.lifecycle.add("rattrapage", Phase.CONSUMERS, rattrapage.start, rattrapage.stop)
    return app
