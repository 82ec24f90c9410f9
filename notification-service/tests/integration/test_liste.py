"""The list of notifications as its page asks for it: tabs, counts, spreadsheet, saved views."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notification_service.domain.erreurs import TransportRefuseError

CSV = {"Accept": "text/csv"}
MOULINS = {"nom": "=Moulins", "email": "compta@moulins.example", "telephone": None, "langue": "fr"}


@pytest.fixture
def garni(http: Any) -> Any:
    """One sent, one refused, one without address, one in the queue, the first two yesterday."""
    http.courriel.echecs["faux@moulins.example"] = TransportRefuseError("550 inconnu")
    http.recevoir(1, MOULINS)
    http.recevoir(2, {**MOULINS, "email": "faux@moulins.example"})
    http.poste.expedier()
    http.clock.advance(timedelta(days=1))
    http.recevoir(3, {**MOULINS, "email": None})
    http.poste.expedier()
    http.recevoir(4)
    return http


def test_a_tab_is_a_filter_more(garni: Any) -> None:
    """Joined with the others by and; an unknown one is named."""
    assert [n["client_id"] for n in garni.get("/notifications", onglet="echecs")["elements"]] == ["c2"]
    assert garni.get("/notifications", onglet="echecs", q="FA-1")["total"] == 0
    refused = garni.client.get("/notifications?onglet=perdues")
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (400, "onglet")


def test_the_counts_of_the_tabs_come_in_their_order(garni: Any) -> None:
    """Under the other filters; the tab itself is none of them."""
    assert garni.get("/notifications/compteurs") == {
        "onglets": [
            {"nom": "toutes", "total": 4},
            {"nom": "a-traiter", "total": 1},
            {"nom": "echecs", "total": 1},
            {"nom": "inconnues", "total": 0},
            {"nom": "en-file", "total": 1},
            {"nom": "aujourd-hui", "total": 2},
        ]
    }
    assert garni.get("/notifications/compteurs", client_id="c2")["onglets"][0]["total"] == 1
    assert garni.client.get("/notifications/compteurs?onglet=toutes").status_code == 400


def test_the_list_tells_invoices_and_attempts(garni: Any) -> None:
    """What a row of the log shows; a person's request is no attempt."""
    (echec,) = garni.get("/notifications", client_id="c2")["elements"]
    assert (echec["numeros"], echec["nombre_tentatives"]) == (["FA-2"], 1)
    garni.renvoyer(echec["id"])
    assert garni.get(f"/notifications/{echec['id']}")["nombre_tentatives"] == 1


def test_the_whole_filtered_list_is_a_spreadsheet(garni: Any) -> None:
    """French headings, words for codes; what looks like a formula is text."""
    answer = garni.client.get("/notifications?onglet=echecs", headers=CSV)
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notifications-2026-11-21.csv"'
    titres, ligne, _ = answer.data.decode("utf-8").split("\r\n")
    valeurs = dict(zip(titres.removeprefix("\ufeff").split(";"), ligne.split(";"), strict=True))
    assert valeurs["Reçue le"] == "20/11/2026 10:00:00"
    assert (valeurs["Canal"], valeurs["Modèle"], valeurs["État"]) == ("Courriel", "Reçu de paiement", "Échec")
    assert (valeurs["Destinataire"], valeurs["Courriel"]) == ("'=Moulins", "faux@moulins.example")
    assert (valeurs["Pièces"], valeurs["Tentatives"], valeurs["Motif"]) == ("FA-2", "1", "550 inconnu")
    assert (valeurs["Envoyée le"], valeurs["Niveau"]) == ("", "")


def test_columns_of_the_spreadsheet_are_picked(garni: Any) -> None:
    """In the order asked for, the rows in the order of the list."""
    answer = garni.client.get("/notifications?colonnes=etat,client_id&tri=etat", headers=CSV)
    assert answer.data.decode("utf-8") == (
        "\ufeffÉtat;Client\r\nÀ traiter;c3\r\nÉchec;c2\r\nEnvoyée;c1\r\nEn file;c4\r\n"
    )
    assert garni.client.get("/notifications?colonnes=couleur", headers=CSV).status_code == 400


def test_views_of_the_list_are_kept(partout: Any) -> None:
    """Named, replaced, forgotten; on every store."""
    vue = {"titre": "À traiter", "parametres": {"onglet": "a-traiter"}, "epinglee": True}
    assert partout.client.put("/notifications/vues/a-traiter", json=vue).status_code == 201
    assert partout.client.put("/notifications/vues/a-traiter", json=vue).status_code == 200
    assert partout.get("/notifications/vues")["elements"] == [
        {"nom": "a-traiter", **vue, "modifie_le": "2026-11-20T09:00:00Z"}
    ]
    assert partout.client.delete("/notifications/vues/a-traiter").status_code == 204
    assert partout.client.delete("/notifications/vues/a-traiter").status_code == 404
