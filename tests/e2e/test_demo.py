"""`ressort up --demo`, as `make run` does it: an empty estate fills itself with the real ledger, once."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator

import pytest
import requests
from e2e import ledger
from e2e.api import Product
from e2e.estate import ROOT, Estate, eventually

pytestmark = pytest.mark.xdist_group("e2e-demo")

CUT = dt.date(2013, 10, 31)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """An empty estate started with --demo, its data beside it as in the checkout."""
    running = Estate(tmp_path_factory.mktemp("estate"))
    shutil.copytree(ROOT / "data", running.folder / "data")
    try:
        running.start(["--demo"])
        yield running
    finally:
        running.stop()


def test_the_ledger_is_taken_over_as_if_it_were_today(estate: Estate, product: Product) -> None:
    """The launcher shows how far it is; then the book of 2013-10-31 is the book of today."""
    eventually(lambda: "COMPLETED" in estate.said() or "FAILED" in estate.said(), "the demo has ended", 180)
    assert "COMPLETED" in estate.said(), estate.said()
    assert "factures 2352" in estate.said()
    (today,) = product.get("/balance-agee")["totaux"]
    open_now = [row for row in ledger.rows() if row.open_at(CUT)]
    assert today["total_centimes"] == sum(row.cents for row in open_now)
    assert today["de_1_a_30_centimes"] == sum(row.cents for row in ledger.late(CUT)) == 61468
    assert product.get("/factures", limit=1)["total"] == 2352
    assert estate.mails() == []


def test_everything_the_launcher_names_can_be_opened(estate: Estate) -> None:
    """Each address of the welcome answers."""
    addresses = [line.split()[0] for line in estate.said().splitlines() if line.startswith("  http://")]
    assert len(addresses) == 5
    for address in addresses:
        answer = requests.get(address, headers={"Accept": "text/html, */*"}, timeout=10)
        assert answer.status_code == 200, address


def test_a_second_start_takes_nothing_over_again(estate: Estate, product: Product) -> None:
    """What is there stays, and is not taken over a second time."""
    estate.stop()
    estate.start(["--demo"])
    assert "started" not in estate.said().split("Ctrl-C")[1]
    assert product.get("/jobs/repriseJob/executions")["total"] == 1
    assert product.get("/factures", limit=1)["total"] == 2352
