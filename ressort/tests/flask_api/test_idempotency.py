"""Idempotency-Key, in memory and on SQLite and MariaDB with the transactions of the handler."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from orders_api import Orders, StockShortError, order_app
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select

from ressort.clock import FixedClock
from ressort.data import Database
from ressort.data.tables import idempotency_table
from ressort.flask import idempotency
from ressort.flask.api import (
    Api,
    Body,
    FieldError,
    InvalidBody,
    Model,
    Problem,
    create_api_app,
    idempotent,
    problems,
)
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.testing.answer_store_conformance import AnswerStoreConformance

METADATA = MetaData()
ANSWERS = idempotency_table(METADATA)
EFFECTS = Table("effects", METADATA, Column("n", Integer, primary_key=True), Column("what", String(20)))
KEY = {"Idempotency-Key": "k-1"}


MIGRATION = """
import sqlalchemy as sa
from alembic import op
from ressort.data.migrations import create_standard_tables
revision = "0001"
down_revision = None
def upgrade():
    create_standard_tables("idempotency")
    op.create_table("effects", sa.Column("n", sa.Integer, primary_key=True), sa.Column("what", sa.String(20)))
"""


class RefusedError(Exception):
    """A domain refusal."""


class UnknownAccountError(Exception):
    """A domain refusal of something the body names."""


class Pay(Model):
    """A payment."""

    amount_cents: int


class Bank:
    """A service with one table; `during` runs inside the handler, `after` behind its transaction."""

    def __init__(self, url: str, folder) -> None:
        self.clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.database = Database.open(url)
        (folder / "0001_bank.py").write_text(MIGRATION)
        self.database.migrate(folder)
        self.before = self.during = self.after = lambda: None
        self.app = create_api_app("bank", locale="fr")
        self.answers = SqlAnswers(self.database, self.clock)
        self.api().register(self.app, answers=self.answers)
        self.client = self.app.test_client()

    def write(self, what: str) -> int:
        with self.database.transaction() as connection:
            connection.execute(insert(EFFECTS).values(what=what))
            self.during()
            return connection.execute(select(func.count()).select_from(EFFECTS)).scalar_one()

    def effects(self) -> int:
        with self.database.read() as connection:
            return connection.execute(select(func.count()).select_from(EFFECTS)).scalar_one()

    def rows(self) -> list:
        with self.database.read() as connection:
            return list(connection.execute(select(ANSWERS)).all())

    def api(self) -> Api:
        api = Api("Bank")
        unknown = [FieldError("/account", "unknown-account", "No such account.")]
        api.problems(
            problems({RefusedError: (409, "refused"), UnknownAccountError: lambda _: InvalidBody(unknown)})
        )

        @api.post("/payments", status=201)
        @idempotent(required=True, lease_s=30)
        def pay(body: Pay):
            """Pay."""
            self.before()
            n = self.write("pay")
            self.after()
            return {"n": n, "amount_cents": body.amount_cents}

        @api.post("/payments/{id}/refunds", status=201)
        @idempotent()
        def refund(id: str):
            """Refund."""
            return {"n": self.write(id)}

        @api.post("/payments/{id}/corrections")
        @idempotent()
        def correct(id: str, body: Body[Pay]):
            """Says itself when the body is judged."""
            return {"n": self.write(id), "amount_cents": body.valid().amount_cents}

        @api.post("/steps", status=202)
        @idempotent(deferred=False)
        def steps():
            """Commits twice; the first transaction decides the answer."""
            with self.database.transaction() as connection:
                connection.execute(insert(EFFECTS).values(what="first"))
                answer = idempotency.keep(connection, {"kept": True}, 202)
                self.during()
            self.after()
            return answer

        return api

    def pay(self, amount: int = 1, headers=KEY):
        return self.client.post("/payments", json={"amount_cents": amount}, headers=headers)


@pytest.fixture
def bank(database_url, tmp_path_factory):
    """A fresh bank, once per database."""
    made = Bank(database_url, tmp_path_factory.mktemp("migrations"))
    yield made
    made.database.close()


def test_the_same_request_has_one_effect_and_one_answer(bank) -> None:
    """Replayed with its status and a mark."""
    first, second = bank.pay(), bank.pay()
    assert (
        (first.status_code, first.json)
        == (second.status_code, second.json)
        == (201, {"n": 1, "amount_cents": 1})
    )
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert bank.effects() == 1


def test_the_same_body_spelled_otherwise_is_the_same_request(bank) -> None:
    """Blanks and order of keys do not count."""
    bank.pay()
    raw = b'{ "amount_cents" : 1 }'
    again = bank.client.post("/payments", data=raw, content_type="application/json", headers=KEY)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_another_body_is_refused(bank) -> None:
    """422, nothing done."""
    bank.pay()
    answer = bank.pay(2)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-reutilisee")
    assert bank.effects() == 1


def test_the_same_key_for_another_resource_is_refused(bank) -> None:
    """The path is part of the request: a refund of B is never answered with A's."""
    assert bank.client.post("/payments/a/refunds", headers=KEY).status_code == 201
    assert bank.client.post("/payments/b/refunds", headers=KEY).status_code == 422
    assert bank.pay().status_code == 201


