"""The seller of the present configuration: a change of `entreprise.*` counts from the next issue on."""

from __future__ import annotations

import logging

from facture_service.domain.parties import Vendeur
from facture_service.settings import Entreprise
from ressort.config import ConfigError, Environment

log = logging.getLogger(__name__)


class VendeurConfigure:
    """The seller port over the environment. Raises ConfigError at start for values of the wrong kind."""

    def __init__(self, env: Environment) -> None:
        self._env = env
        self._vendeur = env.bind(Entreprise).vendeur()
        env.on_change(self._relire)

    def __call__(self) -> Vendeur:
        """The seller as last read."""
        return self._vendeur

    def _relire(self, cles: set[str]) -> None:
        if not any(cle.startswith("entreprise") for cle in cles):
            return
        try:
            self._vendeur = self._env.bind(Entreprise).vendeur()
        except ConfigError as erreur:
            log.error("The seller stays as it was: %s", erreur)
