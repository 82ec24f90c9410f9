"""The composition root of notification-service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

import flask

from notification_service.adapters.http import CasUsage, notification_api
from notification_service.adapters.memory import MagasinEnMemoire
from notification_service.adapters.messaging import DESTINATIONS, GROUPE, consommateur, publication
from notification_service.adapters.redaction import RedactionJinja
from notification_service.adapters.services import (
    ClientService,
    FactureService,
    PaiementService,
    ServicesHttp,
)
from notification_service.adapters.sms import SmsDansUnDossier, SmsParHttp
from notification_service.adapters.smtp import TransporteurSmtp
from notification_service.adapters.sql import MagasinSql
from notification_service.application.expedier import Expedier
from notification_service.application.facteur import Facteur
from notification_service.application.ports import Services, Transporteur
from notification_service.application.poster import Poster
from notification_service.application.recevoir_message import RecevoirMessage
from notification_service.application.renvoyer import Renvoyer
from notification_service.domain.notification import Canal
from notification_service.settings import Settings, SmsSettings, mail_settings
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
    """What the application runs on; in memory unless told otherwise, but for services and carriers."""

    services: Services
    transporteurs: Mapping[Canal, Transporteur]
    magasin: MagasinEnMemoire | MagasinSql = field(default_factory=MagasinEnMemoire)
    reponses: AnswerStore = field(default_factory=MemoryAnswers)
    vues: ViewStore = field(default_factory=MemoryViews)
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True)
class Poste:
    """What works beside the API: reading messages and sending; in `app.extensions["poste"]`."""

    recevoir: RecevoirMessage
    expedier: Expedier
    facteur: Facteur


class Reveil:
    """Wakes the sender, which exists only after the store that tells of arrivals."""

    dormeur: Facteur | None = None

    def __call__(self) -> None:
        if self.dormeur is not None:
            self.dormeur.reveiller()


def create_app(settings: Settings, adapters: Adapters) -> flask.Flask:
    """The Flask application over its adapters."""
    magasin, clock = adapters.magasin, adapters.clock
    redaction = RedactionJinja(settings.expediteur_nom)
    expedier = Expedier(magasin, adapters.services, redaction, adapters.transporteurs, clock, settings.bail_s)
    poste = Poste(
        recevoir=RecevoirMessage(magasin, redaction, Uuid7(clock), clock),
        expedier=expedier,
        facteur=Facteur(expedier, settings.releve_s),
    )
    app = create_flask(__name__, locale=settings.langue)
    renvoyer = Renvoyer(magasin, clock)
    cas = CasUsage(
        renvoyer, Poster(magasin, clock), magasin, redaction, adapters.vues, poste.facteur.reveiller, clock
    )
    notification_api(cas).register(app, answers=adapters.reponses)
    app.extensions["poste"] = poste
    return app


def start(starter: Starter) -> flask.Flask:
    """The application on the real parts of a running process."""
    database = starter.database(files("notification_service") / "migrations")
    messaging = starter.messaging()
    settings = starter.env.bind(Settings)
    services = ServicesHttp(
        starter.clients.create(FactureService),
        starter.clients.create(ClientService),
        starter.clients.create(PaiementService),
        starter.clock,
    )
    arrivee = Reveil()
    publier = publication(messaging.outbox(database), starter.clock)
    adapters = Adapters(
        services=services,
        transporteurs=_transporteurs(starter, settings),
        magasin=MagasinSql(database, publier, arrivee),
        reponses=SqlAnswers(database, starter.clock),
        vues=SqlViews(database),
        clock=starter.clock,
    )
    app = create_app(settings, adapters)
    poste: Poste = app.extensions["poste"]
    arrivee.dormeur = poste.facteur
    handler = consommateur(poste.recevoir)
    for destination in DESTINATIONS:
        messaging.listen(destination, GROUPE, handler, database)
    starter.lifecycle.add("facteur", Phase.CONSUMERS, poste.facteur.start, poste.facteur.stop)
    return app


def _transporteurs(starter: Starter, settings: Settings) -> dict[Canal, Transporteur]:
    sms = starter.env.bind(SmsSettings)
    carriers: dict[Canal, Transporteur] = {
        Canal.EMAIL: TransporteurSmtp(mail_settings(starter.env, settings), starter.clock)
    }
    if sms.fournisseur == "dossier":
        carriers[Canal.SMS] = SmsDansUnDossier(starter.env.home / "var" / "sms")
    elif sms.fournisseur == "http":
        carriers[Canal.SMS] = SmsParHttp(sms)
    return carriers
