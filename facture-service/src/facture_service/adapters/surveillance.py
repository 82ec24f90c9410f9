"""The invariants as an operator sees them: a metric and a health component, computed now and then."""

from __future__ import annotations

import logging
import threading

from facture_service.application.ports import Clock, Lectures, RapportControle
from ressort.observability.health import Health, HealthRegistry
from ressort.observability.metrics import MeterRegistry

log = logging.getLogger(__name__)

VALIDITE_S = 300.0


class Surveillance:
    """The last report, done again when it is older than five minutes and somebody asks."""

    def __init__(self, lectures: Lectures, clock: Clock) -> None:
        self._lectures = lectures
        self._clock = clock
        self._verrou = threading.Lock()
        self._rapport: RapportControle | None = None
        self._controle_a_s = 0.0

    def rapport(self) -> RapportControle:
        """The report of at most five minutes ago."""
        with self._verrou:
            maintenant = self._clock.monotonic()
            if self._rapport is None or maintenant - self._controle_a_s > VALIDITE_S:
                self._rapport, self._controle_a_s = self._lectures.controler(), maintenant
                for violation in self._rapport.violations:
                    log.error("Invariant broken: %s", violation)
            return self._rapport

    def violations(self) -> float:
        """How many invariants are broken."""
        return float(len(self.rapport().violations))

    def health(self) -> Health:
        """UP with the count of documents checked; DOWN naming the first broken invariants."""
        rapport = self.rapport()
        details = {
            "controlees": rapport.factures_controlees,
            "violations": [f"{v.controle} {v.objet}: {v.detail}" for v in rapport.violations[:10]],
        }
        return Health("DOWN" if rapport.violations else "UP", details)


def surveiller(metrics: MeterRegistry, health: HealthRegistry, lectures: Lectures, clock: Clock) -> None:
    """Registers the gauge `facture.invariants.violations` and the health component `invariants`."""
    surveillance = Surveillance(lectures, clock)
    metrics.gauge(
        "facture.invariants.violations",
        surveillance.violations,
        "Broken invariants of the invoice ledger",
    )
    health.register("invariants", surveillance.health)
