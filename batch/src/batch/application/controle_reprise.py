"""The end of a take-over: no payment pending, and the services hold what the file says."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta

from batch.application.ports import Clock, Destinations, LigneStage, MagasinReprises, Reprise
from batch.domain.erreurs import BatchMetierError
from ressort.batch import StepScope

logger = logging.getLogger(__name__)

_PAUSE_S = 0.5
_CITEES = 10
_PAGE = 1000


class PaiementsEnAttenteError(BatchMetierError):
    """Payments of the take-over are still waiting for facture-service."""

    def __init__(self, nombre: int) -> None:
        super().__init__(
            f"{nombre} paiements de la reprise attendent encore leur affectation ; redémarrer plus tard."
        )


class TotauxDifferentsError(BatchMetierError):
    """The services do not hold what the file says."""

    def __init__(self, differences: list[str]) -> None:
        cites = " ; ".join(differences[:_CITEES])
        super().__init__(f"{len(differences)} écarts entre le fichier et les services : {cites}")
        self.differences = differences


class ControleReprise:
    """Waits a while for pending payments, then compares invoice by invoice."""

    def __init__(
        self,
        destinations: Destinations,
        magasin: MagasinReprises,
        clock: Clock,
        attente_s: float,
        pause: Callable[[float], None] | None,
    ) -> None:
        self._destinations = destinations
        self._magasin = magasin
        self._clock = clock
        self._attente_s = attente_s
        self._pause = pause or time.sleep

    def __call__(self, reprise: Reprise, scope: StepScope) -> None:
        """PaiementsEnAttenteError, TotauxDifferentsError; the figures are left in the step's context."""
        lignes = {stage.lue.reference: stage for stage in self._reprises(reprise)}
        self._attendre(lignes, scope)
        au = reprise.arrete_au + timedelta(days=reprise.decalage_jours)
        ouvertes = {f.numero: f for f in self._destinations.factures_ouvertes(au) if f.numero in lignes}
        differences = []
        totaux: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for reference, stage in lignes.items():
            attendu = 0 if stage.lue.reglee_au(reprise.arrete_au) else stage.lue.montant_centimes
            ouverte = ouvertes.get(reference)
            reste = ouverte.reste_centimes if ouverte else 0
            if reste > attendu:
                differences.append(f"{reference} : reste {reste} centimes, le fichier dit {attendu}")
            elif reste < attendu:
                logger.info(
                    "invoice %s was settled otherwise: %d cents left of %d", reference, reste, attendu
                )
            somme = totaux[stage.lue.devise]
            somme[0] += 1
            somme[1] += attendu > 0
            somme[2] += attendu
        scope.step.context["totaux"] = {
            devise: {"factures": n, "ouvertes": o, "reste_centimes": r}
            for devise, (n, o, r) in totaux.items()
        }
        if differences:
            raise TotauxDifferentsError(differences)

    def _reprises(self, reprise: Reprise) -> Iterator[LigneStage]:
        """Rows whose invoice facture-service has."""
        derniere = 0
        while page := self._magasin.lignes(reprise.instance_id, derniere, _PAGE):
            derniere = page[-1].lue.ligne
            yield from (stage for stage in page if stage.facture_id is not None)

    def _attendre(self, lignes: dict[str, LigneStage], scope: StepScope) -> None:
        fin = self._clock.monotonic() + self._attente_s
        while True:
            scope.check_stop()
            attente = sum(reference in lignes for reference in self._destinations.paiements_en_attente())
            if not attente:
                return
            if self._clock.monotonic() >= fin:
                raise PaiementsEnAttenteError(attente)
            self._pause(_PAUSE_S)
