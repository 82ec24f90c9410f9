"""Due dates: three kinds of terms and the legal maximum (C. com. L441-10, billing-domain 1.5)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class ModeEcheance(StrEnum):
    """How the delay is counted; both readings of "45 jours fin de mois" are lawful, the contract picks one."""

    NET = "NET"
    FIN_DE_MOIS = "FIN_DE_MOIS"
    FIN_DE_MOIS_PUIS_JOURS = "FIN_DE_MOIS_PUIS_JOURS"


@dataclass(frozen=True)
class ConditionsPaiement:
    """Terms agreed with a client; 30 days net when nothing was agreed."""

    delai_jours: int = 30
    mode: ModeEcheance = ModeEcheance.NET


MAXIMUM_NET_JOURS = 60
MAXIMUM_FIN_DE_MOIS_JOURS = 45
MAXIMUM_PUBLIC_JOURS = 50
"""30 days for public buyers, 50 for hospitals: the client's record says which, 50 is the outer limit here."""


def delai_legal_jours(conditions: ConditionsPaiement, *, acheteur_public: bool) -> int:
    """The agreed delay, brought back to the legal maximum of its kind."""
    maximum = MAXIMUM_NET_JOURS if conditions.mode is ModeEcheance.NET else MAXIMUM_FIN_DE_MOIS_JOURS
    if acheteur_public:
        maximum = min(maximum, MAXIMUM_PUBLIC_JOURS)
    return min(conditions.delai_jours, maximum)


def fin_de_mois(jour: date) -> date:
    """The last day of the month of `jour`."""
    return jour.replace(day=calendar.monthrange(jour.year, jour.month)[1])


def calculer_echeance(
    date_emission: date, conditions: ConditionsPaiement, *, acheteur_public: bool = False
) -> date:
    """The due date, a real calendar date as the law wants it."""
    delai = timedelta(days=delai_legal_jours(conditions, acheteur_public=acheteur_public))
    if conditions.mode is ModeEcheance.FIN_DE_MOIS:
        return fin_de_mois(date_emission + delai)
    if conditions.mode is ModeEcheance.FIN_DE_MOIS_PUIS_JOURS:
        return fin_de_mois(date_emission) + delai
    return date_emission + delai
