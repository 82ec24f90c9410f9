"""The REST API of client-service (api.md, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from client_service.adapters.fiche_json import client_en_json, fiche_de_json
from client_service.adapters.schemas import MAX_IDS, ClientJson, FicheJson, FiltreClients, ReprisJson
from client_service.application.creer_client import CreerClient
from client_service.application.modifier_client import ArchiverClient, ModifierClient
from client_service.application.ports import CHAMPS_DE_TRI, Criteres, Lectures, valeur_de_tri
from client_service.application.reprendre_clients import EtatReprise, ReprendreClients, Repris
from client_service.domain.client import Client, FicheClient
from client_service.domain.erreurs import ClientDejaConnuError, ClientIntrouvableError, ClientInvalideError
from ressort.clock import Clock
from ressort.flask import etag
from ressort.flask.api import (
    Answer,
    Api,
    Body,
    FieldError,
    InvalidBody,
    Items,
    NoFields,
    PageRequest,
    Paging,
    Problem,
    answer,
    created,
    idempotent,
    problems,
)

_TITRES = {
    "siret": ("siret-deja-connu", "SIRET déjà connu"),
    "siren": ("siren-deja-connu", "SIREN déjà connu"),
    "reference": ("reference-deja-connue", "Référence déjà connue"),
}


@dataclass(frozen=True)
class CasUsage:
    """The use cases that the routes call."""

    creer: CreerClient
    modifier: ModifierClient
    archiver: ArchiverClient
    reprendre: ReprendreClients
    lectures: Lectures
    clock: Clock


def client_api(cas: CasUsage) -> Api:
    """The routes, their documents and their errors."""
    api = Api("Clients", description="Les clients à qui l'on facture.")
    api.problems(
        problems(
            {
                ClientIntrouvableError: (404, "client-introuvable", "Client introuvable", ("client_id",)),
                ClientInvalideError: lambda error: InvalidBody(_champs(error)),
                ClientDejaConnuError: _deja_connu,
            }
        )
    )
    _routes_de_lecture(api, cas)
    _routes_d_ecriture(api, cas)
    return api


def _routes_de_lecture(api: Api, cas: CasUsage) -> None:
    @api.get("/clients/{id}", response=ClientJson, etag=True)
    def consulter(id: str) -> Answer:
        """Un client."""
        return _vue(cas.lectures.client(id), cas.clock)

    @api.get("/clients", response=ClientJson, paging=Paging(CHAMPS_DE_TRI, default="nom_affiche"))
    def lister(filtre: FiltreClients, page: PageRequest) -> dict[str, Any]:
        """Les clients, filtrés et triés.

        `q` cherche sans casse ni accents dans le nom, le SIREN, l'adresse électronique, la ville et la
        référence externe ; `ids` donne jusqu'à 200 identifiants séparés par des virgules.
        """
        if filtre.ids is not None and len(filtre.ids) > MAX_IDS:
            raise Problem(400, "requete-invalide", detail=f"ids : {MAX_IDS} identifiants au plus.")
        ids = None if filtre.ids is None else tuple(filtre.ids)
        criteres = Criteres(filtre.q, filtre.type, filtre.archive, filtre.reference_externe, ids)
        trouves = cas.lectures.page(criteres, page)
        return page.envelope(trouves.clients, trouves.total, show=client_en_json, key_of=valeur_de_tri)


def _routes_d_ecriture(api: Api, cas: CasUsage) -> None:
    @api.post("/clients", status=201, response=ClientJson, problems=[(409, "siret-deja-connu")])
    @idempotent()
    def creer(fiche: FicheJson) -> Answer:
        """Enregistrer un client."""
        client = cas.creer(_fiche(fiche))
        tag = etag.etag(client.version, cas.clock.today())
        return created(client_en_json(client), f"/clients/{client.id}", etag=tag)

    @api.put("/clients/{id}", response=ClientJson, if_match="required", etag=True)
    def remplacer(id: str, corps: Body[FicheJson]) -> Answer:
        """Remplacer toute la fiche d'un client."""
        client = cas.modifier(
            id,
            lambda actuel: _fiche(corps.valid(current=client_en_json(actuel))),
            lambda actuel: etag.require_match(actuel.version, cas.clock.today()),
        )
        return _vue(client, cas.clock)

    def archiver(id: str, archive: bool, corps: Body[NoFields]) -> Answer:
        def garde(actuel: Client) -> None:
            etag.check_match(actuel.version, cas.clock.today())
            corps.valid()

        return _vue(cas.archiver(id, archive, garde), cas.clock)

    @api.post("/clients/{id}/archivage", response=ClientJson, if_match="optional", etag=True)
    def archivage(id: str, corps: Body[NoFields]) -> Answer:
        """Archiver un client : il ne reçoit plus de nouvelle facture."""
        return archiver(id, True, corps)

    @api.post("/clients/{id}/desarchivage", response=ClientJson, if_match="optional", etag=True)
    def desarchivage(id: str, corps: Body[NoFields]) -> Answer:
        """Sortir un client des archives."""
        return archiver(id, False, corps)

    @api.post("/clients/reprises", response=list[ReprisJson], internal=True)
    @idempotent()
    def reprendre(fiches: Items[FicheJson]) -> list[dict[str, Any]]:
        """Reprendre des clients d'un autre système, 500 au plus, chacun jugé pour lui-même."""
        lus = list(fiches)
        bons = [_fiche(lu.value) for lu in lus if lu.value is not None]
        repris = iter(cas.reprendre(bons))
        return [
            _refuse(lu.raw, lu.errors_json()) if lu.value is None else _repris(next(repris)) for lu in lus
        ]


def _vue(client: Client, clock: Clock) -> Answer:
    return answer(client_en_json(client), etag=etag.etag(client.version, clock.today()))


def _fiche(fiche: FicheJson) -> FicheClient:
    return fiche_de_json(fiche.model_dump())


def _champs(error: ClientInvalideError) -> list[FieldError]:
    return [FieldError(a.pointer, a.code, a.detail) for a in error.anomalies]


def _deja_connu(error: ClientDejaConnuError) -> Problem:
    code, titre = _TITRES[error.champ]
    return Problem(409, code, titre, str(error), extra={"client_id": error.client_id})


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
