"""The composition root of facture-service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files

import flask

from facture_service.adapters.client_api import ClientsDistants, ClientServiceApi
from facture_service.adapters.configuration import VendeurConfigure
from facture_service.adapters.http import CasUsage, facture_api
from facture_service.adapters.memory import ClientsMemoire, MagasinMemoire
from facture_service.adapters.memory_lectures import LecturesMemoire
from facture_service.adapters.messaging import PublicationOutbox
from facture_service.adapters.sql import MagasinSql
from facture_service.adapters.sql_lectures import LecturesSql
from facture_service.adapters.surveillance import Surveillance
from facture_service.application.annuler_reglement import AnnulerReglement
from facture_service.application.clore_litige import CloreLitige
from facture_service.application.controler_emission import ControlerEmission
from facture_service.application.creer_avoir import CreerAvoir
from facture_service.application.creer_brouillon import CreerBrouillon
from facture_service.application.demander_envoi import DemanderEnvoi
from facture_service.application.dupliquer_facture import DupliquerFacture
from facture_service.application.emettre_facture import EmettreFacture
from facture_service.application.enregistrer_reglement import EnregistrerReglement
from facture_service.application.journal import Journal
from facture_service.application.modifier_brouillon import ModifierBrouillon
from facture_service.application.ouvrir_litige import OuvrirLitige
from facture_service.application.passer_ecart import PasserEcart
from facture_service.application.ports import ClientApi, Lectures, Magasin
from facture_service.application.regler_par_lot import ReglerParLot
from facture_service.application.reprendre_factures import ReprendreFactures
from facture_service.application.supprimer_brouillon import SupprimerBrouillon
from facture_service.application.tableau_de_bord import LireTableau
from facture_service.domain.parties import Vendeur
from facture_service.settings import Settings
from ressort.clock import Clock, SystemClock
from ressort.flask import Starter, create_flask
from ressort.flask.idempotency import AnswerStore, MemoryAnswers
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views import MemoryViews, ViewStore
from ressort.flask.views_sql import SqlViews
from ressort.identifiers import Uuid7


@dataclass(frozen=True)
class Adapters:
    """What the application runs on; `vendeur` is asked at each issue, so it follows the configuration."""

    magasin: Magasin
    lectures: Lectures
    clients: ClientApi = field(default_factory=ClientsMemoire)
    vendeur: Callable[[], Vendeur] = Vendeur
    reponses: AnswerStore = field(default_factory=MemoryAnswers)
    vues: ViewStore = field(default_factory=MemoryViews)
    clock: Clock = field(default_factory=SystemClock)
    locale: str = "fr"


def en_memoire() -> Adapters:
    """Adapters that keep everything in memory and know no client."""
    magasin = MagasinMemoire()
    return Adapters(magasin, LecturesMemoire(magasin))


def cas_usage(settings: Settings, a: Adapters) -> CasUsage:
    """The use cases over their adapters."""
    journal, regles = Journal(a.clock, Uuid7(a.clock)), settings.series.regles()
    creer = CreerBrouillon(a.magasin, a.clients, journal)
    enregistrer = EnregistrerReglement(a.magasin, journal)
    return CasUsage(
        creer_brouillon=creer,
        dupliquer=DupliquerFacture(a.lectures, creer),
        modifier_brouillon=ModifierBrouillon(a.magasin, a.clients, journal),
        supprimer_brouillon=SupprimerBrouillon(a.magasin),
        emettre=EmettreFacture(a.magasin, a.lectures, a.clients, a.vendeur, journal, regles),
        controler_emission=ControlerEmission(a.lectures, a.clients, a.vendeur, a.clock, regles),
        demander_envoi=DemanderEnvoi(a.magasin, journal),
        creer_avoir=CreerAvoir(a.magasin, a.vendeur, journal, regles),
        passer_ecart=PasserEcart(a.magasin, journal),
        ouvrir_litige=OuvrirLitige(a.magasin, journal),
        clore_litige=CloreLitige(a.magasin, journal),
        enregistrer_reglement=enregistrer,
        annuler_reglement=AnnulerReglement(a.magasin, journal),
        regler_par_lot=ReglerParLot(a.magasin, enregistrer),
        reprendre=ReprendreFactures(a.magasin, a.clients, a.vendeur, journal, regles),
        lire_tableau=LireTableau(a.lectures),
        lectures=a.lectures,
        clock=a.clock,
        nature_par_defaut=settings.nature_operation,
    )


def create_app(settings: Settings, adapters: Adapters | None = None) -> flask.Flask:
    """The Flask application over its adapters; in memory unless told otherwise."""
    used = adapters or en_memoire()
    app = create_flask(__name__, locale=used.locale)
    facture_api(cas_usage(settings, used), used.vues).register(app, answers=used.reponses)
    return app


def start(starter: Starter) -> flask.Flask:
    """The application on the real parts of a running process."""
    env, clock = starter.env, starter.clock
    database = starter.database(files("facture_service") / "migrations")
    publication = PublicationOutbox(starter.messaging().outbox(database), clock)
    lectures = LecturesSql(database)
    surveiller(starter, Surveillance(lectures))
    return create_app(
        env.bind(Settings),
        Adapters(
            magasin=MagasinSql(database, publication),
            lectures=lectures,
            clients=ClientsDistants(starter.clients.create(ClientServiceApi)),
            vendeur=VendeurConfigure(env),
            reponses=SqlAnswers(database, clock),
            vues=SqlViews(database),
            clock=clock,
            locale=env.get("spring.web.locale", "fr"),
        ),
    )


def surveiller(starter: Starter, surveillance: Surveillance) -> None:
    """Checks the ledger every `facture.controle.delai` (default 10 min), first a little after the start."""
    starter.metrics.gauge(
        "facture.invariants.violations", surveillance.violations, "Broken invariants of the invoice ledger"
    )
    starter.health.register("invariants", surveillance.health)
    delai_s = starter.env.seconds("facture.controle.delai", "10m")
    premier_s = starter.env.seconds("facture.controle.premier", "20s")
    starter.scheduler().fixed_delay(
        "controle des invariants", delai_s, surveillance.controler, initial_delay_s=premier_s
    )
