"""The composition root of batch: the application, and its place in a running process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.resources import files

import flask

from batch.adapters.client_api import ClientApi, DestinationsHttp, EncoursHttp, FactureApi, PaiementApi
from batch.adapters.http import batch_api
from batch.adapters.memory import ServicesEnMemoire, base_en_memoire
from batch.adapters.messaging import GROUPE, NOTIFICATIONS, consommateur
from batch.application.consultation import Criteres
from batch.application.relance_job import NOM as RELANCE
from batch.composition import Adapters, Composition, calendrier_de, composer
from batch.domain.calendrier import SubdivisionInconnueError
from batch.domain.dossier import EtatRelance
from batch.domain.interets import Semestre
from batch.settings import CRON, SUBDIVISION, ZONE, RelanceOptions, RepriseOptions, Settings, WebOptions
from ressort.batch import BatchOptions, ShedLockProvider
from ressort.config import ConfigError, Environment
from ressort.errors import RessortError
from ressort.flask import Starter, create_flask
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views_sql import SqlViews
from ressort.lifecycle import Phase
from ressort.messaging import Outbox
from ressort.observability.health import Health
from ressort.scheduling import CronError, Scheduler, ZoneError
from ressort.security import is_loopback

logger = logging.getLogger(__name__)

_PREMIERE_SUITE_S = 5.0
"""After the start of the process: the other services are given a moment to come up."""


def create_app(settings: Settings, adapters: Adapters | None = None) -> flask.Flask:
    """The Flask application over its adapters; in memory unless told otherwise."""
    used = adapters or en_memoire()
    return _application(settings, composer(settings, used), used)


def en_memoire() -> Adapters:
    """Adapters that live as long as the process."""
    database, services = base_en_memoire(), ServicesEnMemoire()
    return Adapters(database, services, services, Outbox(database))


def _application(settings: Settings, parties: Composition, adapters: Adapters) -> flask.Flask:
    app = create_flask(__name__, locale=settings.locale)
    batch_api(parties.cas).register(app, answers=adapters.reponses)
    return app


def start(starter: Starter) -> flask.Flask:
    """The application on the real parts of a running process."""
    settings = _settings(starter)
    database = starter.database(files("batch") / "migrations")
    messaging, scheduler = starter.messaging(), starter.scheduler()
    creer = starter.clients.create
    services = creer(ClientApi), creer(FactureApi), creer(PaiementApi)
    adapters = Adapters(
        database=database,
        encours=EncoursHttp(*services),
        destinations=DestinationsHttp(*services),
        outbox=messaging.outbox(database),
        reponses=SqlAnswers(database, starter.clock),
        vues=SqlViews(database),
        clock=starter.clock,
        scheduler=scheduler,
        metrics=starter.metrics,
        options=starter.env.bind(BatchOptions),
    )
    parties = _composer(starter, settings, adapters)
    scheduler.use_locks(ShedLockProvider(database))
    planification = _Planification(starter.env, scheduler, parties)
    planification.poser(settings.relance)
    messaging.listen(NOTIFICATIONS, GROUPE, consommateur(parties.suivre), database)
    starter.lifecycle.add("crashed jobs", Phase.OUTBOX, lambda: _recuperer(parties), None)
    starter.lifecycle.add("jobs", Phase.SCHEDULER, None, lambda s: _fermer(parties, s))
    starter.lifecycle.add("event streams", Phase.CONSUMERS, None, adapters.flux.close)
    starter.health.register("relances", lambda: _sante(parties, starter, planification))
    _compter(starter, parties)
    return _application(settings, parties, adapters)


def _composer(starter: Starter, settings: Settings, adapters: Adapters) -> Composition:
    try:
        return composer(settings, adapters)
    except SubdivisionInconnueError as error:
        value, origin = settings.relance.subdivision, starter.env.origin(SUBDIVISION)
        raise ConfigError(str(error), key=SUBDIVISION, value=value, origin=origin) from error


def _settings(starter: Starter) -> Settings:
    env = starter.env
    return Settings(
        relance=env.bind(RelanceOptions),
        reprise=env.bind(RepriseOptions),
        locale=env.bind(WebOptions).locale,
        depot=env.home / "var" / "reprises",
        partout=is_loopback(starter.options.address),
    )


class _Planification:
    """The day's run by cron; a change of the central configuration is followed without a restart."""

    def __init__(self, env: Environment, scheduler: Scheduler, parties: Composition) -> None:
        self._env = env
        self._scheduler = scheduler
        self._parties = parties
        self.refus: str | None = None
        """What of the configuration is not in force, in French; None when all of it is."""

    def poser(self, options: RelanceOptions) -> None:
        """Declare the tasks, and follow changes from now on. ConfigError."""
        scheduler, declencher = self._scheduler, self._parties.declencher
        try:
            scheduler.cron(RELANCE, options.cron, options.zone, declencher.passage)
        except (ZoneError, CronError) as error:
            cle, valeur = _refusee(error, options)
            raise ConfigError(str(error), key=cle, value=valeur, origin=self._env.origin(cle)) from error
        premiere_s = min(options.reprise_delai_s, _PREMIERE_SUITE_S)
        scheduler.fixed_delay("suite", options.reprise_delai_s, declencher.suite, initial_delay_s=premiere_s)
        self._env.on_change(self._suivre)

    def _suivre(self, cles: set[str]) -> None:
        if not cles & {CRON, ZONE, SUBDIVISION}:
            return
        nouvelles: RelanceOptions | None = None
        try:
            nouvelles = self._env.bind(RelanceOptions)
            calendrier = calendrier_de(nouvelles)
            self._scheduler.reschedule(RELANCE, nouvelles.cron, nouvelles.zone)
        except (RessortError, SubdivisionInconnueError) as error:
            cle, valeur = _refusee(error, nouvelles)
            logger.error("%s (%s) is not followed: %s", cle, self._env.origin(cle), error)
            self.refus = self._dire(cle, valeur)
        else:
            self._parties.agenda.suivre(calendrier)
            self.refus = None

    def _dire(self, cle: str, valeur: object) -> str:
        tache = next(tache for tache in self._scheduler.tasks() if tache.name == RELANCE)
        lieu = self._env.origin(cle)
        return (
            f"{cle} = « {valeur} » ({lieu}) n'est pas applicable : le réglage précédent reste en vigueur"
            f" ({tache.cron}, {tache.zone})."
        )


