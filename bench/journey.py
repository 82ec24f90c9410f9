"""The journey of a newcomer: a client, an invoice, a payment, the real file taken over, reminders."""

from __future__ import annotations

import datetime as dt
import email
import uuid
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.facts import ROOT
from bench.product import Product, UnexpectedAnswerError, client_body, draft_body, eventually, payment_body

LEDGER = ROOT / "data" / "receivables-2013.csv"
CUT = "2013-10-31"
ISSUED, OPEN, REMINDERS = 2352, 79, 3
"""What the file holds at the cut, and how many clients are due a reminder then (data/README.md)."""


def take_over(product: Product, shift: str = "aucun") -> dict[str, Any]:
    """`repriseJob` of the real file at the cut; its execution, COMPLETED and checked against the file.

    `shift` is the job's `decalage`: `aujourd_hui` moves the cut to today.
    """
    execution = product.run(
        "repriseJob",
        fichier=str(LEDGER),
        arrete_au=CUT,
        decalage=shift,
        courriel="{reference}@clients.example",
        type_client="ENTREPRISE",
    )
    day = CUT if shift == "aucun" else dt.datetime.now(ZoneInfo("Europe/Paris")).date().isoformat()
    issued = product.get("/factures", limit=1, emise_au=day)["total"]
    still_open = product.get("/factures", limit=1, ouverte_au=day)["total"]
    if (issued, still_open) != (ISSUED, OPEN):
        raise UnexpectedAnswerError(f"{issued} issued and {still_open} open, not {ISSUED} and {OPEN}")
    return execution


def whole(product: Product, mailbag: Path) -> None:
    """Every step of the journey, each checked; returns once the last mail has arrived."""
    client = product.post("/clients", client_body())
    draft = product.post("/factures", draft_body(client["id"]))
    invoice = product.post(f"/factures/{draft['id']}/emission", {}, status=200)
    page = product.ask("GET", f"/factures/{invoice['id']}", headers={"Accept": "text/html"})
    if invoice["numero"] not in page.text:
        raise UnexpectedAnswerError("the legal page does not name the invoice")
    product.post("/paiements", payment_body(invoice, 10000), key=uuid.uuid4().hex)
    if product.get(f"/factures/{invoice['id']}")["reste_centimes"] != 14000:
        raise UnexpectedAnswerError("the balance is not 140.00")
    eventually(lambda: mails(mailbag) == 1, "the receipt's mail")
    take_over(product)
    product.get("/balance-agee", au=CUT)
    product.post("/relances/simulation", {"date_reference": CUT}, status=200)
    product.run("relanceJob", date_reference=CUT)
    eventually(lambda: mails(mailbag) == 1 + REMINDERS, "the reminders' mails")
    product.run("relanceJob", date_reference=CUT, passage=2)


def mails(mailbag: Path) -> int:
    """How many mails were accepted so far."""
    return sum(not file.name.startswith(".") for file in mailbag.glob("*.eml"))


def message_ids(mailbag: Path) -> list[str]:
    """The Message-ID of every accepted mail."""
    files = [file for file in mailbag.glob("*.eml") if not file.name.startswith(".")]
    return [str(email.message_from_bytes(file.read_bytes())["Message-ID"]) for file in files]
