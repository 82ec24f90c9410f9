"""What leaves for relance-topic and what comes back from notification-topic."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from batch.adapters.messaging import GROUPE, NOTIFICATIONS, consommateur
from ressort.messaging import MemoryBinder, Message, Messaging, UnreadableMessageError


def rapport(banc: Any, relance_id: str, **plus: Any) -> Message:
    corps = {
        "type": "RelanceTraitee",
        "relance_id": relance_id,
        "etat": "ENVOYEE",
        "motif": None,
        "notification_id": "n1",
        "le": "2026-11-20T10:05:00Z",
        **plus,
    }
    return Message.json_of(
        type="RelanceTraitee", source="notification-service", payload=corps, clock=banc.clock
    )


def test_headers_of_a_reminder(banc: Any) -> None:
    """The message id is the reminder's; only the cron's reminders keep to working hours."""
    banc.facture("A1", 10)
    banc.lancer("relanceJob")
    banc.facture("A2", 10, client="c2")
    banc.clock.advance(timedelta(days=3))
    banc.parties.declencher.passage()
    banc.attendre("2")

    a_la_main, par_le_cron = banc.outbox.pending(10)

    assert a_la_main.destination == "relance-topic"
    assert a_la_main.message.id == a_la_main.message.json()["relance_id"]
    assert (a_la_main.message.type, a_la_main.message.headers["source"]) == ("RelanceDemandee", "batch")
    assert "fenetre" not in a_la_main.message.headers
    assert par_le_cron.message.headers["fenetre"] == "heures-ouvrees"


def test_a_report_is_taken_once(banc: Any) -> None:
    """Delivered twice by the broker, handled once; other types on the topic are not ours."""
    banc.facture("A1", 10)
    banc.lancer("relanceJob")
    relance_id = banc.messages()[0]["relance_id"]
    binder = MemoryBinder()
    messaging = Messaging(binder)
    messaging.listen(NOTIFICATIONS, GROUPE, consommateur(banc.parties.suivre), banc.database)
    messaging.start()
    message = rapport(banc, relance_id)
    autre = Message.json_of(type="Autre", source="x", payload={"type": "Autre"}, clock=banc.clock)

    binder.publish(NOTIFICATIONS, [message, message, autre])
    binder.drain()
    messaging.stop(5)

    (relance,) = banc.client.get("/relances").json["elements"]
    assert (relance["etat"], relance["notification_id"]) == ("ENVOYEE", "n1")
    assert binder.dead_letters(NOTIFICATIONS, GROUPE) == []


@pytest.mark.parametrize("etat", ["ENVOYEE", "INCONNU"])
def test_lines_left_out_of_a_letter_give_their_claims_back(banc: Any, etat: str) -> None:
    """The invoice that was dropped is asked for again at the same level; the one that was sent is not."""
    banc.facture("A1", 10)
    banc.facture("A2", 10)
    banc.lancer("relanceJob")
    (message,) = banc.messages()
    sortie = {"etat": etat, "factures": [{"facture_id": "f-A1", "niveau": 1}]}
    consommateur(banc.parties.suivre)(rapport(banc, message["relance_id"], **sortie))

    banc.clock.advance(timedelta(days=7))
    banc.lancer("relanceJob")

    suivant = banc.messages()[-1]
    niveaux = {ligne["numero"]: ligne["niveau"] for ligne in suivant["factures"]}
    assert niveaux == {"A1": 2 if etat == "ENVOYEE" else None, "A2": 1}


@pytest.mark.parametrize("lignes", [{}, {"factures": None}])
def test_a_report_without_lines_keeps_every_claim(banc_sqlite: Any, lignes: dict[str, Any]) -> None:
    """As an older notification-service sends it."""
    banc_sqlite.facture("A1", 10)
    banc_sqlite.lancer("relanceJob")
    (message,) = banc_sqlite.messages()

    consommateur(banc_sqlite.parties.suivre)(rapport(banc_sqlite, message["relance_id"], **lignes))

    assert "f-A1" in banc_sqlite.parties.magasin.historique(["c1"], ["f-A1"]).demandes


@pytest.mark.parametrize("premier", ["ENVOYEE", "INCONNU"])
def test_a_letter_sent_again_gives_nothing_back(banc_sqlite: Any, premier: str) -> None:
    """What the first one asked for, or may have, was asked for."""
    banc_sqlite.facture("A1", 10)
    banc_sqlite.facture("A2", 10)
    banc_sqlite.lancer("relanceJob")
    (message,) = banc_sqlite.messages()
    toutes = [{"facture_id": "f-A1", "niveau": 1}, {"facture_id": "f-A2", "niveau": 1}]
    recevoir = consommateur(banc_sqlite.parties.suivre)
    recevoir(rapport(banc_sqlite, message["relance_id"], etat=premier, factures=toutes))

    recevoir(rapport(banc_sqlite, message["relance_id"], le="2026-11-20T11:00:00Z", factures=toutes[:1]))

    assert len(banc_sqlite.parties.magasin.historique(["c1"], ["f-A1", "f-A2"]).demandes) == 2


def test_a_cancelled_reminder_sent_after_all_claims_its_lines_again(banc_sqlite: Any) -> None:
    """Only those that were in the letter."""
    banc_sqlite.facture("A1", 10)
    banc_sqlite.facture("A2", 10)
    banc_sqlite.lancer("relanceJob")
    (message,) = banc_sqlite.messages()
    recevoir = consommateur(banc_sqlite.parties.suivre)
    recevoir(rapport(banc_sqlite, message["relance_id"], etat="ANNULEE", motif="réglées"))
    envoyees = [{"facture_id": "f-A2", "niveau": 1}]

    recevoir(rapport(banc_sqlite, message["relance_id"], le="2026-11-20T11:00:00Z", factures=envoyees))

    demandes = banc_sqlite.parties.magasin.historique(["c1"], ["f-A1", "f-A2"]).demandes
    assert list(demandes) == ["f-A2"]


@pytest.mark.parametrize(
    "faute",
    [
        {"etat": "PARTIE"},
        {"le": "hier"},
        {"le": "2026-11-20T10:05:00"},
        {"etat": 3},
        {"factures": 3},
        {"factures": ["f-A1"]},
        {"factures": [{"niveau": 1}]},
    ],
)
def test_unreadable_report_is_refused(banc_sqlite: Any, faute: dict[str, Any]) -> None:
    """It is for the dead letters, with the reason."""
    with pytest.raises(UnreadableMessageError, match="RelanceTraitee"):
        consommateur(banc_sqlite.parties.suivre)(rapport(banc_sqlite, "r1", **faute))
