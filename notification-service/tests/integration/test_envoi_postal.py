"""Letters that a person prints and posts: written down, counted as sent, told to batch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

SANS_ADRESSE = {"nom": "Moulins", "email": None, "telephone": None, "langue": "fr"}
MISE_EN_DEMEURE = {
    "type": "RelanceDemandee",
    "relance_id": "r1",
    "client_id": "c9",
    "niveau": 4,
    "date_reference": "2026-11-20",
    "devise": "EUR",
    "politique": "standard",
    "version_politique": 1,
    "destinataire": {**SANS_ADRESSE, "email": "compta@moulins.example"},
    "credits_centimes": 0,
    "total_du_centimes": 10_000,
    "factures": [
        {
            "facture_id": "f9",
            "numero": "FA-9",
            "cycle": 1,
            "niveau": 4,
            "date_emission": "2026-09-01",
            "date_echeance": "2026-10-01",
            "jours_retard": 50,
            "total_ttc_centimes": 10_000,
            "reste_centimes": 10_000,
            "interets_centimes": 120,
            "indemnite_centimes": 4_000,
        }
    ],
}


def poster(http: Any, notification_id: str, headers: dict[str, str] | None = None, **body: Any) -> Any:
    """A person tells that the letter is posted."""
    return http.client.post(f"/notifications/{notification_id}/envoi-postal", json=body, headers=headers)


def sans_adresse(http: Any, numero: int = 1) -> str:
    """A task without address."""
    notification_id: str = http.recevoir(numero, SANS_ADRESSE)
    http.poste.expedier()
    return notification_id


def test_a_task_without_address_has_a_letter_and_is_posted(partout: Any) -> None:
    """The letter can be printed; posted, it leaves the tasks, with the day and the note among its attempts."""
    notification_id = sans_adresse(partout)
    lettre = partout.client.get(f"/notifications/{notification_id}", headers={"Accept": "text/html"})
    assert (lettre.status_code, "240,00" in lettre.text) == (200, True)
    partout.clock.advance(timedelta(days=3))
    answer = poster(partout, notification_id, postee_le="2026-11-21", note="recommandé 1A 234")
    assert (answer.status_code, answer.json["etat"], answer.json["canal"]) == (200, "ENVOYEE", "COURRIER")
    assert answer.json["tentatives"][-1] == {
        "le": "2026-11-23T09:00:00Z",
        "resultat": "POSTEE",
        "detail": "Lettre postée le 21/11/2026 : recommandé 1A 234",
    }
    assert (answer.json["motif"], answer.json["envoyee_le"]) == (None, "2026-11-23T09:00:00Z")
    relue = partout.client.get(f"/notifications/{notification_id}")
    assert (relue.json, relue.headers["ETag"]) == (answer.json, answer.headers["ETag"])
    assert partout.get("/notifications", onglet="a-traiter")["total"] == 0
    partout.poste.expedier()
    assert partout.courriel.pris == []


def test_a_posted_formal_notice_counts_as_sent_for_batch(http: Any) -> None:
    """`RelanceTraitee` ENVOYEE with the lines of the letter, so that the ladder goes on."""
    http.poste.recevoir("m9", MISE_EN_DEMEURE)
    (tache,) = http.get("/notifications", onglet="a-traiter")["elements"]
    assert poster(http, tache["id"]).json["tentatives"][-1]["detail"] == "Lettre postée le 20/11/2026"
    (_, (_, annonce)) = http.memoire.messages
    assert annonce["etat"] == "ENVOYEE"
    assert annonce["factures"] == [{"facture_id": "f9", "niveau": 4}]


def test_what_was_sent_or_waits_is_not_posted(http: Any) -> None:
    """409 and nothing changes."""
    partie = http.recevoir(1)
    assert poster(http, partie).json["code"] == "rien-a-poster"
    http.poste.expedier()
    answer = poster(http, partie)
    assert (answer.status_code, answer.json["code"]) == (409, "rien-a-poster")
    assert http.get(f"/notifications/{partie}")["canal"] == "EMAIL"
    assert poster(http, "nobody").json["code"] == "notification-introuvable"


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"postee_le": "2026-11-21"}, "/postee_le", "date-future"),
        ({"postee_le": "2026-11-19"}, "/postee_le", "date-anterieure"),
        ({"postee_le": "hier"}, "/postee_le", "date-invalide"),
        ({"note": "x" * 501}, "/note", "trop-long"),
        ({"motif": "x"}, "/motif", "champ-inconnu"),
    ],
)
def test_a_wrong_day_or_note_is_pointed_at(http: Any, body: Any, pointer: str, code: str) -> None:
    """422, and it stays a task."""
    notification_id = sans_adresse(http)
    answer = poster(http, notification_id, **body)
    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [(pointer, code)]
    assert http.get(f"/notifications/{notification_id}")["etat"] == "A_TRAITER"


def test_it_is_posted_once_and_by_the_one_who_saw_it(partout: Any) -> None:
    """Idempotency-Key: the first answer again; a stale If-Match: 412."""
    premiere, seconde = sans_adresse(partout, 1), sans_adresse(partout, 2)
    vue = partout.client.get(f"/notifications/{premiere}").headers["ETag"]
    fois = [poster(partout, premiere, {"Idempotency-Key": "k", "If-Match": vue}) for _ in range(2)]
    assert [answer.status_code for answer in fois] == [200, 200]
    assert fois[1].headers["Idempotency-Replayed"] == "true"
    assert poster(partout, seconde, {"If-Match": '"0-2026-11-20"'}).status_code == 412
