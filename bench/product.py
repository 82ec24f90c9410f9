"""The product as a caller outside sees it: requests through the gateway."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import requests

TIMEOUT_S = 60.0
RUNNING = ("STARTING", "STARTED", "STOPPING")
T = TypeVar("T")


class UnexpectedAnswerError(Exception):
    """An answer other than the one a benchmark stands on."""


def eventually(find: Callable[[], T], what: str, timeout_s: float = 60.0, every_s: float = 0.1) -> T:
    """The first true value of `find`. Raises UnexpectedAnswerError with the last one when none comes in time."""
    end = time.monotonic() + timeout_s
    while not (found := find()):
        if time.monotonic() > end:
            raise UnexpectedAnswerError(f"not within {timeout_s:.0f} s: {what} (last: {found!r})")
        time.sleep(every_s)
    return found


class Product:
    """The API below `base`; one kept session, so one object per thread."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """Any request; the answer whatever it is."""
        url = path if path.startswith("http") else self.base + path
        return self.session.request(method, url, timeout=TIMEOUT_S, **options)

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON of a 200."""
        return _json(self.ask("GET", path, params=parameters), 200)

    def post(self, path: str, body: Any, status: int = 201, key: str | None = None) -> Any:
        """The JSON of a POST answered with `status`; `key` is its Idempotency-Key."""
        headers = {} if key is None else {"Idempotency-Key": key}
        return _json(self.ask("POST", path, json=body, headers=headers), status)

    def every(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """All elements of a list, page after page."""
        page = self.get(path, limit=200, **parameters)
        found: list[dict[str, Any]] = page["elements"]
        while page["suivant"]:
            page = self.get(path, limit=200, curseur=page["suivant"], **parameters)
            found += page["elements"]
        return found

    def run(self, job: str, **parameters: Any) -> dict[str, Any]:
        """Launch a job and wait until it is COMPLETED."""
        answer = self.ask("POST", f"/jobs/{job}/executions", json={"parametres": parameters})
        _json(answer, 202)

        def ended() -> dict[str, Any] | None:
            found: dict[str, Any] = self.get(answer.headers["Location"])
            return None if found["statut"] in RUNNING else found

        execution = eventually(ended, f"{job} has ended", 300.0) or {}
        if execution["statut"] != "COMPLETED":
            raise UnexpectedAnswerError(f"{job}: {execution}")
        return execution


def _json(answer: requests.Response, status: int) -> Any:
    if answer.status_code != status:
        asked = f"{answer.request.method} {answer.url}"
        raise UnexpectedAnswerError(f"{asked}: {answer.status_code} {answer.text[:500]}")
    return answer.json()


def client_body(**fields: Any) -> dict[str, Any]:
    """A company with an address and an e-mail of its own."""
    name = uuid.uuid4().hex[:12]
    return {
        "type": "ENTREPRISE",
        "raison_sociale": f"Atelier {name}",
        "adresse": {"ligne1": "1 rue du Banc", "code_postal": "75001", "ville": "Paris", "pays": "FR"},
        "email": f"{name}@clients.example",
        **fields,
    }


def draft_body(client_id: str, prices: tuple[str, ...] = ("200.00",)) -> dict[str, Any]:
    """A draft with one line per price, 20 % VAT each."""
    lines = [
        {"designation": "Conseil", "quantite": "1", "prix_unitaire_ht": price, "taux_tva": "20.0"}
        for price in prices
    ]
    return {"client_id": client_id, "lignes": lines}


def payment_body(invoice: dict[str, Any], cents: int) -> dict[str, Any]:
    """A transfer for one invoice, received on the day it was issued."""
    return {
        "facture_id": invoice["id"],
        "montant_centimes": cents,
        "date_paiement": invoice["date_emission"],
        "moyen": "VIREMENT",
    }
