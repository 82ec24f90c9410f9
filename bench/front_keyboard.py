"""Ten invoices, twenty payments and a reminder campaign in Chromium without a mouse, timed.

The keys are those of `tests/front/front_keys.py`, which has nothing but a keyboard and eyes: a field is reached by
Tab, a page by its shortcut, and nothing is pressed before the page shows what it stands on. Each invoice has a
client chosen by name and two lines, is checked, issued and mailed; a payment has an amount and a client and is
spread in the legal order by F8; the campaign is simulated, launched and followed to its end. Nobody types as fast
as this: the time is the product's own share of the work, and the strokes are what a person has to press. What was
made is checked afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench import browser, journey
from bench.options import Options
from bench.product import Product, UnexpectedAnswerError, client_body
from bench.results import Result, Target

from front_keys import Keys  # isort: skip  (after bench.browser, which says where it is)

TITLE = "Ten invoices, twenty payments, one campaign by keyboard"
TARGET = Target("<=", 180.0, "s")
INVOICES = PAYMENTS_OF_THE_FILE = 10
LINES = (("Pose", "2", "100.50"), ("Trajet", "1", "50"))
CENTS = 30120
_SPREAD = "() => [...document.querySelectorAll('main td input')].some(field => field.value)"
"""The amount is in the invoices' cells."""


class Counted(Keys):
    """Counts the strokes."""

    strokes = 0

    def press(self, *keys: str) -> None:
        """As before."""
        self.strokes += len(keys)
        super().press(*keys)

    def write(self, text: str) -> None:
        """As before."""
        self.strokes += len(text)
        super().write(text)


def measure(options: Options) -> Result:
    """One estate, one person, one pass."""
    with browser.front_estate() as estate, browser.browser() as started:
        product = Product(estate.api)
        journey.take_over(product, "aujourd_hui")
        clients = [product.post("/clients", client_body()) for _ in range(INVOICES)]
        debtors = product.get("/balance-agee")["lignes"][:PAYMENTS_OF_THE_FILE]
        before = product.get("/paiements", limit=1)["total"]
        with browser.tab(started, estate) as page:
            page.go("/clients")
            rows = _work(Counted(page), product, clients, debtors)
        _check(product, clients, before)
    total = round(sum(row["seconds"] for row in rows), 1)
    figures = {"strokes": sum(row["strokes"] for row in rows), "seconds": total}
    return Result("front-keyboard", total, figures, rows, options.command("front-keyboard"))


def _work(keys: Counted, product: Product, clients: list[Any], debtors: list[Any]) -> list[dict[str, Any]]:
    names = [client["nom_affiche"] for client in clients]
    owed = [(name, CENTS) for name in names]
    for line in debtors:
        owed.append((product.get(f"/clients/{line['client_id']}")["nom_affiche"], line["total_centimes"]))
    return [
        _timed(keys, "invoices", [lambda name=name: _invoice(keys, name) for name in names]),
        _timed(keys, "payments", [lambda each=each: _payment(keys, *each) for each in owed]),
        _timed(keys, "campaign", [lambda: _campaign(keys)]),
    ]


def _timed(keys: Counted, what: str, tasks: list[Callable[[], None]]) -> dict[str, Any]:
    strokes, began = keys.strokes, time.monotonic()
    for task in tasks:
        task()
    seconds, pressed = time.monotonic() - began, keys.strokes - strokes
    row = {
        "what": what,
        "count": len(tasks),
        "seconds": round(seconds, 1),
        "seconds_each": round(seconds / len(tasks), 2),
        "strokes": pressed,
        "strokes_each": round(pressed / len(tasks)),
    }
    print(f"  {row}", flush=True)
    return row


def _invoice(keys: Counted, client: str) -> None:
    keys.press("g", "f")
    keys.arrive("Factures")
    keys.press("n")
    keys.arrive("Nouvelle facture")
    keys.reach("combobox", "Client")
    keys.choose(client)
    keys.reach("textbox", "Désignation 1")
    for number, (what, quantity, price) in enumerate(LINES, 1):
        keys.write(what)
        keys.press("Enter")
        keys.replace(quantity)
        keys.press("Enter", "Enter")
        keys.replace(price)
        if number < len(LINES):
            keys.press("Enter", "Enter", "Enter")
    keys.see("301,20 €")
    keys.press("Control+Enter")
    keys.ready("Émettre et envoyer")
    keys.press("Control+Enter")
    keys.see("émise le")
    keys.reach("button", "Voir la facture")
    keys.press("Enter")
    keys.arrive("FA-")


def _payment(keys: Counted, client: str, cents: int) -> None:
    keys.press("g", "p")
    keys.arrive("Paiements")
    keys.press("n")
    keys.arrive("Saisir un paiement")
    keys.reach("textbox", "Montant reçu")
    keys.write(f"{cents / 100:.2f}")
    keys.reach("combobox", "Client")
    keys.choose(client)
    keys.thing("table", "Factures ouvertes").or_(keys.thing("textbox", "À affecter à")).first.wait_for()
    keys.press("F8")
    keys.page(lambda page: page.tab.wait_for_function(_SPREAD))
    keys.press("Control+Enter")
    keys.thing("heading", "enregistré").wait_for()


def _campaign(keys: Counted) -> None:
    keys.press("g", "r")
    keys.arrive("Relances")
    keys.press("n")
    keys.arrive("Simulation des relances")
    keys.ready("Lancer la campagne")
    keys.press("Control+Enter")
    keys.ready("Envoyer")
    keys.press("Control+Enter")
    keys.arrive("Campagne du")
    keys.page(lambda page: page.tab.get_by_role("status").filter(has_text="Terminé").first.wait_for())


def _check(product: Product, clients: list[Any], payments_before: int) -> None:
    """Every invoice is issued and paid, every payment is there once, the campaign has ended."""
    invoices = [product.every("/factures", client_id=client["id"]) for client in clients]
    found = [
        (each["statut_document"], each["total_ttc_centimes"], each["reste_centimes"])
        for one in invoices
        for each in one
    ]
    payments = product.get("/paiements", limit=1)["total"] - payments_before
    run = product.get("/jobs/relanceJob/executions")["elements"][0]["statut"]
    wanted = ([("EMISE", CENTS, 0)] * INVOICES, INVOICES + PAYMENTS_OF_THE_FILE, "COMPLETED")
    if (found, payments, run) != wanted:
        raise UnexpectedAnswerError(f"not what was typed: {found}, {payments} payments, campaign {run}")
