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


def relire(
    message: Mapping[str, Any], factures: Mapping[str, FactureDuJour], credits_centimes: int
) -> Relecture:
    """The reminder with today's sums; the level is the highest of the remaining lines that have one.

    `factures` holds those that still exist; `credits_centimes` is the client's unallocated money.
    """
    lignes = [
        _aujourdhui(ligne, factures[ligne["facture_id"]])
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


def _aujourdhui(ligne: Mapping[str, Any], facture: FactureDuJour) -> dict[str, Any]:
    """Interest keeps its days and follows what is still owed."""
    interets = ligne["interets_centimes"]
    avant = ligne["reste_centimes"]
    if interets is not None and avant and facture.reste_centimes != avant:
        part = Decimal(interets) * facture.reste_centimes / avant
        interets = int(part.quantize(Decimal(1), ROUND_HALF_UP))
    return {**ligne, "reste_centimes": facture.reste_centimes, "interets_centimes": interets}
