"""The invariants as an operator sees them: a metric and a health component, from a check made now and then."""

from __future__ import annotations

import logging

from facture_service.application.ports import Lectures, RapportControle
from ressort.observability.health import Health

log = logging.getLogger(__name__)

MONTREES = 10


class Surveillance:
    """Keeps the last report; a scheduled task makes it, so that neither health nor metrics wait for it."""

    def __init__(self, lectures: Lectures) -> None:
        self._lectures = lectures
        self._rapport: RapportControle | None = None

    def controler(self) -> None:
        """Checks the whole ledger and logs what is broken."""
        rapport = self._lectures.controler()
        for violation in rapport.violations:
            log.error("Invariant broken: %s", violation)
        self._rapport = rapport

    def violations(self) -> float:
        """How many invariants the last check found broken; not a number before the first."""
        return float("nan") if self._rapport is None else float(len(self._rapport.violations))

    def health(self) -> Health:
        """UP with the count of documents checked, UNKNOWN before the first check, DOWN naming what is broken."""
        rapport = self._rapport
        if rapport is None:
            return Health("UNKNOWN", {"controlees": None})
        trouvees = [f"{v.controle} {v.objet}: {v.detail}" for v in rapport.violations[:MONTREES]]
        details = {"controlees": rapport.factures_controlees, "violations": trouvees}
        return Health("DOWN" if trouvees else "UP", details)
