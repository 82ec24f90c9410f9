"""Messages in and out: what is read is checked whole first, what cannot be read goes to the dead letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from sqlalchemy import Connection

from notification_service.application.recevoir_message import RecevoirMessage
from ressort.clock import Clock
from ressort.messaging import Message, Outbox, UnreadableMessageError

GROUPE = "notification-service"
DESTINATIONS = ("paiement-topic", "relance-topic", "facture-topic")
SOURCE = "notification-service"
FENETRE = "fenetre"


class Lu(BaseModel):
    """A part of a message: strict about what this service uses, indifferent to what senders add later."""

    model_config = ConfigDict(strict=True, extra="allow")


class DestinataireLu(Lu):
    nom: str
    email: str | None = None
    telephone: str | None = None
    langue: str | None = None


class AffectationLue(Lu):
    facture_id: str
    numero: str | None
    montant_centimes: int
    reste_centimes: int | None


class PaiementConfirme(Lu):
    type: Literal["PaiementConfirme"]
    paiement_id: str
    client_id: str | None
    montant_centimes: int
    devise: str
    date_paiement: str
    notifier: bool
    destinataire: DestinataireLu | None
    affectations: list[AffectationLue]


class LigneLue(Lu):
    facture_id: str
    numero: str
    niveau: int | None
    date_emission: str
    date_echeance: str
    reste_centimes: int
    interets_centimes: int | None
    indemnite_centimes: int


class RelanceDemandee(Lu):
    type: Literal["RelanceDemandee"]
    relance_id: str
    client_id: str
    niveau: int
    date_reference: str
    devise: str
    destinataire: DestinataireLu | None
    factures: list[LigneLue]
    credits_centimes: int
    total_du_centimes: int


class FactureAEnvoyer(Lu):
    type: Literal["FactureAEnvoyer"]
    facture_id: str
    type_document: Literal["FACTURE", "AVOIR"]
    numero: str
    client_id: str | None
    destinataire: DestinataireLu | None
    date_emission: str
    date_echeance: str | None
    total_ttc_centimes: int
    devise: str


_LECTEUR: TypeAdapter[PaiementConfirme | RelanceDemandee | FactureAEnvoyer] = TypeAdapter(
    PaiementConfirme | RelanceDemandee | FactureAEnvoyer
)


def lire(message: Message) -> dict[str, Any]:
    """The payload, checked. Raises UnreadableMessageError naming what is wrong."""
    try:
        return _LECTEUR.validate_json(message.payload).model_dump()
    except ValidationError as error:
        wrong = "; ".join(f"{'/'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise UnreadableMessageError(
            f"message {message.id or '?'} ({message.type or '?'}): {wrong}"
        ) from error


def consommateur(recevoir: RecevoirMessage) -> Callable[[Message], None]:
    """The handler of the three destinations."""

    def consommer(message: Message) -> None:
        recevoir(message.id, lire(message), message.headers.get(FENETRE))

    return consommer


def publication(outbox: Outbox, clock: Clock) -> Callable[[Connection, str, Mapping[str, Any]], None]:
    """What the store calls to publish; the reminder's id is the key."""

    def publier(connection: Connection, destination: str, message: Mapping[str, Any]) -> None:
        envelope = Message.json_of(type=message["type"], source=SOURCE, payload=dict(message), clock=clock)
        outbox.put(connection, destination, envelope, key=message["relance_id"])

    return publier
