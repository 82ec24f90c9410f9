"""The API of notification-service, as a caller meets it (api.md, section 5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notification_service.domain.erreurs import TransportRefuseError

Http = Any
DESTINATAIRE = {"nom": "Moulins", "email": "compta@moulins.example", "telephone": None, "langue": "fr"}


def test_a_notification_is_shown_whole(http: Http) -> None:
    """Recipient, texts, attempts, provider's id, the message it comes from, and its version."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    answer = http.client.get(f"/notifications/{notification_id}")
    vue = answer.json
    assert (vue["etat"], vue["canal"], vue["type"]) == ("ENVOYEE", "EMAIL", "PaiementConfirme")
    assert vue["destinataire"] == DESTINATAIRE
    assert "FA-1" in vue["texte"]
    assert "FA-1" in vue["html"]
    assert vue["tentatives"] == [{"le": "2026-11-20T09:00:00Z", "resultat": "ACCEPTEE", "detail": "<m1.1>"}]
    assert vue["fournisseur_id"] == "<m1.1>"
    assert vue["message"]["paiement_id"] == "p1"
    assert vue["envoyee_le"] == "2026-11-20T09:00:00Z"
    assert answer.headers["ETag"].endswith('-2026-11-20"')


def test_an_unknown_notification_is_a_404_in_french(http: Http) -> None:
    """A problem document with its code."""
    answer = http.client.get("/notifications/rien")
    assert (answer.status_code, answer.json["code"]) == (404, "notification-introuvable")
    assert answer.content_type == "application/problem+json"
    assert answer.json["title"] == "Notification introuvable"


def test_the_list_holds_what_arrived_latest_first(http: Http) -> None:
    """The envelope of every list; texts are on the single resource only."""
    for numero in (1, 2, 3):
        http.recevoir(numero)
        http.clock.advance(timedelta(seconds=1))
    liste = http.get("/notifications", limit=2)
    assert [n["client_id"] for n in liste["elements"]] == ["c3", "c2"]
    assert liste["total"] == 3
    assert "texte" not in liste["elements"][0]
    suite = http.get("/notifications", limit=2, curseur=liste["suivant"])
    assert ([n["client_id"] for n in suite["elements"]], suite["suivant"]) == (["c1"], None)
    assert [n["client_id"] for n in http.get("/notifications", tri="cree_le")["elements"]] == [
        "c1",
        "c2",
        "c3",
    ]


@pytest.mark.parametrize(
    ("query", "clients"),
    [
        ({"etat": "ENVOYEE"}, ["c1"]),
        ({"etat": "A_TRAITER"}, ["c2"]),
        ({"canal": "SMS"}, []),
        ({"client_id": "c2"}, ["c2"]),
        ({"facture_id": "f1"}, ["c1"]),
        ({"type": "PaiementConfirme", "du": "2026-11-20", "au": "2026-11-20"}, ["c2", "c1"]),
        ({"au": "2026-11-19"}, []),
        ({"q": "fa-2"}, ["c2"]),
    ],
)
def test_filters_of_the_list(http: Http, query: dict[str, str], clients: list[str]) -> None:
    """Each filter of the contract."""
    http.recevoir(1)
    http.recevoir(2, {**DESTINATAIRE, "email": None})
    http.poste.expedier()
    assert [
        n["client_id"] for n in http.get("/notifications", tri="-cree_le", **query)["elements"]
    ] == clients


@pytest.mark.parametrize(
    ("query", "nomme"),
    [
        ({"etat": "PARTIE"}, "etat"),
        ({"du": "20/11/2026"}, "du"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"tri": "sujet"}, "tri"),
        ({"curseur": "n'importe"}, "curseur"),
        ({"couleur": "rouge"}, "couleur"),
    ],
)
def test_a_query_that_cannot_be_understood_is_named(http: Http, query: dict[str, str], nomme: str) -> None:
    """400 with the parameter."""
    answer = http.client.get("/notifications", query_string=query)
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json["errors"]] == [nomme]


