"""Days that acts may bear."""

from __future__ import annotations

from datetime import date

from facture_service.domain.erreurs import ChampInvalideError


def exiger_passee(jour: date, aujourd_hui: date, pointeur: str) -> None:
    """Raises ChampInvalideError when the day is after today; `pointeur` is the field that holds it."""
    if jour > aujourd_hui:
        raise ChampInvalideError(pointeur, "date-future", "Cette date est postérieure à aujourd'hui.")
