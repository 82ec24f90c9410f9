"""The journey of a newcomer, all through the gateway: from a client to a reminder in a mailbox."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import uuid
from typing import Any

import pytest
import requests
from e2e import ledger
from e2e.api import Product
from e2e.estate import LEDGER, Estate, eventually
from e2e.kinds import EMBEDDED, PARTS, on

pytestmark = on(EMBEDDED, PARTS, group="journey")

CUT = dt.date(2013, 10, 31)
REPRISE = {
    "arrete_au": CUT.isoformat(),
    "decalage": "aucun",
    "courriel": "{reference}@clients.example",
    "type_client": "ENTREPRISE",
}
SERVICES = ("client-service", "facture-service", "paiement-service", "notification-service", "batch")
PLATFORM = ("config-server", "discovery", "gateway")


@pytest.fixture(scope="module")
def paid(product: Product) -> dict[str, Any]:
    """A client with an invoice of 240.00 issued today, 100.00 of it paid."""
    client = product.client()
    invoice = product.invoice(client)
    answer = product.payment(invoice, 10000)
    assert answer.status_code == 201, answer.text
    return {"client": client, "invoice": invoice, "payment": answer.json()}


@pytest.fixture(scope="module")
def taken_over(product: Product) -> dict[str, Any]:
    """The take-over of the real file at the cut: uploaded, launched, completed."""
    with LEDGER.open("rb") as stream:
        answer = product.ask("POST", "/jobs/repriseJob/fichiers", files={"fichier": (LEDGER.name, stream)})
    assert answer.status_code == 201, answer.text
    return product.run("repriseJob", fichier=answer.json()["fichier"], **REPRISE)


@pytest.fixture(scope="module")
def reminded(product: Product, taken_over: dict[str, Any]) -> dict[str, Any]:
    """The reminder run at the cut, after the take-over."""
    return product.run("relanceJob", date_reference=CUT.isoformat())


def test_an_issued_invoice_has_a_number_and_a_legal_page(product: Product, paid: dict[str, Any]) -> None:
    """Number of the year's series, due date, totals, and a page with seller, client and mentions."""
    invoice = paid["invoice"]
    assert invoice["numero"].startswith(f"FA-{invoice['date_emission'][:4]}-")
    assert (invoice["total_ht_centimes"], invoice["total_ttc_centimes"]) == (20000, 24000)
    page = product.ask("GET", f"/factures/{invoice['id']}", headers={"Accept": "text/html"})
    assert page.headers["Content-Type"].startswith("text/html")
    for text in (invoice["numero"], invoice["vendeur"]["siren"], paid["client"]["nom_affiche"], "40 euros"):
        assert text in page.text


def test_a_part_payment_leaves_the_balance(product: Product, paid: dict[str, Any]) -> None:
    """100.00 of 240.00: PARTIELLE, 140.00 left, on the invoice and in the aged balance."""
    invoice = product.get(f"/factures/{paid['invoice']['id']}")
    assert (invoice["statut_reglement"], invoice["reste_centimes"]) == ("PARTIELLE", 14000)
    assert paid["payment"]["etat"] == "CONFIRME"
    balance = product.get("/balance-agee", client_id=paid["client"]["id"])
    assert [line["non_echu_centimes"] for line in balance["lignes"]] == [14000]


def test_the_receipt_is_in_the_mailbox_and_in_the_list(
    estate: Estate, product: Product, paid: dict[str, Any]
) -> None:
    """One mail to the client that says what is left, one notification ENVOYEE with its Message-ID."""
    mails = eventually(lambda: estate.mails_to(paid["client"]["email"]), "the receipt's mail")
    text = mails[0].get_body(("plain",)).get_content()
    assert "100,00" in text and "140,00" in text and paid["invoice"]["numero"] in text
    sent = eventually(
        lambda: product.every("/notifications", client_id=paid["client"]["id"], etat="ENVOYEE"),
        "the notification is ENVOYEE",
    )
    assert [(n["type"], n["fournisseur_id"]) for n in sent] == [("PaiementConfirme", mails[0]["Message-ID"])]
    assert len(mails) == 1


def test_an_invoice_is_mailed_on_demand(estate: Estate, product: Product) -> None:
    """`/envoi` brings the invoice to the client's mailbox."""
    client = product.client()
    invoice = product.invoice(client)
    product.post(f"/factures/{invoice['id']}/envoi", status=202)
    mails = eventually(lambda: estate.mails_to(client["email"]), "the invoice's mail")
    assert invoice["numero"] in mails[0].get_body(("plain",)).get_content()


@pytest.mark.parametrize("member", [*PLATFORM, *SERVICES])
def test_every_member_is_healthy(estate: Estate, member: str) -> None:
    """Health, liveness and readiness are UP, with the components of a real process."""
    health = estate.actuator(member, "health")
    assert health["status"] == "UP", health
    assert estate.actuator(member, "health/liveness")["status"] == "UP"
    assert estate.actuator(member, "health/readiness")["status"] == "UP"
    assert ("db" in health["components"]) == (member in SERVICES)


