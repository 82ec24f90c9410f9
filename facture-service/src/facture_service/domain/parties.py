"""The two parties of an invoice as they are frozen in it: the seller and the client."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from facture_service.domain.echeance import ConditionsPaiement

FORMES_A_CAPITAL = frozenset({"SA", "SAS", "SASU", "SARL", "EURL", "SCA", "SNC", "SCS", "SELARL", "SELAS"})
"""Legal forms that must state their capital on invoices (C. com. R123-238)."""


class TypeClient(StrEnum):
    """Who buys: the rules on late fees differ, so it is never guessed."""

    ENTREPRISE = "ENTREPRISE"
    PARTICULIER = "PARTICULIER"
    PUBLIC = "PUBLIC"


@dataclass(frozen=True)
class Adresse:
    """A postal address in parts; `pays` is ISO 3166 alpha-2, and some countries have no postcode."""

    ligne1: str
    code_postal: str | None
    ville: str
    ligne2: str | None = None
    pays: str = "FR"


@dataclass(frozen=True)
class Client:
    """What an invoice needs to know of its client, as client-service tells it."""

    id: str
    type: TypeClient
    nom_affiche: str
    siren: str | None = None
    siret: str | None = None
    tva_intracom: str | None = None
    adresse: Adresse | None = None
    email: str | None = None
    telephone: str | None = None
    langue: str = "fr"
    conditions_paiement: ConditionsPaiement = field(default_factory=ConditionsPaiement)
    archive: bool = False


@dataclass(frozen=True)
class Vendeur:
    """The seller and the choices that decide its mentions; None where the configuration is silent."""

    nom: str | None = None
    forme: str | None = None
    capital: str | None = None
    siren: str | None = None
    siret: str | None = None
    rcs: str | None = None
    tva_intracom: str | None = None
    adresse: Adresse | None = None
    email: str | None = None
    telephone: str | None = None
    iban: str | None = None
    bic: str | None = None
    franchise_tva: bool = False
    option_debits: bool = False
    membre_assujetti_unique: bool = False
    escompte: str | None = None

    @property
    def champs_manquants(self) -> tuple[str, ...]:
        """Names of the legal mentions that are missing, in the order of the configuration keys."""
        requis = ["nom", "forme", "siren", "rcs", "adresse"]
        if self.forme in FORMES_A_CAPITAL:
            requis.append("capital")
        if not self.franchise_tva:
            requis.append("tva_intracom")
        return tuple(champ for champ in requis if not getattr(self, champ))
