"""What can go wrong with clients, told with the values needed to act on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from client_service.domain.anomalies import Anomalie


class ClientError(Exception):
    """Base of every error of this service."""


class ClientIntrouvableError(ClientError):
    """No client has this id."""

    def __init__(self, client_id: str) -> None:
        super().__init__(f"Aucun client n'a l'identifiant {client_id}.")
        self.client_id = client_id


class ClientInvalideError(ClientError):
    """The record breaks rules; all of them are listed."""

    def __init__(self, anomalies: Sequence[Anomalie]) -> None:
        super().__init__("; ".join(f"{a.pointer}: {a.detail}" for a in anomalies))
        self.anomalies = tuple(anomalies)


class ClientDejaConnuError(ClientError):
    """Another client already carries this identifier."""

    def __init__(self, champ: str, valeur: str, client_id: str) -> None:
        super().__init__(f"Un autre client ({client_id}) porte déjà {_NOMS[champ]} {valeur}.")
        self.champ = champ
        self.valeur = valeur
        self.client_id = client_id


class SuspensionPasseeError(ClientError):
    """Reminders would be held until a day that is over: that holds nothing."""

    def __init__(self, jusqu_au: date, jour: date) -> None:
        super().__init__(f"Le {jusqu_au:%d/%m/%Y} est passé : donnez une date à partir du {jour:%d/%m/%Y}.")
        self.jusqu_au = jusqu_au


class VersionPerimeeError(ClientError):
    """The record was changed by someone else since it was read."""

    def __init__(self, client_id: str, version: int) -> None:
        super().__init__(f"Le client {client_id} a changé depuis sa lecture (version actuelle {version}).")
        self.client_id = client_id
        self.version = version


_NOMS = {"siret": "le SIRET", "siren": "le SIREN", "reference": "la référence"}
