"""An independent reading of receivables-2013.csv and of the ladder, with the standard library alone.

It shares no line with the product: other shapes, other order of work. What it says is what the product must say.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

FILE = Path(__file__).parents[3] / "data" / "receivables-2013.csv"
DELAYS = {1: 5, 2: 15, 3: 30, 4: 45}


def day(text: str) -> dt.date:
    month, dom, year = map(int, text.split("/"))
    return dt.date(year, month, dom)


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def cents(row: dict[str, str]) -> int:
    return int(Decimal(row["InvoiceAmount"]) * 100)


def book(d: dt.date) -> dict[str, object]:
    """Issued, open, late, and who owes late, at the end of a day."""
    issued = [r for r in rows() if day(r["InvoiceDate"]) <= d]
    opened = [r for r in issued if day(r["SettledDate"]) > d]
    late = [r for r in opened if day(r["DueDate"]) < d]
    return {
        "issued": len(issued),
        "open": len(opened),
        "late": len(late),
        "late_cents": sum(map(cents, late)),
        "customers": len({r["customerID"] for r in late}),
        "ages": [(d - day(r["DueDate"])).days for r in late],
    }


def reminders(days: list[dt.date]) -> dict[dt.date, dict[str, dict[str, int]]]:
    """Per run day, per customer mailed: the level asked for each invoice that got one.

    Every mail is delivered. Level 4 is a letter: it waits for a person, so it is never sent and never a contact.
    """
    reached: dict[str, int] = defaultdict(int)
    waiting: set[str] = set()
    contact: dict[str, dt.date] = {}
    out: dict[dt.date, dict[str, dict[str, int]]] = {}
    table = rows()
    for d in days:
        per_customer: dict[str, list[dict[str, str]]] = defaultdict(list)
        for r in table:
            clean = r["Disputed"] == "No"
            if clean and day(r["InvoiceDate"]) <= d < day(r["SettledDate"]) and day(r["DueDate"]) < d:
                per_customer[r["customerID"]].append(r)
        out[d] = {}
        for customer, late in per_customer.items():
            if customer in contact and (d - contact[customer]).days < 7:
                continue
            if sum(map(cents, late)) < 500:
                continue
            due = {}
            for r in late:
                number = r["invoiceNumber"]
                nxt = reached[number] + 1
                if number not in waiting and nxt <= 4 and (d - day(r["DueDate"])).days >= DELAYS[nxt]:
                    due[number] = nxt
            if not due:
                continue
            top = max(due.values())
            if top == 4:
                due = {n: level for n, level in due.items() if level == 4}
                waiting |= set(due)
            else:
                contact[customer] = d
            for number, level in due.items():
                reached[number] = level
            out[d][customer] = due
    return out
