"""Holding the reminders of a client."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from client_service.domain.client import FicheClient, Suspension
from client_service.domain.erreurs import SuspensionPasseeError


def verifier_suspension(suspension: Suspension, jour: date) -> None:
    """Raises SuspensionPasseeError when it would hold nothing from ``jour`` on."""
    if suspension.jusqu_au is not None and not suspension.vaut(jour):
        raise SuspensionPasseeError(suspension.jusqu_au, jour)


def suspendre(fiche: FicheClient, suspension: Suspension, jour: date) -> FicheClient:
    """``fiche`` with reminders held; the same suspension again changes nothing. Raises SuspensionPasseeError."""
    if fiche.suspension != suspension:
        verifier_suspension(suspension, jour)
    return replace(fiche, suspension=suspension)


def lever_la_suspension(fiche: FicheClient) -> FicheClient:
    """``fiche`` with reminders let go again."""
    return replace(fiche, suspension=None)
