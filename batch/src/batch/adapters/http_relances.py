"""Routes of the reminders that were decided (api.md, section 6)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from batch.adapters.exportation import COLONNES, ligne_csv
from batch.adapters.schemas import (
    CompteursVue,
    CycleVue,
    FerieVue,
    FiltreRelances,
    PeriodeJson,
    RecommencementJson,
    RelanceEntiereVue,
    RelanceVue,
    RestrictionRelances,
)
from batch.adapters.vues import relance_entiere_json, relance_json
from batch.application.agenda import Agenda
from batch.application.consultation import CHAMPS_DE_TRI, Criteres, compter
from batch.application.ports import MagasinRelances
from batch.application.recommencer_relances import RecommencerRelances
from batch.domain.erreurs import RelanceIntrouvableError
from ressort.clock import Clock
from ressort.flask.api import Api, CsvExport, FieldError, InvalidQuery, PageRequest, Paging, idempotent
from ressort.flask.csv_export import is_preferred
from ressort.flask.views import ViewStore, add_saved_views

JOURS_MAX = 400


@dataclass(frozen=True)
class CasRelances:
    """What the routes of reminders call."""

    magasin: MagasinRelances
    recommencer: RecommencerRelances
    vues: ViewStore
    clock: Clock
    agenda: Agenda


def routes_des_relances(api: Api, cas: CasRelances) -> None:
    """Declare them."""
    _liste(api, cas)
    _feries(api, cas)
    _une(api, cas)
    _recommencement(api, cas)
    add_saved_views(api, "/relances", store=cas.vues, clock=cas.clock)


def _liste(api: Api, cas: CasRelances) -> None:
    @api.get(
        "/relances",
        response=RelanceVue,
        paging=Paging(CHAMPS_DE_TRI, default="-creee_le"),
        csv=CsvExport("relances", COLONNES, lambda _: cas.clock.today()),
    )
    def lister(filtre: FiltreRelances, page: PageRequest) -> dict[str, Any]:
        """Les relances décidées, la plus récente d'abord ; `q` cherche dans les clients et numéros de facture."""
        trouvees, total = cas.magasin.relances(Criteres(**filtre.model_dump()), page)
        return page.envelope(trouvees, total, show=ligne_csv if is_preferred() else relance_json)

    @api.get("/relances/compteurs", response=CompteursVue)
    def compteurs(filtre: RestrictionRelances) -> dict[str, Any]:
        """Ce que montrerait chaque onglet de la liste, sous les mêmes filtres."""
        comptes = compter(cas.magasin.compter(Criteres(**filtre.model_dump())))
        return {"onglets": [{"nom": onglet, "total": total} for onglet, total in comptes.items()]}


def _feries(api: Api, cas: CasRelances) -> None:
    @api.get("/relances/jours-feries", response=list[FerieVue])
    def feries(periode: PeriodeJson) -> list[dict[str, Any]]:
        """Les jours fériés du calendrier des envois, où aucune relance ne part d'elle-même."""
        if not 0 <= (periode.au - periode.du).days < JOURS_MAX:
            detail = f"au : de du à {JOURS_MAX - 1} jours après lui."
            raise InvalidQuery([FieldError("", "periode", detail, "au")])
        return [{"jour": jour, "nom": nom} for jour, nom in cas.agenda.feries(periode.du, periode.au).items()]


def _une(api: Api, cas: CasRelances) -> None:
    @api.get("/relances/{id}", response=RelanceEntiereVue, problems=[(404, "relance-introuvable")])
    def consulter(id: str) -> dict[str, Any]:
        """Une relance et le message demandé à notification-service.

        La lettre ou le courriel rédigé est à `/notifications/{notification_id}`, où une mise en demeure se confirme.
        """
        relance = cas.magasin.relance(id)
        if relance is None:
            raise RelanceIntrouvableError(id)
        return relance_entiere_json(relance)


def _recommencement(api: Api, cas: CasRelances) -> None:
    @api.post(
        "/relances/recommencement",
        response=CycleVue,
        status=201,
        problems=[
            (404, "facture-introuvable"),
            (409, "facture-jamais-relancee"),
            (409, "relance-en-attente"),
        ],
    )
    @idempotent()
    def recommencer(corps: RecommencementJson) -> dict[str, Any]:
        """Commencer un nouveau cycle de relances pour une facture."""
        return asdict(cas.recommencer(corps.facture_id, corps.motif))
