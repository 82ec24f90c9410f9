"""From what is known to the JSON of the API."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from batch.adapters.politique_json import politique_en_json
from batch.application.message_relance import TAUX_MANQUANT, ligne_json, message_garde
from batch.application.ports import PolitiqueDatee, Relance
from batch.application.simuler_relances import Simulation
from batch.domain.echelle import Ecartee, RelanceDecidee
from batch.domain.interets import Semestre
from ressort.batch import BatchStatus, JobExecution, Reject, StepExecution


def execution_json(execution: JobExecution, rejets: int) -> dict[str, Any]:
    """One attempt at a job."""
    return {
        "id": str(execution.id),
        "job": execution.instance.job_name,
        "statut": _statut(execution.status),
        "code_sortie": execution.exit_status.code,
        "parametres": {
            nom: valeur.isoformat() if isinstance(valeur, date) else valeur
            for nom, valeur in execution.parameters.values_by_name().items()
        },
        "cree_le": execution.create_time,
        "debut": execution.start_time,
        "fin": execution.end_time,
        "etapes": [_etape_json(step, execution) for step in execution.steps],
        "echecs": _echecs(execution),
        "rejets": rejets,
        "rejeu": execution.context.get("rejeu"),
    }


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


def simulation_json(simulation: Simulation) -> dict[str, Any]:
    """What a run would do."""
    return {
        "date_reference": simulation.date_reference,
        "relances": [_simulee_json(relance) for relance in simulation.relances],
        "ecartees": [_ecartee_json(ecartee) for ecartee in simulation.ecartees],
        "avertissements": [_avertissement(*plage) for plage in simulation.plages_sans_taux],
    }


def _avertissement(premier: Semestre, dernier: Semestre) -> str:
    if premier == dernier:
        return f"Le taux légal du semestre {premier} manque : {TAUX_MANQUANT}."
    return f"Les taux légaux des semestres {premier} à {dernier} manquent : {TAUX_MANQUANT}."


def _simulee_json(relance: RelanceDecidee) -> dict[str, Any]:
    return {
        "client_id": relance.client.client_id,
        "nom": relance.client.nom,
        "niveau": relance.niveau,
        "devise": relance.devise,
        "politique": relance.politique,
        "version_politique": relance.version_politique,
        "envoi": relance.envoi.value,
        "credits_centimes": relance.credits_centimes,
        "total_du_centimes": relance.total_du_centimes,
        "factures": [ligne_json(ligne) for ligne in relance.lignes],
    }


def _ecartee_json(ecartee: Ecartee) -> dict[str, Any]:
    return {
        "facture_id": ecartee.facture.facture_id,
        "numero": ecartee.facture.numero,
        "client_id": ecartee.facture.client_id,
        "motif": ecartee.motif.value,
        "detail": ecartee.detail,
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
