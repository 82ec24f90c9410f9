"""batch killed in the middle of its jobs, and doubled: every job completes once, nothing is asked for twice."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from e2e import ledger
from e2e.api import RUNNING, Product
from e2e.estate import LEDGER, Estate, eventually, free_ports
from e2e.kinds import EMBEDDED, PARTS, on

pytestmark = on(EMBEDDED, PARTS, group="batch")

CUT = "2013-10-31"
CLIENTS = 130
WORKING_DAY = "2026-11-18"


@pytest.fixture(scope="module")
def taken_over(estate: Estate, product: Product) -> dict[str, Any]:
    """The real file taken over by a batch that is killed while invoices, then payments, are written."""
    execution = product.launch("repriseJob", **_parameters(_uploaded(product, LEDGER)))
    for step in ("factures", "paiements"):
        _kill_during(estate, product, execution, step)
        execution = _restarted(product, execution)
    return product.ended(execution)


def _uploaded(product: Product, file: Path) -> str:
    with file.open("rb") as stream:
        answer = product.ask("POST", "/jobs/repriseJob/fichiers", files={"fichier": (file.name, stream)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["fichier"])


def _parameters(file: str) -> dict[str, str]:
    pattern = "{reference}@clients.example"
    return {
        "fichier": file,
        "arrete_au": CUT,
        "decalage": "aucun",
        "courriel": pattern,
        "type_client": "ENTREPRISE",
    }


def _kill_during(estate: Estate, product: Product, execution: str, step: str) -> None:
    """kill -9 once the step runs; waits for the next process."""

    def begun() -> bool:
        steps = {found["nom"]: found for found in product.get(execution)["etapes"]}
        return step in steps and steps[step]["statut"] in RUNNING

    eventually(begun, f"step {step} runs")
    estate.until_up("batch", but_not=estate.kill("batch"))


def _restarted(product: Product, execution: str) -> str:
    """Restart an execution that a kill has left; the address of the new one."""

    def restart() -> str | None:
        answer = product.ask("POST", f"{execution}/redemarrage")
        return answer.headers.get("Location") if answer.status_code == 202 else None

    return eventually(restart, f"{execution} is restarted") or ""


def test_a_killed_take_over_completes_with_every_client_invoice_and_payment_once(
    product: Product, taken_over: dict[str, Any]
) -> None:
    """100 clients, 2,352 invoices, 2,273 payments, and the cents of the file."""
    assert (taken_over["statut"], taken_over["echecs"]) == ("COMPLETED", [])
    issued = [row for row in ledger.rows() if row.issued.isoformat() <= CUT]
    settled = [row for row in issued if row.settled.isoformat() <= CUT]
    assert product.get("/clients", limit=1)["total"] == len({row.client for row in issued})
    invoices = product.get("/factures", limit=1)
    assert invoices["total"] == len(issued) == 2352
    assert invoices["totaux"] == [
        {
            "devise": "EUR",
            "total_ttc_centimes": sum(row.cents for row in issued),
            "reste_centimes": sum(row.cents for row in issued) - sum(row.cents for row in settled),
        }
    ]
    assert product.get("/paiements", limit=1)["total"] == len(settled) == 2273


@pytest.fixture(scope="module")
def many_late(product: Product, taken_over: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> int:
    """Another file: as many clients again, each with one invoice 20 days late at the cut."""
    file = tmp_path_factory.mktemp("file") / "late.csv"
    with file.open("w", encoding="ascii", newline="") as stream:
        writer = csv.DictWriter(stream, LEDGER.read_text("ascii").partition("\n")[0].strip().split(","))
        writer.writeheader()
        for n in range(CLIENTS):
            dates = {"PaperlessDate": "4/6/2013", "InvoiceDate": "9/11/2013", "DueDate": "10/11/2013"}
            late = {"SettledDate": "11/30/2013", "DaysToSettle": "80", "DaysLate": "50", "Disputed": "No"}
            names = {"countryCode": "391", "customerID": f"{n:04}-TARDE", "invoiceNumber": f"99{n:08}"}
            row = dates | late | names | {"InvoiceAmount": "12.34", "PaperlessBill": "Paper"}
            writer.writerow(row)
    done = product.run("repriseJob", **_parameters(_uploaded(product, file)))
    assert done["rejets"] == 0
    return CLIENTS


def test_a_killed_reminder_run_reminds_each_client_once(
    estate: Estate, product: Product, many_late: int
) -> None:
    """kill -9 between the first and the last chunk, then a restart: one reminder and one mail per client."""
    execution = product.launch("relanceJob", date_reference=CUT)
    eventually(lambda: _count(product) > 0, "the first reminders are decided")
    estate.until_up("batch", but_not=estate.kill("batch"))
    decided = _count(product)
    due = many_late + len(ledger.first_reminders(ledger.dt.date.fromisoformat(CUT)))
    assert 0 < decided < due, "the run was over before it could be killed"
    done = product.ended(_restarted(product, execution))
    assert done["statut"] == "COMPLETED", done

    reminders = product.every("/relances", date_reference=CUT)
    assert len(reminders) == len({reminder["client_id"] for reminder in reminders}) == due

    def sent() -> bool:
        found = product.every("/relances", date_reference=CUT)
        return all(reminder["etat"] == "ENVOYEE" for reminder in found)

    eventually(sent, "every reminder is ENVOYEE", 120)
    addresses = Counter(str(mail["X-Envelope-To"]) for mail in estate.mails())
    assert len(addresses) == due and set(addresses.values()) == {1}
    again = product.run("relanceJob", date_reference=CUT, passage=2)
    assert sum(step["ecrits"] for step in again["etapes"]) == 0


def _count(product: Product) -> int:
    return int(product.get("/relances", date_reference=CUT, limit=1)["total"])


@contextmanager
def second_instance(estate: Estate) -> Iterator[Path]:
    """Another process of batch on the same database, on a port of its own; where it logs."""
    member = estate.described("batch")
    arguments = [argument for argument in member["args"] if not argument.startswith("--server.port")]
    command = [sys.executable, "-m", "batch", f"--server.port={free_ports(1)[0]}", *arguments]
    log = estate.folder / "second-batch.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=estate.folder,
            env=estate.environ("batch"),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        eventually(lambda: "Started batch" in log.read_text("utf-8"), "the second instance is up")
        yield log
    finally:
        process.terminate()
        process.wait(30)


def test_two_instances_fire_the_same_cron_once(estate: Estate, product: Product, many_late: int) -> None:
    """A cron of every second in two processes: one run for the day, what the simulation said, each client once."""
    estate.configure("batch", {"ressort.clock.date": WORKING_DAY})
    estate.restart("batch")
    with second_instance(estate) as log:
        expected = product.post("/relances/simulation", {"date_reference": WORKING_DAY}, status=200)
        estate.configure("batch", {"relance.cron": "* * * * * *", "relance.zone": _zone_at_noon()})

        def runs() -> list[dict[str, Any]]:
            found = product.every("/jobs/relanceJob/executions")
            return [run for run in found if run["parametres"]["date_reference"] == WORKING_DAY]

        eventually(
            lambda: any(run["statut"] == "COMPLETED" for run in runs()), "the day's run has completed", 90
        )
        eventually(
            lambda: "changed: relance.cron" in log.read_text("utf-8"), "the second one has the cron too"
        )
        time.sleep(2.5)
        assert [run["statut"] for run in runs() if run["statut"] != "STOPPED"] == ["COMPLETED"]
    estate.configure("batch", {"relance.cron": "-"})
    reminders = product.every("/relances", date_reference=WORKING_DAY)
    assert sorted(r["client_id"] for r in reminders) == sorted(r["client_id"] for r in expected["relances"])
    assert len({r["client_id"] for r in reminders}) == len(reminders) > 0


def _zone_at_noon() -> str:
    """A zone in which it is about noon now: reminders by cron go out in working hours only."""
    hours = 12 - time.gmtime().tm_hour
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
