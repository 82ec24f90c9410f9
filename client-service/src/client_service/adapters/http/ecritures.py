"""What changes clients: creating, replacing, archiving, taking over."""

from __future__ import annotations

from typing import Any

from client_service.adapters.fiche_json import client_en_json
from client_service.adapters.http.cas_usage import CasUsage, fiche_de
from client_service.adapters.schemas import ClientJson, FicheJson, ReprisJson
from client_service.application.reprendre_clients import EtatReprise, Repris
from client_service.domain.client import Client
from ressort.flask import etag
from ressort.flask.api import Answer, Api, Body, Items, NoFields, created, idempotent


def routes_d_ecriture(api: Api, cas: CasUsage) -> None:
    """Creating, replacing, archiving, taking over."""
    _creation(api, cas)
    _remplacement(api, cas)
    _archivage(api, cas)
    _reprise(api, cas)


def _creation(api: Api, cas: CasUsage) -> None:
    @api.post("/clients", status=201, response=ClientJson, problems=[(409, "siret-deja-connu")])
    @idempotent()
    def creer(fiche: FicheJson) -> Answer:
        """Enregistrer un client."""
        client = cas.creer(fiche_de(fiche))
        return created(client_en_json(client), f"/clients/{client.id}", etag=cas.etiquette(client))


def _remplacement(api: Api, cas: CasUsage) -> None:
    @api.put("/clients/{id}", response=ClientJson, if_match="required", etag=True)
    def remplacer(id: str, corps: Body[FicheJson]) -> Answer:
        """Remplacer toute la fiche d'un client."""
        client = cas.modifier(
            id,
            lambda actuel: fiche_de(corps.valid(current=client_en_json(actuel))),
            lambda actuel: etag.require_match(actuel.version, cas.clock.today()),
        )
        return cas.vue(client)


def _archivage(api: Api, cas: CasUsage) -> None:
    def archiver(id: str, archive: bool, corps: Body[NoFields]) -> Answer:
        def garde(actuel: Client) -> None:
            cas.verifier_if_match(actuel)
            corps.valid()

        return cas.vue(cas.archiver(id, archive, garde))

    @api.post("/clients/{id}/archivage", response=ClientJson, if_match="optional", etag=True)
    def archivage(id: str, corps: Body[NoFields]) -> Answer:
        """Archiver un client : il ne reçoit plus de nouvelle facture."""
        return archiver(id, True, corps)

    @api.post("/clients/{id}/desarchivage", response=ClientJson, if_match="optional", etag=True)
    def desarchivage(id: str, corps: Body[NoFields]) -> Answer:
        """Sortir un client des archives."""
        return archiver(id, False, corps)


def _reprise(api: Api, cas: CasUsage) -> None:
    @api.post("/clients/reprises", response=list[ReprisJson], internal=True)
    @idempotent()
    def reprendre(fiches: Items[FicheJson]) -> list[dict[str, Any]]:
        """Reprendre des clients d'un autre système, 500 au plus, chacun jugé pour lui-même."""
        lus = list(fiches)
        bons = [fiche_de(lu.value) for lu in lus if lu.value is not None]
        repris = iter(cas.reprendre(bons))
        return [
            _refuse(lu.raw, lu.errors_json()) if lu.value is None else _repris(next(repris)) for lu in lus
        ]


def _repris(repris: Repris) -> dict[str, Any]:
    return {
        "reference_externe": repris.reference_externe,
        "etat": repris.etat,
        "id": repris.id,
        "errors": [{"pointer": a.pointer, "code": a.code, "detail": a.detail} for a in repris.anomalies],
    }


def _refuse(brut: Any, erreurs: list[dict[str, str]]) -> dict[str, Any]:
    reference = brut.get("reference_externe") if isinstance(brut, dict) else None
    return {"reference_externe": reference, "etat": EtatReprise.REFUSE, "id": None, "errors": erreurs}
