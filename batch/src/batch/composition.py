"""The parts of batch put together, whatever they run on."""

from __future__ import annotations

from dataclasses import dataclass, field

from batch.adapters.csv_fichier import CsvFichier
from batch.adapters.fichiers import Fichiers
from batch.adapters.http import CasUsage
from batch.adapters.http_executions import CasExecutions
from batch.adapters.http_jobs import PARAMETRES, CasJobs
from batch.adapters.http_relances import CasRelances
from batch.adapters.messaging import PublicationOutbox
from batch.adapters.sql import MagasinSql
from batch.adapters.sql_ecartees import EcarteesSql
from batch.adapters.sql_executions import PassesSql
from batch.adapters.sql_reprises import ReprisesSql
from batch.adapters.taux import lire_taux
from batch.application.agenda import Agenda
from batch.application.declencher import Declencher
from batch.application.lancer_jobs import LancerJobs
from batch.application.modifier_politique import ModifierPolitique
from batch.application.ports import Destinations, Encours
from batch.application.preparer_reprise import PreparerReprise
from batch.application.recommencer_relances import RecommencerRelances
from batch.application.relance_job import Moyens, relance_job
from batch.application.reprise_job import MoyensReprise, reprise_job
from batch.application.simuler_relances import SimulerRelances
from batch.application.suivre_relances import SuivreRelances
from batch.domain.calendrier import CalendrierEnvois
from batch.domain.interets import TableDesTaux
from batch.settings import RelanceOptions, Settings
from ressort.batch import BatchOptions, JobOperator, SqlJobRepository
from ressort.clock import Clock, SystemClock
from ressort.data import Database
from ressort.flask.events import EventStreams
from ressort.flask.idempotency import AnswerStore, MemoryAnswers
from ressort.flask.views import MemoryViews, ViewStore
from ressort.http import UnavailableError
from ressort.identifiers import Uuid7
from ressort.messaging import Outbox
from ressort.observability.metrics import MeterRegistry
from ressort.scheduling import Scheduler


@dataclass(frozen=True)
class Adapters:
    """What batch runs on."""

    database: Database
    encours: Encours
    destinations: Destinations
    outbox: Outbox
    reponses: AnswerStore = field(default_factory=MemoryAnswers)
    clock: Clock = field(default_factory=SystemClock)
    scheduler: Scheduler = field(default_factory=Scheduler)
    metrics: MeterRegistry | None = None
    options: BatchOptions = field(default_factory=BatchOptions)
    vues: ViewStore = field(default_factory=MemoryViews)
    flux: EventStreams = field(default_factory=EventStreams)


@dataclass(frozen=True)
class Composition:
    """The parts that the process wires to its lifecycle, scheduler and messages."""

    cas: CasUsage
    operator: JobOperator
    lancer: LancerJobs
    agenda: Agenda
    declencher: Declencher
    suivre: SuivreRelances
    magasin: MagasinSql
    taux: TableDesTaux


def composer(settings: Settings, a: Adapters) -> Composition:
    """Put the parts together; nothing starts. Raises TauxError, SubdivisionInconnueError."""
    taux = lire_taux(settings.relance.taux)
    agenda = Agenda(a.clock, calendrier_de(settings.relance))
    magasin, repository = MagasinSql(a.database), SqlJobRepository(a.database, a.clock)
    ecartees, reprise = EcarteesSql(a.database), settings.reprise
    fichiers = Fichiers(settings.depot, reprise.dossiers, settings.partout, reprise.taille_max_bytes)
    reprises, csv = ReprisesSql(a.database), CsvFichier()
    preparer = PreparerReprise(csv, reprises, agenda, fichiers.trouver)
    moyens = Moyens(
        a.encours,
        magasin,
        ecartees,
        PublicationOutbox(a.database, a.outbox, a.clock),
        taux,
        agenda,
        a.clock,
        Uuid7(a.clock),
    )
    prise = MoyensReprise(a.destinations, reprises, csv, a.clock, (UnavailableError,), reprise.attente_s)

    def en_fermeture() -> bool:
        return operator.closing

    jobs = [relance_job(moyens, en_fermeture), reprise_job(prise, preparer.relire, en_fermeture)]
    operator = JobOperator(repository, jobs, a.clock, a.metrics, a.options)
    lancer = LancerJobs(operator, repository, preparer, agenda)
    executions = CasExecutions(tuple(PARAMETRES), repository, PassesSql(a.database), ecartees, a.flux)
    cas = CasUsage(
        jobs=CasJobs(lancer, executions, a.scheduler, fichiers, reprise.taille_max_bytes),
        relances=CasRelances(
            magasin, RecommencerRelances(a.encours, magasin, a.clock), a.vues, a.clock, agenda
        ),
        simuler=SimulerRelances(a.encours, magasin, taux, agenda),
        modifier=ModifierPolitique(magasin, a.clock),
        magasin=magasin,
        clock=a.clock,
    )
    declencher = Declencher(lancer, agenda)
    return Composition(cas, operator, lancer, agenda, declencher, SuivreRelances(magasin), magasin, taux)


def calendrier_de(options: RelanceOptions) -> CalendrierEnvois:
    """The working days the configuration names."""
    return CalendrierEnvois(options.zone, options.subdivision)
