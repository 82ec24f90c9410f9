"""Messages of facture-service: put in the outbox by the business transaction, sent after its commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from ressort.clock import Clock
from ressort.messaging import Message, Outbox

SOURCE = "facture-service"


class PublicationOutbox:
    """Writes a message to the outbox of the transaction's connection."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox = outbox
        self._clock = clock

    def __call__(self, connection: Connection, destination: str, message: Mapping[str, Any]) -> str:
        """Puts the message, keyed by its invoice; returns its id."""
        complet = Message.json_of(
            type=message["type"], source=SOURCE, payload=dict(message), clock=self._clock
        )
        self._outbox.put(connection, destination, complet, key=message["facture_id"])
        return complet.id
