"""What people and programs get wrong, through the gateway: a clear error each, and nothing half done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from e2e import kinds
from e2e.api import Product
from e2e.estate import LEDGER, Estate

pytestmark = pytest.mark.xdist_group("e2e-bad-input")

HOSTILE = "<script>alert(1)</script> '; DROP TABLE client; -- é€"
TAKE_OVER = {
    "arrete_au": "2013-10-31",
    "decalage": "aucun",
    "courriel": "{reference}@clients.example",
    "type_client": "ENTREPRISE",
}


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """An embedded estate."""
    with kinds.embedded(tmp_path_factory.mktemp("estate")) as running:
        yield running


@pytest.fixture(scope="module")
def client(product: Product) -> dict[str, Any]:
    """A client to invoice."""
    return product.client()


def problem(answer: requests.Response, status: int) -> dict[str, Any]:
    """The problem document of a refusal: no trace of the machinery in it."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert not any(word in answer.text for word in ("Traceback", "sqlalchemy", "SELECT ", 'File "'))
    found: dict[str, Any] = answer.json()
    assert found["status"] == status and found["code"] and found["title"]
    return found


@pytest.mark.parametrize("path", ["/clients", "/factures", "/paiements", "/relances/simulation"])
def test_what_is_not_json_is_a_400(product: Product, path: str) -> None:
    """A body cut short, and one nested without end."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    problem(product.ask("POST", path, data='{"a": ', headers=headers), 400)
    problem(product.ask("POST", path, data="[" * 100_000, headers=headers), 400)


def test_ten_megabytes_are_a_413(product: Product) -> None:
    """Refused by size, whatever is in it; the next request on the estate is served."""
    headers = {"Content-Type": "application/json"}
    body = json.dumps({"raison_sociale": "x" * 10_000_000})
    assert product.ask("POST", "/clients", data=body, headers=headers).status_code == 413
    assert product.ask("GET", "/clients?limit=1").status_code == 200


def test_every_error_of_a_body_is_told_at_once(product: Product, client: dict[str, Any]) -> None:
    """A float for money, an unknown field, a wrong rate and a missing one: each with its pointer."""
    line = {"designation": "x", "quantite": 1.5, "prix_unitaire_ht": "1.00", "taux_tva": "19.7", "prix": 1}
    told = problem(product.ask("POST", "/factures", json={"client_id": client["id"], "lignes": [line]}), 422)
    pointers = {error["pointer"] for error in told["errors"]}
    assert {"/lignes/0/quantite", "/lignes/0/taux_tva", "/lignes/0/prix"} <= pointers
    paid = {"client_id": client["id"], "montant_centimes": 10.5, "date_paiement": "2026-02-30"}
    told = problem(product.ask("POST", "/paiements", json=paid, headers={"Idempotency-Key": "f"}), 422)
    assert {"/montant_centimes", "/date_paiement"} <= {error["pointer"] for error in told["errors"]}
    assert product.get("/paiements", limit=1)["total"] == 0


def test_unknown_filters_and_sort_keys_are_named(product: Product) -> None:
    """A typo in a query is a 400 that names it."""
    for query in ("statut_reglment=PAYEE", "tri=-montant", "curseur=abc", "limit=1000"):
        told = problem(product.ask("GET", f"/factures?{query}"), 400)
        assert query.partition("=")[0] in json.dumps(told)


def test_hostile_text_is_text(estate: Estate, product: Product) -> None:
    """Markup and SQL in every text come back as they were, and are escaped on the legal page."""
    client = product.client(raison_sociale=HOSTILE)
    assert product.get(f"/clients/{client['id']}")["raison_sociale"] == HOSTILE
    assert [found["id"] for found in product.every("/clients", q="'; DROP TABLE")] == [client["id"]]
    line = {"designation": HOSTILE, "quantite": "1", "prix_unitaire_ht": "1.00", "taux_tva": "20.0"}
    draft = product.post("/factures", {"client_id": client["id"], "lignes": [line]})
    invoice = product.post(f"/factures/{draft['id']}/emission", status=200)
    page = product.ask("GET", f"/factures/{invoice['id']}", headers={"Accept": "text/html"}).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize("path", ["/clients/nowhere", "/factures/%00", "/paiements/..%2f..%2fetc", "/rien"])
def test_what_does_not_exist_is_a_refusal(product: Product, path: str) -> None:
    """Unknown ids, odd characters and unknown routes."""
    assert product.ask("GET", path).status_code in (400, 404)


@pytest.mark.parametrize("content", [b"a;b;c\n1;2;3\n", b"\xff\xfe\x00\x01binary", b""])
def test_a_file_that_is_no_ledger_is_refused_whole(product: Product, content: bytes) -> None:
    """A wrong header, binary, an empty file: 422 or a FAILED run that says why; no client made."""
    clients = product.get("/clients", limit=1)["total"]
    sent = product.ask("POST", "/jobs/repriseJob/fichiers", files={"fichier": ("x.csv", content)})
    assert sent.status_code in (201, 422), sent.text
    if sent.status_code == 201:
        parameters = {"fichier": sent.json()["fichier"], **TAKE_OVER}
        answer = product.ask("POST", "/jobs/repriseJob/executions", json={"parametres": parameters})
        if answer.status_code == 202:
            ended = product.ended(answer.headers["Location"])
            assert ended["statut"] == "FAILED" and ended["echecs"], ended
        else:
            problem(answer, 422)
    assert product.get("/clients", limit=1)["total"] == clients


def test_bad_rows_are_listed_with_their_lines(product: Product) -> None:
    """A wrong date, a negative and a wordy amount: three rejects with line number; the good row is taken."""
    header, first = LEDGER.read_text("ascii").splitlines()[:2]
    columns = header.split(",")

    def row(number: str, **changes: str) -> str:
        values = dict(zip(columns, first.split(","), strict=True)) | {"invoiceNumber": number} | changes
        return ",".join(values[column] for column in columns)

    rows = [
        row("1000000001"),
        row("1000000002", InvoiceDate="2013-13-45"),
        row("1000000003", InvoiceAmount="-5.00"),
        row("1000000004", InvoiceAmount="dix"),
    ]
    content = "\r\n".join([header, *rows, ""]).encode("ascii")
    sent = product.ask("POST", "/jobs/repriseJob/fichiers", files={"fichier": ("rows.csv", content)})
    done = product.run("repriseJob", fichier=sent.json()["fichier"], **TAKE_OVER)
    assert done["rejets"] == 3
    rejects = product.every(f"/jobs/executions/{done['id']}/rejets")
    assert [reject["ligne"] for reject in rejects] == [3, 4, 5]
    assert product.get("/factures", limit=1, q="1000000001")["total"] == 1


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"date_reference": "2999-01-01"}, 422),
        ({"date_reference": "31/10/2013"}, 422),
        ({"date_reference": "2013-10-31", "passge": 2}, 422),
    ],
)
def test_wrong_parameters_of_a_job_are_named(
    product: Product, parameters: dict[str, Any], status: int
) -> None:
    """A future date, a French date, a misspelt name."""
    answer = product.ask("POST", "/jobs/relanceJob/executions", json={"parametres": parameters})
    told = problem(answer, status)
    assert list(parameters)[-1] in json.dumps(told)
