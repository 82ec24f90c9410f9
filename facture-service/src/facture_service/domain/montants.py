"""Cents: rounding half up and splitting by largest remainder (billing-domain 1.4 and 2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

CENT = Decimal("0.01")
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
"""Wide enough for any product of two accepted decimals: Python's default of 28 digits would round early."""

MAXIMUM_CENTIMES = 10**15
"""Ten thousand billion euros: far above any invoice, far below a 64-bit integer."""


def arrondir_centimes(montant: Decimal) -> int:
    """An amount in euros as integer cents, rounded half up (never half even as Python's `round`)."""
    return int(montant.quantize(CENT, context=EXACT).scaleb(2, EXACT))


def arrondir_entier(centimes: Decimal) -> int:
    """A fractional number of cents as an integer, rounded half up."""
    return int(centimes.quantize(Decimal(1), context=EXACT))


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
