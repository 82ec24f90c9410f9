"""A reminder re-read at the moment it leaves: what was settled, disputed or suspended since drops out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class FactureDuJour:
    """An invoice as it stands today."""

    reste_centimes: int
    en_litige: bool
    jours_retard: int


@dataclass(frozen=True, slots=True)
class Relecture:
    """The reminder to send, or why there is nothing left to send."""

    message: dict[str, Any] | None
    motif: str | None = None


def a_interets_changes(message: Mapping[str, Any], factures: Mapping[str, FactureDuJour]) -> list[str]:
    """Invoices whose balance moved since the reminder was decided, and that bear interest."""
    return [
        ligne["facture_id"]
        for ligne in message["factures"]
        if ligne["interets_centimes"]
        and ligne["facture_id"] in factures
        and factures[ligne["facture_id"]].reste_centimes != ligne["reste_centimes"]
    ]


def relire(
    message: Mapping[str, Any],
    factures: Mapping[str, FactureDuJour],
    credits_centimes: int,
    restes_alors: Mapping[str, int],
) -> Relecture:
    """The reminder with today's sums; the level is the highest of the remaining lines that have one.

    `factures` holds those that still exist; `credits_centimes` is the client's unallocated money; `restes_alors`
    what was unpaid on the reference date, as known today, of the invoices of `a_interets_changes`.
    """
    lignes = [
        _aujourdhui(ligne, factures[ligne["facture_id"]], restes_alors.get(ligne["facture_id"]))
        for ligne in message["factures"]
        if ligne["facture_id"] in factures and _due(factures[ligne["facture_id"]])
    ]
    niveaux = [ligne["niveau"] for ligne in lignes if ligne["niveau"] is not None]
    if not niveaux:
        return Relecture(None, "Plus aucune facture à relancer : réglées, en litige ou suspendues depuis.")
    total = sum(ligne["reste_centimes"] for ligne in lignes) - credits_centimes
    if total <= 0:
        return Relecture(None, "Le crédit du client couvre ce qu'il doit.")
    return Relecture(
        {
            **message,
            "niveau": max(niveaux),
            "factures": lignes,
            "credits_centimes": credits_centimes,
            "total_du_centimes": total,
        }
    )


def _due(facture: FactureDuJour) -> bool:
    return facture.reste_centimes > 0 and not facture.en_litige and facture.jours_retard > 0


def _aujourdhui(ligne: Mapping[str, Any], facture: FactureDuJour, reste_alors: int | None) -> dict[str, Any]:
    """Interest accrued by the reference date stays, whatever was paid later.

    A payment recorded late, but dated before it, lowers it in proportion: never more than is owed.
    """
    interets = ligne["interets_centimes"]
    avant = ligne["reste_centimes"]
    base = facture.reste_centimes if reste_alors is None else reste_alors
    if interets is not None and base < avant:
        part = Decimal(interets) * base / avant
        interets = int(part.quantize(Decimal(1), ROUND_HALF_UP))
    return {**ligne, "reste_centimes": facture.reste_centimes, "interets_centimes": interets}
