"""What a run of reminders would do, without doing any of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from batch.application.agenda import Agenda
from batch.application.comparer_simulations import Comparaison, comparer
from batch.application.dossiers import tous_les_dossiers
from batch.application.modifier_politique import PolitiqueInvalideError
from batch.application.ports import Encours, MagasinRelances
from batch.domain.dossier import Dossier
from batch.domain.echelle import Decision, Ecartee, RelanceDecidee, decider, exclure
from batch.domain.erreurs import DateHorsLimitesError, DateLointaineError, PolitiqueIntrouvableError
from batch.domain.interets import Semestre, TableDesTaux, plages
from batch.domain.limites import hors_limites
from batch.domain.politique import Politique, Politiques, anomalies

HORIZON = timedelta(days=366)
"""So far ahead of today a simulation looks."""


@dataclass(frozen=True)
class DemandeSimulation:
    """What is simulated: at a date (today unless given), with every client under one policy when it is named.

    `brouillon` counts in the place of the saved policy of its name. `exclusions`: clients left out. `compare_a`: also
    simulate that date, with the policies as saved and nobody left out, and say what differs.
    """

    date_reference: date | None = None
    politique: str | None = None
    brouillon: Politique | None = None
    exclusions: frozenset[str] = frozenset()
    compare_a: date | None = None


@dataclass
class Simulation:
    """Reminders that would be asked for, and every late invoice that would get none.

    `noms`: names to show, by id, of the clients that client-service knows.
    """

    date_reference: date
    relances: list[RelanceDecidee] = field(default_factory=list)
    ecartees: list[Ecartee] = field(default_factory=list)
    noms: dict[str, str] = field(default_factory=dict)
    comparaison: Comparaison | None = None

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

    def __call__(self, demande: DemandeSimulation) -> Simulation:
        """The simulation asked for.

        Raises:
            DateHorsLimitesError, DateFutureError, PolitiqueIntrouvableError, PolitiqueInvalideError (of the draft),
            and what the services' clients raise.
        """
        au = self._jour(demande.date_reference, "date_reference")
        compare_a = self._jour(demande.compare_a, "compare_a") if demande.compare_a else None
        enregistrees = {d.politique.nom: d.politique for d in self._magasin.politiques()}
        politiques = Politiques({**enregistrees, **_brouillon(demande.brouillon, enregistrees)})
        if demande.politique is not None and politiques.trouver(demande.politique) is None:
            raise PolitiqueIntrouvableError(demande.politique)
        dossiers = list(tous_les_dossiers(self._encours, au))
        simulation = self._simuler(au, dossiers, politiques, demande)
        if compare_a is not None:
            avant = dossiers if compare_a == au else tous_les_dossiers(self._encours, compare_a)
            autre = self._simuler(compare_a, avant, Politiques(enregistrees), DemandeSimulation())
            simulation.comparaison = comparer(
                compare_a, autre.relances, simulation.relances, simulation.ecartees
            )
        return simulation

    def _jour(self, demande: date | None, champ: str) -> date:
        """A day at which there may be something to remind of, today unless one is asked for.

        A day to come is a projection: what would leave then if nothing were paid meanwhile.
        """
        aujourd_hui = self._agenda.aujourd_hui()
        au = demande or aujourd_hui
        refus = hors_limites(au)
        if refus is not None:
            raise DateHorsLimitesError(refus, champ)
        if au > aujourd_hui + HORIZON:
            raise DateLointaineError(au, aujourd_hui, champ)
        return au

    def _simuler(
        self, au: date, dossiers: Iterable[Dossier], politiques: Politiques, demande: DemandeSimulation
    ) -> Simulation:
        simulation = Simulation(au)
        for dossier in dossiers:
            if dossier.client is not None:
                simulation.noms[dossier.client_id] = dossier.client.nom
            decision = self._decider(au, _sous(dossier, demande.politique), politiques, demande.exclusions)
            simulation.relances += decision.relances
            simulation.ecartees += decision.ecartees
        return simulation

    def _decider(
        self, au: date, dossier: Dossier, politiques: Politiques, exclusions: frozenset[str]
    ) -> Decision:
        if dossier.client_id in exclusions:
            return exclure(dossier)
        factures = [facture.facture_id for facture in dossier.factures]
        historique = self._magasin.historique([dossier.client_id], factures)
        return decider(dossier, historique, au, politiques, self._taux)


def _brouillon(brouillon: Politique | None, enregistrees: dict[str, Politique]) -> dict[str, Politique]:
    """The draft by its name, as the version it would become."""
    if brouillon is None:
        return {}
    trouvees = anomalies(brouillon)
    if trouvees:
        raise PolitiqueInvalideError(trouvees)
    actuelle = enregistrees.get(brouillon.nom)
    return {brouillon.nom: replace(brouillon, version=actuelle.version + 1 if actuelle else 1)}


def _sous(dossier: Dossier, politique: str | None) -> Dossier:
    if politique is None or dossier.client is None:
        return dossier
    return replace(dossier, client=replace(dossier.client, politique=politique))
