"""Disputes: dated intervals that are kept for ever, `jusqu_au` being the last disputed day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from facture_service.domain.erreurs import LitigeAbsentError, LitigeOuvertError


@dataclass(frozen=True)
class Litige:
    """A dispute from `depuis` to `jusqu_au`, both inclusive; `jusqu_au` None while it lasts.

    A dispute closed on the day it was opened ends the day before: it never had effect, and it is kept.
    `ouvert_le` and `clos_le` are the instants at which we were told.
    """

    id: str
    facture_id: str
    motif: str
    depuis: date
    ouvert_le: datetime
    jusqu_au: date | None = None
    clos_le: datetime | None = None

    def couvre(self, jour: date, connu_au: datetime | None = None) -> bool:
        """Whether the invoice is disputed on that day, as known at `connu_au` (default: now)."""
        if connu_au is not None and self.ouvert_le > connu_au:
            return False
        fin_connue = connu_au is None or self.clos_le is None or self.clos_le <= connu_au
        fin = self.jusqu_au if fin_connue else None
        return self.depuis <= jour and (fin is None or jour <= fin)

    def clore(self, jusqu_au: date, le: datetime) -> Litige:
        return replace(self, jusqu_au=jusqu_au, clos_le=le)


def exiger_sans_recouvrement(litiges: Iterable[Litige], depuis: date) -> None:
    """Raises LitigeOuvertError when a dispute that begins at `depuis` would overlap a known one."""
    for litige in litiges:
        if litige.jusqu_au is None or litige.jusqu_au >= depuis:
            raise LitigeOuvertError(
                "Un litige couvre déjà cette période.",
                depuis=litige.depuis.isoformat(),
                jusqu_au=litige.jusqu_au and litige.jusqu_au.isoformat(),
            )


def litige_en_cours(litiges: Iterable[Litige]) -> Litige:
    """The dispute without an end; raises LitigeAbsentError when there is none."""
    for litige in litiges:
        if litige.jusqu_au is None:
            return litige
    raise LitigeAbsentError("Cette facture n'a pas de litige en cours.")


def litige_du_jour(litiges: Iterable[Litige], jour: date, connu_au: datetime | None = None) -> Litige | None:
    """The dispute that covers the day, if any."""
    return next((x for x in litiges if x.couvre(jour, connu_au)), None)
