"""Registry, configuration server and launcher stopped, killed and restarted under load; state kept across runs."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests
from e2e import kinds
from e2e.api import Product
from e2e.estate import Estate, eventually
from e2e.load import calling

pytestmark = pytest.mark.xdist_group("e2e-platform")

SERVICES = (
    "client-service",
    "facture-service",
    "paiement-service",
    "notification-service",
    "batch",
    "gateway",
)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """An embedded estate whose last known copies are on disk."""
    with kinds.embedded(tmp_path_factory.mktemp("estate")) as running:
        yield running


@pytest.fixture(scope="module")
def invoice(product: Product) -> dict[str, Any]:
    """An invoice of 240.00 to pay and to read."""
    return product.invoice(product.client())


def pids_of(estate: Estate) -> dict[str, int]:
    """Every process of the estate: the members and the launcher."""
    found = {name: int(row["pid"]) for name, row in estate.members().items()}
    return found | {"launcher": estate.launcher.pid}


def running(pids: dict[str, int]) -> list[str]:
    """Which of them still run."""

    def alive(pid: int) -> bool:
        try:
            return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    return [name for name, pid in pids.items() if alive(pid)]


def test_no_call_fails_while_registry_and_configuration_restart(
    estate: Estate, product: Product, invoice: dict[str, Any]
) -> None:
    """Drained, then killed, one after the other under load: every call through the gateway is answered."""

    def call(number: int) -> tuple[str, int]:
        match number % 4:
            case 0:
                return "pay", product.payment(invoice, 1).status_code
            case 1:
                return "read", product.ask("GET", f"/factures/{invoice['id']}").status_code
            case 2:
                return "list", product.ask("GET", "/clients?limit=5").status_code
        return "jobs", product.ask("GET", "/jobs").status_code

    with calling(call, threads=3) as callers:
        for member in ("discovery", "config-server"):
            estate.restart(member)
            killed = estate.kill(member)
            estate.until_up(member, but_not=killed)
        calls = len(callers.answers)
        eventually(lambda: len(callers.answers) > calls + 100, "calls go on")
    assert set(Counter(callers.answers)) <= {("pay", 201), ("read", 200), ("list", 200), ("jobs", 200)}


def test_a_changed_cron_is_followed_without_a_restart(estate: Estate, product: Product) -> None:
    """A commit in the configuration repository is in force in batch within seconds."""
    before = estate.pid("batch")
    estate.configure("batch", {"relance.cron": "0 30 10 * * TUE"})

    def cron() -> Any:
        return next(job["cron"] for job in product.get("/jobs") if job["nom"] == "relanceJob")

    eventually(lambda: cron() == "0 30 10 * * TUE", "the new cron is in force", 20)
    assert estate.pid("batch") == before


def test_a_broken_commit_changes_nothing(estate: Estate, product: Product) -> None:
    """YAML that cannot be read, then a cron that makes no sense: the old values stay in force, and it is told."""
    estate.configure("batch", {"relance.cron": "every morning"})
    eventually(lambda: "every morning" in estate.log("batch"), "batch complains of the cron")
    assert "relance.cron" in estate.log("batch")
    relance = next(job for job in product.get("/jobs") if job["nom"] == "relanceJob")
    assert relance["cron"] == "0 30 10 * * TUE"
    estate.configure("batch", {"relance.cron": "-"})


def test_ctrl_c_stops_everything_and_the_next_start_finds_everything(
    estate: Estate, product: Product, invoice: dict[str, Any]
) -> None:
    """In order, nobody killed, no orphan; the same clients, invoices, payments and mails afterwards."""
    lists = ("clients", "factures", "paiements", "notifications")
    eventually(
        lambda: product.get("/notifications", etat="EN_FILE", limit=1)["total"] == 0, "every mail has left"
    )
    before = {name: product.get(f"/{name}", limit=1)["total"] for name in lists}
    assert all(before.values())
    pids, mails = pids_of(estate), len(estate.mails())
    assert estate.stop() == 0
    assert running(pids) == []
    assert "killed" not in estate.said() and "stopped" in estate.said()

    estate.start()
    assert {name: product.get(f"/{name}", limit=1)["total"] for name in lists} == before
    assert product.get(f"/factures/{invoice['id']}")["numero"] == invoice["numero"]
    assert len(estate.mails()) == mails


def test_a_killed_launcher_leaves_no_child(estate: Estate, product: Product) -> None:
    """kill -9 of the launcher ends every member; another launcher starts on what they left."""
    pids = pids_of(estate)
    clients = product.get("/clients", limit=1)["total"]
    os.kill(estate.launcher.pid, signal.SIGKILL)
    estate.launcher.wait(10)
    eventually(lambda: running(pids) == [], "no member runs any more", 20)
    estate.start()
    assert product.get("/clients", limit=1)["total"] == clients


def test_members_start_without_registry_and_configuration_server(
    estate: Estate, product: Product, invoice: dict[str, Any]
) -> None:
    """From the last good copies on disk: routes, addresses and the seller are known; both are found again."""
    estate.stop()
    estate.start(["courriel", *SERVICES])
    assert product.payment(invoice, 1).status_code == 201
    assert product.invoice(product.client())["vendeur"]["nom"] == invoice["vendeur"]["nom"]
    told = estate.actuator("facture-service", "health")["components"]["clientConfigServer"]
    assert told["status"] != "UP"
    assert "last" in estate.log("facture-service")

    estate.up("config-server")
    estate.up("discovery")

    def found_again() -> bool:
        health = [estate.actuator(name, "health")["components"] for name in SERVICES]
        page = requests.get(f"{estate.url('discovery')}/eureka/apps", timeout=10).text.upper()
        return all(h["clientConfigServer"]["status"] == "UP" for h in health) and all(
            name.upper() in page for name in SERVICES
        )

    eventually(found_again, "every member has registered and reads the configuration")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("server:\n  threads: many\n", ("server.threads", "many", "application.yml:2")),
        ("server:\n  threads: [1\n", ("application.yml:",)),
    ],
)
def test_a_broken_configuration_file_stops_the_start(
    tmp_path: Path, text: str, told: tuple[str, ...]
) -> None:
    """One clear message that names file, line and key; nothing is left running."""
    estate = Estate(tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "application.yml").write_text(text, encoding="utf-8")
    try:
        with pytest.raises(AssertionError) as refused:
            estate.start()
    finally:
        estate.stop()
    said = str(refused.value)
    assert all(words in said for words in told), said
    assert "Traceback" not in said
    assert estate.launcher.returncode == 1