def test_the_broker_and_the_database_are_those_of_the_kind(
    estate: Estate, request: pytest.FixtureRequest
) -> None:
    """facture-service says on which database and broker it really runs."""
    components = estate.actuator("facture-service", "health")["components"]
    with_parts = request.node.callspec.params["estate"] == PARTS
    assert components["db"]["details"]["database"] == ("MariaDB" if with_parts else "SQLite")
    assert list(components["binders"]["components"]) == ["rabbit" if with_parts else "local"]


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_documents_its_api_through_the_gateway(estate: Estate, service: str) -> None:
    """An OpenAPI 3.1 document and a page to try it."""
    document = requests.get(f"{estate.url('gateway')}/api-docs/{service}", timeout=10).json()
    assert document["openapi"].startswith("3.1") and document["paths"]
    page = requests.get(f"{estate.url('gateway')}/api-docs/{service}/swagger-ui.html", timeout=10)
    assert page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")


def test_the_front_serves_its_page_and_the_same_routes(estate: Estate) -> None:
    """4200's page, its links, and `/api` beside it."""
    front = f"http://127.0.0.1:{estate.front_port}"
    assert "Ressort" in requests.get(front, timeout=10).text
    assert requests.get(f"{front}/api/clients?limit=1", timeout=10).status_code == 200
    documents = requests.get(f"{front}/api-docs", timeout=10)
    assert all(service in documents.text for service in SERVICES)


def test_the_registry_page_shows_every_member(estate: Estate) -> None:
    """The dashboard names each registered application."""
    page = requests.get(estate.url("discovery"), headers={"Accept": "text/html"}, timeout=10).text
    assert all(name.upper() in page.upper() for name in (*SERVICES, "gateway", "config-server"))


@pytest.mark.parametrize("path", ["/actuator/health", "/api/actuator/health", "/api/clients/../actuator/env"])
def test_no_actuator_of_a_member_is_routed(estate: Estate, path: str) -> None:
    """What the gateway answers under these paths is its own, or nothing."""
    session = requests.Session()
    request = requests.Request("GET", estate.url("gateway")).prepare()
    request.url = estate.url("gateway") + path
    answer = session.send(request, timeout=10)
    assert answer.status_code in (400, 404) or path == "/actuator/health"
    if answer.status_code == 200:
        assert "db" not in answer.json()["components"], "only the services have a database"


def test_lists_of_200_identifiers_pass_the_gateway(product: Product) -> None:
    """`ids` of clients and `client_ids` of balances, 36 characters each; one more is the service's own refusal."""
    ids = [str(uuid.uuid4()) for _ in range(201)]
    assert product.get("/clients", ids=",".join(ids[:200]))["total"] == 0
    assert product.get("/paiements/soldes", client_ids=",".join(ids[:200])) == []
    refused = product.ask("GET", "/clients", params={"ids": ",".join(ids)})
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "application/problem+json")


def test_calls_between_services_are_not_routed(product: Product, paid: dict[str, Any]) -> None:
    """Settlements and take-overs are refused from outside, whoever asks."""
    for path in (f"/factures/{paid['invoice']['id']}/reglements", "/factures/reprises", "/paiements/lots"):
        assert product.ask("POST", path, json={}).status_code == 404


def test_the_take_over_holds_what_the_file_says(product: Product, taken_over: dict[str, Any]) -> None:
    """2,352 invoices issued by the cut, 100 clients, 2,273 payments; nothing rejected."""
    issued = sum(row.issued <= CUT for row in ledger.rows())
    settled = sum(row.settled <= CUT and row.issued <= CUT for row in ledger.rows())
    assert (issued, settled) == (2352, 2273)
    assert product.get("/factures", limit=1, emise_au=CUT.isoformat())["total"] == issued
    assert product.get("/paiements", limit=1, recu_au=CUT.isoformat())["total"] == settled
    assert taken_over["rejets"] == 0


def test_open_invoices_at_the_cut_are_those_of_the_file(product: Product, taken_over: dict[str, Any]) -> None:
    """79 open, with their numbers, amounts and disputes."""
    found = {
        invoice["numero"]: (invoice["reste_centimes"], invoice["litige"] is not None)
        for invoice in product.every("/factures", ouverte_au=CUT.isoformat())
    }
    assert found == {row.number: (row.cents, row.disputed) for row in ledger.rows() if row.open_at(CUT)}
    assert len(found) == 79


def test_the_aged_balance_at_the_cut_is_that_of_the_file(
    product: Product, taken_over: dict[str, Any]
) -> None:
    """Each customer's cents by days late; 614.68 late from 9 customers in all."""
    balance = product.get("/balance-agee", au=CUT.isoformat())
    columns = ("non_echu", "de_1_a_30", "de_31_a_60", "de_61_a_90", "plus_de_90")
    found = {
        line["nom"].split()[-1]: [line[f"{column}_centimes"] for column in columns]
        for line in balance["lignes"]
    }
    assert found == ledger.aged(CUT)
    assert sum(sum(cents[1:]) for cents in found.values()) == 61468
    assert sum(any(cents[1:]) for cents in found.values()) == 9


