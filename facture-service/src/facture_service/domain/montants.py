"""Cents: rounding half up and splitting by largest remainder (billing-domain 1.4 and 2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MAXIMUM_CENTIMES = 10**15
"""Ten thousand billion euros: far above any invoice, far below a 64-bit integer."""


def arrondir_centimes(montant: Decimal) -> int:
    """An amount in euros as integer cents, rounded half up (never half even as Python's `round`)."""
    return int(montant.quantize(CENT, rounding=ROUND_HALF_UP).scaleb(2))


def arrondir_entier(centimes: Decimal) -> int:
    """A fractional number of cents as an integer, rounded half up."""
    return int(centimes.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def repartir(montant_centimes: int, poids: Sequence[int]) -> list[int]:
    """`montant_centimes` split in proportion to `poids` by largest remainder; the parts sum to the amount.

    Ties go to the first. Weights are not negative and not all zero; raises ValueError otherwise.
    Example: 70.00 over 120.00 and 20.25 gives 59.89 and 10.11.
    """
    total = sum(poids)
    if total <= 0 or min(poids) < 0:
        raise ValueError("weights must not be negative and not all zero")
    parts = [montant_centimes * p // total for p in poids]
    restes = [montant_centimes * p % total for p in poids]
    ordre = sorted(range(len(poids)), key=lambda i: (-restes[i], i))
    for i in ordre[: montant_centimes - sum(parts)]:
        parts[i] += 1
    return parts
