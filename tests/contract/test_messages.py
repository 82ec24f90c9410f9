"""What producers really send follows the schemas, and what follows the schemas is read by the consumers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import contract_events
import contract_samples
import jsonschema
import pytest

from batch.adapters.messaging import PublicationOutbox as PublicationBatch
from batch.adapters.messaging import consommateur as consommateur_batch
from batch.application.suivre_relances import RelanceTraitee
from batch.domain.dossier import EtatRelance
from facture_service.adapters.messaging import PublicationOutbox as PublicationFacture
from notification_service.adapters.messaging import FENETRE, consommateur, lire
from notification_service.adapters.messaging import publication as publication_notification
from notification_service.application.recevoir_message import HEURES_OUVREES
from notification_service.domain.notification import Etat
from paiement_service.adapters.messaging import publication as publication_paiement
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.messaging import Message, UnreadableMessageError

EXAMPLES = Path(__file__).resolve().parents[2] / "contracts/events/examples"
CLOCK = FixedClock(contract_samples.INSTANT)
READ_BY_NOTIFICATION = ["PaiementConfirme", "RelanceDemandee", "FactureAEnvoyer"]

PRODUCED: list[tuple[str, dict[str, Any]]] = [
    ("PaiementConfirme", contract_samples.paiement_confirme()),
    ("PaiementConfirme", contract_samples.paiement_confirme(destinataire=False)),
    ("RelanceDemandee", contract_samples.relance_demandee()),
    ("RelanceDemandee", contract_samples.relance_demandee(taux_connu=False)),
    ("FactureAEnvoyer", contract_samples.facture_a_envoyer()),
    *(
        (
            "RelanceTraitee",
            contract_samples.relance_traitee(etat, None if etat is Etat.ENVOYEE else "Un motif."),
        )
        for etat in Etat
        if etat is not Etat.EN_FILE
    ),
]


class OutboxTemoin:
    """Takes messages in the place of an outbox, and keeps them."""

    def __init__(self) -> None:
        self.pris: list[tuple[str, Message]] = []

    def put(self, connection: Any, destination: str, message: Message, key: str | None = None) -> None:
        self.pris.append((destination, message))


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    """The schema of each message type."""
    return contract_events.schemas()


def verifier(schemas: dict[str, Any], nom: str, valeur: Any) -> None:
    """Raises ValidationError when the value does not follow the schema, formats included."""
    jsonschema.Draft202012Validator(
        schemas[nom], format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(valeur)


ADDED_LATER = {"RelanceTraitee": {"factures"}}
"""Members that readers do without: those who send may be older."""


@pytest.mark.parametrize(("nom", "message"), PRODUCED)
def test_what_is_produced_follows_its_schema(schemas: dict[str, Any], nom: str, message: Any) -> None:
    """The real message of the producing code is valid."""
    verifier(schemas, nom, message)


@pytest.mark.parametrize(("nom", "message"), PRODUCED)
def test_every_promised_member_is_required(schemas: dict[str, Any], nom: str, message: Any) -> None:
    """A message without one of the members of api.md is refused."""
    for membre in set(message) & set(schemas[nom]["properties"]) - ADDED_LATER.get(nom, set()):
        tronque = {cle: valeur for cle, valeur in message.items() if cle != membre}
        with pytest.raises(jsonschema.ValidationError):
            verifier(schemas, nom, tronque)


@pytest.mark.parametrize("nom", ["PaiementConfirme", "RelanceDemandee", "RelanceTraitee", "FactureAEnvoyer"])
def test_the_example_is_what_the_code_produces(schemas: dict[str, Any], nom: str) -> None:
    """The examples in the repository are valid messages."""
    exemple = json.loads((EXAMPLES / f"{nom}.json").read_text(encoding="utf-8"))
    assert exemple == contract_samples.examples()[nom]
    verifier(schemas, nom, exemple)


@pytest.mark.parametrize(("nom", "message"), [p for p in PRODUCED if p[0] in READ_BY_NOTIFICATION])
def test_notification_service_reads_what_is_sent(nom: str, message: dict[str, Any]) -> None:
    """The consumer's own reader accepts it and loses nothing."""
    lu = lire(Message.json_of(type=nom, source="essai", payload=message, clock=CLOCK))
    assert lu == message


