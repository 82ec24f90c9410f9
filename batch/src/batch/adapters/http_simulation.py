"""The route that says what a run of reminders would do (api.md, section 6)."""

from __future__ import annotations

from typing import Any

from batch.adapters.http_erreurs import politique_invalide
from batch.adapters.politique_json import politique_de_json
from batch.adapters.schemas_simulation import PolitiqueBrouillonJson, SimulationDemandee, SimulationVue
from batch.adapters.vues_simulation import simulation_json
from batch.application.modifier_politique import PolitiqueInvalideError
from batch.application.simuler_relances import DemandeSimulation, SimulerRelances
from batch.domain.erreurs import PolitiqueIntrouvableError
from batch.domain.politique import Politique
from ressort.flask.api import Api, Body, FieldError, InvalidBody

_SANS_CORPS: Any = None


def route_de_simulation(api: Api, simuler: SimulerRelances) -> None:
    """Declare it."""

    @api.post("/relances/simulation", response=SimulationVue)
    def simulation(corps: Body[SimulationDemandee] = _SANS_CORPS) -> dict[str, Any]:
        """Ce que ferait un passage des relances : rien n'est envoyé ni gardé.

        Un jour à venir, d'un an au plus, est une projection : ce qui partirait si rien n'était payé d'ici là.

        `politique_brouillon` compte à la place de la politique de son nom ; `compare_a` ajoute ce qui diffère d'une
        autre date, ou de la même sans brouillon ni exclusions.
        """
        demandee = corps.valid()
        demande = DemandeSimulation(
            demandee.date_reference,
            demandee.politique,
            _brouillon(demandee.politique_brouillon),
            frozenset(demandee.exclusions),
            demandee.compare_a,
        )
        try:
            return simulation_json(simuler(demande))
        except PolitiqueIntrouvableError as error:
            raise InvalidBody([FieldError("/politique", "politique-inconnue", str(error))]) from error
        except PolitiqueInvalideError as error:
            raise politique_invalide(error, "/politique_brouillon") from error


def _brouillon(corps: PolitiqueBrouillonJson | None) -> Politique | None:
    if corps is None:
        return None
    contenu = corps.model_dump()
    return politique_de_json(contenu.pop("nom"), 1, contenu)
