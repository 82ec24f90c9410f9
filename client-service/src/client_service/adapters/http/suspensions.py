"""Holding reminders and letting them go again, for one client."""

from __future__ import annotations

from client_service.adapters.http.cas_usage import CasUsage
from client_service.adapters.schemas import ClientJson, SuspensionJson
from client_service.domain.client import FicheClient, Suspension
from client_service.domain.suspension import lever_la_suspension, suspendre
from ressort.flask.api import Answer, Api, Body

INTROUVABLE = (404, "client-introuvable")


def routes_de_suspension(api: Api, cas: CasUsage) -> None:
    """A sub-resource of the client: put there or taken away, twice is once."""

    @api.post(
        "/clients/{id}/suspension",
        response=ClientJson,
        if_match="optional",
        etag=True,
        problems=[INTROUVABLE],
    )
    def suspension(id: str, corps: Body[SuspensionJson]) -> Answer:
        """Suspendre les relances d'un client, jusqu'à une date ou jusqu'à nouvel ordre.

        À la place d'une suspension en cours ; la même deux fois ne change rien. Une date passée est refusée.
        """

        def retouche(fiche: FicheClient) -> FicheClient:
            return suspendre(fiche, suspension_de(corps.valid()), cas.clock.today())

        return cas.vue(cas.retoucher(id, retouche, cas.verifier_if_match))

    @api.delete(
        "/clients/{id}/suspension",
        status=200,
        response=ClientJson,
        if_match="optional",
        etag=True,
        problems=[INTROUVABLE],
    )
    def levee(id: str) -> Answer:
        """Reprendre les relances d'un client ; sans suspension, rien ne change."""
        return cas.vue(cas.retoucher(id, lever_la_suspension, cas.verifier_if_match))


def suspension_de(corps: SuspensionJson) -> Suspension:
    """What a caller wrote."""
    return Suspension(corps.motif, corps.jusqu_au)
