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

    def clients(self, ids: str, limit: int) -> dict[str, Any]:
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
    with pytest.raises(ClientServiceIndisponibleError):
        ClientApiHttp(Service(erreur)).noms(["x"])


def test_names_are_asked_for_two_hundred_at_a_time() -> None:
    """Those that do not exist are left out."""
    demandes: list[list[str]] = []

    class Annuaire(Service):
        def clients(self, ids: str, limit: int) -> dict[str, Any]:
            demandes.append(ids.split(","))
            connus = [i for i in ids.split(",") if i != "c7"]
            return {"elements": [{"id": i, "nom_affiche": i.upper()} for i in connus]}

    noms = ClientApiHttp(Annuaire(refus(500))).noms([f"c{n}" for n in range(450)])
    assert [len(demande) for demande in demandes] == [200, 200, 50]
    assert (len(noms), noms["c8"], noms.get("c7")) == (449, "C8", None)
