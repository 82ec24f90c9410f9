"""The product as a caller outside sees it: requests through the gateway, what every test needs of them."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import requests
from e2e.estate import eventually

_numbers = itertools.count(1)
TIMEOUT_S = 60
JOB_TIMEOUT_S = 180
RUNNING = ("STARTING", "STARTED", "STOPPING")


class Product:
    """The API below `base` (`http://host:port/api`)."""

    def __init__(self, base: str) -> None:
        self.base = base

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """Any request; the answer whatever it is."""
        url = path if path.startswith("http") else f"{self.base}{path}"
        return requests.request(method, url, timeout=TIMEOUT_S, **options)

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON of a 200."""
        return self._checked(self.ask("GET", path, params=parameters), 200)

    def post(self, path: str, body: Any = None, status: int = 201, **headers: str) -> Any:
        """The JSON of a POST answered with `status`."""
        return self._checked(
            self.ask("POST", path, json={} if body is None else body, headers=headers), status
        )

    @staticmethod
    def _checked(answer: requests.Response, status: int) -> Any:
        asked = f"{answer.request.method} {answer.url}"
        assert answer.status_code == status, f"{asked}: {answer.status_code} {answer.text[:1000]}"
        return answer.json()

    def every(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """All elements of a list, page after page."""
        page = self.get(path, limit=200, **parameters)
        found: list[dict[str, Any]] = page["elements"]
        while page["suivant"]:
            page = self.get(path, limit=200, curseur=page["suivant"], **parameters)
            found += page["elements"]
        return found

    # -- what a person would do

    def client(self, **fields: Any) -> dict[str, Any]:
        """A new client with an address and an e-mail of its own."""
        name = f"Atelier {uuid.uuid4().hex[:8]}"
        body = {
            "type": "ENTREPRISE",
            "raison_sociale": name,
            "adresse": {"ligne1": "1 rue du Test", "code_postal": "75001", "ville": "Paris", "pays": "FR"},
            "email": f"{name.split()[1]}@clients.example",
        }
        return dict(self.post("/clients", body | fields))

    def draft(self, client: dict[str, Any], price: str = "200.00") -> dict[str, Any]:
        """A draft of one line at 20 % VAT; 200.00 makes 240.00 with taxes."""
        line = {"designation": "Conseil", "quantite": "1", "prix_unitaire_ht": price, "taux_tva": "20.0"}
        return dict(self.post("/factures", {"client_id": client["id"], "lignes": [line]}))

    def invoice(self, client: dict[str, Any], price: str = "200.00") -> dict[str, Any]:
        """An invoice issued today."""
        return dict(self.post(f"/factures/{self.draft(client, price)['id']}/emission", status=200))

    def payment(self, invoice: dict[str, Any], cents: int, key: str | None = None) -> requests.Response:
        """Pay part of an invoice; the answer, whatever it is."""
        body = {
            "facture_id": invoice["id"],
            "montant_centimes": cents,
            "date_paiement": invoice["date_emission"],
            "moyen": "VIREMENT",
        }
        key = key or f"e2e-{uuid.uuid4().hex}-{next(_numbers)}"
        return self.ask("POST", "/paiements", json=body, headers={"Idempotency-Key": key})

    def balance_of(self, invoice: dict[str, Any]) -> int:
        """What is left of an invoice, in cents."""
        return int(self.get(f"/factures/{invoice['id']}")["reste_centimes"])

    # -- jobs

    def launch(self, job: str, **parameters: Any) -> str:
        """Launch a job; the address of its execution."""
        answer = self.ask("POST", f"/jobs/{job}/executions", json={"parametres": parameters})
        assert answer.status_code == 202, f"{job} {parameters}: {answer.status_code} {answer.text[:1000]}"
        return str(answer.headers["Location"])

    def ended(self, execution: str) -> dict[str, Any]:
        """The execution once it runs no more."""

        def find() -> dict[str, Any] | None:
            found: dict[str, Any] = self.get(execution)
            return None if found["statut"] in RUNNING else found

        return eventually(find, f"{execution} has ended", JOB_TIMEOUT_S) or {}

    def run(self, job: str, **parameters: Any) -> dict[str, Any]:
        """Launch a job and wait until it is COMPLETED."""
        execution = self.ended(self.launch(job, **parameters))
        assert execution["statut"] == "COMPLETED", execution
        return execution
