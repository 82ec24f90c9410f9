"""Launch, restart, stop and abandon jobs, with the rules of the house on top of Spring's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from batch.application.agenda import Agenda
from batch.application.exclusions import LONGUEUR_MOTIF, MAXIMUM, MOTIFS, en_parametres, lire, motifs_de
from batch.application.exclusions import NOM as EXCLUSIONS
from batch.application.interruption import ARRET, FERMETURE
from batch.application.relance_job import NOM as RELANCE
from batch.application.relance_job import PAR_LE_CRON
from batch.application.reprise_job import NOM as REPRISE
from batch.domain.erreurs import (
    BatchMetierError,
    DateAnterieureError,
    DateFutureError,
    RelanceEnCoursError,
    RepriseEnCoursError,
)
from batch.domain.limites import DATE_HORS_LIMITES, hors_limites
from ressort.batch import (
    BatchStatus,
    JobExecution,
    JobOperator,
    JobParameter,
    JobParameters,
    JobRepository,
)

_FINIES = (BatchStatus.COMPLETED, BatchStatus.ABANDONED)


@dataclass(frozen=True)
class ParametreJob:
    """One parameter as `GET /jobs` describes it."""

    nom: str
    type: str
    obligatoire: bool
    defaut: Any
    description: str


@dataclass(frozen=True)
class AnomalieParametre:
    """A wrong parameter: its name, a code, a sentence."""

    nom: str
    code: str
    detail: str


class ParametresInvalidesError(BatchMetierError):
    """Parameters of a launch are wrong; all of them are named."""

    def __init__(self, anomalies: list[AnomalieParametre]) -> None:
        super().__init__("; ".join(f"{a.nom} : {a.detail}" for a in anomalies))
        self.anomalies = anomalies


class PreparationReprise(Protocol):
    """Turns the parameters of a take-over into job parameters; checks the file."""

    def __call__(self, parametres: Mapping[str, Any]) -> JobParameters: ...

    def verifier_decalage(self, parametres: JobParameters) -> None:
        """DecalageDifferentError; called inside the launch."""
        ...

    def noter(self, execution: JobExecution) -> None:
        """Freeze, inside the launch, what the first launch decides."""
        ...


PARAMETRES_RELANCE = (
    ParametreJob(
        "date_reference", "date", False, "aujourd'hui", "Jour pour lequel les retards sont comptés."
    ),
    ParametreJob("passage", "entier", False, 1, "Pour refaire exprès un jour déjà terminé."),
    ParametreJob(
        EXCLUSIONS,
        "liste d'identifiants",
        False,
        [],
        'Clients laissés de côté pour ce passage seulement : `"id"`, ou `{"client_id": "id", "motif": "pourquoi"}`.',
    ),
)


class LancerJobs:
    """What callers and the scheduler use."""

    def __init__(
        self,
        operator: JobOperator,
        repository: JobRepository,
        reprise: PreparationReprise,
        agenda: Agenda,
    ) -> None:
        self._operator = operator
        self._repository = repository
        self._reprise = reprise
        self._agenda = agenda

    def lancer(self, nom: str, parametres: Mapping[str, Any]) -> JobExecution:
        """A new execution.

        Raises:
            NoSuchJobError, ParametresInvalidesError, FichierRefuseError, DateFutureError, the 409 errors of the
            domain, JobExecutionAlreadyRunningError, JobInstanceAlreadyCompleteError.
        """
        self._operator.job(nom)
        if nom == RELANCE:
            return self.relancer(parametres)
        job_parameters = self._reprise(parametres)
        self._operator.recover()
        with self._repository.transaction():
            execution = self._operator.start(
                nom, job_parameters, lambda: self._reprise.verifier_decalage(job_parameters)
            )
            self._reprise.noter(execution)
        return execution

    def relancer(self, parametres: Mapping[str, Any], declenchement: str = "manuel") -> JobExecution:
        """A run of reminders; `declenchement` is `manuel` or `cron`."""
        aujourd_hui = self._agenda.aujourd_hui()
        au, passage, exclus = _parametres_relance(parametres, aujourd_hui)
        job_parameters = JobParameters(
            {
                "date_reference": au,
                "passage": passage,
                **en_parametres(exclus),
                "declenchement": JobParameter(declenchement, identifying=False),
            }
        )
        self._operator.recover()
        with self._repository.transaction():
            execution = self._operator.start(RELANCE, job_parameters, lambda: self._garde_relance(au))
            dits = {client: motif for client, motif in exclus.items() if motif}
            execution.context[MOTIFS] = {**motifs_de(execution.context), **dits}
            self._repository.update_job_execution(execution)
        return execution

    def redemarrer(self, execution_id: int) -> JobExecution:
        """The last attempt of an instance again, from the step that failed."""
        execution = self._repository.job_execution(execution_id)
        self._operator.recover()
        au = execution.parameters.value("date_reference")
        if execution.instance.job_name == RELANCE and isinstance(au, date):
            return self._operator.restart(execution_id, lambda: self._garde_relance(au))
        return self._operator.restart(execution_id)

    def arreter(self, execution_id: int) -> JobExecution:
        """Stop at the next chunk."""
        return self._operator.stop(execution_id)

    def abandonner(self, execution_id: int) -> JobExecution:
        """Never restart it."""
        return self._operator.abandon(execution_id)

    def derniere_du_cron(self) -> JobExecution | None:
        """Today's run of reminders fired by the cron, when it failed or was stopped by nobody's wish."""
        for execution in self._repository.job_executions(RELANCE, limit=5):
            if execution.parameters.value("date_reference") != self._agenda.aujourd_hui():
                continue
            if execution.parameters.value("declenchement") == PAR_LE_CRON:
                arretee = execution.status is BatchStatus.STOPPED and ARRET in execution.context
                return execution if arretee or execution.status is BatchStatus.FAILED else None
        return None

    def arretees_par_fermeture(self) -> list[JobExecution]:
        """Last attempts that stopped because their process did, and that no clock takes up."""
        return [
            execution
            for nom in (REPRISE, RELANCE)
            for execution in self._repository.latest_of_instances(nom)
            if execution.status is BatchStatus.STOPPED
            and execution.context.get(ARRET) == FERMETURE
            and execution.parameters.value("declenchement") != PAR_LE_CRON
        ]

    def _garde_relance(self, au: date) -> None:
        """Inside the launching transaction, after Spring's own rules."""
        for reprise in self._repository.latest_of_instances(REPRISE):
            if reprise.status not in _FINIES:
                raise RepriseEnCoursError(reprise.id, reprise.status.value)
        for autre in self._repository.running_executions(RELANCE):
            raise RelanceEnCoursError(autre.id)
        terminees = [
            execution.parameters.value("date_reference")
            for execution in self._repository.latest_of_instances(RELANCE)
            if execution.status is BatchStatus.COMPLETED
        ]
        derniere = max((jour for jour in terminees if isinstance(jour, date)), default=None)
        if derniere is not None and au < derniere:
            raise DateAnterieureError(au, derniere)


