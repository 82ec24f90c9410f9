"""The client's record: a company, a consumer or a public body that receives invoices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

PAYS_DU_SIREN = frozenset({"FR", "GP", "MQ", "GF", "RE", "PM", "YT", "BL", "MF"})
"""Countries, as ISO 3166-1 counts them, whose businesses INSEE registers."""


class TypeClient(StrEnum):
    """Never guessed: it decides fees, interest and maximum terms."""

    ENTREPRISE = "ENTREPRISE"
    PARTICULIER = "PARTICULIER"
    PUBLIC = "PUBLIC"


class ModeEcheance(StrEnum):
    """How a due date follows from the issue date and a number of days."""

    NET = "NET"
    FIN_DE_MOIS = "FIN_DE_MOIS"
    FIN_DE_MOIS_PUIS_JOURS = "FIN_DE_MOIS_PUIS_JOURS"


@dataclass(frozen=True, slots=True)
class Adresse:
    """A postal address in parts; ``pays`` is ISO 3166-1 alpha-2."""

    ligne1: str
    ville: str
    code_postal: str | None = None
    ligne2: str | None = None
    pays: str = "FR"


@dataclass(frozen=True, slots=True)
class ConditionsPaiement:
    """Payment terms: days, and what they are counted from."""

    delai_jours: int = 30
    mode: ModeEcheance = ModeEcheance.NET


@dataclass(frozen=True, slots=True)
class Suspension:
    """Reminders are held, for a reason, until a date or until further notice."""

    motif: str
    jusqu_au: date | None = None

    def vaut(self, jour: date) -> bool:
        """Whether reminders are held on ``jour``; the last day is included."""
        return self.jusqu_au is None or jour <= self.jusqu_au


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheClient:
    """What a person may write of a client: the whole record less what the service derives."""

    type: TypeClient
    raison_sociale: str | None = None
    prenom: str | None = None
    nom: str | None = None
    siren: str | None = None
    siret: str | None = None
    tva_intracom: str | None = None
    reference_externe: str | None = None
    adresse: Adresse | None = None
    email: str | None = None
    telephone: str | None = None
    langue: str = "fr"
    conditions_paiement: ConditionsPaiement = field(default_factory=ConditionsPaiement)
    politique_relance: str = "standard"
    suspension: Suspension | None = None

    @property
    def nom_affiche(self) -> str:
        """The name to print: the company's, or first and last name."""
        if self.type is TypeClient.PARTICULIER:
            return " ".join(part for part in (self.prenom, self.nom) if part)
        return self.raison_sociale or ""

    @property
    def ville(self) -> str:
        """The city of the address, empty without one."""
        return self.adresse.ville if self.adresse else ""

    @property
    def siren_manquant(self) -> bool:
        """Whether a SIREN is missing that must exist: neither a consumer nor a company abroad has one."""
        pays = self.adresse.pays if self.adresse else "FR"
        return self.type is not TypeClient.PARTICULIER and self.siren is None and pays in PAYS_DU_SIREN

    def suspendu(self, jour: date) -> bool:
        """Whether reminders are held on ``jour``."""
        return self.suspension is not None and self.suspension.vaut(jour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A stored client: its record, identity and life."""

    id: str
    fiche: FicheClient
    cree_le: datetime
    modifie_le: datetime
    archive: bool = False
    version: int = 1
