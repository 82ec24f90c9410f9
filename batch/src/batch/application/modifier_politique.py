"""Write a new version of a dunning policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from batch.application.ports import Clock, MagasinRelances, PolitiqueDatee
from batch.domain.erreurs import BatchMetierError
from batch.domain.politique import Anomalie, Politique, anomalies


class PolitiqueInvalideError(BatchMetierError):
    """A policy breaks rules; `anomalies` names them all."""

    def __init__(self, trouvees: list[Anomalie]) -> None:
        super().__init__("; ".join(anomalie.detail for anomalie in trouvees))
        self.anomalies = trouvees


class ModifierPolitique:
    """Replaces a policy whole; runs under way keep the version they began with."""

    def __init__(self, magasin: MagasinRelances, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(
        self,
        nom: str,
        verifier_version: Callable[[PolitiqueDatee], None],
        lire: Callable[[PolitiqueDatee], Politique],
    ) -> PolitiqueDatee:
        """Check the caller's version, read the new content, store it as the next version.

        Raises:
            PolitiqueIntrouvableError, PolitiqueInvalideError, and what the two callbacks raise.
        """
        with self._magasin.transaction():
            actuelle = self._magasin.politique(nom, verrou=True)
            verifier_version(actuelle)
            nouvelle = replace(lire(actuelle), nom=nom, version=actuelle.politique.version + 1)
            trouvees = anomalies(nouvelle)
            if trouvees:
                raise PolitiqueInvalideError(trouvees)
            datee = PolitiqueDatee(nouvelle, self._clock.now())
            self._magasin.ecrire_politique(datee)
            return datee