@pytest.mark.parametrize(
    ("day", "open_count", "late_cents"),
    [("2013-03-31", 94, 68137), ("2013-06-30", 84, 83556), ("2013-09-30", 88, 46548)],
)
def test_the_books_of_earlier_days_are_those_of_the_file(
    product: Product, taken_over: dict[str, Any], day: str, open_count: int, late_cents: int
) -> None:
    """As of a day before the cut: what was open then, and how late, though since paid."""
    at = dt.date.fromisoformat(day)
    balance = product.get("/balance-agee", au=day)
    found = {line["nom"].split()[-1]: line["total_centimes"] for line in balance["lignes"]}
    assert found == {client: sum(cents) for client, cents in ledger.aged(at).items()}
    late = sum(line["total_centimes"] - line["non_echu_centimes"] for line in balance["lignes"])
    assert late == late_cents == sum(row.cents for row in ledger.late(at))
    listed = product.get("/factures", ouverte_au=day, limit=1)
    assert listed["total"] == open_count == sum(row.open_at(at) for row in ledger.rows())


def test_the_simulation_explains_every_late_invoice(product: Product, taken_over: dict[str, Any]) -> None:
    """Three reminders at level 1; the 8 other late invoices are left out, each with its reason."""
    told = product.post("/relances/simulation", {"date_reference": CUT.isoformat()}, status=200)
    found = {
        reminder["nom"].split()[-1]: {line["numero"] for line in reminder["factures"]}
        for reminder in told["relances"]
    }
    assert found == ledger.first_reminders(CUT)
    assert {reminder["niveau"] for reminder in told["relances"]} == {1}
    late, in_time = ledger.late(CUT), [row for row in ledger.late(CUT) if row.days_late(CUT) < 5]
    reasons = sorted(left["motif"] for left in told["ecartees"])
    disputed = sum(row.disputed for row in late)
    assert reasons.count("litige") == disputed
    assert reasons.count("delai-non-atteint") == sum(not row.disputed for row in in_time)
    assert len(reasons) == len(late) - 3 == 8


def test_one_mail_per_client_due_a_reminder(
    estate: Estate, product: Product, reminded: dict[str, Any]
) -> None:
    """Exactly three mails, each naming its invoice; each reminder and each notification ENVOYEE."""
    due = ledger.first_reminders(CUT)

    def sent() -> bool:
        reminders = product.every("/relances", date_reference=CUT.isoformat())
        return len(reminders) == len(due) and all(reminder["etat"] == "ENVOYEE" for reminder in reminders)

    eventually(sent, "three reminders are ENVOYEE")
    for client, numbers in due.items():
        mails = estate.mails_to(f"{client}@clients.example")
        assert len(mails) == 1
        assert all(number in mails[0].get_body(("plain",)).get_content() for number in numbers)
    notifications = product.every("/notifications", type="RelanceDemandee")
    assert sorted(n["destinataire"]["email"] for n in notifications) == sorted(
        f"{c}@clients.example" for c in due
    )
    assert {n["etat"] for n in notifications} == {"ENVOYEE"}


def test_a_second_pass_sends_nothing(estate: Estate, product: Product, reminded: dict[str, Any]) -> None:
    """The same run again is 409; on purpose, as pass 2, it decides no reminder."""
    again = product.ask(
        "POST", "/jobs/relanceJob/executions", json={"parametres": {"date_reference": CUT.isoformat()}}
    )
    assert again.status_code == 409, again.text
    second = product.run("relanceJob", date_reference=CUT.isoformat(), passage=2)
    assert sum(step["ecrits"] for step in second["etapes"]) == 0
    reminders = product.every("/relances", date_reference=CUT.isoformat())
    assert len(reminders) == 3
    assert all(
        len(estate.mails_to(f"{client}@clients.example")) == 1 for client in ledger.first_reminders(CUT)
    )


def test_one_mail_per_notification(estate: Estate, product: Product, reminded: dict[str, Any]) -> None:
    """Each notification that was sent is one mail with its Message-ID, and no mail is without one."""

    def settled() -> bool:
        return {n["etat"] for n in product.every("/notifications")} == {"ENVOYEE"}

    eventually(settled, "every notification is ENVOYEE")
    sent = sorted(n["fournisseur_id"] for n in product.every("/notifications"))
    assert sent == sorted(str(mail["Message-ID"]) for mail in estate.mails())


def test_the_books_balance(estate: Estate, taken_over: dict[str, Any], reminded: dict[str, Any]) -> None:
    """The operator's check of the invoice ledger finds nothing, on the estate's own database."""
    member = estate.described("facture-service")
    done = subprocess.run(
        [sys.executable, "-m", "facture_service.controle", *member["args"]],
        cwd=estate.folder,
        env=estate.environ(member["name"]),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
