"""Lists over HTTP: filters, tabs, CSV and saved views of api.md and of the front's conventions."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

LIGNE = {"designation": "Conseil", "quantite": "1", "prix_unitaire_ht": "200.00", "taux_tva": "20"}


@pytest.fixture(params=["memoire", "sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))])
def http(request: pytest.FixtureRequest, creer_monde: Any) -> Any:
    """A caller of the API over every adapter; `http.monde` is the world behind it."""
    monde = creer_monde(request.param)
    client = monde.app().test_client()

    def appeler(chemin: str, methode: str = "GET", corps: Any = None, **entetes: str) -> Any:
        headers = {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        return client.open(chemin, method=methode, json=corps, headers=headers)

    appeler.monde = monde  # type: ignore[attr-defined]
    return appeler


def tableau(reponse: Any) -> list[dict[str, str]]:
    """The lines of a CSV answer by their headings."""
    assert reponse.status_code == 200, reponse.text
    texte = reponse.get_data().decode("utf-8")
    assert texte[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(texte[1:], newline=""), delimiter=";"))


def test_tabs_are_counted_with_the_filters_of_the_list(http: Any) -> None:
    """In the order shown; sums as in the list."""
    http.monde.emise(jour="2026-09-01")
    http.monde.emise(jour="2026-11-01", devise="USD")
    http.monde.brouillon()
    onglets = http("/factures/compteurs").json["onglets"]
    assert [(o["nom"], o["total"]) for o in onglets] == [
        ("toutes", 3),
        ("brouillons", 1),
        ("a-echoir", 1),
        ("en-retard", 1),
        ("partielles", 0),
        ("litige", 0),
        ("payees", 0),
        ("avoirs", 0),
    ]
    en_retard = http("/factures?onglet=en-retard").json
    assert (
        onglets[3]["totaux"]
        == en_retard["totaux"]
        == [{"devise": "EUR", "total_ttc_centimes": 24000, "reste_centimes": 24000}]
    )
    dollars = http("/factures/compteurs?devise=USD&emise_du=2026-11-01").json["onglets"]
    assert [o["total"] for o in dollars] == [1, 0, 1, 0, 0, 0, 0, 0]
    passe = http("/factures/compteurs?ouverte_au=2026-10-01").json["onglets"]
    assert [o["total"] for o in passe] == [1, 0, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("requete", "nom"),
    [
        ("compteurs?onglet=toutes", "onglet"),
        ("compteurs?limit=5", "limit"),
        ("compteurs?connu_au=2026-11-20T00:00:00Z", "connu_au"),
        ("?onglet=bleus", "onglet"),
        ("?en_retard=peut-etre", "en_retard"),
        ("?litige=2", "litige"),
        ("?echue_du=hier", "echue_du"),
        ("?ids=" + ",".join(map(str, range(201))), "ids"),
    ],
)
def test_wrong_filters_are_named(http: Any, requete: str, nom: str) -> None:
    """400 with the parameter; a tab is no filter of the counts."""
    reponse = http(f"/factures{'/' if requete[0] != '?' else ''}{requete}")
    assert reponse.status_code == 400
    assert [e["parameter"] for e in reponse.json["errors"]] == [nom]


def test_filters_are_joined_by_and(http: Any) -> None:
    """A tab, a due date and ids together."""
    factures = [http.monde.emise(jour=f"2026-09-0{i}") for i in (1, 2, 3)]
    ids = ",".join(f.id for f in factures[:2])
    page = http(f"/factures?onglet=en-retard&en_retard=true&litige=false&echue_du=2026-10-02&ids={ids}").json
    assert [e["id"] for e in page["elements"]] == [factures[1].id]


def test_csv_holds_the_filtered_list_in_its_order(http: Any) -> None:
    """French headings and words; the column of totals sums to `totaux`, credit notes being negative."""
    facture = http.monde.emise(numero_commande="=1+1")
    http.monde.emise(http.monde.ligne("0.50"))
    http("/factures/" + facture.id + "/avoirs", "POST", {"motif": "geste", "montant_ttc_centimes": 4000})
    http.monde.brouillon()
    reponse = http("/factures?tri=numero&statut_document=EMISE", Accept="text/csv")
    assert 'filename="factures-2026-11-20.csv"' in reponse.headers["Content-Disposition"]
    lignes = tableau(reponse)
    assert [ligne["Numéro"] for ligne in lignes] == ["AV-2026-000001", "FA-2026-000001", "FA-2026-000002"]
    assert [ligne["Total TTC"] for ligne in lignes] == ["-40,00", "240,00", "0,60"]
    assert [ligne["Reste dû"] for ligne in lignes] == ["0,00", "200,00", "0,60"]
    assert (lignes[1]["Type"], lignes[1]["Statut"], lignes[1]["Règlement"]) == (
        "Facture",
        "Émise",
        "Partielle",
    )
    assert (lignes[1]["Date d'émission"], lignes[1]["Date d'échéance"]) == ("20/11/2026", "20/12/2026")
    assert (lignes[1]["Client"], lignes[1]["Numéro de commande"]) == ("Boulangerie Hélène", "'=1+1")
    somme = sum(round(float(ligne["Total TTC"].replace(",", ".")) * 100) for ligne in lignes)
    assert [somme] == [
        t["total_ttc_centimes"] for t in http("/factures?statut_document=EMISE").json["totaux"]
    ]


def test_csv_gives_the_columns_asked_for_and_every_line(http: Any) -> None:
    """More lines than a page holds; the tab and the past day hold there too."""
    for _ in range(3):
        http.monde.brouillon()
    http.monde.emise(jour="2026-10-01")
    lignes = tableau(http("/factures?colonnes=reste,numero&ouverte_au=2026-10-01", Accept="text/csv"))
    assert lignes == [{"Reste dû": "240,00", "Numéro": "FA-2026-000001"}]
    brouillons = tableau(http("/factures?onglet=brouillons&colonnes=statut", Accept="text/csv"))
    assert brouillons == [{"Statut": "Brouillon"}] * 3
    inconnue = http("/factures?colonnes=numero,couleur", Accept="text/csv")
    assert (inconnue.status_code, "couleur" in inconnue.json["detail"]) == (400, True)
    assert "reste" in inconnue.json["detail"]


def test_csv_of_a_list_longer_than_a_page(creer_monde: Any) -> None:
    """2,001 drafts are 2,001 lines, each once."""
    monde = creer_monde("sqlite")
    with monde.database.transaction():
        for _ in range(2001):
            monde.brouillon()
    reponse = monde.app().test_client().get("/factures?colonnes=id", headers={"Accept": "text/csv"})
    lignes = tableau(reponse)
    assert len({ligne["Identifiant"] for ligne in lignes}) == len(lignes) == 2001


def test_csv_of_the_aged_balance(http: Any) -> None:
    """Named after its day, one line per client and currency."""
    http.monde.emise(jour="2026-09-01")
    reponse = http("/balance-agee?au=2026-11-15", Accept="text/csv")
    assert 'filename="balance-agee-2026-11-15.csv"' in reponse.headers["Content-Disposition"]
    [ligne] = tableau(reponse)
    assert (ligne["Client"], ligne["31 à 60 jours"], ligne["Non échu"]) == (
        "Boulangerie Hélène",
        "240,00",
        "0,00",
    )
    assert ligne["Total"] == "240,00"
    colonnes = http("/balance-agee?colonnes=total,devise", Accept="text/csv")
    assert tableau(colonnes) == [{"Total": "240,00", "Devise": "EUR"}]


def test_views_of_the_list_are_kept(http: Any) -> None:
    """Made, read, replaced, forgotten; `/factures/{id}` is still an invoice."""
    vue = {"titre": "À relancer", "parametres": {"onglet": "en-retard", "tri": "-reste_centimes"}}
    faite = http("/factures/vues/a-relancer", "PUT", vue)
    assert (faite.status_code, faite.json["modifie_le"]) == (201, "2026-11-20T11:00:00Z")
    assert http("/factures/vues/a-relancer", "PUT", vue, If_Match=faite.headers["ETag"]).status_code == 200
    assert [v["titre"] for v in http("/factures/vues").json["elements"]] == ["À relancer"]
    assert http("/factures/vues/a-relancer", "PUT", vue, If_Match=faite.headers["ETag"]).status_code == 412
    assert http("/factures/vues/a-relancer", "DELETE").status_code == 204
    assert http("/factures/vues/a-relancer", "DELETE").json["code"] == "vue-introuvable"
    assert http("/factures/vuesx").json["code"] == "facture-introuvable"
