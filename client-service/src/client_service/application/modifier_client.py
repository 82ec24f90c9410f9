"""A client's record replaced as a whole, archived or brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from client_service.application.ports import Clock, Magasin
from client_service.domain.client import Client, FicheClient
from client_service.domain.fiche import accepter

Garde = Callable[[Client], None]
"""Given the client as it is stored and locked; refuses the change by raising."""


class ModifierClient:
    """Replaces a record, under a guard that sees the stored client first."""

    def __init__(self, magasin: Magasin, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(self, client_id: str, fiche: Callable[[Client], FicheClient], garde: Garde) -> Client:
        """The client after the change; `fiche` makes the new record in view of the stored client.

        Raises ClientIntrouvableError, ClientInvalideError, ClientDejaConnuError, and what `garde` raises.
        """
        with self._magasin.transaction() as ecriture:
            actuel = ecriture.client(client_id)
            garde(actuel)
            nouveau = replace(
                actuel,
                fiche=accepter(fiche(actuel)),
                modifie_le=self._clock.now(),
                version=actuel.version + 1,
            )
            ecriture.remplacer(nouveau)
        return nouveau


class ArchiverClient:
    """Puts a client away, or brings it back; doing it twice changes nothing."""

    def __init__(self, magasin: Magasin, clock: Clock) -> None:
        self._magasin = magasin
        self._clock = clock

    def __call__(self, client_id: str, archive: bool, garde: Garde) -> Client:
        """The client after the change. Raises ClientIntrouvableError, and what `garde` raises."""
        with self._magasin.transaction() as ecriture:
            actuel = ecriture.client(client_id)
            garde(actuel)
            if actuel.archive == archive:
                return actuel
            nouveau = replace(
                actuel, archive=archive, modifie_le=self._clock.now(), version=actuel.version + 1
            )
            ecriture.remplacer(nouveau)
        return nouveau
