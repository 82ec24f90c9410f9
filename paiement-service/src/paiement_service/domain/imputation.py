"""Which invoices a payment without indication settles (Code civil, art. 1342-10).

Debts that are due come first, the oldest before the others, and each is settled in full before the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FactureOuverte:
    """An invoice still owing something."""

    id: str
    numero: str
    date_emission: date
    date_echeance: date
    reste_centimes: int
    total_ttc_centimes: int
    en_litige: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Cents of a payment meant for one invoice."""

    facture_id: str
    montant_centimes: int


def plus_anciennes_d_abord(factures: Iterable[FactureOuverte]) -> list[FactureOuverte]:
    """The order in which open invoices are shown, and settled once those that are due stand before the others."""
    return sorted(factures, key=lambda f: (f.date_echeance, f.date_emission, f.numero))


def imputer(montant_centimes: int, factures: Iterable[FactureOuverte], le: date) -> list[Part]:
    """The parts of a payment of `montant_centimes` made on `le`; what exceeds the debts is in none of them."""
    parts: list[Part] = []
    reste = montant_centimes
    for facture in sorted(plus_anciennes_d_abord(factures), key=lambda f: f.date_echeance > le):
        pris = min(reste, facture.reste_centimes)
        if pris <= 0:
            continue
        parts.append(Part(facture.id, pris))
        reste -= pris
    return parts
