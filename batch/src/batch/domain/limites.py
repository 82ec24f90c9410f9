"""The years in which a date of an invoice, a payment or a run makes sense: a mistyped one lies outside."""

from __future__ import annotations

from datetime import date

PREMIER_JOUR = date(2000, 1, 1)
DERNIER_JOUR = date(2099, 12, 31)
DATE_HORS_LIMITES = "date-hors-limites"
"""Code of the refusal, in parameters, bodies and rejected rows alike."""


def hors_limites(jour: date) -> str | None:
    """Why a day is refused, None when it is within the limits."""
    if PREMIER_JOUR <= jour <= DERNIER_JOUR:
        return None
    return f"« {jour} » est hors des années {PREMIER_JOUR.year} à {DERNIER_JOUR.year}."
