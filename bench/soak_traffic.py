"""What the users of a soak do, and what they were told: each request is made again, same key, until it is answered."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests

from bench.product import Product, UnexpectedAnswerError, client_body, draft_body, payment_body

PATIENCE_S = 120.0
"""How long a user repeats a request before the soak counts it as never answered."""
_AGAIN = (429, 500, 502, 503, 504)
_PRICES = ("19.99", "80.00", "200.00", "1234.56")


@dataclass
class Told:
    """What the product answered to all users; guarded by `lock`."""

    clients: set[str] = field(default_factory=set)
    invoices: dict[str, int] = field(default_factory=dict)
    payments: set[str] = field(default_factory=set)
    confirmed: set[str] = field(default_factory=set)
    credited: Counter[str] = field(default_factory=Counter)
    refunded: Counter[str] = field(default_factory=Counter)
    mailed: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    repeated: int = 0
    reads_failed: int = 0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class User(threading.Thread):
    """Invents clients, invoices and payments until `enough` is set."""

    def __init__(self, api: str, told: Told, enough: threading.Event, seed: int) -> None:
        super().__init__(name=f"user-{seed}", daemon=True)
        self._product = Product(api)
        self._told = told
        self._enough = enough
        self._random = random.Random(seed)
        self._client = ""
        self._mine: list[dict[str, Any]] = []

    def run(self) -> None:
        acts: list[tuple[int, Callable[[], object]]] = [
            (3, self._sell), (5, self._pay), (1, self._pay_twice), (1, self._pay_account), (1, self._credit),
            (1, self._refund), (1, self._return), (1, self._mail), (6, self._look),
        ]  # fmt: skip
        weights, choices = zip(*acts, strict=True)
        while not self._enough.is_set():
            try:
                if self._client and self._mine:
                    self._random.choices(choices, weights)[0]()
                else:
                    self._sell()
            except UnexpectedAnswerError as error:
                with self._told.lock:
                    self._told.wrong.append(str(error))
            self._enough.wait(0.02)

    # -- acts

    def _sell(self) -> None:
        if not self._client or self._random.random() < 0.3:
            client = self._sure("/clients", client_body(), 201)
            self._client = client["id"]
            with self._told.lock:
                self._told.clients.add(client["id"])
        prices = tuple(self._random.choices(_PRICES, k=self._random.randint(1, 4)))
        draft = self._sure("/factures", draft_body(self._client, prices), 201)
        invoice = self._sure(f"/factures/{draft['id']}/emission", {}, 200)
        self._mine = [*self._mine[-30:], invoice]
        with self._told.lock:
            self._told.invoices[invoice["id"]] = invoice["total_ttc_centimes"]

    def _pay(self) -> dict[str, Any]:
        invoice = self._random.choice(self._mine)
        cents = self._random.randint(100, max(100, invoice["total_ttc_centimes"]))
        return self._paid(payment_body(invoice, cents), uuid.uuid4().hex)

    def _pay_twice(self) -> None:
        invoice, key = self._random.choice(self._mine), uuid.uuid4().hex
        body = payment_body(invoice, 500)
        first, second = self._paid(body, key), self._paid(body, key)
        if first["id"] != second["id"]:
            raise UnexpectedAnswerError(f"one key, two payments: {first['id']} and {second['id']}")

    def _pay_account(self) -> None:
        body = payment_body(self._mine[-1], self._random.randint(1000, 90000))
        del body["facture_id"]
        self._paid({**body, "client_id": self._mine[-1]["client_id"]}, uuid.uuid4().hex)

    def _paid(self, body: dict[str, Any], key: str) -> dict[str, Any]:
        payment = self._sure("/paiements", body, 201, 202, key=key)
        with self._told.lock:
            self._told.payments.add(payment["id"])
            if payment["etat"] != "EN_ATTENTE":
                self._told.confirmed.add(payment["id"])
        return payment

    def _credit(self) -> None:
        invoice = self._random.choice(self._mine)
        cents = self._random.randint(1, 1000)
        body = {"motif": "Geste commercial", "montant_ttc_centimes": cents}
        credit = self._sure(f"/factures/{invoice['id']}/avoirs", body, 201, 409)
        if credit.get("type") == "AVOIR":
            with self._told.lock:
                self._told.credited[invoice["id"]] += credit["total_ttc_centimes"]

    def _refund(self) -> None:
        payment = self._pay()
        body = {"montant_centimes": 50, "motif": "Trop perçu", "date": payment["date_paiement"]}
        answer = self._sure(f"/paiements/{payment['id']}/remboursements", body, 201, 202, 409)
        if answer.get("remboursements"):
            with self._told.lock:
                self._told.refunded[payment["id"]] += 50

    def _return(self) -> None:
        payment = self._pay()
        body = {"motif": "Provision insuffisante", "date": payment["date_paiement"]}
        self._sure(f"/paiements/{payment['id']}/rejet", body, 200, 201, 202, 409)

    def _mail(self) -> None:
        invoice = self._random.choice(self._mine)
        self._sure(f"/factures/{invoice['id']}/envoi", {}, 202)
        with self._told.lock:
            self._told.mailed[invoice["id"]] += 1

    def _look(self) -> None:
        id = self._random.choice(self._mine)["id"]
        path = self._random.choice(
            [f"/factures/{id}", "/factures?limit=20", "/balance-agee", "/paiements?limit=20", "/notifications?limit=20",
             "/clients?limit=20", f"/factures/{id}/evenements", "/relances?limit=20"]
        )  # fmt: skip
        try:
            good = self._product.ask("GET", path).status_code == 200
        except requests.RequestException:
            good = False
        with self._told.lock:
            self._told.requests += 1
            self._told.reads_failed += not good

    # -- one request until it is answered

    def _sure(self, path: str, body: Any, *expected: int, key: str | None = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        end = time.monotonic() + PATIENCE_S
        last = "no answer"
        while time.monotonic() < end:
            with self._told.lock:
                self._told.requests += 1
            try:
                answer = self._product.ask("POST", path, json=body, headers=headers)
            except requests.RequestException as error:
                last = type(error).__name__
            else:
                last = f"{answer.status_code} {answer.text[:300]}"
                if not _again(answer):
                    if answer.status_code in expected:
                        found: dict[str, Any] = answer.json()
                        return found
                    raise UnexpectedAnswerError(f"POST {path}: {last}")
            with self._told.lock:
                self._told.repeated += 1
            time.sleep(0.25)
        raise UnexpectedAnswerError(f"POST {path}: never answered in {PATIENCE_S:.0f} s, last {last}")


def _again(answer: requests.Response) -> bool:
    return answer.status_code in _AGAIN or (
        answer.status_code == 409 and "idempotency-key-en-cours" in answer.text
    )
