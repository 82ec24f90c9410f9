"""The journal of a document: append-only events, those with an amount making the balance of any past date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from facture_service.domain.facture import Poste, Soldes


class TypeEvenement(StrEnum):
    """What happened to a document."""

    CREATION = "CREATION"
    MODIFICATION = "MODIFICATION"
    EMISSION = "EMISSION"
    REPRISE = "REPRISE"
    ENVOI = "ENVOI"
    REGLEMENT = "REGLEMENT"
    ANNULATION_REGLEMENT = "ANNULATION_REGLEMENT"
    AVOIR = "AVOIR"
    ECART = "ECART"
    LITIGE_OUVERT = "LITIGE_OUVERT"
    LITIGE_CLOS = "LITIGE_CLOS"


@dataclass(frozen=True)
class Evenement:
    """One event. `date_effet` is the day it counts from, `enregistre_le` the instant we were told.

    `poste` and `montant_centimes` are set on movements only; a cancellation is a negative movement.
    """

    id: str
    facture_id: str
    type: TypeEvenement
    date_effet: date
    enregistre_le: datetime
    poste: Poste | None = None
    montant_centimes: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)

    def posterieur(self, jour: date, connu_au: datetime | None) -> bool:
        """Whether a view of that day, as known at `connu_au`, must not see this event."""
        return self.date_effet > jour or (connu_au is not None and self.enregistre_le > connu_au)


def soldes_au(
    soldes: Soldes, evenements: Iterable[Evenement], jour: date, connu_au: datetime | None = None
) -> Soldes:
    """The balances of a past day: today's, less every movement the view must not see."""
    for evenement in evenements:
        if evenement.poste is not None and evenement.posterieur(jour, connu_au):
            soldes = soldes.imputer(evenement.poste, -(evenement.montant_centimes or 0))
    return soldes
