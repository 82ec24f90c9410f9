"""Two simulations side by side: which reminders appear, which disappear and why, which change their level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from batch.domain.echelle import Ecartee, RelanceDecidee

Cle = tuple[str, str]
"""Client and currency: there is at most one reminder of each."""


class Changement(StrEnum):
    """How a reminder differs from the earlier simulation."""

    APPARUE = "APPARUE"
    DISPARUE = "DISPARUE"
    NIVEAU = "NIVEAU"


@dataclass(frozen=True)
class Difference:
    """One reminder that is not what it was; `ecartee` is why it disappeared, None when nothing is late any more."""

    changement: Changement
    avant: RelanceDecidee | None
    apres: RelanceDecidee | None
    ecartee: Ecartee | None = None


@dataclass(frozen=True)
class Comparaison:
    """What differs from the simulation of `date_reference`, and how many reminders are at the same level."""

    date_reference: date
    differences: Sequence[Difference]
    inchangees: int


def comparer(
    date_reference: date,
    avant: Iterable[RelanceDecidee],
    apres: Iterable[RelanceDecidee],
    ecartees: Iterable[Ecartee],
) -> Comparaison:
    """The differences, by client and currency; `ecartees` are those of the later simulation."""
    anciennes, nouvelles = _par_cle(avant), _par_cle(apres)
    refus = {ecartee.facture.facture_id: ecartee for ecartee in ecartees}
    differences = [
        difference
        for cle in sorted(anciennes.keys() | nouvelles.keys())
        if (difference := _difference(anciennes.get(cle), nouvelles.get(cle), refus)) is not None
    ]
    communes = len(anciennes.keys() & nouvelles.keys())
    changees = sum(d.changement is Changement.NIVEAU for d in differences)
    return Comparaison(date_reference, differences, communes - changees)


def _par_cle(relances: Iterable[RelanceDecidee]) -> dict[Cle, RelanceDecidee]:
    return {(relance.client.client_id, relance.devise): relance for relance in relances}


def _difference(
    avant: RelanceDecidee | None, apres: RelanceDecidee | None, refus: Mapping[str, Ecartee]
) -> Difference | None:
    if avant is None:
        return Difference(Changement.APPARUE, None, apres)
    if apres is None:
        return Difference(Changement.DISPARUE, avant, None, _raison(avant, refus))
    return Difference(Changement.NIVEAU, avant, apres) if avant.niveau != apres.niveau else None


def _raison(avant: RelanceDecidee, refus: Mapping[str, Ecartee]) -> Ecartee | None:
    """Why the line of the highest level is left out now."""
    lignes = sorted(avant.lignes, key=lambda ligne: -(ligne.niveau or 0))
    return next((refus[li.facture.facture_id] for li in lignes if li.facture.facture_id in refus), None)
