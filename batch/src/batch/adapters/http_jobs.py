"""Routes of jobs and their executions (api.md, section 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask

from batch.adapters.csv_fichier import CsvFichier
from batch.adapters.fichiers import Fichiers
from batch.adapters.http_executions import CasExecutions, numero, routes_des_executions, vue_execution
from batch.adapters.schemas import ExecutionVue, FichierVue, JobVue, LancementJson
from batch.adapters.vues import parametre_json
from batch.application.lancer_jobs import PARAMETRES_RELANCE, LancerJobs, ParametresInvalidesError
from batch.application.preparer_reprise import PARAMETRES as PARAMETRES_REPRISE
from batch.application.relance_job import NOM as RELANCE
from batch.application.reprise_job import NOM as REPRISE
from batch.domain.erreurs import FichierRefuseError
from ressort.batch import JobExecution, NoSuchJobError
from ressort.flask.api import (
    Answer,
    Api,
    Body,
    FieldError,
    InvalidBody,
    NoFields,
    answer,
    created,
    idempotent,
    location,
)
from ressort.scheduling import Scheduler

PARAMETRES = {RELANCE: PARAMETRES_RELANCE, REPRISE: PARAMETRES_REPRISE}
_MULTIPART_OCTETS = 64 * 1024
_SANS_CORPS: Any = None


@dataclass(frozen=True)
class CasJobs:
    """What the routes of jobs call."""

    lancer: LancerJobs
    executions: CasExecutions
    scheduler: Scheduler
    fichiers: Fichiers
    taille_max: int


def routes_des_jobs(api: Api, cas: CasJobs) -> None:
    """Declare them."""
    _jobs(api, cas)
    _lancements(api, cas)
    routes_des_executions(api, cas.executions)
    _depot(api, cas)


def _jobs(api: Api, cas: CasJobs) -> None:
    @api.get("/jobs", response=list[JobVue])
    def lister() -> list[dict[str, Any]]:
        """Les jobs, leurs paramètres et leur prochain déclenchement."""
        taches = {tache.name: tache for tache in cas.scheduler.tasks()}
        return [
            {
                "nom": nom,
                "parametres": [parametre_json(parametre) for parametre in PARAMETRES[nom]],
                "cron": taches[nom].cron if nom in taches else None,
                "zone": taches[nom].zone if nom in taches else None,
                "prochain": taches[nom].next_fire if nom in taches else None,
            }
            for nom in sorted(PARAMETRES)
        ]


def _lancements(api: Api, cas: CasJobs) -> None:
    @api.post(
        "/jobs/{nom}/executions",
        status=202,
        response=ExecutionVue,
        problems=[(409, "execution-en-cours"), (409, "execution-terminee"), (409, "reprise-en-cours")],
    )
    @idempotent()
    def lancer(nom: str, corps: Body[LancementJson] = _SANS_CORPS) -> Answer:
        """Lancer un job.

        Refusé (409) quand la même instance (nom et paramètres identifiants) est en cours ou terminée.
        """
        if nom not in PARAMETRES:
            raise NoSuchJobError(nom)
        try:
            execution = cas.lancer.lancer(nom, corps.valid().parametres)
        except ParametresInvalidesError as error:
            champs = [FieldError(f"/parametres/{a.nom}", a.code, a.detail) for a in error.anomalies]
            raise InvalidBody(champs) from error
        return _lancee(cas, execution)

    @api.post("/jobs/executions/{id}/redemarrage", status=202, response=ExecutionVue)
    @idempotent()
    def redemarrer(id: str, corps: Body[NoFields]) -> Answer:
        """Reprendre une exécution échouée ou arrêtée à l'étape où elle en était."""
        return _lancee(cas, _agir(cas, cas.lancer.redemarrer, id, corps))

    @api.post("/jobs/executions/{id}/arret", status=202, response=ExecutionVue)
    def arreter(id: str, corps: Body[NoFields]) -> Answer:
        """Arrêter une exécution au prochain lot."""
        return answer(_vue(cas, _agir(cas, cas.lancer.arreter, id, corps)), status=202)

    @api.post("/jobs/executions/{id}/abandon", response=ExecutionVue)
    def abandonner(id: str, corps: Body[NoFields]) -> dict[str, Any]:
        """Renoncer à une exécution échouée ou arrêtée : elle ne sera plus reprise."""
        return _vue(cas, _agir(cas, cas.lancer.abandonner, id, corps))


def _depot(api: Api, cas: CasJobs) -> None:
    @api.post(
        "/jobs/repriseJob/fichiers",
        status=201,
        response=FichierVue,
        form={"fichier": "file"},
        max_body_bytes=cas.taille_max + _MULTIPART_OCTETS,
    )
    def deposer() -> Answer:
        """Déposer un fichier CSV ; son nom sert de paramètre `fichier`."""
        recu = flask.request.files.get("fichier")
        if recu is None:
            raise InvalidBody([FieldError("/fichier", "obligatoire", "Un fichier est attendu (multipart).")])
        try:
            nom, taille = cas.fichiers.deposer(recu.filename or "fichier.csv", recu.stream)
        except FichierRefuseError as error:
            raise InvalidBody([FieldError("/fichier", error.code, str(error))]) from error
        empreinte = CsvFichier().empreinte(cas.fichiers.trouver(nom))
        corps = {"fichier": nom, "taille": taille, "sha256": empreinte}
        return created(corps, f"/jobs/repriseJob/fichiers/{nom}")


def _agir(cas: CasJobs, acte: Callable[[int], JobExecution], id: str, corps: Body[NoFields]) -> JobExecution:
    """The execution after an act; with fields in the body, which come behind 404 and 409, nothing stays done."""
    if corps.value == {}:
        return acte(numero(id))
    with cas.executions.repository.transaction():
        execution = acte(numero(id))
        corps.valid()
    return execution


def _lancee(cas: CasJobs, execution: JobExecution) -> Answer:
    chemin = location(f"/jobs/executions/{execution.id}")
    return answer(_vue(cas, execution), status=202, headers={"Location": chemin})


def _vue(cas: CasJobs, execution: JobExecution) -> dict[str, Any]:
    return vue_execution(cas.executions.repository, execution)
