"""From what is known to the JSON of the API."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from batch.adapters.politique_json import politique_en_json
from batch.adapters.sql_executions import Passe
from batch.application.avancement import ATTENDUS
from batch.application.exclusions import NOM as EXCLUSIONS
from batch.application.exclusions import des_parametres, motifs_de, sans_exclusions
from batch.application.message_relance import message_garde
from batch.application.ports import PolitiqueDatee, Relance
from ressort.batch import BatchStatus, JobExecution, JobParameters, Reject, StepExecution


def execution_json(execution: JobExecution, rejets: int) -> dict[str, Any]:
    """One attempt at a job."""
    return {
        "id": str(execution.id),
        "job": execution.instance.job_name,
        "statut": _statut(execution.status),
        "code_sortie": execution.exit_status.code,
        "parametres": parametres_json(execution.parameters),
        "cree_le": execution.create_time,
        "debut": execution.start_time,
        "fin": execution.end_time,
        "duree_ms": _duree_ms(execution),
        "etapes": [_etape_json(step, execution) for step in execution.steps],
        "echecs": _echecs(execution),
        "rejets": rejets,
        "rejeu": execution.context.get("rejeu"),
        "exclusions": _exclusions_json(execution),
    }


def _exclusions_json(execution: JobExecution) -> list[dict[str, Any]]:
    motifs = motifs_de(execution.context)
    return [
        {"client_id": client, "motif": motifs.get(client)} for client in des_parametres(execution.parameters)
    ]


def passe_json(passe: Passe) -> dict[str, Any]:
    """One attempt at a job, as a line of the list of all."""
    return {
        "id": str(passe.id),
        "job": passe.job,
        "statut": _statut(passe.statut),
        "code_sortie": passe.code_sortie,
        "parametres": parametres_json(passe.parametres),
        "cree_le": passe.cree_le,
        "debut": passe.debut,
        "fin": passe.fin,
        "duree_ms": passe.duree_ms,
        **passe.sommes,
        "rejets": passe.rejets,
    }


def _duree_ms(execution: JobExecution) -> int:
    """From the start to the end, or to the last sign of life of a step."""
    if execution.start_time is None:
        return 0
    vus = [step.last_updated for step in execution.steps if step.last_updated]
    fin = execution.end_time or max(vus, default=execution.start_time)
    return max(0, round((fin - execution.start_time).total_seconds() * 1000))


def parametres_json(parametres: JobParameters) -> dict[str, Any]:
    """The parameters as a launch gives them."""
    valeurs = {
        nom: valeur.isoformat() if isinstance(valeur, date) else valeur
        for nom, valeur in sans_exclusions(parametres.values_by_name()).items()
    }
    exclus = des_parametres(parametres)
    return {**valeurs, EXCLUSIONS: exclus} if exclus else valeurs


def _statut(status: BatchStatus) -> str:
    """The contract's states: what is asked to stop still runs, an unknown end is a failure to look into."""
    shown = {BatchStatus.STOPPING: BatchStatus.STARTED, BatchStatus.UNKNOWN: BatchStatus.FAILED}
    return shown.get(status, status).value


def _etape_json(step: StepExecution, execution: JobExecution) -> dict[str, Any]:
    fin = step.end_time or step.last_updated or execution.create_time
    duree = (fin - step.start_time).total_seconds() if step.start_time else 0.0
    return {
        "nom": step.step_name,
        "statut": _statut(step.status),
        "lus": step.read_count,
        "ecrits": step.write_count,
        "filtres": step.filter_count,
        "ignores": step.skip_count,
        "attendus": step.context.get(ATTENDUS),
        "duree_ms": max(0, round(duree * 1000)),
    }


def _echecs(execution: JobExecution) -> list[str]:
    """Messages of what failed, the step's before the job's, each once."""
    textes = [s.exit_status.message for s in execution.steps if s.status is BatchStatus.FAILED]
    if execution.status is BatchStatus.FAILED:
        textes.append(execution.exit_status.message)
    return list(dict.fromkeys(texte for texte in textes if texte))


def rejet_json(reject: Reject) -> dict[str, Any]:
    """A bad row."""
    return {
        "ligne": reject.position,
        "etape": reject.step_name,
        "motif": reject.code,
        "detail": reject.detail,
        "contenu": reject.item,
    }


_RELANCE = tuple(f.name for f in fields(Relance))


def relance_json(relance: Relance) -> dict[str, Any]:
    """A reminder that was decided."""
    valeurs = {nom: getattr(relance, nom) for nom in _RELANCE}
    return {
        **valeurs,
        "etat": relance.etat.value,
        "execution_id": str(relance.execution_id),
        "factures": list(relance.factures),
    }


def relance_entiere_json(relance: Relance) -> dict[str, Any]:
    """A reminder with the message that asked for it."""
    return {**relance_json(relance), "message": message_garde(relance)}


def politique_vue(datee: PolitiqueDatee) -> dict[str, Any]:
    """A policy with its version."""
    return {
        "nom": datee.politique.nom,
        "version": datee.politique.version,
        **politique_en_json(datee.politique),
        "modifie_le": datee.modifie_le,
    }


def parametre_json(parametre: Any) -> dict[str, Any]:
    """A parameter of a job."""
    return asdict(parametre)
