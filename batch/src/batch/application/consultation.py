"""What the list of reminders is asked, and its tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from batch.domain.dossier import EtatRelance


class Onglet(StrEnum):
    """A tab of the list: a named condition, in the order in which tabs are shown."""

    TOUTES = "toutes"
    A_TRAITER = "a-traiter"
    DEMANDEES = "demandees"
    ENVOYEES = "envoyees"
    ECHECS = "echecs"
    ANNULEES = "annulees"

    @property
    def etats(self) -> frozenset[EtatRelance]:
        """The states shown under it; one that may or may not have arrived is shown with the failures."""
        return _ETATS[self]


_ETATS = {
    Onglet.TOUTES: frozenset(EtatRelance),
    Onglet.A_TRAITER: frozenset({EtatRelance.A_TRAITER}),
    Onglet.DEMANDEES: frozenset({EtatRelance.DEMANDEE}),
    Onglet.ENVOYEES: frozenset({EtatRelance.ENVOYEE}),
    Onglet.ECHECS: frozenset({EtatRelance.ECHEC, EtatRelance.INCONNU}),
    Onglet.ANNULEES: frozenset({EtatRelance.ANNULEE}),
}


@dataclass(frozen=True)
class Criteres:
    """Filters of the list of reminders, joined by and.

    `du` and `au` bound the reference date, inclusive; `execution_id` is the run that decided; `q` is looked for in
    the client's name and the numbers of the invoices, without case nor accents.
    """

    client_id: str | None = None
    facture_id: str | None = None
    niveau: int | None = None
    etat: EtatRelance | None = None
    onglet: Onglet | None = None
    date_reference: date | None = None
    du: date | None = None
    au: date | None = None
    execution_id: int | None = None
    q: str | None = None


CHAMPS_DE_TRI: Mapping[str, type] = {
    "date_reference": date,
    "creee_le": datetime,
    "nom": str,
    "niveau": int,
    "etat": str,
    "total_du_centimes": int,
    "etat_le": datetime,
}
"""Keys the list may be sorted by; the identifier always comes last."""


def compter(par_etat: Mapping[EtatRelance, int]) -> dict[Onglet, int]:
    """How many reminders each tab would show, in the order of tabs."""
    return {onglet: sum(par_etat.get(etat, 0) for etat in onglet.etats) for onglet in Onglet}
