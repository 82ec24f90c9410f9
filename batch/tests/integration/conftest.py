"""batch over services in memory, on every database; the clock stands at Friday 2026-11-20, 11:00 in Paris."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from batch.adapters.http import batch_api
from batch.adapters.memory import ServicesEnMemoire
from batch.composition import Adapters, Composition, composer
from batch.domain.dossier import Client
from batch.domain.interets import TypeClient
from batch.settings import RepriseOptions, Settings
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask import create_flask
from ressort.flask.events import EventStreams
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views_sql import SqlViews
from ressort.messaging import Outbox
from ressort.scheduling import Scheduler

MAINTENANT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
AUJOURD_HUI = date(2026, 11, 20)


@dataclass
class Banc:
    """The member under test and what surrounds it."""

    services: ServicesEnMemoire
    clock: FixedClock
    database: Database
    outbox: Outbox
    parties: Composition
    client: Any
    dossier: Path

    def facture(
        self, reference: str, retard: int, client: str = "c1", centimes: int = 10_000, **plus: Any
    ) -> str:
        """An invoice that many days late today, of a client made on the way; its id."""
        self.services.clients_par_id.setdefault(
            client, Client(client, f"Client {client}", TypeClient.ENTREPRISE, email=f"{client}@x.example")
        )
        echeance = AUJOURD_HUI - timedelta(days=retard)
        self.services.factures[reference] = {
            "client_id": client,
            "devise": "EUR",
            "date_emission": (echeance - timedelta(days=30)).isoformat(),
            "date_echeance": echeance.isoformat(),
            "total_ttc_centimes": centimes,
            "litige": None,
            **plus,
        }
        return f"f-{reference}"

    def lancer(self, job: str, **parametres: Any) -> Any:
        """POST a launch and wait for its end; the answer to GET, or the problem."""
        reponse = self.client.post(f"/jobs/{job}/executions", json={"parametres": parametres})
        if reponse.status_code != 202:
            return reponse
        return self.attendre(reponse.json["id"])

    def attendre(self, execution_id: str) -> Any:
        """The execution once it has ended."""
        self.parties.operator.wait(int(execution_id), 60)
        return self.client.get(f"/jobs/executions/{execution_id}")

    def messages(self) -> list[dict[str, Any]]:
        """What waits in the outbox for relance-topic."""
        return [json.loads(p.message.payload) for p in self.outbox.pending(1000)]

    def toutes_envoyees(self) -> None:
        """notification-service reports every reminder asked for as sent."""
        from batch.application.suivre_relances import RelanceTraitee
        from batch.domain.dossier import EtatRelance

        for message in self.messages():
            relance = self.parties.magasin.relance(message["relance_id"])
            if relance is not None and relance.etat is EtatRelance.DEMANDEE:
                self.parties.suivre(
                    RelanceTraitee(relance.id, EtatRelance.ENVOYEE, None, "n1", self.clock.now())
                )

    def fichier(self, texte: str, nom: str = "reprise.csv", encodage: str = "utf-8") -> str:
        """A CSV file in a folder of its own; its path."""
        chemin = self.dossier / nom
        chemin.write_bytes(texte.encode(encodage))
        return str(chemin)


@pytest.fixture
def banc(any_database: Database, tmp_path: Path) -> Iterator[Banc]:
    """On SQLite and on MariaDB."""
    yield from _monter(any_database, tmp_path)


@pytest.fixture
def banc_sqlite(tmp_path: Path) -> Iterator[Banc]:
    """On SQLite alone, for what never reaches the database."""
    database = Database.open(f"sqlite:///{tmp_path}/batch_db.db")
    yield from _monter(database, tmp_path)
    database.close()


def _monter(database: Database, tmp_path: Path) -> Iterator[Banc]:
    database.migrate(files("batch") / "migrations")
    clock, services, outbox = FixedClock(MAINTENANT), ServicesEnMemoire(), Outbox(database)
    adapters = Adapters(
        database,
        services,
        services,
        outbox,
        SqlAnswers(database, clock),
        clock,
        Scheduler(clock),
        vues=SqlViews(database),
        flux=EventStreams(pause_s=0.02),
    )
    settings = Settings(
        depot=tmp_path / "depot", partout=True, reprise=RepriseOptions(attente_s=0, taille_max_bytes=100_000)
    )
    parties = composer(settings, adapters)
    app = create_flask("batch", locale="fr")
    batch_api(parties.cas).register(app, answers=adapters.reponses)
    yield Banc(services, clock, database, outbox, parties, app.test_client(), tmp_path)
    parties.operator.close(20)
