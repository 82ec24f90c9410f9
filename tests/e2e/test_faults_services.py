"""Services killed, overrun and cut off while money moves and mails leave: nothing is lost, nothing doubled."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import requests
from e2e.api import Product
from e2e.estate import Estate, eventually
from e2e.kinds import EMBEDDED, PARTS, on
from e2e.load import calling

from ressort import messaging
from ressort.clock import SystemClock
from ressort.config import load

pytestmark = on(EMBEDDED, PARTS, group="services")

TO_NOTIFICATION = "deadletters/paiement-topic/notification-service"


def sent_by_now(product: Product, client: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """The client's notifications once there are `count` of them and none waits any more."""

    def find() -> list[dict[str, Any]]:
        found = product.every("/notifications", client_id=client["id"])
        done = len(found) >= count and all(n["etat"] != "EN_FILE" for n in found)
        return found if done else []

    return eventually(find, f"{count} notifications of {client['nom_affiche']} have left the queue", 120)


def until_settled_at_once(product: Product, invoice: dict[str, Any]) -> None:
    """Pay 1.00 until facture-service is seen to be back (a circuit breaker tries it again every few seconds)."""
    eventually(lambda: product.payment(invoice, 100).status_code == 201, "a payment is settled at once")


def books_balance(estate: Estate) -> None:
    """The operator's check of the invoice ledger finds nothing."""
    member = estate.described("facture-service")
    done = subprocess.run(
        [sys.executable, "-m", "facture_service.controle", *member["args"]],
        cwd=estate.folder,
        env=estate.environ(member["name"]),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_payments_outlive_a_killed_facture_service(estate: Estate, product: Product) -> None:
    """kill -9 twice while payments arrive: each is 201 or 202, allocated exactly once, told once."""
    client = product.client()
    invoices = [product.invoice(client) for _ in range(4)]

    def pay(number: int) -> tuple[str, requests.Response]:
        invoice = invoices[number % len(invoices)]
        return invoice["id"], product.payment(invoice, 100)

    with calling(pay, threads=2, pause_s=0.15) as payers:
        eventually(lambda: len(payers.answers) >= 10, "payments arrive")
        for _ in range(2):
            killed = estate.kill("facture-service")
            eventually(lambda: payers.answers[-1][1].status_code == 202, "payments are kept")
            estate.until_up("facture-service", but_not=killed)
        eventually(lambda: payers.answers[-1][1].status_code == 201, "payments are settled at once again")

    statuses = Counter(answer.status_code for _, answer in payers.answers)
    assert set(statuses) == {201, 202}, [a.text for _, a in payers.answers if a.status_code not in (201, 202)]
    late = [answer for _, answer in payers.answers if answer.status_code == 202]
    assert {answer.headers["X-Degraded"] for answer in late} == {"facture-service"}
    assert {answer.json()["etat"] for answer in late} == {"EN_ATTENTE"}

    ids = [answer.json()["id"] for _, answer in payers.answers]
    waiting = lambda: [i for i in ids if product.get(f"/paiements/{i}")["etat"] != "CONFIRME"]  # noqa: E731
    eventually(lambda: not waiting(), "every payment is CONFIRME", 45)
    paid = Counter(invoice for invoice, _ in payers.answers)
    for invoice in invoices:
        now = product.get(f"/factures/{invoice['id']}")
        assert (now["regle_centimes"], now["reste_centimes"]) == (
            100 * paid[invoice["id"]],
            24000 - 100 * paid[invoice["id"]],
        )
    books_balance(estate)
    told = sent_by_now(product, client, len(ids))
    assert len(told) == len(ids)
    assert {n["etat"] for n in told} == {"ENVOYEE"}
    assert len(estate.mails_to(client["email"])) == len(ids)


def test_fifty_payments_at_once_settle_no_more_than_the_balance(estate: Estate, product: Product) -> None:
    """50 times 10.00 on 240.00: 240.00 settled, 260.00 the client's credit, PAYEE."""
    client = product.client()
    invoice = product.invoice(client)
    until_settled_at_once(product, product.invoice(product.client()))
    with calling(lambda _: product.payment(invoice, 1000), threads=50, limit=50) as payers:
        payers.join()
    assert Counter(answer.status_code for answer in payers.answers) == {201: 50}
    now = product.get(f"/factures/{invoice['id']}")
    assert (now["statut_reglement"], now["regle_centimes"], now["reste_centimes"]) == ("PAYEE", 24000, 0)
    credit = product.get("/paiements/soldes", client_ids=client["id"])
    assert [(c["non_affecte_centimes"], c["en_attente_centimes"]) for c in credit] == [(26000, 0)]
    payments = product.every("/paiements", client_id=client["id"])
    allocated = sum(
        a["montant_centimes"] for p in payments for a in p["affectations"] if a["etat"] == "AFFECTEE"
    )
    assert allocated == 24000
    books_balance(estate)


def test_the_same_key_sent_at_once_is_one_payment(product: Product) -> None:
    """Ten callers with one Idempotency-Key: one payment, the others replayed or told to wait."""
    client = product.client()
    invoice = product.invoice(client)
    key = f"e2e-{uuid.uuid4().hex}"
    with calling(lambda _: product.payment(invoice, 1000, key), threads=10, limit=10) as payers:
        payers.join()
    assert set(Counter(answer.status_code for answer in payers.answers)) <= {201, 202, 409}
    assert len({answer.json()["id"] for answer in payers.answers if answer.status_code != 409}) == 1
    eventually(lambda: product.balance_of(invoice) == 23000, "it is settled")
    assert len(product.every("/paiements", client_id=client["id"])) == 1


def test_a_payment_sent_again_under_its_key_is_recorded_once(estate: Estate, product: Product) -> None:
    """kill -9 of paiement-service: what failed is sent again under its key; one payment per key, exact sums.

    A key that was being dealt with at the kill answers 409 until its lease has ended: it is not waited for.
    """
    client = product.client()
    invoice = product.invoice(client)
    until_settled_at_once(product, product.invoice(product.client()))

    def pay(number: int) -> requests.Response:
        def answered() -> list[requests.Response]:
            answer = product.payment(invoice, 100, f"{client['id']}-{number}")
            assert answer.status_code in (201, 202, 409, 502, 503, 504), answer.text
            return [answer] if answer.status_code in (201, 202, 409) else []

        return eventually(answered, f"payment {number} is answered")[0]

    with calling(pay, threads=4, limit=60) as payers:
        eventually(lambda: len(payers.answers) >= 5, "payments arrive")
        estate.until_up("paiement-service", but_not=estate.kill("paiement-service"))
        payers.join()

    recorded = {answer.json()["id"] for answer in payers.answers if answer.status_code != 409}
    open_keys = sum(answer.status_code == 409 for answer in payers.answers)
    assert len(recorded) + open_keys == 60 and open_keys <= 4

    def settled() -> bool:
        payments = product.every("/paiements", client_id=client["id"])
        return all(payment["etat"] == "CONFIRME" for payment in payments)

    eventually(settled, "every payment is settled")
    payments = {payment["id"] for payment in product.every("/paiements", client_id=client["id"])}
    assert recorded <= payments and len(payments - recorded) <= open_keys
    assert product.balance_of(invoice) == 24000 - 100 * len(payments)
    books_balance(estate)
    assert len(sent_by_now(product, client, len(payments))) == len(payments)


def test_mails_outlive_a_killed_notification_service(estate: Estate, product: Product) -> None:
    """kill -9 three times while mails go out: each is proven sent once, or shown INCONNU; none is doubled."""
    client = product.client()
    invoice = product.invoice(client)
    with calling(lambda _: product.payment(invoice, 100), threads=4, limit=80) as payers:
        for seen in (5, 20, 40):
            eventually(lambda seen=seen: len(estate.mails_to(client["email"])) >= seen, f"{seen} mails")
            killed = estate.kill("notification-service")
            estate.until_up("notification-service", but_not=killed)
        payers.join()
    assert set(Counter(answer.status_code for answer in payers.answers)) <= {201, 202}
    told = sent_by_now(product, client, 80)
    assert len(told) == 80
    assert {n["etat"] for n in told} <= {"ENVOYEE", "INCONNU"}
    kept = Counter(str(mail["Message-ID"]) for mail in estate.mails_to(client["email"]))
    assert set(kept.values()) == {1}
    proven = {n["fournisseur_id"] for n in told if n["etat"] == "ENVOYEE"}
    unknown = sum(n["etat"] == "INCONNU" for n in told)
    assert proven <= set(kept)
    assert len(set(kept) - proven) <= unknown <= 3


def test_mails_wait_for_a_mail_server_that_is_down(estate: Estate, product: Product) -> None:
    """Refused mails stay EN_FILE with their attempts, then leave once, when the server is back."""
    client = product.client()
    invoice = product.invoice(client)
    down = estate.mailbag / ".indisponible"
    down.touch()
    try:
        assert product.payment(invoice, 100).status_code == 201

        def refused() -> list[dict[str, Any]]:
            found = product.every("/notifications", client_id=client["id"])
            details = [product.get(f"/notifications/{n['id']}") for n in found]
            return [n for n in details if len(n["tentatives"]) >= 2]

        waiting = eventually(refused, "two attempts were refused")
        assert {n["etat"] for n in waiting} == {"EN_FILE"}
        assert estate.mails_to(client["email"]) == []
    finally:
        down.unlink()
    assert {n["etat"] for n in sent_by_now(product, client, 1)} == {"ENVOYEE"}
    assert len(estate.mails_to(client["email"])) == 1


def publish(estate: Estate, *messages: messaging.Message) -> None:
    """Put messages on paiement-topic with the settings of the member that normally does."""
    member = estate.described("paiement-service")
    env = load(
        "paiement_service",
        [*member["args"], f"--ressort.home={estate.folder}"],
        estate.environ(member["name"]),
        estate.folder,
    )
    facade = messaging.create(env)
    facade.start_broker()
    try:
        facade.send("paiement-topic", messages)
    finally:
        facade.binder.stop(5)


def confirmed(client: dict[str, Any]) -> messaging.Message:
    """A PaiementConfirme that no payment stands behind."""
    payload = {
        "type": "PaiementConfirme",
        "paiement_id": str(uuid.uuid4()),
        "client_id": client["id"],
        "montant_centimes": 1234,
        "devise": "EUR",
        "date_paiement": datetime.now(UTC).date().isoformat(),
        "notifier": True,
        "destinataire": {"nom": "X", "email": client["email"], "telephone": None, "langue": "fr"},
        "affectations": [],
    }
    return messaging.Message.json_of(
        type="PaiementConfirme", source="paiement-service", payload=payload, clock=SystemClock()
    )


def test_a_message_delivered_three_times_is_one_mail(estate: Estate, product: Product) -> None:
    """The same message id again: one notification, one mail."""
    client, marker = product.client(), product.client()
    message = confirmed(client)
    publish(estate, message, message)
    publish(estate, message, confirmed(marker))
    assert len(sent_by_now(product, marker, 1)) == 1
    assert len(sent_by_now(product, client, 1)) == 1
    assert len(estate.mails_to(client["email"])) == 1


def test_an_unreadable_message_is_put_aside_and_can_be_replayed(estate: Estate, product: Product) -> None:
    """It becomes a dead letter with its error, holds up nothing, and comes back when replayed."""
    marker = product.client()
    broken = messaging.Message(b"{not json", {"id": str(uuid.uuid4()), "type": "PaiementConfirme"})
    publish(estate, broken, confirmed(marker))
    assert {n["etat"] for n in sent_by_now(product, marker, 1)} == {"ENVOYEE"}

    def letters() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = estate.actuator("notification-service", TO_NOTIFICATION)["letters"]
        return [letter for letter in found if letter["id"] == broken.id]

    (letter,) = eventually(letters, "the dead letter is shown")
    assert letter["error"]
    where = f"{estate.url('notification-service')}/actuator/{TO_NOTIFICATION}"
    answer = requests.post(where, json={"action": "replay", "ids": [broken.id]}, timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"count": 1})
    eventually(letters, "replayed, it is put aside again")
    requests.post(where, json={"action": "discard", "ids": [broken.id]}, timeout=10)
    assert letters() == []