@pytest.mark.parametrize("key", [None, "", "a b", "é", "x" * 256, "a\tb"])
def test_a_missing_or_malformed_key_is_a_400(bank, key) -> None:
    """Where it is required it must be there; it must always be readable."""
    answer = bank.pay(headers={} if key is None else {"Idempotency-Key": key})
    code = "idempotency-key-requise" if key is None else "idempotency-key-invalide"
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_keys_differing_in_case_are_different(bank) -> None:
    """Whatever the database's collation."""
    assert bank.pay(headers={"Idempotency-Key": "abc"}).status_code == 201
    assert bank.pay(headers={"Idempotency-Key": "ABC"}).json["n"] == 2


def test_a_domain_refusal_is_kept(bank) -> None:
    """The 409 is answered again although the reason is gone; its failed transaction left nothing."""

    def refuse() -> None:
        raise RefusedError("no")

    bank.during = refuse
    first = bank.pay()
    bank.during = lambda: None
    second = bank.pay()
    assert first.status_code == second.status_code == 409
    assert second.json == first.json and second.content_type == "application/problem+json"
    assert bank.effects() == 0


@pytest.mark.parametrize("where", ["before", "during"])
def test_a_domain_refusal_of_what_the_body_names_is_kept(bank, where) -> None:
    """The 422 is answered again with its fields although the reason is gone; its failed transaction left nothing."""

    def refuse() -> None:
        raise UnknownAccountError

    setattr(bank, where, refuse)
    first = bank.pay()
    setattr(bank, where, lambda: None)
    second = bank.pay()
    assert (first.status_code, second.status_code, second.json) == (422, 422, first.json)
    assert second.json["errors"][0]["pointer"] == "/account"
    assert second.headers["Idempotency-Replayed"] == "true"
    assert bank.pay(2).json["code"] == "idempotency-key-reutilisee"
    assert bank.effects() == 0


def test_a_handler_in_steps_that_refuses_keeps_the_refusal_not_the_undone_answer(bank) -> None:
    """Its transaction, with the 202 it held, was rolled back; the 422 is what the key remembers."""

    def refuse() -> None:
        raise UnknownAccountError

    bank.during = refuse
    first = bank.client.post("/steps", headers=KEY)
    bank.during = lambda: None
    second = bank.client.post("/steps", headers=KEY)
    assert (first.status_code, second.status_code, second.json) == (422, 422, first.json)
    assert bank.effects() == 0


@pytest.mark.parametrize("path", ["/payments", "/payments/a/corrections"])
def test_an_invalid_body_frees_the_key(bank, path) -> None:
    """The corrected body may use it, whether the kit or the handler says when the body is judged."""
    assert bank.client.post(path, json={"amount_cents": 1.5}, headers=KEY).status_code == 422
    assert (bank.effects(), bank.rows()) == (0, [])
    assert bank.client.post(path, json={"amount_cents": 1}, headers=KEY).status_code < 300


@pytest.mark.parametrize("error", [RuntimeError("bug"), Problem(503, "out"), Problem(404, "gone")])
def test_any_other_outcome_undoes_the_effect_and_frees_the_key(bank, error) -> None:
    """An error behind the handler's transaction: effect and key are gone together."""

    def fail() -> None:
        raise error

    bank.after = fail
    assert bank.pay().status_code >= 404
    assert (bank.effects(), bank.rows()) == (0, [])
    bank.after = lambda: None
    assert bank.pay().json["n"] == 1


def test_a_twin_of_a_running_request_is_told_to_come_back(bank) -> None:
    """409 with Retry-After."""
    bank.answers.claim(idempotency.Claim("POST /payments", "k-1", fingerprint(bank, 1), "first"), 30)
    answer = bank.pay()
    assert (answer.status_code, answer.json["code"]) == (409, "idempotency-key-en-cours")
    assert answer.headers["Retry-After"] == "1"


def fingerprint(bank, amount: int) -> str:
    """What the kit computes for a payment."""
    with bank.app.test_request_context("/payments", method="POST", json={"amount_cents": amount}):
        return idempotency.fingerprint()


def test_a_claim_whose_process_died_is_taken_over(bank) -> None:
    """After the lease the next try runs; the dead owner can no longer keep an answer."""
    dead = idempotency.Claim("POST /payments", "k-1", fingerprint(bank, 1), "dead")
    bank.answers.claim(dead, 30)
    bank.clock.advance(timedelta(seconds=29))
    assert bank.pay().status_code == 409
    bank.clock.advance(timedelta(seconds=2))
    assert bank.pay().status_code == 201
    with pytest.raises(idempotency.LostClaimError), bank.database.transaction() as connection:
        bank.answers.save(connection, dead, idempotency.KeptAnswer(201, {}, b""), lambda: None)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are recognised by /proc")
