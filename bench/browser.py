"""The front in a real browser over an estate of its own: what the benchmarks of the front share."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import journey
from bench.estate import Estate, fresh_estate
from bench.facts import ROOT
from bench.product import Product

# The tests' own hands and eyes on the front: what is measured is what is tested.
sys.path[:0] = [str(ROOT / "tests" / "front"), str(ROOT / "tests")]

import front_dist  # noqa: E402
from front_tab import FrontTab  # noqa: E402
from pages.witness import chromium  # noqa: E402

DESK = {"width": 1280, "height": 800}
INVOICES = 10_000


@contextmanager
def front_estate() -> Iterator[Estate]:
    """An estate that serves the front as it is built from the present sources."""
    with fresh_estate() as estate:
        served = estate.folder / "frontend" / "dist"
        shutil.rmtree(served)
        shutil.copytree(front_dist.dist(), served)
        estate.until_routed(estate.launch())
        yield estate


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, closed at the end."""
    with chromium() as started:
        yield started


@contextmanager
def tab(started: Any, estate: Estate) -> Iterator[FrontTab]:
    """A tab in a profile of its own: nothing is in its cache."""
    context = started.new_context(locale="fr-FR", timezone_id="Europe/Paris", viewport=DESK)
    try:
        page = FrontTab(context.new_page(), base=f"http://127.0.0.1:{estate.front_port}")
        page.watch()
        yield page
    finally:
        context.close()


def many_invoices(product: Product) -> int:
    """The real file over and over until there are 10,000 invoices or more, taken over; how many there are."""
    with TemporaryDirectory(prefix="ressort-bench-") as folder:
        for copy in range(1, 2 + INVOICES // 2352):
            product.run(
                "repriseJob",
                fichier=str(_copy(Path(folder), copy)),
                arrete_au=journey.CUT,
                decalage="aujourd_hui",
                courriel="{reference}@clients.example",
                type_client="ENTREPRISE",
            )
    return int(product.get("/factures", limit=1)["total"])


def _copy(folder: Path, number: int) -> Path:
    """The real file with invoice numbers of its own."""
    file = folder / f"receivables-{number}.csv"
    with journey.LEDGER.open(encoding="utf-8", newline="") as source, file.open("w", newline="") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(row | {"invoiceNumber": f"{number}{row['invoiceNumber']}"} for row in rows)
    return file
