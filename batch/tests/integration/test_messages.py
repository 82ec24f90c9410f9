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


@pytest.mark.parametrize(
    "faute",
    [{"etat": "PARTIE"}, {"le": "hier"}, {"le": "2026-11-20T10:05:00"}, {"etat": 3}],
)
def test_unreadable_report_is_refused(banc_sqlite: Any, faute: dict[str, Any]) -> None:
    """It is for the dead letters, with the reason."""
    with pytest.raises(UnreadableMessageError, match="RelanceTraitee"):
        consommateur(banc_sqlite.parties.suivre)(rapport(banc_sqlite, "r1", **faute))
