"""Typing a client: possible duplicates and checks, as the form asks for them."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

MOULINS = {
    "type": "ENTREPRISE",
    "raison_sociale": "Moulins Réunis SARL",
    "siren": "732829320",
    "adresse": {"ligne1": "1 rue X", "ville": "Évry", "code_postal": "91000"},
}


def verifier(http: FlaskClient, **champs: str) -> dict[str, Any]:
    """The findings by field."""
    answer = http.get("/clients/verification", query_string=champs)
    assert answer.status_code == 200
    return {constat["champ"]: constat for constat in answer.json}


def test_a_possible_duplicate_is_shown_with_its_reason(http: FlaskClient) -> None:
    """Enough to recognise it."""
    made = http.post("/clients", json=MOULINS).json
    answer = http.get("/clients/doublons?nom=moulins réunis")
    attendu = {"id": made["id"], "nom_affiche": "Moulins Réunis SARL", "siren": "732829320"}
    assert answer.json == [{**attendu, "ville": "Évry", "motif": "NOM", "archive": False}]
    assert http.get(f"/clients/doublons?siren=732 829 320&sauf={made['id']}").json == []


@pytest.mark.parametrize(
    "query", ["", "siren=", "siren=7", "nom=%00", "email=@", "sauf=", "siret=" + "9" * 500]
)
def test_half_typed_values_are_no_error(http: FlaskClient, query: str) -> None:
    """An empty list."""
    http.post("/clients", json=MOULINS)
    answer = http.get(f"/clients/doublons?{query}")
    assert (answer.status_code, answer.json) == (200, [])


def test_at_most_ten_are_shown(http: FlaskClient) -> None:
    """The form has no more room."""
    for _ in range(12):
        http.post("/clients", json={"type": "PARTICULIER", "prenom": "Jean", "nom": "Martin"})
    assert len(http.get("/clients/doublons?nom=MARTIN jean").json) == 10


def test_each_given_field_is_looked_at_in_one_order(http: FlaskClient) -> None:
    """Those that are not given, or empty, are not in the answer."""
    found = verifier(http, telephone="01 42 68 53 00", siren="732829320", pays="", email=" ")
    assert list(found) == ["siren", "telephone"]
    assert found["siren"] == {
        "champ": "siren",
        "niveau": "OK",
        "code": None,
        "detail": None,
        "propose": "FR44732829320",
        "propose_pour": "tva_intracom",
    }
    assert verifier(http) == {}


@pytest.mark.parametrize(
    ("champ", "typed", "propose", "pour"),
    [
        ("siren", "732 829 320", "FR44732829320", "tva_intracom"),
        ("siret", "732 829 320 00074", "732829320", "siren"),
        ("siret", "35600000049837", "356000000", "siren"),
        ("tva_intracom", "fr 44 732 829 320", "FR44732829320", "tva_intracom"),
        ("telephone", "06 12 34 56 78", "+33612345678", "telephone"),
        ("email", "compta@MOULINS.fr", "compta@moulins.fr", "email"),
        ("code_postal", "91000", None, None),
        ("pays", "BE", None, None),
    ],
)
def test_a_right_value_tells_what_follows(
    http: FlaskClient, champ: str, typed: str, propose: str | None, pour: str | None
) -> None:
    """The VAT number of a SIREN, the SIREN of a SIRET, the normal form of the rest."""
    found = verifier(http, **{champ: typed})[champ]
    assert (found["niveau"], found["propose"], found["propose_pour"]) == ("OK", propose, pour)


FAUX = [
    {"siren": "732829321"},
    {"siren": "73"},
    {"siren": "7" * 40},
    {"siret": "73282932000075"},
    {"siret": "35600000049838"},
    {"siren": "732829320", "siret": "35600000049837"},
    {"tva_intracom": "FR43732829320"},
    {"siren": "356000000", "tva_intracom": "FR44732829320"},
    {"siret": "35600000049837", "tva_intracom": "FR44732829320"},
    {"code_postal": "7500"},
    {"code_postal": "1" * 11},
    {"pays": "ZZ"},
    {"pays": "F"},
    {"pays": "fr"},
    {"email": "compta@"},
    {"email": "a\u0007b@exemple.fr"},
    {"telephone": "12"},
    {"telephone": "06 12 34 56 78", "pays": "BE"},
    {"type": "PARTICULIER", "siren": "732829320"},
]


@pytest.mark.parametrize("champs", FAUX)
def test_what_would_be_refused_is_an_error_with_the_same_code(
    http: FlaskClient, champs: dict[str, str]
) -> None:
    """The check and the record say the same, the one being asked field by field."""
    adresse = {"ligne1": "1 rue X", "ville": "Évry", "code_postal": "91000"}
    adresse |= {champ: champs[champ] for champ in ("code_postal", "pays") if champ in champs}
    body = {"type": "ENTREPRISE", "raison_sociale": "X", "nom": "X", "adresse": adresse}
    body |= {champ: valeur for champ, valeur in champs.items() if champ not in adresse}
    refused = http.post("/clients", json=body)
    assert refused.status_code == 422
    attendus = {e["pointer"].rpartition("/")[2]: (e["code"], e["detail"]) for e in refused.json["errors"]}
    found = verifier(http, **champs)
    assert attendus == {
        champ: (constat["code"], constat["detail"])
        for champ, constat in found.items()
        if constat["niveau"] == "ERREUR"
    }


def test_a_wrong_value_is_corrected_where_the_others_tell(http: FlaskClient) -> None:
    """The VAT number of the SIREN that is given; a country in small letters."""
    tva = verifier(http, siren="356000000", tva_intracom="FR44732829320")["tva_intracom"]
    assert (tva["propose"], tva["propose_pour"]) == ("FR39356000000", "tva_intracom")
    assert verifier(http, siren="35600", tva_intracom="FR44732829320")["tva_intracom"]["propose"] is None
    assert verifier(http, pays="fr")["pays"]["propose"] == "FR"


@pytest.mark.parametrize(
    ("champs", "champ", "code"),
    [
        ({"pays": "FR", "tva_intracom": "BE0428759497"}, "tva_intracom", "tva-d-un-autre-pays"),
        ({"pays": "BE", "tva_intracom": "FR44732829320"}, "tva_intracom", "tva-d-un-autre-pays"),
        ({"pays": "GR", "tva_intracom": "EL094259216"}, "tva_intracom", None),
        ({"pays": "RE", "tva_intracom": "FR44732829320"}, "tva_intracom", None),
        ({"tva_intracom": "BE0428759497"}, "tva_intracom", None),
        ({"code_postal": "99100"}, "code_postal", "code-postal-inconnu"),
        ({"code_postal": "99100", "pays": "US"}, "code_postal", None),
    ],
)
def test_what_is_allowed_and_unlikely_is_a_warning(
    http: FlaskClient, champs: dict[str, str], champ: str, code: str | None
) -> None:
    """It would be saved."""
    found = verifier(http, **champs)[champ]
    assert (found["niveau"], found["code"]) == ("AVERTISSEMENT" if code else "OK", code)


def test_an_unknown_field_is_named(http: FlaskClient) -> None:
    """A mistake of the program, not of the person."""
    assert http.get("/clients/verification?iban=FR76").status_code == 400
