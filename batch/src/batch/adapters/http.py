"""The REST API of batch (api.md, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from batch.adapters.http_erreurs import table_des_erreurs
from batch.adapters.http_jobs import CasJobs, routes_des_jobs
from batch.adapters.http_relances import CasRelances, routes_des_relances
from batch.adapters.http_simulation import route_de_simulation
from batch.adapters.politique_json import politique_de_json
from batch.adapters.schemas import (
    PolitiqueJson,
    PolitiqueVue,
)
from batch.adapters.vues import politique_vue
from batch.application.modifier_politique import ModifierPolitique
from batch.application.ports import MagasinRelances, PolitiqueDatee
from batch.application.simuler_relances import SimulerRelances
from batch.domain.politique import Politique
from ressort.clock import Clock
from ressort.flask import etag
from ressort.flask.api import (
    Answer,
    Api,
    Body,
    PageRequest,
    Paging,
    answer,
)
from ressort.flask.paging import page_of


@dataclass(frozen=True)
class CasUsage:
    """The use cases that the routes call."""

    jobs: CasJobs
    relances: CasRelances
    simuler: SimulerRelances
    modifier: ModifierPolitique
    magasin: MagasinRelances
    clock: Clock


def batch_api(cas: CasUsage) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Batch", description="Les relances et les reprises.")
    api.problems(table_des_erreurs())
    routes_des_jobs(api, cas.jobs)
    routes_des_relances(api, cas.relances)
    route_de_simulation(api, cas.simuler)
    _politiques(api, cas)
    return api


def _politiques(api: Api, cas: CasUsage) -> None:
    tri = Paging({"nom": str}, default="nom", unique="nom")

    @api.get("/politiques", response=PolitiqueVue, paging=tri)
    def lister(page: PageRequest) -> dict[str, Any]:
        """Les politiques de relance."""
        vues = [politique_vue(datee) for datee in cas.magasin.politiques()]
        return page.envelope(page_of(vues, page), len(vues))

    @api.get("/politiques/{nom}", response=PolitiqueVue, etag=True)
    def consulter(nom: str) -> Answer:
        """Une politique de relance."""
        return _vue(cas, cas.magasin.politique(nom))

    par_version = Paging({"version": int}, default="-version", unique="version")

    @api.get("/politiques/{nom}/versions", response=PolitiqueVue, paging=par_version)
    def versions(nom: str, page: PageRequest) -> dict[str, Any]:
        """Ce qu'une politique a été, la version en vigueur d'abord ; `modifie_le` est quand elle a commencé."""
        vues = [politique_vue(datee) for datee in cas.magasin.versions(nom)]
        return page.envelope(page_of(vues, page), len(vues))

    @api.put("/politiques/{nom}", response=PolitiqueVue, if_match="required", etag=True)
    def modifier(nom: str, corps: Body[PolitiqueJson]) -> Answer:
        """Remplacer une politique : une nouvelle version, que prendront les prochains passages."""

        def lire(actuelle: PolitiqueDatee) -> Politique:
            contenu = corps.valid(current=politique_vue(actuelle)).model_dump()
            return politique_de_json(nom, actuelle.politique.version, contenu)

        datee = cas.modifier(
            nom,
            lambda actuelle: etag.require_match(actuelle.politique.version, cas.clock.today()),
            lire,
        )
        return _vue(cas, datee)


def _vue(cas: CasUsage, datee: PolitiqueDatee) -> Answer:
    return answer(politique_vue(datee), etag=etag.etag(datee.politique.version, cas.clock.today()))
