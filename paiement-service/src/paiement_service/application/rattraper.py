"""Payments that wait for facture-service, asked about again until they are answered."""

from __future__ import annotations

import logging
import threading

from paiement_service.application.avancer_paiement import AvancerPaiement
from paiement_service.application.ports import Lectures

logger = logging.getLogger(__name__)

TRANCHE = 100


class Rattrapage:
    """A thread that looks every `intervalle_s` for payments in suspense and brings them forward.

    Several instances may run at once: the identities of the calls make it harmless.
    """

    def __init__(self, lectures: Lectures, avancer: AvancerPaiement, intervalle_s: float) -> None:
        self._lectures = lectures
        self._avancer = avancer
        self._intervalle_s = intervalle_s
        self._arret = threading.Event()
        self._fil: threading.Thread | None = None

    def start(self) -> None:
        """Starts the thread."""
        self._arret.clear()
        self._fil = threading.Thread(target=self._tourner, name="rattrapage", daemon=True)
        self._fil.start()

    def stop(self, timeout_s: float) -> None:
        """Lets the turn under way end, at most `timeout_s`."""
        self._arret.set()
        if self._fil is not None:
            self._fil.join(timeout_s)

    def une_fois(self) -> int:
        """One turn; how many payments were waiting."""
        attente = self._lectures.en_suspens(TRANCHE)
        if attente:
            self._avancer.tous([self._lectures.paiement(paiement_id) for paiement_id in attente])
        return len(attente)

    def _tourner(self) -> None:
        while not self._arret.wait(self._intervalle_s):
            try:
                self.une_fois()
            except Exception:
                logger.exception("payments in suspense could not be brought forward; trying again")
