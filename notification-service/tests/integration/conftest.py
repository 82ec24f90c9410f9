"""The service as its tests meet it: on memory, or on a database with the same tests."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import notification_service
from notification_service.adapters.memory import MagasinEnMemoire
from notification_service.adapters.messaging import publication
from notification_service.adapters.sql import MagasinSql
from notification_service.app import Adapters, create_app
from notification_service.application.ports import ClientDuJour, Envoi
from notification_service.domain.notification import Canal, Destinataire
from notification_service.domain.relance import FactureDuJour
from notification_service.settings import Settings
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask.idempotency import MemoryAnswers
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views import MemoryViews
from ressort.flask.views_sql import SqlViews
from ressort.messaging import Outbox

MIGRATIONS = Path(notification_service.__file__).parent / "migrations"

DESTINATAIRE = {"nom": "Moulins", "email": "compta@moulins.example", "telephone": None, "langue": "fr"}


class Services:
    """The other services: every invoice owes what the message says."""

    def factures(self, facture_ids: Collection[str]) -> Mapping[str, FactureDuJour]:
        return {facture_id: FactureDuJour(10_000, False, 20) for facture_id in facture_ids}

    def page_facture(self, facture_id: str) -> str | None:
        return None

    def client(self, client_id: str) -> ClientDuJour | None:
        return ClientDuJour(Destinataire("Moulins", langue="en" if client_id == "anglais" else "fr"), False)

    def reste_au(self, facture_id: str, jour: date) -> int | None:
        return None

    def credits_centimes(self, client_id: str, devise: str) -> int:
        return 0


class Courriel:
    """Takes everything, or fails as told for some recipients."""

    def __init__(self) -> None:
        self.pris: list[str] = []
        self.echecs: dict[str, Exception] = {}

    def transmettre(self, envoi: Envoi) -> str:
        adresse = envoi.destinataire.email or envoi.destinataire.telephone or ""
        if adresse in self.echecs:
            raise self.echecs[adresse]
        self.pris.append(adresse)
        return f"<{envoi.cle}>"


class Http:
    """The service on a Friday morning; messages are handed to it as its listener does."""

    def __init__(self, database: Database | None = None) -> None:
        self.clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.courriel = Courriel()
        self.sms = Courriel()
        carriers = {Canal.EMAIL: self.courriel, Canal.SMS: self.sms}
        self.memoire = MagasinEnMemoire()
        if database is None:
            magasin: MagasinEnMemoire | MagasinSql = self.memoire
            stores: tuple[Any, Any] = (MemoryAnswers(), MemoryViews())
        else:
            magasin = MagasinSql(database, publication(Outbox(database), self.clock))
            stores = (SqlAnswers(database, self.clock), SqlViews(database))
        adapters = Adapters(Services(), carriers, magasin, *stores, self.clock)
        self.app = create_app(Settings(), adapters)
        self.poste = self.app.extensions["poste"]
        self.client = self.app.test_client()

    def recevoir(self, numero: int, destinataire: Mapping[str, Any] | None = None, **champs: Any) -> str:
        """A receipt arrives; the id of its notification."""
        message = {
            "type": "PaiementConfirme",
            "paiement_id": f"p{numero}",
            "client_id": f"c{numero}",
            "montant_centimes": 24_000,
            "devise": "EUR",
            "date_paiement": "2026-11-20",
            "notifier": True,
            "destinataire": destinataire or DESTINATAIRE,
            "affectations": [
                {
                    "facture_id": f"f{numero}",
                    "numero": f"FA-{numero}",
                    "montant_centimes": 24_000,
                    "reste_centimes": 0,
                }
            ],
            **champs,
        }
        self.poste.recevoir(f"m{numero}", message)
        trouvees: str = self.get("/notifications", client_id=message["client_id"])["elements"][0]["id"]
        return trouvees

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, query_string=query).json

    def renvoyer(
        self, notification_id: str, motif: Any = "le client ne l'a pas reçue", **headers: str
    ) -> Any:
        body = {"motif": motif}
        return self.client.post(f"/notifications/{notification_id}/renvoi", json=body, headers=headers)


def ouvrir(request: pytest.FixtureRequest, kind: str, dossier: Path) -> Database:
    """A database of a kind, without any table."""
    if kind == "sqlite":
        return Database.open(f"sqlite:///{dossier}/notification.db")
    name = f"notif_{uuid.uuid4().hex[:8]}"
    return Database.open(str(request.getfixturevalue("mariadb").database_for(name)))


MARIADB = pytest.param("mariadb", marks=pytest.mark.part("mariadb"))


@pytest.fixture(params=["sqlite", MARIADB])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind, without any table."""
    database = ouvrir(request, request.param, tmp_path)
    yield database
    database.close()


@pytest.fixture
def http() -> Http:
    """An empty service."""
    return Http()


@pytest.fixture(params=["memory", "sqlite", MARIADB])
def partout(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Http]:
    """An empty service on each kind of store."""
    if request.param == "memory":
        yield Http()
        return
    database = ouvrir(request, request.param, tmp_path)
    database.migrate(MIGRATIONS)
    yield Http(database)
    database.close()
