"""The edges: schema and migrations, client-service over HTTP, the outbox, the operator's checks."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text, update

from facture_service import controle
from facture_service.adapters import tables as t
from facture_service.adapters.client_api import ClientsDistants, ClientServiceApi
from facture_service.adapters.messaging import PublicationOutbox
from facture_service.application.demander_envoi import message_envoi
from facture_service.domain import erreurs as e
from facture_service.settings import Entreprise
from ressort.http import ClientFactory, ClientOptions, InProcessTransport
from ressort.messaging import Outbox

BASES = ["sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))]
CONTRATS = Path(__file__).parents[3] / "contracts" / "events"

CLIENT_JSON = {
    "id": "c9",
    "type": "PUBLIC",
    "nom_affiche": "Mairie",
    "siren": None,
    "adresse": {"ligne1": "1 place", "ligne2": None, "code_postal": "75001", "ville": "Paris", "pays": "FR"},
    "email": None,
    "telephone": None,
    "langue": "fr",
    "conditions_paiement": {"delai_jours": 45, "mode": "FIN_DE_MOIS"},
    "archive": True,
    "champ_futur": 1,
}


@pytest.mark.parametrize("base", BASES)
def test_migrations_make_the_tables_of_the_code(base: str, creer_monde: Any) -> None:
    """The schema after all revisions is the one the statements are written for."""
    database = creer_monde(base).database
    with database.read() as connection:
        contexte = MigrationContext.configure(connection, opts={"compare_type": False})
        ecarts = [
            ecart
            for ecart in compare_metadata(contexte, t.metadata)
            if not (ecart[0] == "remove_index" or (ecart[0] == "remove_table" and "alembic" in ecart[1].name))
        ]
    assert ecarts == []


@pytest.mark.parametrize("base", BASES)
def test_documents_of_before_are_found_by_opened_ligatures(base: str, creer_monde: Any, rouvrir: Any) -> None:
    """What was folded while ligatures stayed is folded anew, the rest is left alone."""
    monde = creer_monde(base)
    ancienne, autre = monde.brouillon(), monde.brouillon(numero_commande="CMD-7")
    with monde.database.transaction() as c:
        c.execute(update(t.facture).where(t.facture.c.id == ancienne.id).values(recherche="No 7 bon cœur"))
        c.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    with rouvrir(monde).database.read() as c:
        textes = dict(c.execute(select(t.facture.c.id, t.facture.c.recherche)).tuples().all())
    assert textes == {ancienne.id: "no 7 bon coeur", autre.id: "boulangerie helene cmd-7"}


def test_broken_books_are_found(creer_monde: Any) -> None:
    """A changed balance, a lost number and a changed document are each named."""
    monde = creer_monde("sqlite")
    factures = [monde.emise() for _ in range(3)]
    with monde.database.transaction() as c:
        c.execute(text("PRAGMA ignore_check_constraints=ON"))
        c.execute(update(t.facture).where(t.facture.c.id == factures[0].id).values(regle_centimes=5))
        c.execute(
            update(t.facture)
            .where(t.facture.c.id == factures[1].id)
            .values(rang=9, document=t.facture.c.document)
        )
        document = c.execute(
            select(t.facture.c.document).where(t.facture.c.id == factures[2].id)
        ).scalar_one()
        faux = document.replace("Conseil", "Autre chose")
        c.execute(update(t.facture).where(t.facture.c.id == factures[2].id).values(document=faux))
    trouves = {v.controle for v in monde.cas.lectures.controler().violations}
    assert {"solde", "journal", "reglements", "serie", "empreinte", "chaine"} <= trouves


def test_operator_command_tells_by_its_status(creer_monde: Any, capsys: Any) -> None:
    """0 and a count when all is well."""
    monde = creer_monde("sqlite")
    monde.emise()
    url = monde.database.url.render_as_string(hide_password=False)
    assert controle.main([f"--spring.datasource.url={url}"]) == 0
    assert "1 documents, 0 violations" in capsys.readouterr().out


@pytest.fixture
def distants() -> Any:
    """client-service answering in process, and the port over it."""
    import flask

    app = flask.Flask(__name__)
    app.etat = {"panne": False}

    @app.get("/clients/<id>")
    def client(id: str) -> Any:
        if app.etat["panne"]:
            return {"code": "x"}, 500
        return CLIENT_JSON if id == "c9" else ({"status": 404, "code": "client-introuvable"}, 404)

    @app.get("/clients")
    def clients() -> Any:
        ids = flask.request.args["ids"].split(",")
        assert len(ids) <= 200
        assert int(flask.request.args["limit"]) == 200
        return {
            "elements": [{**CLIENT_JSON, "id": i} for i in ids if i != "inconnu"],
            "suivant": None,
            "total": 1,
        }

    factory = ClientFactory(
        transport=InProcessTransport({"client-service": app}),
        defaults=ClientOptions(url="http://client-service"),
    )
    return ClientsDistants(factory.create(ClientServiceApi)), app


def test_client_is_read_as_client_service_tells_it(distants: Any) -> None:
    """Terms, archive flag and address come over; members added later do not disturb."""
    clients, _ = distants
    client = clients.client("c9")
    assert (client.type, client.archive, client.conditions_paiement.delai_jours) == ("PUBLIC", True, 45)
    assert asdict(client.adresse)["ville"] == "Paris"


def test_unknown_client_and_outage_are_told_apart(distants: Any) -> None:
    """404 is a fact about the client, anything else one about client-service."""
    clients, app = distants
    with pytest.raises(e.ClientInconnuError):
        clients.client("autre")
    app.etat["panne"] = True
    with pytest.raises(e.ClientServiceIndisponibleError):
        clients.client("c9")


def test_many_clients_are_asked_by_lots(distants: Any) -> None:
    """450 ids are three calls; the unknown one is left out."""
    clients, _ = distants
    ids = {f"c{i}" for i in range(449)} | {"inconnu"}
    assert set(clients.clients(ids)) == ids - {"inconnu"}


def test_message_is_in_the_outbox_of_the_same_transaction(creer_monde: Any) -> None:
    """Rolled back with it, kept with it, and as the contract says."""
    monde = creer_monde("sqlite")
    facture = monde.emise()
    outbox = Outbox(monde.database)
    publier = PublicationOutbox(outbox, monde.clock)
    message = message_envoi(facture, facture.emission)
    with pytest.raises(ZeroDivisionError), monde.database.transaction() as c:
        publier(c, "facture-topic", message)
        raise ZeroDivisionError
    assert outbox.pending(10) == []
    with monde.database.transaction() as c:
        publier(c, "facture-topic", message)
    [attente] = outbox.pending(10)
    assert attente.message.headers["type"] == "FactureAEnvoyer"
    schema = json.loads((CONTRATS / "FactureAEnvoyer.schema.json").read_text())
    jsonschema.validate(attente.message.json(), schema)
    jsonschema.validate(json.loads((CONTRATS / "examples" / "FactureAEnvoyer.json").read_text()), schema)


def test_shipped_seller_is_complete() -> None:
    """The fictitious seller of the configuration repository can issue invoices."""
    from ressort.config import load

    depot = Path(__file__).parents[3] / "config-repo" / "application.yml"
    env = load(None, [f"--spring.config.import={depot}"], {})
    vendeur = env.bind(Entreprise).vendeur()
    assert vendeur.champs_manquants == ()
    assert vendeur.siren == "123456782"
