"""The list of reminders: tabs, filters, CSV, views, one of them whole; through the API, on every database."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from batch.adapters.sql import MagasinSql
from batch.application.consultation import Criteres
from batch.application.suivre_relances import RelanceTraitee
from batch.domain.dossier import EtatRelance
from ressort.data import Database
from ressort.flask.paging import PageRequest, SortKey

ONGLETS = ["toutes", "a-traiter", "demandees", "envoyees", "echecs", "annulees"]
ETATS = {
    "c1": EtatRelance.DEMANDEE,
    "c2": EtatRelance.ENVOYEE,
    "c3": EtatRelance.ECHEC,
    "c4": EtatRelance.INCONNU,
    "c5": EtatRelance.ANNULEE,
    "c6": EtatRelance.A_TRAITER,
}


@pytest.fixture
def liste(banc: Any) -> Any:
    """One reminder in every state, of clients c1 to c6, and an older one of c7."""
    banc.clock.set(datetime(2026, 11, 18, 10, tzinfo=UTC))
    banc.facture("FB-7", 8, client="c7")
    banc.lancer("relanceJob")
    banc.clock.set(datetime(2026, 11, 20, 10, tzinfo=UTC))
    for rang in range(1, 7):
        banc.facture(f"FA-{rang}", 10, client=f"c{rang}", centimes=10_000 + rang)
    connus = banc.services.clients_par_id
    connus["c2"] = replace(connus["c2"], nom="Hélène 100 %", email=None)
    connus["c4"] = replace(connus["c4"], nom="Cœur de Ville")
    connus["c5"] = replace(connus["c5"], nom="Coeur Joie")
    banc.lancer("relanceJob")
    for message in banc.messages():
        etat = ETATS.get(message["client_id"], EtatRelance.ENVOYEE)
        if etat is not EtatRelance.DEMANDEE:
            id = message["relance_id"]
            banc.parties.suivre(RelanceTraitee(id, etat, "dit ainsi", f"n-{id[:8]}", banc.clock.now()))
    return banc


def clients(banc: Any, question: str) -> list[str]:
    """Of the reminders listed, by client."""
    reponse = banc.client.get(f"/relances?{question}")
    assert reponse.status_code == 200, reponse.json
    return sorted(relance["client_id"] for relance in reponse.json["elements"])


def test_each_tab_shows_its_states(liste: Any) -> None:
    """What may or may not have arrived is with the failures."""
    assert {onglet: clients(liste, f"onglet={onglet}") for onglet in ONGLETS} == {
        "toutes": ["c1", "c2", "c3", "c4", "c5", "c6", "c7"],
        "a-traiter": ["c6"],
        "demandees": ["c1"],
        "envoyees": ["c2", "c7"],
        "echecs": ["c3", "c4"],
        "annulees": ["c5"],
    }


def test_counts_are_those_of_the_lists(liste: Any) -> None:
    """Every tab in its order, under the same filters."""
    for filtre in ("", "du=2026-11-19", "client_id=c3", "execution_id=2", "q=rien"):
        onglets = liste.client.get(f"/relances/compteurs?{filtre}").json["onglets"]
        assert [un["nom"] for un in onglets] == ONGLETS
        for un in onglets:
            page = liste.client.get(f"/relances?onglet={un['nom']}&{filtre}&limit=1").json
            assert page["total"] == un["total"], (filtre, un["nom"])


SELECTIONS = {
    "q=helene": ["c2"],
    "q=HÉLÈNE": ["c2"],
    "q=COEUR": ["c4", "c5"],
    "q=cœur de": ["c4"],
    "q=cœur joie": ["c5"],
    "q=100%25": [],
    "q=100 %25": ["c2"],
    "q=fa-3": ["c3"],
    "q=fb": ["c7"],
    "au=2026-11-19": ["c7"],
    "du=2026-11-18&au=2026-11-18": ["c7"],
    "execution_id=1": ["c7"],
}


def test_filters_select(liste: Any) -> None:
    """Text without case nor accents, days, the run that decided."""
    for filtre, attendus in SELECTIONS.items():
        assert clients(liste, filtre) == attendus, filtre


def test_pages_follow_any_order(liste: Any) -> None:
    """Three by three they give what one page gives."""
    for cle in ("nom", "etat", "niveau", "etat_le", "total_du_centimes"):
        entiere = [r["id"] for r in liste.client.get(f"/relances?tri={cle}").json["elements"]]
        vues: list[str] = []
        curseur = ""
        while curseur is not None:
            page = liste.client.get(f"/relances?tri={cle}&limit=3{curseur and '&curseur=' + curseur}").json
            vues += [r["id"] for r in page["elements"]]
            curseur = page["suivant"]
        assert vues == entiere, cle


@pytest.mark.parametrize(
    ("chemin", "parametre"),
    [
        ("/relances?onglet=perdues", "onglet"),
        ("/relances/compteurs?onglet=toutes", "onglet"),
        ("/relances?du=1999-12-31", "du"),
        ("/relances?execution_id=0", "execution_id"),
    ],
)
def test_wrong_questions_are_a_400(banc_sqlite: Any, chemin: str, parametre: str) -> None:
    """The parameter is named."""
    reponse = banc_sqlite.client.get(chemin)
    assert (reponse.status_code, reponse.json["errors"][0]["parameter"]) == (400, parametre)


def test_csv_is_the_whole_set(liste: Any) -> None:
    """Client, sums of the lines, invoices; interest is empty where a rate is missing."""
    reponse = liste.client.get(
        "/relances?tri=date_reference,total_du_centimes", headers={"Accept": "text/csv"}
    )
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="relances-2026-11-20.csv"'
    texte = reponse.data.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte, newline=""), delimiter=";"))
    assert [ligne["Identifiant du client"] for ligne in lignes] == ["c7", *ETATS]
    helene = lignes[2]
    assert (helene["Client"], helene["Niveau"], helene["État"]) == ("Hélène 100 %", "1", "Envoyée")
    assert (helene["Total dû"], helene["Intérêts"], helene["Factures"]) == ("100,02", "0,00", "FA-2")
    assert (helene["Courriel"], lignes[1]["Courriel"]) == ("", "c1@x.example")
    assert (helene["Date de référence"], helene["Exécution"]) == ("20/11/2026", "2")
    choix = liste.client.get(
        "/relances?colonnes=client&onglet=echecs&tri=nom", headers={"Accept": "text/csv"}
    )
    assert choix.data.decode("utf-8-sig") == "Client\r\nClient c3\r\nCœur de Ville\r\n"


def test_views_are_kept(banc: Any) -> None:
    """Saved, listed, forgotten."""
    vue = {"titre": "À traiter", "parametres": {"onglet": "a-traiter"}}
    assert banc.client.put("/relances/vues/a-traiter", json=vue).status_code == 201
    (gardee,) = banc.client.get("/relances/vues").json["elements"]
    assert gardee["parametres"] == {"onglet": "a-traiter"}
    assert banc.client.delete("/relances/vues/a-traiter").status_code == 204
    assert banc.client.get("/relances/vues/a-traiter").json["code"] == "vue-introuvable"


def test_public_holidays_are_told(banc_sqlite: Any) -> None:
    """Of the calendar by which reminders leave, both ends included; a period that is none names its parameter."""
    reponse = banc_sqlite.client.get("/relances/jours-feries?du=2026-12-25&au=2027-03-29")
    assert reponse.json == [
        {"jour": "2026-12-25", "nom": "Noël"},
        {"jour": "2027-01-01", "nom": "Jour de l'an"},
        {"jour": "2027-03-29", "nom": "Lundi de Pâques"},
    ]
    for question in ("du=2026-12-25&au=2026-12-24", "du=2026-01-01&au=2027-02-05", "du=2026-01-01"):
        refus = banc_sqlite.client.get(f"/relances/jours-feries?{question}")
        assert (refus.status_code, refus.json["errors"][0]["parameter"]) == (400, "au")


def test_one_reminder_is_shown_with_its_message(liste: Any) -> None:
    """The very message that was put on relance-topic, its fate, and where its text is."""
    (message,) = [m for m in liste.messages() if m["client_id"] == "c6"]
    relance = liste.client.get(f"/relances/{message['relance_id']}").json
    assert relance["message"] == message
    assert (relance["etat"], relance["motif"]) == ("A_TRAITER", "dit ainsi")
    assert relance["notification_id"] == f"n-{message['relance_id'][:8]}"
    assert relance["destinataire"]["email"] == "c6@x.example"
    refus = liste.client.get("/relances/inconnue")
    assert (refus.status_code, refus.json["code"]) == (404, "relance-introuvable")


def test_reminders_of_before_are_searched_too(any_database: Database, tmp_path: Path) -> None:
    """The migration folds what was stored; whom they were meant for is not known."""
    migrations = files("batch") / "migrations"
    shutil.copy(str(migrations / "0001_tables.py"), tmp_path)
    any_database.migrate(tmp_path)
    with any_database.transaction() as connection:
        connection.execute(
            text(
                "INSERT INTO relance (id, client_id, nom, niveau, devise, date_reference, politique,"
                " version_politique, envoi, etat, rejeu, execution_id, credits_centimes, total_du_centimes,"
                " factures, creee_le) VALUES ('r1', 'c1', 'Hélène Cœur', 1, 'EUR', :jour, 'standard', 1,"
                " 'AUTOMATIQUE', 'ENVOYEE', :rejeu, 1, 0, 100, :factures, :le)"
            ),
            {
                "jour": date(2026, 11, 20),
                "rejeu": False,
                "factures": '[{"numero": "FA-É1"}]',
                "le": datetime(2026, 11, 20, 9),
            },
        )

    any_database.migrate(migrations)

    magasin = MagasinSql(any_database)
    page = PageRequest(50, (SortKey("id"),))
    for q in ("helene", "fa-e1", "coeur", "cœur"):
        (relance,), total = magasin.relances(Criteres(q=q), page)
        assert (relance.id, relance.destinataire, total) == ("r1", None, 1)