def test_a_claim_of_a_killed_neighbour_is_taken_over_at_once(bank) -> None:
    """On the same machine nobody waits for the lease: running while its process runs, free once it was killed."""
    script = "from ressort.flask.claimants import new_owner; print(new_owner(), flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as neighbour:
        owner = neighbour.stdout.readline().strip()
        bank.answers.claim(idempotency.Claim("POST /payments", "k-1", fingerprint(bank, 1), owner), 30)
        assert bank.pay().status_code == 409
        neighbour.kill()
        neighbour.wait()
        assert bank.pay().status_code == 201


def test_a_run_that_lost_its_claim_has_no_effect(bank) -> None:
    """A run slower than its lease is overtaken: its own transaction is rolled back."""

    def overtake() -> None:
        bank.clock.advance(timedelta(seconds=31))
        faster = idempotency.Claim("POST /payments", "k-1", print_, "faster")
        thread = threading.Thread(target=bank.answers.claim, args=(faster, 30))
        thread.start()
        thread.join()

    print_ = fingerprint(bank, 1)
    bank.before = overtake
    answer = bank.pay()
    assert (answer.status_code, answer.json["code"]) == (409, "idempotency-key-en-cours")
    assert bank.effects() == 0
    assert [row.claimed_by for row in bank.rows()] == ["faster"]


def test_a_handler_in_steps_keeps_its_answer_in_the_deciding_transaction(bank) -> None:
    """A crash after that transaction: the answer is there for the next try."""

    def crash() -> None:
        raise SystemExit(9)

    bank.after = crash
    with pytest.raises(SystemExit):
        bank.client.post("/steps", headers=KEY)
    again = bank.client.post("/steps", headers=KEY)
    assert (again.status_code, again.json, again.headers["Idempotency-Replayed"]) == (
        202,
        {"kept": True},
        "true",
    )
    assert bank.effects() == 1


def test_an_answer_kept_in_a_transaction_that_fails_is_not_kept(bank) -> None:
    """Rolled back with the effect: the key is free at once."""

    def fail() -> None:
        raise RuntimeError("bug")

    bank.during = fail
    assert bank.client.post("/steps", headers=KEY).status_code == 500
    assert (bank.effects(), bank.rows()) == (0, [])
    bank.during = lambda: None
    assert bank.client.post("/steps", headers=KEY).status_code == 202


def test_concurrent_twins_have_one_effect(bank) -> None:
    """Twelve threads with one key: one 201, the others replay or are told to wait."""
    start, answers = threading.Barrier(12), []

    def send() -> None:
        client = bank.app.test_client()
        start.wait()
        answers.append(client.post("/payments", json={"amount_cents": 1}, headers=KEY))

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert bank.effects() == 1
    assert {a.status_code for a in answers} <= {201, 409}
    assert sum(1 for a in answers if a.status_code == 201 and "Idempotency-Replayed" not in a.headers) == 1


def test_old_answers_are_purged_after_two_days(bank) -> None:
    """Kept longer than the promised 24 hours, not for ever."""
    bank.pay()
    bank.clock.advance(timedelta(hours=25))
    assert bank.pay().headers["Idempotency-Replayed"] == "true"
    bank.clock.advance(timedelta(hours=24))
    bank.pay(headers={"Idempotency-Key": "other"})
    assert [row.idempotency_key for row in bank.rows()] == ["other"]


def test_no_key_means_no_row(bank) -> None:
    """Where the key is optional."""
    assert bank.client.post("/payments/a/refunds").status_code == 201
    assert bank.rows() == []


def test_answers_in_memory_follow_the_same_rules(good) -> None:
    """Replay, refusal of another body, freeing on error, keeping of domain refusals."""
    orders = Orders()
    client = order_app(orders).test_client()
    first = client.post("/orders", json=good, headers=KEY)
    again = client.post("/orders", json=good, headers=KEY)
    assert again.json == first.json and again.headers["Location"] == first.headers["Location"]
    assert client.post("/orders", json={**good, "customer": "x"}, headers=KEY).status_code == 422
    orders.fail_with = RuntimeError("bug")
    other = {"Idempotency-Key": "k-2"}
    assert client.post("/orders", json=good, headers=other).status_code == 500
    orders.fail_with = StockShortError(1)
    assert client.post("/orders", json=good, headers=other).status_code == 409
    orders.fail_with = None
    assert client.post("/orders", json=good, headers=other).json["left"] == 1
    assert orders.effects == 3


class TestMemoryAnswers(AnswerStoreConformance):
    """In memory."""

    @pytest.fixture
    def store(self):
        return idempotency.MemoryAnswers()


class TestSqlAnswers(AnswerStoreConformance):
    """In the service's database, once per backend."""

    @pytest.fixture
    def store(self, bank):
        return bank.answers
