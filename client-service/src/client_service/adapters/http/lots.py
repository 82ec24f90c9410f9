"""The same change for many clients, each with its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from client_service.adapters.http.cas_usage import CasUsage
from client_service.adapters.http.suspensions import suspension_de
from client_service.adapters.schemas import IssueClientJson, LotJson, LotPolitiqueJson, LotSuspensionJson
from client_service.application.retoucher_client import Issue
from client_service.domain.client import FicheClient
from client_service.domain.suspension import lever_la_suspension, suspendre, verifier_suspension
from ressort.flask.api import Api, idempotent


def routes_par_lot(api: Api, cas: CasUsage) -> None:
    """At most 200 identifiers; one that is unknown is refused by itself, the others are done."""

    @api.post("/clients/lots/politique", response=list[IssueClientJson])
    @idempotent()
    def politique(lot: LotPolitiqueJson) -> list[dict[str, Any]]:
        """Donner la même politique de relance à des clients."""

        def retouche(fiche: FicheClient) -> FicheClient:
            return replace(fiche, politique_relance=lot.politique_relance)

        return _issues(cas.retoucher.par_lot(lot.ids, retouche))

    @api.post("/clients/lots/suspension", response=list[IssueClientJson])
    @idempotent()
    def suspension(lot: LotSuspensionJson) -> list[dict[str, Any]]:
        """Suspendre les relances de clients, pour le même motif et jusqu'à la même date."""
        voulue, jour = suspension_de(lot), cas.clock.today()
        verifier_suspension(voulue, jour)
        return _issues(cas.retoucher.par_lot(lot.ids, lambda fiche: suspendre(fiche, voulue, jour)))

    @api.post("/clients/lots/levee-suspension", response=list[IssueClientJson])
    @idempotent()
    def levee(lot: LotJson) -> list[dict[str, Any]]:
        """Reprendre les relances de clients."""
        return _issues(cas.retoucher.par_lot(lot.ids, lever_la_suspension))


def _issues(issues: Sequence[Issue]) -> list[dict[str, Any]]:
    return [asdict(issue) for issue in issues]