def test_resending_says_when_it_was_delivered_before(http: Http) -> None:
    """202, back in the queue, and the reason is kept with the attempts."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    http.clock.advance(timedelta(hours=1))
    answer = http.renvoyer(notification_id)
    assert (answer.status_code, answer.json["etat"]) == (202, "EN_FILE")
    assert answer.json["deja_envoyee_le"] == "2026-11-20T09:00:00Z"
    assert answer.json["tentatives"][-1]["detail"] == "le client ne l'a pas reçue"
    http.poste.expedier()
    vue = http.get(f"/notifications/{notification_id}")
    assert (vue["etat"], vue["fournisseur_id"], len(http.courriel.pris)) == ("ENVOYEE", "<m1.2>", 2)


def test_resending_what_never_left_says_so(http: Http) -> None:
    """No date of delivery."""
    http.courriel.echecs["compta@moulins.example"] = TransportRefuseError("550")
    notification_id = http.recevoir(1)
    http.poste.expedier()
    answer = http.renvoyer(notification_id)
    assert (answer.status_code, answer.json["deja_envoyee_le"]) == (202, None)


def test_what_is_in_the_queue_cannot_be_resent(http: Http) -> None:
    """409: it is on its way."""
    answer = http.renvoyer(http.recevoir(1))
    assert (answer.status_code, answer.json["code"]) == (409, "deja-en-file")


def test_the_same_request_again_queues_once(http: Http) -> None:
    """Idempotency-Key: the first answer again, though it is sent by then."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    first = http.renvoyer(notification_id, **{"Idempotency-Key": "k1"})
    http.poste.expedier()
    again = http.renvoyer(notification_id, **{"Idempotency-Key": "k1"})
    assert (again.status_code, again.json) == (202, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(http.courriel.pris) == 2


def test_a_stale_version_is_refused(http: Http) -> None:
    """412 when the notification has moved on since it was read."""
    notification_id = http.recevoir(1)
    etag = http.client.get(f"/notifications/{notification_id}").headers["ETag"]
    http.poste.expedier()
    answer = http.renvoyer(notification_id, **{"If-Match": etag})
    assert answer.status_code == 412


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/motif"),
        ({"motif": ""}, "/motif"),
        ({"motif": 3}, "/motif"),
        ({"motif": "x", "force": True}, "/force"),
    ],
)
def test_a_wrong_body_is_pointed_at(http: Http, body: Any, pointer: str) -> None:
    """422 with the place, and nothing is queued."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    answer = http.client.post(f"/notifications/{notification_id}/renvoi", json=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert http.get(f"/notifications/{notification_id}")["etat"] == "ENVOYEE"


def test_markup_in_names_stays_text(http: Http) -> None:
    """Stored as it came, escaped in the HTML letter."""
    nom = "<script>alert('x')</script> & Cie"
    notification_id = http.recevoir(1, {**DESTINATAIRE, "nom": nom})
    http.poste.expedier()
    vue = http.get(f"/notifications/{notification_id}")
    assert vue["destinataire"]["nom"] == nom
    assert "<script>" not in vue["html"]


def test_one_letter_that_fails_unexpectedly_does_not_hold_up_the_others(http: Http) -> None:
    """The failure is before or in the transmission: the others leave, this one is never sent twice."""
    http.courriel.echecs["panne@moulins.example"] = RuntimeError("défaut du programme")
    panne = http.recevoir(1, {**DESTINATAIRE, "email": "panne@moulins.example"})
    http.recevoir(2)
    http.poste.expedier()
    assert http.courriel.pris == ["compta@moulins.example"]
    http.poste.expedier()
    assert http.get(f"/notifications/{panne}")["etat"] == "INCONNU"


def test_a_letter_that_cannot_be_prepared_waits_with_the_reason(http: Http) -> None:
    """It is put off with growing pauses, and says why."""
    http.app.extensions["poste"].expedier._redaction = lambda *_: 1 // 0
    notification_id = http.recevoir(1)
    http.poste.expedier()
    vue = http.get(f"/notifications/{notification_id}")
    assert (vue["etat"], vue["prochain_essai"]) == ("EN_FILE", "2026-11-20T09:00:02Z")
    assert "ZeroDivisionError" in vue["tentatives"][0]["detail"]


def test_the_document_and_its_page_are_served(http: Http) -> None:
    """OpenAPI and the page to try it."""
    assert http.get("/v3/api-docs")["info"]["title"] == "Notifications"
    assert b"<html" in http.client.get("/swagger-ui.html").data


@pytest.mark.parametrize("parametre", ["du", "au"])
@pytest.mark.parametrize("jour", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_of_another_century_is_a_400(http: Http, parametre: str, jour: str) -> None:
    """It names the parameter; the calendar has no day before the first or after the last."""
    answer = http.client.get(f"/notifications?{parametre}={jour}")
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (400, parametre)
