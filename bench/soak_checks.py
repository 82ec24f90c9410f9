"""What must hold when the dust has settled: nothing lost, nothing doubled, every cent accounted for."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bench import journey
from bench.estate import Estate
from bench.product import Product, UnexpectedAnswerError, eventually
from bench.soak_traffic import Told

SETTLE_S = 240.0
TAKEN_OVER_CLIENTS = 100
_CONFIRMED = ("CONFIRME", "REMBOURSE", "PARTIELLEMENT_REMBOURSE")


@dataclass(frozen=True)
class Seen:
    """Everything the product shows once it has settled."""

    clients: dict[str, Any]
    invoices: dict[str, Any]
    payments: dict[str, Any]
    notifications: list[dict[str, Any]]
    reminders: list[dict[str, Any]]
    mails: list[str]


def settle(estate: Estate, product: Product, told: Told) -> list[str]:
    """Wait until every member is up and nothing waits any more; what did not settle in time."""
    waits = {
        "every member is up": lambda: all(row["state"] == "up" for row in estate.members().values()),
        "no payment is EN_ATTENTE": lambda: _none(product, "/paiements", etat="EN_ATTENTE"),
        "no reversal is ANNULATION_EN_ATTENTE": lambda: _none(
            product, "/paiements", etat="ANNULATION_EN_ATTENTE"
        ),
        "no notification is EN_FILE": lambda: _none(product, "/notifications", etat="EN_FILE"),
        "no reminder is DEMANDEE": lambda: _none(product, "/relances", etat="DEMANDEE"),
        "every confirmed payment has its notification": lambda: _all_announced(product, told),
    }
    late = []
    for what, holds in waits.items():
        try:
            eventually(holds, what, SETTLE_S, 0.5)
        except UnexpectedAnswerError as error:
            late.append(str(error))
    return late


def _none(product: Product, path: str, **filters: str) -> bool:
    answer = product.ask("GET", path, params={"limit": 1, **filters})
    return answer.status_code == 200 and answer.json()["total"] == 0


def _all_announced(product: Product, told: Told) -> bool:
    due = len(_receipts_due(told, product.every("/paiements", etat="CONFIRME")))
    found = product.get("/notifications", limit=1, type="PaiementConfirme")["total"]
    time.sleep(2.0)
    later = product.get("/notifications", limit=1, type="PaiementConfirme")["total"]
    return bool(found == later >= due)


def _receipts_due(told: Told, payments: Iterable[dict[str, Any]]) -> set[str]:
    """Payments that were confirmed for certain. One that the bank took back while it was EN_ATTENTE never was."""
    return told.confirmed | {p["id"] for p in payments if p["notifier"] and p["etat"] in _CONFIRMED}


def look(estate: Estate, product: Product) -> Seen:
    """Read everything through the API, and the mail server's folder."""
    return Seen(
        clients={each["id"]: each for each in product.every("/clients")},
        invoices={each["id"]: each for each in product.every("/factures")},
        payments={each["id"]: each for each in product.every("/paiements")},
        notifications=[product.get(f"/notifications/{n['id']}") for n in product.every("/notifications")],
        reminders=product.every("/relances"),
        mails=journey.message_ids(estate.mailbag),
    )


def violations(estate: Estate, told: Told, seen: Seen) -> list[str]:
    """One line per broken promise."""
    return [
        *told.wrong,
        *_ledger(estate),
        *_nothing_lost_or_doubled(told, seen),
        *_balances(told, seen),
        *_money(seen),
        *_one_notification_per_message(told, seen),
        *_one_mail_per_message(seen),
        *_reminders(seen),
    ]


def _ledger(estate: Estate) -> Iterator[str]:
    """The operator's own check: totals, balances, no gap and no double in any series."""
    command = [sys.executable, "-m", "facture_service.controle", *estate.arguments("facture-service")]
    done = subprocess.run(command, cwd=estate.folder, capture_output=True, text=True)
    if done.returncode:
        yield f"facture_service.controle: {done.stdout[-2000:]} {done.stderr[-2000:]}"


def _nothing_lost_or_doubled(told: Told, seen: Seen) -> Iterator[str]:
    mine = {id for id, payment in seen.payments.items() if payment["source"] == "SAISIE"}
    invoices = {
        id
        for id, invoice in seen.invoices.items()
        if invoice["type"] == "FACTURE" and (invoice["numero"] or "").startswith("FA-")
    }
    drafts = {id for id, invoice in seen.invoices.items() if invoice["statut_document"] == "BROUILLON"}
    yield from _differences("client", told.clients, set(seen.clients), TAKEN_OVER_CLIENTS)
    yield from _differences("issued invoice", set(told.invoices), invoices)
    yield from _differences("payment", told.payments, mine)
    unanswered = sum("/emission: never" in wrong for wrong in told.wrong)
    if len(drafts) > unanswered:
        yield f"{len(drafts)} drafts nobody was told of: {sorted(drafts)[:5]}"


