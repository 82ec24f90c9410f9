"""What runs without a caller: the day's reminders, and the continuation of interrupted jobs."""

from __future__ import annotations

import logging

from batch.application.agenda import Agenda
from batch.application.lancer_jobs import LancerJobs
from batch.application.relance_job import PAR_LE_CRON
from batch.domain.erreurs import BatchMetierError
from ressort.batch import BatchError, JobExecution

logger = logging.getLogger(__name__)


class Declencher:
    """What the scheduler calls; a refusal by the rules is no failure of the task."""

    def __init__(self, lancer: LancerJobs, agenda: Agenda) -> None:
        self._lancer = lancer
        self._agenda = agenda
        self._tentees: set[int] = set()

    def passage(self) -> None:
        """The run of today; none at all on a public holiday."""
        ferie = self._agenda.ferie()
        if ferie is not None:
            logger.info("no reminders today, %s: %s", self._agenda.aujourd_hui(), ferie)
            return
        try:
            self._lancer.relancer({}, PAR_LE_CRON)
        except (BatchMetierError, BatchError) as refus:
            logger.warning("today's reminders were not started: %s", refus)

    def suite(self) -> None:
        """Take up again what stopped because a process did, and, inside the hours, today's run if it failed."""
        for execution in self._lancer.arretees_par_fermeture():
            if execution.id not in self._tentees:
                self._tentees.add(execution.id)
                self._reprendre(execution)
        execution_du_jour = self._lancer.derniere_du_cron()
        if execution_du_jour is not None and self._agenda.ouvert():
            self._reprendre(execution_du_jour)

    def _reprendre(self, execution: JobExecution) -> None:
        try:
            self._lancer.redemarrer(execution.id)
        except (BatchMetierError, BatchError) as refus:
            logger.warning("the interrupted execution %d was not taken up again: %s", execution.id, refus)