@pytest.mark.parametrize(("nom", "message"), [p for p in PRODUCED if p[0] in READ_BY_NOTIFICATION])
def test_notification_service_ignores_what_is_added_later(nom: str, message: dict[str, Any]) -> None:
    """A member this version does not know disturbs nobody."""
    futur = {**message, "ajoute_plus_tard": {"quoi": 1}}
    assert lire(Message.json_of(type=nom, source="essai", payload=futur, clock=CLOCK))["type"] == nom


@pytest.mark.parametrize("etat", [e for e in Etat if e is not Etat.EN_FILE])
def test_batch_reads_the_fate_of_a_reminder(etat: Etat) -> None:
    """Every state that notification-service reports has its place in batch."""
    recues: list[RelanceTraitee] = []
    message = contract_samples.relance_traitee(etat, "Un motif.")
    consommer = consommateur_batch(recues.append)
    consommer(Message.json_of(type="RelanceTraitee", source="essai", payload=message, clock=CLOCK))
    assert [(r.relance_id, r.etat, r.le) for r in recues] == [
        (contract_samples.RELANCE, EtatRelance(etat.value), contract_samples.INSTANT)
    ]


def test_the_states_of_the_schema_are_those_reported(schemas: dict[str, Any]) -> None:
    """A notification still in the queue is not reported."""
    assert set(schemas["RelanceTraitee"]["properties"]["etat"]["enum"]) == set(Etat) - {Etat.EN_FILE}


def _publies() -> list[tuple[str, str, Message]]:
    """One message through the publishing adapter of each service: destination, payload's type, message."""
    outbox: Any = OutboxTemoin()
    publication_paiement(outbox, CLOCK)(None, "paiement-topic", contract_samples.paiement_confirme())
    PublicationFacture(outbox, CLOCK)(None, "facture-topic", contract_samples.facture_a_envoyer())
    publication_notification(outbox, CLOCK)(None, "notification-topic", contract_samples.relance_traitee())
    relance = contract_samples.relance_demandee()
    for par_le_cron in (False, True):
        publication = PublicationBatch(Database.open("sqlite://"), outbox, CLOCK)
        publication.relance_demandee(relance["relance_id"], relance, par_le_cron)
    return [(destination, message.json()["type"], message) for destination, message in outbox.pris]


def test_published_messages_carry_the_headers_of_the_contract(schemas: dict[str, Any]) -> None:
    """id, type, source, time and contentType, the type being the payload's."""
    publies = _publies()
    assert {(destination, nom) for destination, nom, _ in publies} == {
        ("paiement-topic", "PaiementConfirme"),
        ("facture-topic", "FactureAEnvoyer"),
        ("notification-topic", "RelanceTraitee"),
        ("relance-topic", "RelanceDemandee"),
    }
    for _, nom, message in publies:
        verifier(schemas, "entetes", message.headers)
        assert message.type == nom


def test_a_reminder_fired_by_cron_asks_for_working_hours() -> None:
    """batch writes the header that notification-service looks at."""
    fenetres = [m.headers.get(FENETRE) for d, _, m in _publies() if d == "relance-topic"]
    assert fenetres == [None, HEURES_OUVREES]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"type": "Inconnu"}',
        json.dumps({**contract_samples.paiement_confirme(), "montant_centimes": 240.0}).encode(),
        json.dumps({**contract_samples.paiement_confirme(), "notifier": "non"}).encode(),
        json.dumps({**contract_samples.relance_demandee(), "factures": None}).encode(),
    ],
)
def test_what_cannot_be_read_is_said_to_be_unreadable(payload: bytes) -> None:
    """The consumer names it unreadable, which sends it to the dead letters, and starts nothing."""
    commences: list[Any] = []
    recevoir: Any = lambda *recu: commences.append(recu)  # noqa: E731
    with pytest.raises(UnreadableMessageError, match="m-17"):
        consommateur(recevoir)(Message(payload, {"id": "m-17", "type": "PaiementConfirme"}))
    assert commences == []


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b'{"type": "Autre"}',
        json.dumps({**contract_samples.relance_traitee(), "etat": "PARTIE"}).encode(),
        json.dumps({**contract_samples.relance_traitee(), "le": "hier"}).encode(),
        json.dumps({"type": "RelanceTraitee"}).encode(),
    ],
)
def test_a_report_that_cannot_be_read_is_said_to_be_unreadable(payload: bytes) -> None:
    """batch neither guesses nor drops a report that announces itself as one."""
    recues: list[Any] = []
    with pytest.raises(UnreadableMessageError):
        consommateur_batch(recues.append)(Message(payload, {"id": "m-17", "type": "RelanceTraitee"}))
    assert recues == []
