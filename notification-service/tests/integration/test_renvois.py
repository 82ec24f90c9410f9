"""Sending again: to another address, and many at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notification_service.domain.erreurs import TransportRefuseError

SANS_ADRESSE = {"nom": "Moulins", "email": None, "telephone": None, "langue": "fr"}


def renvoyer(http: Any, notification_id: str, **body: Any) -> Any:
    """A person's request."""
    return http.client.post(f"/notifications/{notification_id}/renvoi", json={"motif": "vérifié", **body})


def test_a_task_without_address_leaves_for_the_one_it_is_given(partout: Any) -> None:
    """The address is of this notification only; the reason is kept with it."""
    notification_id = partout.recevoir(1, SANS_ADRESSE)
    partout.poste.expedier()
    assert partout.get(f"/notifications/{notification_id}")["etat"] == "A_TRAITER"
    answer = renvoyer(partout, notification_id, destinataire={"email": "direction@moulins.example"})
    assert (answer.status_code, answer.json["etat"], answer.json["deja_envoyee_le"]) == (202, "EN_FILE", None)
    assert answer.json["destinataire"] == {**SANS_ADRESSE, "email": "direction@moulins.example"}
    assert answer.json["tentatives"][-1]["detail"] == "vérifié (à direction@moulins.example)"
    assert answer.json["message"]["destinataire"] == SANS_ADRESSE
    partout.poste.expedier()
    assert partout.courriel.pris == ["direction@moulins.example"]
    assert partout.get("/notifications", q="direction@")["elements"][0]["etat"] == "ENVOYEE"


def test_a_telephone_makes_it_an_sms(http: Any) -> None:
    """The address that failed is not tried again."""
    http.courriel.echecs["compta@moulins.example"] = TransportRefuseError("550")
    notification_id = http.recevoir(1)
    http.poste.expedier()
    renvoyer(http, notification_id, destinataire={"telephone": "+33612345678"})
    http.poste.expedier()
    vue = http.get(f"/notifications/{notification_id}")
    assert (vue["etat"], vue["canal"], http.sms.pris) == ("ENVOYEE", "SMS", ["+33612345678"])


def test_a_recipient_nobody_named_is_named_by_client_service(http: Any) -> None:
    """Name and language of the client, address of the person who asked."""
    notification_id = http.recevoir(1)
    message = {**http.get(f"/notifications/{notification_id}")["message"], "destinataire": None}
    http.poste.recevoir("m2", {**message, "client_id": "anglais"})
    http.poste.expedier()
    (tache,) = http.get("/notifications", onglet="a-traiter")["elements"]
    assert tache["destinataire"] == {"nom": "Moulins", "email": None, "telephone": None, "langue": "en"}
    renvoyer(http, tache["id"], destinataire={"email": "a@b.example"})
    http.poste.expedier()
    vue = http.get(f"/notifications/{tache['id']}")
    assert vue["destinataire"] == {
        "nom": "Moulins",
        "email": "a@b.example",
        "telephone": None,
        "langue": "en",
    }
    assert "invoice" in vue["texte"].lower()


@pytest.mark.parametrize(
    ("destinataire", "pointer", "code"),
    [
        ({}, "/destinataire", "adresse-manquante"),
        ({"email": None, "telephone": None}, "/destinataire", "adresse-manquante"),
        ({"email": "compta@moulins"}, "/destinataire/email", "email-invalide"),
        ({"email": "a b@moulins.fr"}, "/destinataire/email", "email-invalide"),
        ({"email": "a@moulins.fr>\nBcc: x@y.fr"}, "/destinataire/email", "caractere-interdit"),
        ({"telephone": "06 12 34 56 78"}, "/destinataire/telephone", "telephone-invalide"),
        ({"email": "a@b.fr", "nom": "X"}, "/destinataire/nom", "champ-inconnu"),
        ("a@b.fr", "/destinataire", "objet-attendu"),
    ],
)
def test_a_wrong_address_is_pointed_at(http: Any, destinataire: Any, pointer: str, code: str) -> None:
    """422, and nothing is queued."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    answer = renvoyer(http, notification_id, destinataire=destinataire)
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]
    assert http.get(f"/notifications/{notification_id}")["etat"] == "ENVOYEE"


def test_without_an_address_it_leaves_for_the_known_one(http: Any) -> None:
    """`destinataire: null` is no change."""
    notification_id = http.recevoir(1)
    http.poste.expedier()
    answer = renvoyer(http, notification_id, destinataire=None)
    assert answer.json["deja_envoyee_le"] == "2026-11-20T09:00:00Z"
    assert answer.json["tentatives"][-1]["detail"] == "vérifié"
    http.poste.expedier()
    assert http.courriel.pris == ["compta@moulins.example"] * 2


def test_many_are_sent_again_each_with_its_outcome(partout: Any) -> None:
    """In the order given; what is queued or unknown is refused by itself; what was delivered before is told."""
    partie, tache = partout.recevoir(1), partout.recevoir(2, SANS_ADRESSE)
    partout.poste.expedier()
    partout.clock.advance(timedelta(hours=1))
    attente = partout.recevoir(3)
    body = {"ids": [attente, partie, "nobody", tache], "motif": "serveur rétabli"}
    answer = partout.client.post("/notifications/lots/renvoi", json=body)
    assert answer.status_code == 202
    refus = {"etat": "REFUSE", "deja_envoyee_le": None}
    fait = {"etat": "FAIT", "code": None, "detail": None}
    assert answer.json == [
        {"id": attente, "code": "deja-en-file", "detail": "Cette notification est déjà en file.", **refus},
        {"id": partie, "deja_envoyee_le": "2026-11-20T09:00:00Z", **fait},
        {
            "id": "nobody",
            "code": "notification-introuvable",
            "detail": "Aucune notification n'a l'identifiant nobody.",
            **refus,
        },
        {"id": tache, "deja_envoyee_le": None, **fait},
    ]
    assert partout.get("/notifications/compteurs")["onglets"][4]["total"] == 3
    partout.poste.expedier()
    assert len(partout.courriel.pris) == 3


def test_a_bulk_request_sent_twice_queues_once(partout: Any) -> None:
    """Idempotency-Key: the first answer again, though they are sent by then."""
    body, key = {"ids": [partout.recevoir(1)], "motif": "x"}, {"Idempotency-Key": "k"}
    partout.poste.expedier()
    first = partout.client.post("/notifications/lots/renvoi", json=body, headers=key)
    partout.poste.expedier()
    again = partout.client.post("/notifications/lots/renvoi", json=body, headers=key)
    assert (again.status_code, again.json) == (202, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(partout.courriel.pris) == 2


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"ids": [], "motif": "x"}, "/ids"),
        ({"ids": ["x"] * 201, "motif": "x"}, "/ids"),
        ({"ids": ["x"]}, "/motif"),
        ({"ids": [None], "motif": "x"}, "/ids/0"),
        ({"ids": ["x"], "motif": "x", "destinataire": {"email": "a@b.fr"}}, "/destinataire"),
    ],
)
def test_a_wrong_bulk_request_is_pointed_at(http: Any, body: Any, pointer: str) -> None:
    """As a whole: nothing of it is queued."""
    answer = http.client.post("/notifications/lots/renvoi", json=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
