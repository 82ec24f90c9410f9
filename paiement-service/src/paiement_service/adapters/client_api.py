"""client-service, called by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from paiement_service.application.ports import Destinataire
from paiement_service.domain.erreurs import ClientServiceIndisponibleError
from ressort.http import RemoteError, UnavailableError, feign_client, get
from ressort.resilience import CircuitOpenError

_LOT = 200


@feign_client("client-service")
class ClientService(Protocol):
    """The routes this service uses; a receipt's address is worth a second, not more."""

    @get("/clients/{id}", read_timeout_s=2)
    def client(self, id: str) -> dict[str, Any]: ...

    @get("/clients")
    def clients(self, ids: str, limit: int) -> dict[str, Any]: ...


class ClientApiHttp:
    """The port on the wire."""

    def __init__(self, service: ClientService) -> None:
        self._service = service

    def destinataire(self, client_id: str) -> Destinataire | None:
        try:
            client = self._service.client(client_id)
        except RemoteError as error:
            if error.status == 404:
                return None
            raise ClientServiceIndisponibleError(str(error)) from error
        except (UnavailableError, CircuitOpenError) as error:
            raise ClientServiceIndisponibleError(str(error)) from error
        return Destinataire(client["nom_affiche"], client["email"], client["telephone"], client["langue"])

    def noms(self, client_ids: Sequence[str]) -> Mapping[str, str]:
        lots = [client_ids[debut : debut + _LOT] for debut in range(0, len(client_ids), _LOT)]
        try:
            pages = [self._service.clients(",".join(lot), _LOT) for lot in lots]
        except (RemoteError, UnavailableError, CircuitOpenError) as error:
            raise ClientServiceIndisponibleError(str(error)) from error
        return {client["id"]: client["nom_affiche"] for page in pages for client in page["elements"]}
