"""The list of clients as its page asks for it: tabs, counts, order, spreadsheet, saved views."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

CSV = {"Accept": "text/csv"}


def creer(http: FlaskClient, nom: str, ville: str | None = None, **champs: Any) -> dict[str, Any]:
    """A company."""
    adresse = {"ligne1": "1 rue X", "ville": ville, "code_postal": "01000"} if ville else None
    body = {"type": "ENTREPRISE", "raison_sociale": nom, "adresse": adresse, **champs}
    return dict(http.post("/clients", json=body).json)


def test_a_tab_is_a_filter_more(http: FlaskClient) -> None:
    """Joined with the others by and."""
    creer(http, "Avec", email="a@exemple.fr")
    creer(http, "Sans")
    creer(http, "Sans autre")
    assert http.get("/clients?onglet=sans-courriel").json["total"] == 2
    assert http.get("/clients?onglet=sans-courriel&q=autre").json["total"] == 1
    refused = http.get("/clients?onglet=perdus")
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, "onglet")


def test_the_counts_of_the_tabs_come_in_their_order(http: FlaskClient) -> None:
    """Under the other filters; the tab itself is none of them."""
    creer(http, "Moulins", email="a@exemple.fr")
    creer(http, "Autre", siren="732829320")
    assert http.get("/clients/compteurs").json == {
        "onglets": [
            {"nom": "tous", "total": 2},
            {"nom": "actifs", "total": 2},
            {"nom": "suspendus", "total": 0},
            {"nom": "sans-courriel", "total": 1},
            {"nom": "sans-siren", "total": 1},
            {"nom": "archives", "total": 0},
        ]
    }
    assert {o["nom"]: o["total"] for o in http.get("/clients/compteurs?q=moul").json["onglets"]}["tous"] == 1
    assert http.get("/clients/compteurs?onglet=tous").status_code == 400


def test_the_list_is_sorted_by_city(http: FlaskClient) -> None:
    """Without case nor accents; clients without address first."""
    for ville in ("Zuydcoote", "Évry", "lyon", None):
        creer(http, f"De {ville}", ville)
    liste = http.get("/clients?tri=ville&limit=3").json
    noms = [client["nom_affiche"] for client in liste["elements"]]
    suite = http.get(f"/clients?tri=ville&limit=3&curseur={liste['suivant']}").json
    noms += [client["nom_affiche"] for client in suite["elements"]]
    assert noms == ["De None", "De Évry", "De lyon", "De Zuydcoote"]


def test_the_whole_filtered_list_is_a_spreadsheet(http: FlaskClient) -> None:
    """French headings, words for codes, the order of the list; what looks like a formula is text."""
    creer(
        http,
        "=SOMME(A1)",
        "Évry",
        siren="732829320",
        telephone="01 42 68 53 00",
        suspension={"motif": "litige", "jusqu_au": "2026-12-31"},
    )
    creer(http, "Zut", email="a@exemple.fr")
    answer = http.get("/clients?q=somme", headers=CSV)
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="clients-2026-11-20.csv"'
    titres, ligne, fin = answer.data.decode("utf-8").split("\r\n")
    assert titres.startswith("\ufeffNom;Type;SIREN;SIRET;TVA intracommunautaire;Référence externe;Adresse;")
    valeurs = dict(zip(titres.split(";"), ligne.split(";"), strict=True))
    assert valeurs["\ufeffNom"] == "'=SOMME(A1)"
    assert (valeurs["Type"], valeurs["Ville"], valeurs["Code postal"]) == ("Entreprise", "Évry", "01000")
    assert valeurs["Téléphone"] == "'+33142685300"
    assert valeurs["Conditions de paiement"] == "30 jours nets"
    assert (valeurs["Relances suspendues"], valeurs["Suspendues jusqu'au"]) == ("litige", "31/12/2026")
    assert (valeurs["Archivé"], valeurs["Créé le"]) == ("non", "20/11/2026 10:00:00")
    assert fin == ""


def test_columns_of_the_spreadsheet_are_picked(http: FlaskClient) -> None:
    """In the order asked for, under the tab and in the order of the list; an unknown one is named."""
    creer(http, "B", email="b@exemple.fr")
    creer(http, "A")
    creer(http, "C")
    answer = http.get(
        "/clients?colonnes=ville,nom_affiche&tri=-nom_affiche&onglet=sans-courriel", headers=CSV
    )
    assert answer.data.decode("utf-8") == "\ufeffVille;Nom\r\n;C\r\n;A\r\n"
    refused = http.get("/clients?colonnes=encours", headers=CSV)
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, "colonnes")


def test_views_of_the_list_are_kept(partout: FlaskClient) -> None:
    """Named, replaced, forgotten; on every store."""
    vue = {"titre": "Sans courriel", "parametres": {"onglet": "sans-courriel"}, "epinglee": True}
    assert partout.put("/clients/vues/sans-courriel", json=vue).status_code == 201
    assert partout.put("/clients/vues/sans-courriel", json=vue).status_code == 200
    (kept,) = partout.get("/clients/vues").json["elements"]
    assert kept == {"nom": "sans-courriel", **vue, "modifie_le": "2026-11-20T09:00:00Z"}
    assert partout.delete("/clients/vues/sans-courriel").status_code == 204
    assert partout.delete("/clients/vues/sans-courriel").status_code == 404


@pytest.mark.parametrize("path", ["compteurs", "doublons", "verification", "vues"])
def test_what_stands_below_the_list_is_no_client(http: FlaskClient, path: str) -> None:
    """The word wins over an identifier."""
    assert http.get(f"/clients/{path}").status_code == 200
