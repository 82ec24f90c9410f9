"""Errors of the domain as problem documents."""

from __future__ import annotations

from client_service.domain.erreurs import (
    ClientDejaConnuError,
    ClientIntrouvableError,
    ClientInvalideError,
    SuspensionPasseeError,
)
from ressort.flask.api import FieldError, InvalidBody, Problem, problems

_TITRES = {
    "siret": ("siret-deja-connu", "SIRET déjà connu"),
    "siren": ("siren-deja-connu", "SIREN déjà connu"),
    "reference": ("reference-deja-connue", "Référence déjà connue"),
}


def _champs(error: ClientInvalideError) -> InvalidBody:
    return InvalidBody([FieldError(a.pointer, a.code, a.detail) for a in error.anomalies])


def _deja_connu(error: ClientDejaConnuError) -> Problem:
    code, titre = _TITRES[error.champ]
    return Problem(409, code, titre, str(error), extra={"client_id": error.client_id})


PROBLEMES = problems(
    {
        ClientIntrouvableError: (404, "client-introuvable", "Client introuvable", ("client_id",)),
        ClientInvalideError: _champs,
        ClientDejaConnuError: _deja_connu,
        SuspensionPasseeError: lambda error: InvalidBody(
            [FieldError("/jusqu_au", "date-passee", str(error))]
        ),
    }
)
