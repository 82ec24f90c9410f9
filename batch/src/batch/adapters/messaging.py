"""Messages in and out: `relance-topic` by the outbox, `notification-topic` by the inbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from batch.application.suivre_relances import RelanceTraitee, SuivreRelances
from batch.domain.dossier import EtatRelance
from ressort.clock import Clock
from ressort.data import Database
from ressort.messaging import Message, Outbox, UnreadableMessageError

RELANCES = "relance-topic"
NOTIFICATIONS = "notification-topic"
GROUPE = "batch"
FENETRE = "fenetre"
HEURES_OUVREES = "heures-ouvrees"


_ETATS = {"EN_FILE": EtatRelance.DEMANDEE}
"""Sent again by a person: on its way once more."""


class MessageIllisibleError(UnreadableMessageError):
    """A report that does not follow the contract: it goes to the dead letters at once."""


class PublicationOutbox:
    """Fits `Publication`: the message is a row of the open transaction."""

    def __init__(self, database: Database, outbox: Outbox, clock: Clock, source: str = "batch") -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._source = source

    def relance_demandee(self, relance_id: str, contenu: Mapping[str, Any], par_le_cron: bool) -> None:
        """The message id is the reminder's. Fired by cron, it may leave in working hours only."""
        message = Message.json_of(
            type="RelanceDemandee",
            source=self._source,
            payload=dict(contenu),
            clock=self._clock,
            id=relance_id,
            headers={FENETRE: HEURES_OUVREES} if par_le_cron else None,
        )
        with self._database.transaction() as connection:
            self._outbox.put(connection, RELANCES, message, key=str(contenu["client_id"]))


def consommateur(suivre: SuivreRelances) -> Any:
    """The handler of `notification-topic`: other types than RelanceTraitee are not ours."""

    def recevoir(message: Message) -> None:
        if message.type not in ("", "RelanceTraitee"):
            return
        contenu = message.json()
        if isinstance(contenu, dict) and contenu.get("type") == "RelanceTraitee":
            suivre(_traitee(contenu))
        elif message.type == "RelanceTraitee":
            raise MessageIllisibleError("RelanceTraitee is announced, something else is inside")

    return recevoir


def _factures(lignes: Any) -> frozenset[str] | None:
    """Optional: a notification-service of before this member does not say which lines were sent."""
    return None if lignes is None else frozenset(str(ligne["facture_id"]) for ligne in lignes)


def _traitee(contenu: Mapping[str, Any]) -> RelanceTraitee:
    try:
        le = datetime.fromisoformat(contenu["le"])
        if le.tzinfo is None:
            raise ValueError("le has no zone")
        return RelanceTraitee(
            relance_id=str(contenu["relance_id"]),
            etat=_ETATS.get(contenu["etat"]) or EtatRelance(contenu["etat"]),
            motif=contenu.get("motif"),
            notification_id=contenu.get("notification_id"),
            le=le,
            factures=_factures(contenu.get("factures")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MessageIllisibleError(f"RelanceTraitee cannot be understood: {error!r}") from error
