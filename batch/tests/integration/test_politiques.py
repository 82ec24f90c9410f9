"""Dunning policies through the API, on every database."""

from __future__ import annotations

from typing import Any

import pytest

NIVEAUX = [{"niveau": 1, "delai_jours": 10, "penalites": False, "envoi": "AUTOMATIQUE"}]


def modifier(banc: Any, corps: dict[str, Any], if_match: str | None = "*") -> Any:
    entetes = {} if if_match is None else {"If-Match": if_match}
    return banc.client.put("/politiques/standard", json=corps, headers=entetes)


def test_standard_is_there(banc_sqlite: Any) -> None:
    """Four levels, the last by hand."""
    vue = banc_sqlite.client.get("/politiques/standard").json

    niveaux = [(n["delai_jours"], n["penalites"], n["envoi"]) for n in vue["niveaux"]]
    assert niveaux == [
        (5, False, "AUTOMATIQUE"),
        (15, True, "AUTOMATIQUE"),
        (30, True, "AUTOMATIQUE"),
        (45, True, "MANUEL"),
    ]
    assert (vue["intervalle_min_jours"], vue["minimum_centimes"], vue["version"]) == (7, 500, 1)
    assert [p["nom"] for p in banc_sqlite.client.get("/politiques").json["elements"]] == ["standard"]


def test_earlier_versions_are_shown(banc: Any) -> None:
    """The present one first, each with what it said and since when; a policy that does not exist has none."""
    modifier(banc, {"niveaux": NIVEAUX, "libelle": "Douce"})
    modifier(banc, {"niveaux": NIVEAUX, "minimum_centimes": 900})
    page = banc.client.get("/politiques/standard/versions?limit=2").json
    assert [(v["version"], v["minimum_centimes"], v["libelle"]) for v in page["elements"]] == [
        (3, 900, ""),
        (2, 500, "Douce"),
    ]
    suite = banc.client.get(f"/politiques/standard/versions?limit=2&curseur={page['suivant']}").json
    assert [len(v["niveaux"]) for v in suite["elements"]] == [4]
    assert page["elements"][0] == banc.client.get("/politiques/standard").json
    assert banc.client.get("/politiques/rien/versions").json["code"] == "politique-introuvable"


def test_version_is_required_and_checked(banc: Any) -> None:
    """428 without If-Match, 412 with a stale one, 404 before both."""
    corps = {"niveaux": NIVEAUX}
    actuelle = banc.client.get("/politiques/standard").headers["ETag"]

    assert modifier(banc, corps, None).status_code == 428
    assert modifier(banc, corps, actuelle).json["version"] == 2
    perimee = modifier(banc, corps, actuelle)
    assert (perimee.status_code, perimee.headers["ETag"].startswith('"2-')) == (412, True)
    assert banc.client.put("/politiques/douce", json=corps).json["code"] == "politique-introuvable"


@pytest.mark.parametrize(
    ("corps", "pointers"),
    [
        ({"niveaux": [{**NIVEAUX[0], "niveau": 2}]}, ["/niveaux/0/niveau"]),
        ({"niveaux": [NIVEAUX[0], {**NIVEAUX[0], "niveau": 2}]}, ["/niveaux/1/delai_jours"]),
        ({"niveaux": []}, ["/niveaux"]),
        ({"niveaux": NIVEAUX, "intervalle_min_jours": 0}, ["/intervalle_min_jours"]),
        ({"niveaux": NIVEAUX, "minimum_centimes": 5.5}, ["/minimum_centimes"]),
        ({"niveaux": NIVEAUX, "version": 7}, ["/version"]),
        ({"niveaux": NIVEAUX, "frais": 1}, ["/frais"]),
        ({"niveaux": [{**NIVEAUX[0], "envoi": "PIGEON"}]}, ["/niveaux/0/envoi"]),
        ({"niveaux": [{**NIVEAUX[0], "envoi": "MANUEL"}]}, ["/niveaux/0/envoi"]),
    ],
)
def test_wrong_policy_is_refused_whole(banc_sqlite: Any, corps: dict[str, Any], pointers: list[str]) -> None:
    """Each error has its pointer; nothing changes."""
    refus = modifier(banc_sqlite, corps)

    assert (refus.status_code, [e["pointer"] for e in refus.json["errors"]]) == (422, pointers)
    assert banc_sqlite.client.get("/politiques/standard").json["version"] == 1
