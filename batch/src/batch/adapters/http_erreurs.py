"""Which problem document each error becomes; texts are French."""

from __future__ import annotations

from batch.application.modifier_politique import PolitiqueInvalideError
from batch.domain import erreurs as metier
from batch.domain.limites import DATE_HORS_LIMITES
from ressort import batch as jobs
from ressort.flask.api import FieldError, InvalidBody, Problem, ProblemTable, problems


def table_des_erreurs() -> ProblemTable:
    """Errors of the domain and of `ressort.batch`."""
    return problems(
        {
            metier.DateFutureError: _date_future,
            metier.DateLointaineError: _date_future,
            metier.DateHorsLimitesError: _date_hors_limites,
            metier.DateAnterieureError: (409, "date-anterieure", "Date antérieure au dernier passage"),
            metier.RepriseEnCoursError: (409, "reprise-en-cours", "Reprise en cours", ("execution_id",)),
            metier.RelanceEnCoursError: (409, "relance-en-cours", "Relances en cours", ("execution_id",)),
            metier.DecalageDifferentError: (
                409,
                "decalage-different",
                "Décalage différent",
                ("connu_jours",),
            ),
            metier.PolitiqueIntrouvableError: (
                404,
                "politique-introuvable",
                "Politique introuvable",
                ("nom",),
            ),
            metier.RelanceIntrouvableError: (404, "relance-introuvable", "Relance introuvable"),
            metier.FactureIntrouvableError: (404, "facture-introuvable", "Facture introuvable"),
            metier.FactureJamaisRelanceeError: (409, "facture-jamais-relancee", "Facture jamais relancée"),
            metier.CycleEnCoursError: (409, "relance-en-attente", "Relance en attente d'envoi"),
            metier.FichierRefuseError: _fichier_refuse,
            PolitiqueInvalideError: politique_invalide,
            jobs.JobParametersInvalidError: _parametres_longs,
            jobs.NoSuchJobError: _job_introuvable,
            jobs.NoSuchJobExecutionError: _execution_introuvable,
            jobs.JobExecutionAlreadyRunningError: _en_cours,
            jobs.JobInstanceAlreadyCompleteError: _terminee,
            jobs.JobRestartError: _sans_suite,
            jobs.JobExecutionNotRunningError: _arretee,
            jobs.JobExecutionStateError: _sans_suite,
        }
    )


def _date_future(error: metier.DateFutureError | metier.DateLointaineError) -> Problem:
    return InvalidBody([FieldError(f"/{error.champ}", "date-future", str(error))])


def _date_hors_limites(error: metier.DateHorsLimitesError) -> Problem:
    return InvalidBody([FieldError(f"/{error.champ}", DATE_HORS_LIMITES, str(error))])


def _fichier_refuse(error: metier.FichierRefuseError) -> Problem:
    return InvalidBody([FieldError(f"/parametres/{error.champ}", error.code, str(error))])


def politique_invalide(error: PolitiqueInvalideError, sous: str = "") -> Problem:
    """422 with every rule that a policy breaks; `sous` is where it stands in the body."""
    return InvalidBody([FieldError(f"{sous}{a.pointer}", a.code, a.detail) for a in error.anomalies])


def _parametres_longs(error: jobs.JobParametersInvalidError) -> Problem:
    return InvalidBody([FieldError("/parametres", "trop-long", "Un paramètre dépasse 2500 caractères.")])


def _job_introuvable(error: jobs.NoSuchJobError) -> Problem:
    return Problem(404, "job-introuvable", "Job introuvable", f"Aucun job ne s'appelle « {error.name} ».")


def _execution_introuvable(error: jobs.NoSuchJobExecutionError) -> Problem:
    return Problem(
        404, "execution-introuvable", "Exécution introuvable", "Aucune exécution n'a cet identifiant."
    )


def _en_cours(error: jobs.JobExecutionAlreadyRunningError) -> Problem:
    detail = f"{error.job_name} tourne déjà avec ces paramètres : exécution {error.execution_id}."
    extra = {"execution_id": str(error.execution_id)}
    return Problem(409, "execution-en-cours", "Exécution en cours", detail, extra=extra)


def _terminee(error: jobs.JobInstanceAlreadyCompleteError) -> Problem:
    detail = f"{error.job_name} est déjà {error.status} avec ces paramètres : exécution {error.execution_id}."
    extra = {"execution_id": str(error.execution_id)}
    return Problem(409, "execution-terminee", "Exécution déjà terminée", detail, extra=extra)


def _arretee(error: jobs.JobExecutionNotRunningError) -> Problem:
    return Problem(409, "execution-arretee", "Exécution arrêtée", "Cette exécution ne tourne pas.")


def _sans_suite(error: Exception) -> Problem:
    detail = (
        "L'état de cette exécution ne le permet pas : seule la dernière d'une instance, échouée ou arrêtée."
    )
    return Problem(409, "execution-etat", "Impossible dans cet état", detail)
