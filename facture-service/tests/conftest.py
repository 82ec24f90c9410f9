"""One world per test: every use case over memory, SQLite or MariaDB, with a clock and clients of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import flask
import pytest

from facture_service.adapters.http import CasUsage
from facture_service.adapters.memory import ClientsMemoire, MagasinMemoire
from facture_service.adapters.memory_lectures import LecturesMemoire
from facture_service.adapters.sql import MagasinSql
from facture_service.adapters.sql_lectures import LecturesSql
from facture_service.adapters.vues import facture_dict
from facture_service.app import Adapters, cas_usage, create_app
from facture_service.domain.facture import Contenu, Facture
from facture_service.domain.lignes import Ligne
from facture_service.domain.parties import Adresse, Client, TypeClient, Vendeur
from facture_service.domain.reglement import DemandeReglement
from facture_service.settings import Settings
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask.idempotency_sql import SqlAnswers
from ressort.flask.views_sql import SqlViews

MIDI = datetime(2026, 11, 20, 11, tzinfo=UTC)

VENDEUR = Vendeur(
    nom="Société Fictive",
    forme="SAS",
    capital="10 000 €",
    siren="123456782",
    rcs="RCS Villefictive 123 456 782",
    tva_intracom="FR11123456782",
    adresse=Adresse("1 rue de l'Exemple", "00000", "Villefictive"),
    iban="FR7699999999990000000000056",
)

CLIENT = Client(
    id="c1",
    type=TypeClient.ENTREPRISE,
    nom_affiche="Boulangerie Hélène",
    siren="732829320",
    adresse=Adresse("2 rue du Four", "75001", "Paris"),
    email="helene@clients.example",
)


@dataclass
class Monde:
    """The service under test, and what surrounds it."""

    cas: CasUsage
    adapters: Adapters
    clock: FixedClock
    clients: ClientsMemoire
    settings: Settings
    messages: Callable[[], list[tuple[str, Mapping[str, Any]]]]
    database: Database | None = None
    vendeur: list[Vendeur] = field(default_factory=list)

    def app(self) -> flask.Flask:
        return create_app(self.settings, self.adapters)

    def le(self, jour: str) -> Monde:
        """Moves the clock to noon of a day."""
        self.clock.set(datetime.combine(date.fromisoformat(jour), MIDI.timetz()))
        return self

    @staticmethod
    def ligne(prix: str = "200.00", taux: str = "20", quantite: str = "1", remise: str = "0") -> Ligne:
        """One hour of advice at 200.00 and 20 %: 240.00 with tax."""
        return Ligne("Conseil", Decimal(quantite), Decimal(prix), Decimal(taux), Decimal(remise), "h")

    def brouillon(self, *lignes: Ligne, **contenu: Any) -> Facture:
        return self.cas.creer_brouillon(
            Contenu(**{"client_id": "c1", "lignes": lignes or (self.ligne(),), **contenu})
        )

    def regler(self, facture: Facture, montant: int, jour: str = "2026-11-20", **autres: Any) -> Any:
        """A settlement with an allocation of its own unless one is named."""
        demande = {"affectation_id": uuid4().hex, "paiement_id": "p1", **autres}
        return self.cas.enregistrer_reglement(
            facture.id,
            DemandeReglement(montant_centimes=montant, date_reglement=date.fromisoformat(jour), **demande),
        )

    def apercu(self, facture: Facture) -> Any:
        """The whole resource as the API shows it today."""
        return facture_dict(self.cas.lectures.apercu(facture.id, self.clock.today()))

    def emise(self, *lignes: Ligne, jour: str | None = None, **contenu: Any) -> Facture:
        facture = self.brouillon(*lignes, **contenu)
        return self.cas.emettre(facture.id, date.fromisoformat(jour) if jour else None)


def _monde(adapters: Adapters, **rest: Any) -> Monde:
    clock, clients, vendeur = FixedClock(MIDI), ClientsMemoire(CLIENT), [VENDEUR]
    reponses = rest.pop("reponses", None)
    used = replace(adapters, clock=clock, clients=clients, vendeur=lambda: vendeur[0])
    if reponses is not None:
        used = replace(used, reponses=reponses(clock))
    settings = Settings()
    return Monde(cas_usage(settings, used), used, clock, clients, settings, vendeur=vendeur, **rest)


def monde_en_memoire() -> Monde:
    magasin = MagasinMemoire()
    return _monde(Adapters(magasin, LecturesMemoire(magasin)), messages=lambda: list(magasin.etat.messages))


def monde_sql(url: str) -> Monde:
    database = Database.open(url)
    database.migrate(files("facture_service") / "migrations")
    envoyes: list[tuple[str, Mapping[str, Any]]] = []
    numeros = count(1)

    def publier(connection: Any, destination: str, message: Mapping[str, Any]) -> str:
        database.after_commit(connection, lambda: envoyes.append((destination, message)))
        return f"message-{next(numeros)}"

    return _monde(
        Adapters(MagasinSql(database, publier), LecturesSql(database), vues=SqlViews(database)),
        messages=lambda: envoyes,
        database=database,
        reponses=lambda clock: SqlAnswers(database, clock),
    )


def _url(sorte: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if sorte == "sqlite":
        return f"sqlite:///{tmp_path}/facture_{uuid4().hex[:12]}.db"
    return str(request.getfixturevalue("mariadb").database_for(f"facture_{uuid4().hex[:12]}"))


@pytest.fixture
def creer_monde(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Monde]]:
    """A function that makes a world of a kind: `memoire`, `sqlite` or `mariadb`."""
    faits: list[Monde] = []

    def creer(sorte: str) -> Monde:
        faits.append(monde_en_memoire() if sorte == "memoire" else monde_sql(_url(sorte, request, tmp_path)))
        return faits[-1]

    yield creer
    for fait in faits:
        if fait.database is not None:
            fait.database.close()


@pytest.fixture(params=["memoire", "sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))])
def monde(request: pytest.FixtureRequest, creer_monde: Callable[[str], Monde]) -> Monde:
    """The same tests over every adapter."""
    return creer_monde(request.param)


@pytest.fixture
def rouvrir() -> Callable[[Monde], Monde]:
    """A function that opens the database of a world again, as another process would."""

    def ouvrir(monde: Monde) -> Monde:
        assert monde.database is not None
        return monde_sql(monde.database.url.render_as_string(hide_password=False))

    return ouvrir
