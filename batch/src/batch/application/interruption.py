"""Why a run stopped, when it was nobody's wish: such runs are taken up again by themselves."""

from __future__ import annotations

from collections.abc import Callable

from ressort.batch import BatchListener, BatchStatus, JobExecution

ARRET = "arret"
HORAIRE = "horaire"
FERMETURE = "fermeture"


class NoterFermeture(BatchListener):
    """Notes in a stopped run that it stopped because the process did."""

    def __init__(self, en_fermeture: Callable[[], bool]) -> None:
        self._en_fermeture = en_fermeture

    def after_job(self, execution: JobExecution) -> None:
        """See `BatchListener`."""
        if execution.status is BatchStatus.STOPPED and self._en_fermeture():
            execution.context[ARRET] = FERMETURE
