"""The client of a draft: checked when client-service answers, trusted until the issue when it does not."""

from __future__ import annotations

from facture_service.application.ports import ClientApi
from facture_service.domain.erreurs import (
    ChampInvalideError,
    ClientInconnuError,
    ClientServiceIndisponibleError,
)
from facture_service.domain.parties import Client


def client_du_brouillon(clients: ClientApi, client_id: str) -> Client | None:
    """The client to show on the draft, None while client-service is out of reach.

    Raises ChampInvalideError when client-service says that there is no such client.
    """
    try:
        return clients.client(client_id)
    except ClientInconnuError as erreur:
        raise ChampInvalideError("/client_id", "client-inconnu", str(erreur)) from erreur
    except ClientServiceIndisponibleError:
        return None
