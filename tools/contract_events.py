"""JSON Schemas (2020-12) of the messages between services.

Generated from the models by which the consumer really reads them, completed here by what the producers say
besides. Senders may add members later, so the schemas leave them open; readers must ignore what they do not know.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from notification_service.adapters.messaging import (
    AffectationLue,
    DestinataireLu,
    FactureAEnvoyer,
    LigneLue,
    PaiementConfirme,
    RelanceDemandee,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASE = "https://ressort.example/contracts/events"

Jour = Annotated[str, Field(json_schema_extra={"format": "date"})]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Identifiant = Annotated[str, Field(min_length=1, max_length=36)]
Devise = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Centimes = Annotated[int, Field(ge=0)]
Numero = Annotated[str, Field(pattern=r"^[A-Za-z0-9+\-_/]{1,35}$")]


class Destinataire(DestinataireLu):
    """Whom to write to. At least one address, or a person has to find it."""

    email: str | None
    telephone: str | None
    langue: str


class Affectation(AffectationLue):
    """A part of the payment settled on one invoice."""

    facture_id: Identifiant
    montant_centimes: Centimes
    reste_centimes: Centimes | None


class PaiementConfirmeComplet(PaiementConfirme):
    """On paiement-topic, from paiement-service: a payment is confirmed. `notifier` false: no receipt is wanted."""

    paiement_id: Identifiant
    montant_centimes: Centimes
    devise: Devise
    date_paiement: Jour
    destinataire: Destinataire | None
    affectations: list[Affectation]  # type: ignore[assignment]


class LigneRelance(LigneLue):
    """A late invoice; `niveau` null: listed for information. Interest null: the statutory rate is not known."""

    facture_id: Identifiant
    cycle: Annotated[int, Field(ge=1)]
    niveau: Annotated[int, Field(ge=1)] | None
    date_emission: Jour
    date_echeance: Jour
    jours_retard: Annotated[int, Field(ge=1)]
    total_ttc_centimes: Centimes
    reste_centimes: Centimes
    interets_centimes: Centimes | None
    indemnite_centimes: Centimes


class RelanceDemandeeComplete(RelanceDemandee):
    """On relance-topic, from batch: one reminder to one client in one currency, with every late invoice."""

    relance_id: Identifiant
    client_id: Identifiant
    niveau: Annotated[int, Field(ge=1)]
    date_reference: Jour
    devise: Devise
    politique: str
    version_politique: Annotated[int, Field(ge=1)]
    destinataire: Destinataire | None
    factures: Annotated[list[LigneRelance], Field(min_length=1)]  # type: ignore[assignment]
    credits_centimes: Centimes
    total_du_centimes: Centimes


class VendeurNomme(BaseModel):
    """The seller as the invoice names it."""

    model_config = ConfigDict(extra="allow")

    nom: str | None
    email: str | None


class FactureAEnvoyerComplete(FactureAEnvoyer):
    """On facture-topic, from facture-service: an issued document is to be mailed to its client.

    The document itself is `GET /factures/{facture_id}` with `Accept: text/html`. One message per request.
    """

    facture_id: Identifiant
    numero: Numero
    vendeur: VendeurNomme | None
    destinataire: Destinataire | None
    date_emission: Jour
    date_echeance: Jour | None
    total_ttc_centimes: Centimes
    reste_centimes: int
    devise: Devise


class LigneEnvoyee(BaseModel):
    """A line of the letter that left, with its level; null: it was there for information."""

    model_config = ConfigDict(extra="allow")

    facture_id: Identifiant
    niveau: Annotated[int, Field(ge=1)] | None


class RelanceTraitee(BaseModel):
    """On notification-topic, from notification-service: what became of a reminder."""

    model_config = ConfigDict(extra="allow")

    type: Literal["RelanceTraitee"]
    relance_id: Identifiant
    etat: Literal["ENVOYEE", "ANNULEE", "ECHEC", "INCONNU", "A_TRAITER"]
    motif: str | None
    notification_id: Identifiant
    le: Instant
    factures: Annotated[
        list[LigneEnvoyee],
        Field(
            description="The lines of the letter that left or may have left (ENVOYEE, INCONNU), those that dropped "
            "out when it was re-read left out. Optional."
        ),
    ] = []


class Entetes(BaseModel):
    """Headers every message carries, whichever broker brings it; all values are text."""

    model_config = ConfigDict(extra="allow")

    id: Annotated[str, Field(min_length=1)]
    type: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    time: Instant
    contentType: Literal["application/json"]  # the spelling of Spring Cloud Stream
    traceparent: Annotated[str, Field(pattern="^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")] = ""
    fenetre: Annotated[
        Literal["heures-ouvrees"], Field(description="The reminder may leave in working hours only.")
    ] = "heures-ouvrees"


MODELS: dict[str, type[BaseModel]] = {
    "PaiementConfirme": PaiementConfirmeComplet,
    "RelanceDemandee": RelanceDemandeeComplete,
    "RelanceTraitee": RelanceTraitee,
    "FactureAEnvoyer": FactureAEnvoyerComplete,
    "entetes": Entetes,
}


def schemas() -> dict[str, Any]:
    """Message type -> schema."""
    return {name: schema(name, model) for name, model in MODELS.items()}


def schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one model, as a document of its own."""
    found = _described(model.model_json_schema(mode="validation"))
    found |= {"$schema": DIALECT, "$id": f"{BASE}/{name}.schema.json", "title": name}
    for option in ("traceparent", "fenetre", "factures"):
        found["properties"].get(option, {}).pop("default", None)
    return dict(found)


def _described(node: Any) -> Any:
    """Without the titles pydantic makes up, and with each docstring on one line."""
    if isinstance(node, list):
        return [_described(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _described(item) for key, item in node.items() if key != "title" or isinstance(item, dict)}
    if isinstance(kept.get("description"), str):
        kept["description"] = " ".join(kept["description"].split())
    return kept
