"""Routes of the runs of jobs: the list of all, those of one job, one of them, its events and its rejected rows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import flask

from batch.adapters.schemas import ExecutionVue, FiltreExecutions, PasseVue, RejetVue, Statut
from batch.adapters.schemas_simulation import EcarteeVue, FiltreEcartees, MotifVue
from batch.adapters.sql_executions import PassesSql
from batch.adapters.vues import execution_json, passe_json, rejet_json
from batch.application.ports import MagasinEcartees
from ressort.batch import BatchStatus, JobExecution, JobRepository, NoSuchJobError, NoSuchJobExecutionError
from ressort.flask import api_json
from ressort.flask.api import Api, FieldError, InvalidQuery, PageRequest, Paging, Problem
from ressort.flask.events import EVENT_STREAM, Event, EventStreams
from ressort.flask.paging import page_of

_MAX_REJETS = 100_000
PROGRESSION, FIN = "progression", "fin"
_STATUTS = {
    "STARTED": (BatchStatus.STARTED, BatchStatus.STOPPING),
    "FAILED": (BatchStatus.FAILED, BatchStatus.UNKNOWN),
}
"""States that the API shows as one (see `vues.execution_json`)."""


@dataclass(frozen=True)
class CasExecutions:
    """What the routes of runs call; `jobs` are the names there are."""

    jobs: Collection[str]
    repository: JobRepository
    passes: PassesSql
    ecartees: MagasinEcartees
    flux: EventStreams


def routes_des_executions(api: Api, cas: CasExecutions) -> None:
    """Declare them."""
    _listes(api, cas)
    _une(api, cas)
    _rejets(api, cas)
    _ecartees(api, cas)


def _listes(api: Api, cas: CasExecutions) -> None:
    par_id = Paging({"ordre": int}, default="-ordre", unique="ordre")

    @api.get("/jobs/executions", response=PasseVue, paging=par_id)
    def toutes(filtre: FiltreExecutions, page: PageRequest) -> dict[str, Any]:
        """Les exécutions de tous les jobs, la plus récente d'abord ; `statut` en accepte plusieurs."""
        jobs = cas.jobs if filtre.job is None else {filtre.job} & set(cas.jobs)
        statuts = None if filtre.statut is None else _statuts(filtre.statut)
        trouvees, total = cas.passes.page(jobs, statuts, page.limit + 1, _avant(page))
        return page.envelope(trouvees, total, show=passe_json, key_of=lambda passe, _: passe.id)

    @api.get("/jobs/{nom}/executions", response=ExecutionVue, paging=par_id)
    def lister(nom: str, page: PageRequest) -> dict[str, Any]:
        """Les exécutions d'un job, la plus récente d'abord."""
        if nom not in cas.jobs:
            raise NoSuchJobError(nom)
        trouvees = cas.repository.job_executions(nom, page.limit + 1, _avant(page))
        total = cas.repository.count_executions(nom)
        return page.envelope(
            trouvees,
            total,
            show=lambda e: vue_execution(cas.repository, e),
            key_of=lambda execution, _: execution.id,
        )


def _avant(page: PageRequest) -> int | None:
    """The run after which the page begins; only the newest first is possible."""
    if not page.order[0].descending:
        raise Problem(400, "requete-invalide", detail="tri : seul -ordre est possible.")
    return page.after[0] if page.after else None


def _statuts(noms: list[str]) -> set[BatchStatus]:
    connus = [statut.value for statut in Statut]
    inconnus = [nom for nom in noms if nom not in connus]
    if inconnus:
        detail = f"statut : « {inconnus[0][:40]} » est inconnu ; connus : {', '.join(connus)}."
        raise InvalidQuery([FieldError("", "valeur-inconnue", detail, "statut")])
    return {statut for nom in noms for statut in _STATUTS.get(nom, (BatchStatus(nom),))}


def _une(api: Api, cas: CasExecutions) -> None:
    @api.get("/jobs/executions/{id}", response=ExecutionVue)
    def consulter(id: str) -> dict[str, Any]:
        """Une exécution, ses étapes et ce qui a échoué."""
        return vue_execution(cas.repository, cas.repository.job_execution(numero(id)))

    @api.get(
        "/jobs/executions/{id}/evenements",
        response=ExecutionVue,
        produces=(EVENT_STREAM,),
        problems=[(503, "trop-de-flux")],
        other_statuses=(204,),
    )
    def evenements(id: str) -> flask.Response:
        """Suivre une exécution : un événement par changement d'état ou de compteur, le dernier s'appelle `fin`.

        Flux `text/event-stream` d'événements `progression` puis `fin`, deux par seconde au plus, dont `data` est
        l'exécution. `Last-Event-ID` est honoré ; 204 quand la fin est déjà connue ; 503 au-delà de quatre suivis.
        """
        execution_id = numero(id)
        return cas.flux.answer(lambda: _evenement(cas, execution_id))


def _evenement(cas: CasExecutions, execution_id: int) -> Event:
    execution = cas.repository.job_execution(execution_id)
    donnees = vue_execution(cas.repository, execution)
    empreinte = hashlib.sha256(api_json.write(donnees)).hexdigest()[:16]
    fini = not execution.running
    return Event(donnees, empreinte, FIN if fini else PROGRESSION, last=fini)


def _rejets(api: Api, cas: CasExecutions) -> None:
    par_ligne = Paging({"position": int, "step_name": str}, default="position", unique="step_name")

    @api.get("/jobs/executions/{id}/rejets", response=RejetVue, paging=par_ligne)
    def rejets(id: str, page: PageRequest) -> dict[str, Any]:
        """Les lignes refusées : numéro de ligne, motif et contenu."""
        instance = cas.repository.job_execution(numero(id)).instance.id
        tous = cas.repository.rejects(instance, limit=_MAX_REJETS)
        return page.envelope(page_of(tous, page), len(tous), show=rejet_json)


def _ecartees(api: Api, cas: CasExecutions) -> None:
    tris = {"nom": str, "numero": str, "date_echeance": date, "reste_centimes": int, "motif": str}

    @api.get(
        "/jobs/executions/{id}/ecartees",
        response=EcarteeVue,
        paging=Paging({**tris, "facture_id": str}, default="numero", unique="facture_id"),
    )
    def ecartees(id: str, filtre: FiltreEcartees, page: PageRequest) -> dict[str, Any]:
        """Les factures en retard que la campagne n'a pas relancées, et pourquoi, telles qu'elles étaient alors."""
        campagne = cas.repository.job_execution(numero(id)).instance.id
        trouvees, total = cas.ecartees.page(campagne, filtre.motif, page)
        return page.envelope(trouvees, total, show=asdict)

    @api.get("/jobs/executions/{id}/ecartees/compteurs", response=list[MotifVue])
    def compteurs(id: str) -> list[dict[str, Any]]:
        """Combien de factures la campagne a laissées de côté pour chaque motif, le plus fréquent d'abord."""
        comptes = cas.ecartees.compter(cas.repository.job_execution(numero(id)).instance.id)
        return [
            {"motif": motif.value, "total": total}
            for motif, total in sorted(comptes.items(), key=lambda un: (-un[1], un[0]))
        ]


def vue_execution(repository: JobRepository, execution: JobExecution) -> dict[str, Any]:
    """One run as the API shows it."""
    return execution_json(execution, repository.count_rejects(execution.instance.id))


def numero(id: str) -> int:
    """The number of a run. Raises NoSuchJobExecutionError for what is none."""
    if not (id.isascii() and id.isdigit() and len(id) <= 18):
        raise NoSuchJobExecutionError(0)
    return int(id)
