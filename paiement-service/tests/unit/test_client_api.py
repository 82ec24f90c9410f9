"""What client-service says of a client, and what its silence means."""

from __future__ import annotations

from typing import Any

import pytest

from paiement_service.adapters.client_api import ClientApiHttp
from paiement_service.domain.erreurs import ClientServiceIndisponibleError
from ressort.http import RemoteError, UnavailableError
from ressort.resilience import CircuitOpenError


class Service:
    """client-service on the wire, failing as told."""

    def __init__(self, erreur: Exception) -> None:
        self.erreur = erreur

    def client(self, id: str) -> dict[str, Any]:
        raise self.erreur


def refus(status: int) -> RemoteError:
    """An answer of that status."""
    return RemoteError(status, None, "client-service", "GET", "http://client-service/clients/x")


def test_a_client_not_found_is_no_outage() -> None:
    """404: there is no such client."""
    assert ClientApiHttp(Service(refus(404))).destinataire("x") is None


@pytest.mark.parametrize(
    "erreur",
    [
        refus(503),
        UnavailableError("client-service", "time-out", sent=True),
        CircuitOpenError("client-service", "OPEN", 1.0),
    ],
)
def test_no_usable_answer_is_an_outage(erreur: Exception) -> None:
    """Nobody can tell whether the client exists."""
    with pytest.raises(ClientServiceIndisponibleError):
        ClientApiHttp(Service(erreur)).destinataire("x")
