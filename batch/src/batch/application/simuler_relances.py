"""What a run of reminders would do, without doing any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from batch.application.agenda import Agenda
from batch.application.dossiers import tous_les_dossiers
from batch.application.ports import Encours, MagasinRelances
from batch.domain.dossier import Dossier
from batch.domain.echelle import Ecartee, RelanceDecidee, decider
from batch.domain.erreurs import DateFutureError, DateHorsLimitesError, PolitiqueIntrouvableError
from batch.domain.interets import Semestre, TableDesTaux, plages
from batch.domain.limites import hors_limites
from batch.domain.politique import Politiques


@dataclass(frozen=True)
class Simulation:
    """Reminders that would be asked for, and every late invoice that would get none."""

    date_reference: date
    relances: list[RelanceDecidee]
    ecartees: list[Ecartee]

    @property
    def plages_sans_taux(self) -> list[tuple[Semestre, Semestre]]:
        """Half-years without a statutory rate, as ranges: their first and their last."""
        return plages({s for relance in self.relances for s in relance.semestres_manquants})


class SimulerRelances:
    """Reads the services and the reminders made so far; stores and sends nothing."""

    def __init__(
        self, encours: Encours, magasin: MagasinRelances, taux: TableDesTaux, agenda: Agenda
    ) -> None:
        self._encours = encours
        self._magasin = magasin
        self._taux = taux
        self._agenda = agenda

    def __call__(self, date_reference: date | None, politique: str | None) -> Simulation:
        """At a date (today unless given), with every client under one policy when it is named.

        Raises:
            DateHorsLimitesError, DateFutureError, PolitiqueIntrouvableError, and what the services' clients raise.
        """
        aujourd_hui = self._agenda.aujourd_hui()
        au = date_reference or aujourd_hui
        refus = hors_limites(au)
        if refus is not None:
            raise DateHorsLimitesError(refus)
        if au > aujourd_hui:
            raise DateFutureError(au, aujourd_hui)
        politiques = Politiques({d.politique.nom: d.politique for d in self._magasin.politiques()})
        if politique is not None and politiques.trouver(politique) is None:
            raise PolitiqueIntrouvableError(politique)
        simulation = Simulation(au, [], [])
        for dossier in tous_les_dossiers(self._encours, au):
            self._ajouter(simulation, _sous(dossier, politique), politiques)
        return simulation

    def _ajouter(self, simulation: Simulation, dossier: Dossier, politiques: Politiques) -> None:
        historique = self._magasin.historique(
            [dossier.client_id], [facture.facture_id for facture in dossier.factures]
        )
        decision = decider(dossier, historique, simulation.date_reference, politiques, self._taux)
        simulation.relances.extend(decision.relances)
        simulation.ecartees.extend(decision.ecartees)


def _sous(dossier: Dossier, politique: str | None) -> Dossier:
    if politique is None or dossier.client is None:
        return dossier
    return replace(dossier, client=replace(dossier.client, politique=politique))
