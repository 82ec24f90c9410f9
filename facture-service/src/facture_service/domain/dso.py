"""Days sales outstanding: how many days of invoicing the receivables of a day stand for."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PERIODE_JOURS = 90


def dso_jours(
    creances_centimes: int, facture_centimes: int, periode_jours: int = PERIODE_JOURS
) -> Decimal | None:
    """`creances / facture x periode`, in days, half up to a tenth; None when nothing was invoiced in the period.

    `creances_centimes`: what is owed at the end of the period, tax included. `facture_centimes`: what was invoiced in
    it, tax included, less credit notes. With only the part of the receivables that is not overdue, it is the best
    possible DSO. Source: Association of Corporate Treasurers, https://wiki.treasurers.org/wiki/Days_sales_outstanding
    (receivables at the end of the period over the average daily credit sales of the period). More receivables than
    the period invoiced give more days than it has.
    """
    if facture_centimes <= 0:
        return None
    jours = Decimal(creances_centimes * periode_jours) / Decimal(facture_centimes)
    return jours.quantize(Decimal("0.1"), ROUND_HALF_UP)
