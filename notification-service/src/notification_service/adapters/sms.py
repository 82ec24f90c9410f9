"""SMS by the configured provider: a folder of text files, or an HTTP service."""

from __future__ import annotations

import uuid
from pathlib import Path

import requests

from notification_service.application.ports import Envoi
from notification_service.domain.erreurs import (
    TransportInconnuError,
    TransportIndisponibleError,
    TransportRefuseError,
)
from notification_service.settings import SmsSettings

_ESPACE_DE_NOMS = uuid.UUID("0d0f6d4c-5a53-5a55-8d5b-0a1f4a1e6c1b")


class SmsDansUnDossier:
    """Writes one text file per SMS: the provider of the embedded run."""

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier

    def transmettre(self, envoi: Envoi) -> str:
        identifiant = str(uuid.uuid5(_ESPACE_DE_NOMS, envoi.cle))
        fichier = self._dossier / f"{identifiant}.txt"
        try:
            self._dossier.mkdir(parents=True, exist_ok=True)
            brouillon = fichier.with_suffix(".part")
            brouillon.write_text(
                f"{envoi.destinataire.telephone}\n\n{texte_court(envoi)}\n", encoding="utf-8"
            )
            brouillon.replace(fichier)
        except OSError as error:
            raise TransportIndisponibleError(f"{fichier} ne peut pas être écrit : {error}") from error
        return identifiant


class SmsParHttp:
    """POSTs `{"id", "to", "text"}` with a bearer token; `id` lets the provider recognise a repetition."""

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings

    def transmettre(self, envoi: Envoi) -> str:
        identifiant = str(uuid.uuid5(_ESPACE_DE_NOMS, envoi.cle))
        corps = {"id": identifiant, "to": envoi.destinataire.telephone, "text": texte_court(envoi)}
        entetes = {"Authorization": f"Bearer {self._settings.jeton}", "Idempotency-Key": identifiant}
        try:
            reponse = requests.post(
                self._settings.url, json=corps, headers=entetes, timeout=self._settings.timeout_s
            )
        except requests.ConnectTimeout as error:
            raise TransportIndisponibleError(f"Le fournisseur de SMS ne répond pas : {error}") from error
        except requests.ConnectionError as error:
            raise _coupure(error) from error
        except requests.RequestException as error:
            raise TransportInconnuError(f"Le fournisseur de SMS n'a pas répondu : {error}") from error
        if reponse.status_code >= 500 or reponse.status_code == 429:
            raise TransportIndisponibleError(f"Le fournisseur de SMS répond {reponse.status_code}.")
        if reponse.status_code >= 400:
            raise TransportRefuseError(
                f"Le fournisseur de SMS refuse : {reponse.status_code} {reponse.text[:200]}"
            )
        return identifiant


def texte_court(envoi: Envoi) -> str:
    """What fits in an SMS: the subject, which names the sender and the sum."""
    return " ".join(envoi.contenu.sujet.split())[:300]


def _coupure(error: requests.ConnectionError) -> Exception:
    """A connection that never opened carried nothing; one that broke may have."""
    if "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error):
        return TransportIndisponibleError(f"Le fournisseur de SMS ne répond pas : {error}")
    return TransportInconnuError(f"La connexion au fournisseur de SMS s'est rompue : {error}")