def _refusee(error: Exception, options: RelanceOptions | None) -> tuple[str, object]:
    """The key an error is about, and its value."""
    if isinstance(error, ConfigError):
        return error.key or CRON, error.value
    if isinstance(error, ZoneError):
        return ZONE, error.zone
    if isinstance(error, SubdivisionInconnueError):
        return SUBDIVISION, options and options.subdivision
    return CRON, options and options.cron


def _recuperer(parties: Composition) -> None:
    """Executions of a crashed process are ended, to be taken up again on request."""
    parties.operator.recover()


def _fermer(parties: Composition, timeout_s: float) -> None:
    if not parties.operator.close(timeout_s):
        logger.warning("a job did not reach the end of its chunk in %g s: it will be recovered", timeout_s)


def _sante(parties: Composition, starter: Starter, planification: _Planification) -> Health:
    """UP; warns when the statutory rate of the present half-year is not known, or a setting is not followed."""
    semestre = Semestre.de(starter.clock.today())
    connu = parties.taux.taux(semestre) is not None
    manque = None if connu else f"Le taux légal du semestre {semestre} manque : relance.taux."
    details = {"tauxLegal": str(semestre)} if connu else {}
    if avertissements := [dit for dit in (manque, planification.refus) if dit]:
        details["avertissement"] = " ".join(avertissements)
    return Health("UP", details)


def _compter(starter: Starter, parties: Composition) -> None:
    def nombre(etat: EtatRelance) -> Callable[[], float]:
        return lambda: float(parties.magasin.compter(Criteres()).get(etat, 0))

    for etat in EtatRelance:
        starter.metrics.gauge("relances", nombre(etat), "Reminders by state", etat=etat.value)
