"""The estate of the browser tests: one day for every member, the front under test, the real ledger taken over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from e2e.api import Product
from e2e.estate import LEDGER, Estate

PARIS = ZoneInfo("Europe/Paris")
DAY = dt.date(2026, 11, 20)
CUT = dt.date(2013, 10, 31)
"""The day of the real ledger that is moved to `DAY`."""
SERVICES = ("client-service", "facture-service", "paiement-service", "notification-service", "batch")


class Day:
    """A clock that runs on from ten o'clock in Paris on `DAY`, when the estate was made: no run meets midnight."""

    def __init__(self) -> None:
        morning = dt.datetime.combine(DAY, dt.time(10), PARIS)
        self.shift = dt.timedelta(seconds=int((morning - dt.datetime.now(dt.UTC)).total_seconds()))

    def now(self) -> dt.datetime:
        """The instant there, in UTC."""
        return dt.datetime.now(dt.UTC) + self.shift

    def arguments(self) -> dict[str, list[str]]:
        """What puts every member's clock on it."""
        told = f"--ressort.clock.offset={int(self.shift.total_seconds())}s"
        return {name: [told] for name in SERVICES}


def estate_of(folder: Path, dist: Path, day: Day) -> Estate:
    """An estate that serves the build in `dist`, not yet started."""
    gateway = {"gateway": [f"--gateway.front.root={dist}"]}
    return Estate(folder, arguments=day.arguments() | gateway)


def take_over(product: Product) -> None:
    """The real ledger as of its cut, moved to `DAY`: 2,352 invoices, 79 of them open."""
    with LEDGER.open("rb") as stream:
        kept = product.ask("POST", "/jobs/repriseJob/fichiers", files={"fichier": (LEDGER.name, stream)})
    product.run(
        "repriseJob",
        fichier=kept.json()["fichier"],
        arrete_au=CUT.isoformat(),
        decalage="aujourd_hui",
        courriel="{reference}@clients.example",
        type_client="ENTREPRISE",
    )


def moved(day: dt.date) -> dt.date:
    """The day in the estate that a day of the ledger's file has become."""
    return day + (DAY - CUT)
