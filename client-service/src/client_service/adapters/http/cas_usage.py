"""What the routes work with: the use cases, and a client as it is answered."""

from __future__ import annotations

from dataclasses import dataclass

from client_service.adapters.fiche_json import client_en_json, fiche_de_json
from client_service.adapters.schemas import FicheJson
from client_service.application.creer_client import CreerClient
from client_service.application.modifier_client import ArchiverClient, ModifierClient
from client_service.application.ports import Lectures
from client_service.application.reprendre_clients import ReprendreClients
from client_service.application.retoucher_client import RetoucherClient
from client_service.domain.client import Client, FicheClient
from ressort.clock import Clock
from ressort.flask import etag
from ressort.flask.api import Answer, answer
from ressort.flask.views import ViewStore


@dataclass(frozen=True)
class CasUsage:
    """The use cases that the routes call."""

    creer: CreerClient
    modifier: ModifierClient
    archiver: ArchiverClient
    retoucher: RetoucherClient
    reprendre: ReprendreClients
    lectures: Lectures
    vues: ViewStore
    clock: Clock

    def vue(self, client: Client) -> Answer:
        """A client with its version."""
        return answer(client_en_json(client), etag=self.etiquette(client))

    def etiquette(self, client: Client) -> str:
        """The strong ETag of a client today."""
        return etag.etag(client.version, self.clock.today())

    def verifier_if_match(self, client: Client) -> None:
        """Honours an If-Match that was sent; raises the 412 problem."""
        etag.check_match(client.version, self.clock.today())


def fiche_de(fiche: FicheJson) -> FicheClient:
    """The record that a caller wrote."""
    return fiche_de_json(fiche.model_dump())