def _differences(what: str, told: set[str], seen: set[str], others: int = 0) -> Iterator[str]:
    lost = told - seen
    if lost:
        yield f"{len(lost)} {what}s lost: {sorted(lost)[:5]}"
    if len(seen - told) != others:
        yield f"{len(seen - told)} {what}s that no user made, not {others}: {sorted(seen - told)[:5]}"


def _balances(told: Told, seen: Seen) -> Iterator[str]:
    settled: Counter[str] = Counter()
    for payment in seen.payments.values():
        for part in payment["affectations"]:
            if part["etat"] == "AFFECTEE":
                settled[part["facture_id"]] += part["montant_centimes"]
    for id, total in told.invoices.items():
        invoice = seen.invoices.get(id)
        if invoice is None:
            continue
        closed = sum(invoice[f"{kind}_centimes"] for kind in ("avoirs", "regle", "ecarts", "reste"))
        if invoice["total_ttc_centimes"] != total or closed != total or invoice["reste_centimes"] < 0:
            yield f"{invoice['numero']}: {total} is not {closed}, {invoice['reste_centimes']} left"
        if invoice["regle_centimes"] != settled[id]:
            yield f"{invoice['numero']}: settled {invoice['regle_centimes']}, paid {settled[id]}"
        if invoice["avoirs_centimes"] > told.credited[id]:
            yield f"{invoice['numero']}: credited {invoice['avoirs_centimes']}, asked {told.credited[id]}"


def _money(seen: Seen) -> Iterator[str]:
    for payment in seen.payments.values():
        used = sum(part["montant_centimes"] for part in payment["affectations"] if part["etat"] == "AFFECTEE")
        back = sum(each["montant_centimes"] for each in payment["remboursements"])
        kept = used + back + payment["non_affecte_centimes"]
        if payment["etat"] != "REJETE" and kept != payment["montant_centimes"]:
            yield f"payment {payment['id']} ({payment['etat']}): {payment['montant_centimes']} is not {kept}"


def _one_notification_per_message(told: Told, seen: Seen) -> Iterator[str]:
    by_payment: Counter[str] = Counter()
    by_invoice: Counter[str] = Counter()
    for notification in seen.notifications:
        if notification["type"] == "PaiementConfirme":
            by_payment[notification["message"]["paiement_id"]] += 1
        if notification["type"] == "FactureAEnvoyer":
            by_invoice[notification["message"]["facture_id"]] += 1
    due = dict.fromkeys(_receipts_due(told, seen.payments.values()), 1)
    returned = {id for id, payment in seen.payments.items() if payment["etat"] == "REJETE"} - due.keys()
    allowed = {id: 1 for id in returned if by_payment[id] == 1}
    yield from _counts("receipts of payment", due | allowed, by_payment)
    yield from _counts("mailings of invoice", told.mailed, by_invoice)
    doubled = [id for id, n in Counter(n["message_id"] for n in seen.notifications).items() if n > 1]
    if doubled:
        yield f"{len(doubled)} messages became two notifications: {doubled[:5]}"


def _counts(what: str, due: dict[str, int] | Counter[str], found: Counter[str]) -> Iterator[str]:
    wrong = {id for id in {*due, *found} if due.get(id, 0) != found[id]}
    if wrong:
        shown = [(id, due.get(id, 0), found[id]) for id in sorted(wrong)[:5]]
        yield f"{what}: {len(wrong)} times another number than due (id, due, found): {shown}"


def _one_mail_per_message(seen: Seen) -> Iterator[str]:
    """Message-IDs come from the messages' ids: one mail each; only INCONNU may or may not have left."""
    doubled = [id for id, n in Counter(seen.mails).items() if n > 1]
    if doubled:
        yield f"{len(doubled)} mails left twice: {doubled[:5]}"
    states = {n["fournisseur_id"]: n["etat"] for n in seen.notifications if n["fournisseur_id"]}
    lost = [id for id, state in states.items() if state == "ENVOYEE" and id not in set(seen.mails)]
    if lost:
        yield f"{len(lost)} mails ENVOYEE that never arrived: {lost[:5]}"
    unknown = sum(n["etat"] == "INCONNU" for n in seen.notifications)
    unclaimed = [id for id in seen.mails if states.get(id) != "ENVOYEE"]
    if len(unclaimed) > unknown:
        yield f"{len(unclaimed)} mails of no notification ENVOYEE, {unknown} INCONNU: {unclaimed[:5]}"


def _reminders(seen: Seen) -> Iterator[str]:
    """The clients due a reminder at the cut got one each, however often the job was run or killed."""
    by_client: dict[str, int] = defaultdict(int)
    for reminder in seen.reminders:
        by_client[reminder["client_id"]] += 1
    if len(by_client) != journey.REMINDERS or set(by_client.values()) != {1}:
        yield f"reminders per client: {dict(by_client)}, due: one each for {journey.REMINDERS}"
    sent = [n["client_id"] for n in seen.notifications if n["type"] == "RelanceDemandee"]
    if Counter(sent) != Counter(by_client):
        yield f"{len(sent)} notifications for {sum(by_client.values())} reminders"