def _parametres_relance(
    parametres: Mapping[str, Any], aujourd_hui: date
) -> tuple[date, int, dict[str, str | None]]:
    anomalies = inconnus(parametres, PARAMETRES_RELANCE)
    au = lire_date(parametres, "date_reference", anomalies) or aujourd_hui
    passage = parametres.get("passage", 1)
    if type(passage) is not int or not 1 <= passage <= 10_000:
        anomalies.append(AnomalieParametre("passage", "entier", "Un entier de 1 à 10000 est attendu."))
    exclus = _lire_exclusions(parametres.get(EXCLUSIONS), anomalies)
    if anomalies:
        raise ParametresInvalidesError(anomalies)
    if au > aujourd_hui:
        raise DateFutureError(au, aujourd_hui)
    return au, passage, exclus


def _lire_exclusions(valeur: Any, anomalies: list[AnomalieParametre]) -> dict[str, str | None]:
    lues = lire(valeur) if valeur is not None else {}
    if lues is not None:
        return lues
    detail = (
        f"Une liste d'au plus {MAXIMUM} identifiants de clients est attendue, seuls ou avec un motif d'une ligne "
        f"de {LONGUEUR_MOTIF} caractères au plus."
    )
    anomalies.append(AnomalieParametre(EXCLUSIONS, "identifiants", detail))
    return {}


def inconnus(parametres: Mapping[str, Any], connus: tuple[ParametreJob, ...]) -> list[AnomalieParametre]:
    """Parameters that the job does not have."""
    noms = [parametre.nom for parametre in connus]
    return [
        AnomalieParametre(nom, "parametre-inconnu", f"Paramètre inconnu ; connus : {', '.join(noms)}.")
        for nom in parametres
        if nom not in noms
    ]


def lire_date(parametres: Mapping[str, Any], nom: str, anomalies: list[AnomalieParametre]) -> date | None:
    """A date written YYYY-MM-DD, or None when absent, wrong or out of limits (then `anomalies` grows)."""
    valeur = parametres.get(nom)
    if valeur is None:
        return None
    try:
        if isinstance(valeur, str) and len(valeur) == 10:
            jour = date.fromisoformat(valeur)
            refus = hors_limites(jour)
            if refus is None:
                return jour
            anomalies.append(AnomalieParametre(nom, DATE_HORS_LIMITES, refus))
            return None
    except ValueError:
        pass
    anomalies.append(AnomalieParametre(nom, "date", "Une date AAAA-MM-JJ est attendue."))
    return None
