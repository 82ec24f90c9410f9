"""The list's tabs, sums, CSV and views, and what came in by month: through the API, over every store."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask.testing import FlaskClient

from paiement_service.adapters.memory import MagasinEnMemoire
from paiement_service.adapters.sql import MagasinSql
from paiement_service.app import Adapters, create_app
from paiement_service.domain.annulation import annulation_faite, rejeter, rembourser
from paiement_service.domain.paiement import EtatAffectation, Moyen, Paiement, Remboursement
from paiement_service.settings import Settings
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask.views_sql import SqlViews


def _module(fichier: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(fichier.stem + "_ici", fichier)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_magasins = _module(Path(__file__).parent / "test_magasin.py")
_fakes = _module(Path(__file__).parents[1] / "unit" / "test_paiements.py")
paiement = _magasins.paiement
ONGLETS = ["tous", "en-attente", "a-traiter", "non-affectes", "rejetes", "rembourses"]


class Banc:
    """The API over a store that holds one payment of every kind, on 20 November 2026."""

    def __init__(self, magasin: Any, **adapters: Any) -> None:
        self.magasin = magasin
        self.clients = _fakes.Clients()
        clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        app = create_app(
            Settings(), Adapters(_fakes.Factures(), self.clients, magasin, clock=clock, **adapters)
        )
        self.client: FlaskClient = app.test_client()
        with magasin.transaction() as ecriture:
            ecriture.ajouter(_chaque_espece())
        self._rendre()

    def get(self, chemin: str, **headers: str) -> Any:
        return self.client.get(chemin, headers=headers)

    def _rendre(self) -> None:
        """p5 was returned by the bank on the 12th, p6 and p7 refunded on the 13th: p7 in part, while an answer waits."""
        with self.magasin.transaction() as ecriture:
            rejete = rejeter(ecriture.paiement("p5"), date(2026, 11, 12), "provision insuffisante")
            ecriture.remplacer(_annulations_faites(rejete))
            for rang, centimes in (("p6", 10_000), ("p7", 5_000)):
                le = date(2026, 11, 13)
                remboursement = Remboursement(
                    id=f"r{rang}", montant_centimes=centimes, motif="erreur", date=le
                )
                apres = rembourser(ecriture.paiement(rang), remboursement)
                ecriture.remplacer(_annulations_faites(apres) if rang == "p6" else apres)


def _chaque_espece() -> list[Paiement]:
    """p1 with credit, p2 settled, p3 waiting, p4 for a person, p5 to p7 yet to be given back, p8 in dollars."""
    affectation = paiement().affectations[0]
    attente = replace(affectation, affectation_id="a3", etat=EtatAffectation.EN_ATTENTE)
    refusee = replace(
        affectation, affectation_id="a4", etat=EtatAffectation.REFUSEE, motif="facture-inconnue"
    )
    juin, octobre = date(2026, 6, 30), date(2026, 10, 31)
    return [
        paiement(1, reference="=CHQ 12 Noël, bon Cœur", moyen=Moyen.CHEQUE),
        paiement(2, client_id="c2", reference="don de coeur", date_paiement=juin, montant_centimes=6_000),
        paiement(3, affectations=(attente,), confirme=False, client_id=None),
        paiement(4, affectations=(refusee,), confirme=False),
        paiement(5, date_paiement=octobre),
        paiement(6, date_paiement=date(2026, 11, 1)),
        paiement(7),
        paiement(8, devise="USD", montant_centimes=999, affectations=()),
    ]


def _annulations_faites(p: Paiement) -> Paiement:
    for affectation in p.affectations:
        if affectation.a_annuler_centimes:
            p = p.avec_affectation(annulation_faite(affectation))
    return p.dans_son_etat()


@pytest.fixture(params=["memory", "sqlite", "mariadb"])
def banc(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Banc]:
    """On each kind of store."""
    if request.param == "memory":
        yield Banc(MagasinEnMemoire())
        return
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/paiement.db"
    else:
        base = f"paiement_l_{abs(hash(request.node.name)) % 10**8}"
        url = request.getfixturevalue("mariadb").database_for(base)
    database = Database.open(str(url))
    database.migrate(files("paiement_service") / "migrations")
    yield Banc(MagasinSql(database, lambda *_: None), vues=SqlViews(database))
    database.close()


def ids(reponse: Any) -> list[str]:
    """Of the payments listed."""
    assert reponse.status_code == 200, reponse.json
    return [element["id"] for element in reponse.json["elements"]]


def test_each_tab_shows_what_its_name_says(banc: Banc) -> None:
    """A returned or refunded payment is under its tab although facture-service has not answered."""
    montre = {onglet: sorted(ids(banc.get(f"/paiements?onglet={onglet}"))) for onglet in ONGLETS}
    assert montre == {
        "tous": [f"p{rang}" for rang in range(1, 9)],
        "en-attente": ["p3", "p7"],
        "a-traiter": ["p4"],
        "non-affectes": ["p1", "p3", "p4", "p8"],
        "rejetes": ["p5"],
        "rembourses": ["p6", "p7"],
    }


def test_counts_are_those_of_the_lists(banc: Banc) -> None:
    """Every tab in its order, with the total and the sums that its list shows under the same filters."""
    for filtre in ("", "client_id=c1", "recu_du=2026-11-01", "q=fa-1", "devise=USD"):
        compteurs = banc.get(f"/paiements/compteurs?{filtre}").json["onglets"]
        assert [un["nom"] for un in compteurs] == ONGLETS
        for un in compteurs:
            liste = banc.get(f"/paiements?onglet={un['nom']}&{filtre}&limit=1").json
            assert (liste["total"], liste["totaux"]) == (un["total"], un["totaux"]), (filtre, un["nom"])


def test_sums_are_of_the_whole_set_by_currency(banc: Banc) -> None:
    """Currencies never mix, whatever the page."""
    assert banc.get("/paiements?limit=2").json["totaux"] == [
        {"devise": "EUR", "montant_centimes": 66_000, "non_affecte_centimes": 18_000},
        {"devise": "USD", "montant_centimes": 999, "non_affecte_centimes": 999},
    ]


SELECTIONS = {
    "moyen=CHEQUE": ["p1"],
    "q=12 noel": ["p1"],
    "q=NOËL": ["p1"],
    "q=coeur": ["p1", "p2"],
    "q=CŒUR": ["p1", "p2"],
    "q=don de coeur": ["p2"],
    "q=don de cœur": ["p2"],
    "source=BANQUE": [],
    "montant_max_centimes=6000": ["p8", "p2"],
    "montant_min_centimes=6001&recu_au=2026-11-01": ["p6", "p5"],
    "rendu_du=2026-11-13": ["p7", "p6"],
    "rendu_au=2026-11-12": ["p5"],
    "rendu_du=2026-11-14&rendu_au=2026-11-30": [],
}


def test_filters_select(banc: Banc) -> None:
    """Means, text without case nor accents, origin, amounts, and the days on which money left again."""
    for filtre, attendus in SELECTIONS.items():
        assert ids(banc.get(f"/paiements?{filtre}")) == attendus, filtre


def test_pages_follow_any_order(banc: Banc) -> None:
    """Three by three they give what one page gives."""
    for cle in ("non_affecte_centimes", "moyen", "reference", "etat", "montant_centimes"):
        entiere = ids(banc.get(f"/paiements?tri=-{cle}"))
        vues: list[str] = []
        curseur = ""
        while curseur is not None:
            page = banc.get(f"/paiements?tri=-{cle}&limit=3{curseur and '&curseur=' + curseur}").json
            vues += [element["id"] for element in page["elements"]]
            curseur = page["suivant"]
        assert (vues, len(vues)) == (entiere, 8), cle


def test_unknown_tab_and_tab_of_the_counts_are_400(banc: Banc) -> None:
    """The parameter is named."""
    for chemin in ("/paiements?onglet=perdus", "/paiements/compteurs?onglet=tous"):
        reponse = banc.get(chemin)
        assert (reponse.status_code, reponse.json["errors"][0]["parameter"]) == (400, "onglet")


def lire_csv(reponse: Any) -> list[dict[str, str]]:
    """Rows by heading."""
    texte = reponse.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texte, newline=""), delimiter=";"))


def test_csv_is_the_whole_set_with_names(banc: Banc) -> None:
    """All rows in the order asked for, names from client-service, no formula, amounts with a comma."""
    reponse = banc.get("/paiements?tri=cree_le", Accept="text/csv")
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="paiements-2026-11-20.csv"'
    lignes = lire_csv(reponse)
    assert [ligne["Identifiant"] for ligne in lignes] == [f"p{rang}" for rang in range(1, 9)]
    premiere = lignes[0]
    assert (premiere["Date"], premiere["Client"], premiere["Montant"]) == (
        "20/11/2026",
        "Client c1",
        "100,00",
    )
    assert (premiere["Référence"], premiere["Moyen"], premiere["Factures"]) == (
        "'=CHQ 12 Noël, bon Cœur",
        "Chèque",
        "FA-1",
    )
    assert (premiere["Affecté"], premiere["Non affecté"], premiere["État"]) == ("60,00", "40,00", "Confirmé")
    assert lignes[2]["Client"] == ""
    assert (lignes[4]["Rejeté le"], lignes[4]["Motif du rejet"]) == ("12/11/2026", "provision insuffisante")


def test_csv_needs_client_service_for_names_only(banc: Banc) -> None:
    """Out: 503 that names it; without the column nobody is asked."""
    banc.clients.en_panne = True
    refus = banc.get("/paiements", Accept="text/csv")
    assert (refus.status_code, refus.headers["X-Degraded"]) == (503, "client-service")
    assert int(refus.headers["Retry-After"]) > 0
    sans = banc.get("/paiements?colonnes=montant,devise&onglet=a-traiter", Accept="text/csv")
    assert sans.data.decode("utf-8-sig") == "Montant;Devise\r\n100,00;EUR\r\n"


def test_views_are_kept(banc: Banc) -> None:
    """Saved, listed, forgotten."""
    vue = {"titre": "À affecter", "parametres": {"onglet": "non-affectes"}, "epinglee": True}
    assert banc.client.put("/paiements/vues/a-affecter", json=vue).status_code == 201
    (gardee,) = banc.get("/paiements/vues").json["elements"]
    assert gardee["parametres"] == {"onglet": "non-affectes"}
    assert banc.client.delete("/paiements/vues/a-affecter").status_code == 204
    assert banc.get("/paiements/vues/a-affecter").status_code == 404


def test_months_are_whole_and_equal_the_lists_sums(banc: Banc) -> None:
    """Twelve months per currency; what was received is the list's sum, what left counts on its own day."""
    reponse = banc.get("/paiements/series").json
    assert reponse["au"] == "2026-11-20"
    euros, dollars = reponse["series"]
    assert [p["mois"] for p in euros["points"]] == [
        *(f"2025-{mois}" for mois in (12,)),
        *(f"2026-{mois:02}" for mois in range(1, 12)),
    ]
    for serie in (euros, dollars):
        for point in serie["points"]:
            du, au = point["du"], point["au"]
            liste = banc.get(f"/paiements?recu_du={du}&recu_au={au}&devise={serie['devise']}").json
            assert point["recu_centimes"] == sum(t["montant_centimes"] for t in liste["totaux"])
    assert euros["points"][-1] == {
        "mois": "2026-11",
        "du": "2026-11-01",
        "au": "2026-11-20",
        "recu_centimes": 50_000,
        "rembourse_centimes": 15_000,
        "rejete_centimes": 10_000,
        "encaisse_centimes": 25_000,
    }


def test_months_end_on_a_day(banc: Banc) -> None:
    """What is dated later in the month is not in it."""
    (euros,) = banc.get("/paiements/series?au=2026-11-12&mois=2").json["series"]
    assert [(p["mois"], p["encaisse_centimes"]) for p in euros["points"]] == [
        ("2026-10", 10_000),
        ("2026-11", 0),
    ]
    assert banc.get("/paiements/series?au=2020-01-31").json["series"] == []


@pytest.mark.parametrize("question", ["mois=0", "mois=61", "mois=x", "au=2126-01-01"])
def test_wrong_months_are_a_400(banc: Banc, question: str) -> None:
    """The parameter is named."""
    reponse = banc.get(f"/paiements/series?{question}")
    nom = question.partition("=")[0]
    assert (reponse.status_code, reponse.json["errors"][0]["parameter"]) == (400, nom)
