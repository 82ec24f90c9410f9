"""Makes the events of the journal: identifier, instant and day come from one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facture_service.application.ports import Clock, Identifiants
from facture_service.domain.dates import exiger_passee
from facture_service.domain.facture import Poste
from facture_service.domain.mouvements import Evenement, TypeEvenement


@dataclass(frozen=True)
class Journal:
    """Stamps events with now, today and a new identifier."""

    clock: Clock
    identifiants: Identifiants

    def evenement(
        self,
        facture_id: str,
        type_evenement: TypeEvenement,
        date_effet: date | None = None,
        poste: Poste | None = None,
        montant_centimes: int | None = None,
        **details: object,
    ) -> Evenement:
        """An event that counts from `date_effet` (default today) and is known from now on."""
        return Evenement(
            id=self.identifiants(),
            facture_id=facture_id,
            type=type_evenement,
            date_effet=date_effet or self.clock.today(),
            enregistre_le=self.clock.now(),
            poste=poste,
            montant_centimes=montant_centimes,
            details=details,
        )

    def exiger_passee(self, jour: date, pointeur: str) -> date:
        """The day itself; raises ChampInvalideError when it is after today."""
        exiger_passee(jour, self.clock.today(), pointeur)
        return jour
