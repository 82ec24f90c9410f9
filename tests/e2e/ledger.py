"""What receivables-2013.csv says by itself: a plain reading of the file, sharing no code with the product."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "receivables-2013.csv"


@dataclass(frozen=True)
class Row:
    """An invoice of the file; `cents` is its amount."""

    client: str
    number: str
    issued: dt.date
    due: dt.date
    cents: int
    disputed: bool
    settled: dt.date

    def open_at(self, day: dt.date) -> bool:
        """Issued by that day and paid only later."""
        return self.issued <= day < self.settled

    def days_late(self, day: dt.date) -> int:
        """Days since the due date, 0 when it is not past or the invoice is not open."""
        return max(0, (day - self.due).days) if self.open_at(day) else 0


def _day(text: str) -> dt.date:
    month, day, year = map(int, text.split("/"))
    return dt.date(year, month, day)


def rows() -> list[Row]:
    """Every row of the file."""
    with FILE.open(encoding="ascii", newline="") as stream:
        return [
            Row(
                client=row["customerID"],
                number=row["invoiceNumber"],
                issued=_day(row["InvoiceDate"]),
                due=_day(row["DueDate"]),
                cents=int(Decimal(row["InvoiceAmount"]) * 100),
                disputed=row["Disputed"] == "Yes",
                settled=_day(row["SettledDate"]),
            )
            for row in csv.DictReader(stream)
        ]


def aged(day: dt.date) -> dict[str, list[int]]:
    """Per customer with something open: cents not yet due, 1-30, 31-60, 61-90 and more days late."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for row in rows():
        if row.open_at(day):
            late = row.days_late(day)
            found[row.client][0 if late == 0 else min(4, (late + 29) // 30)] += row.cents
    return dict(found)


def late(day: dt.date, at_least: int = 1) -> list[Row]:
    """Invoices late by at least that many days."""
    return [row for row in rows() if row.days_late(day) >= at_least]


def first_reminders(day: dt.date) -> dict[str, set[str]]:
    """Customers due a first reminder from day 5 on, with the numbers on it: none disputed, 5.00 at least."""
    found: dict[str, set[str]] = defaultdict(set)
    cents: dict[str, int] = defaultdict(int)
    for row in late(day):
        if not row.disputed:
            found[row.client].add(row.number)
            cents[row.client] += row.cents
    due = {row.client for row in late(day, 5) if not row.disputed}
    return {client: numbers for client, numbers in found.items() if client in due and cents[client] >= 500}
