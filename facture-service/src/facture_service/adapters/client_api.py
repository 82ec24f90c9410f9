"""client-service by its id: load balanced, with time-outs, retries of reads and a circuit breaker."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Annotated, Any, Protocol

from facture_service.domain.document import lire_client
from facture_service.domain.erreurs import ClientInconnuError, ClientServiceIndisponibleError
from facture_service.domain.parties import Client
from ressort.http import Query, RemoteError, UnavailableError, feign_client, get
from ressort.resilience import CircuitOpenError

IDS_PAR_APPEL = 200


@feign_client("client-service")
class ClientServiceApi(Protocol):
    """What this service calls of client-service (api.md, section 2)."""

    @get("/clients/{id}")
    def client(self, id: str) -> dict[str, Any]: ...

    @get("/clients")
    def clients(self, ids: Annotated[list[str], Query(collection="csv")], limit: int) -> dict[str, Any]: ...


class ClientsDistants:
    """The client port over client-service."""

    def __init__(self, api: ClientServiceApi) -> None:
        self._api = api

    def client(self, client_id: str) -> Client:
        """The client; raises ClientInconnuError or ClientServiceIndisponibleError."""
        try:
            return lire_client(client_id, self._api.client(client_id))
        except RemoteError as erreur:
            if erreur.status == 404:
                raise ClientInconnuError(
                    f"Aucun client ne porte l'identifiant « {client_id} ».", client_id=client_id
                ) from erreur
            raise _indisponible() from erreur
        except (UnavailableError, CircuitOpenError) as erreur:
            raise _indisponible() from erreur

    def clients(self, client_ids: Collection[str]) -> Mapping[str, Client]:
        """The known ones among many, asked by lots."""
        connus: dict[str, Client] = {}
        restants = iter(sorted(client_ids))
        while lot := list(islice(restants, IDS_PAR_APPEL)):
            connus.update(self._lot(lot))
        return connus

    def _lot(self, ids: list[str]) -> dict[str, Client]:
        try:
            page = self._api.clients(ids, IDS_PAR_APPEL)
        except (RemoteError, UnavailableError, CircuitOpenError) as erreur:
            raise _indisponible() from erreur
        return {element["id"]: lire_client(element["id"], element) for element in page["elements"]}


def _indisponible() -> ClientServiceIndisponibleError:
    return ClientServiceIndisponibleError(
        "Le service des clients ne répond pas : rien n'a été fait, recommencez dans quelques instants."
    )
