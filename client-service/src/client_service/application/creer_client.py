"""A new client."""

from __future__ import annotations

from client_service.application.ports import Clock, Identifiants, Magasin
from client_service.domain.client import Client, FicheClient
from client_service.domain.fiche import accepter


class CreerClient:
    """Checks the record and stores it under a new identifier."""

    def __init__(self, magasin: Magasin, identifiants: Identifiants, clock: Clock) -> None:
        self._magasin = magasin
        self._identifiants = identifiants
        self._clock = clock

    def __call__(self, fiche: FicheClient) -> Client:
        """The stored client. Raises ClientInvalideError, ClientDejaConnuError."""
        maintenant = self._clock.now()
        client = Client(
            id=self._identifiants(), fiche=accepter(fiche), cree_le=maintenant, modifie_le=maintenant
        )
        with self._magasin.transaction() as ecriture:
            ecriture.ajouter(client)
        return client
