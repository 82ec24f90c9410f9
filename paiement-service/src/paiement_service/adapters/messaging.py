"""Messages of this service, put in the outbox of the payment's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from ressort.clock import Clock
from ressort.messaging import Message, Outbox

SOURCE = "paiement-service"


def publication(outbox: Outbox, clock: Clock) -> Callable[[Connection, str, Mapping[str, Any]], None]:
    """What the store calls to publish; the payment's id is the key."""

    def publier(connection: Connection, destination: str, message: Mapping[str, Any]) -> None:
        envelope = Message.json_of(type=message["type"], source=SOURCE, payload=dict(message), clock=clock)
        outbox.put(connection, destination, envelope, key=message["paiement_id"])

    return publier
