"""What is known of one client at a date when reminders are decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from batch.domain.interets import Mouvement, TypeClient


class EtatRelance(StrEnum):
    """Where a reminder stands; reported by notification-service."""

    DEMANDEE = "DEMANDEE"
    ENVOYEE = "ENVOYEE"
    ANNULEE = "ANNULEE"
    ECHEC = "ECHEC"
    INCONNU = "INCONNU"
    A_TRAITER = "A_TRAITER"


CONTACT = (EtatRelance.DEMANDEE, EtatRelance.ENVOYEE, EtatRelance.INCONNU)
"""States in which the client has been, or may have been, written to."""


@dataclass(frozen=True)
class FactureEnRetard:
    """An invoice open and past due at the reference date; amounts as of that date, in cents.

    `mouvementee`: its balance moved since its issue. The `mouvements` are read when interest depends on them.
    """

    facture_id: str
    numero: str
    client_id: str
    devise: str
    date_emission: date
    date_echeance: date
    total_ttc_centimes: int
    reste_centimes: int
    litige: str | None = None
    mouvementee: bool = False
    mouvements: tuple[Mouvement, ...] = ()

    def jours_retard(self, au: date) -> int:
        """Days since the due date."""
        return (au - self.date_echeance).days


@dataclass(frozen=True)
class Suspension:
    """Reminders held for a client, up to and including a day or until further notice."""

    motif: str
    jusqu_au: date | None = None

    def vaut_au(self, jour: date) -> bool:
        """Whether it holds on a day."""
        return self.jusqu_au is None or jour <= self.jusqu_au


@dataclass(frozen=True)
class Client:
    """The debtor."""

    client_id: str
    nom: str
    type: TypeClient
    politique: str = "standard"
    suspension: Suspension | None = None
    email: str | None = None
    telephone: str | None = None
    langue: str = "fr"


@dataclass(frozen=True)
class Solde:
    """Money of the client not settled on any invoice: its credit, and payments not yet confirmed.

    The credit is unallocated payments and what credit notes gave beyond their invoice.
    """

    non_affecte_centimes: int = 0
    en_attente_centimes: int = 0

    @property
    def total_centimes(self) -> int:
        """Both."""
        return self.non_affecte_centimes + self.en_attente_centimes

    def avec_avoirs(self, centimes: int) -> Solde:
        """The same with the credit of credit notes."""
        return Solde(self.non_affecte_centimes + centimes, self.en_attente_centimes)


@dataclass(frozen=True)
class Demande:
    """The highest level asked for an invoice in its present cycle; `etat` of the reminder that carries it."""

    niveau: int
    etat: EtatRelance
    date_reference: date
    relance_id: str


@dataclass(frozen=True)
class Historique:
    """What was asked before: per invoice its cycle and highest claim, per client the latest contact."""

    cycles: Mapping[str, int] = field(default_factory=dict)
    demandes: Mapping[str, Demande] = field(default_factory=dict)
    contacts: Mapping[str, date] = field(default_factory=dict)

    def cycle(self, facture_id: str) -> int:
        """The present cycle of an invoice; the first is 1."""
        return self.cycles.get(facture_id, 1)


@dataclass(frozen=True)
class Dossier:
    """One client with all late invoices; `client` is None when client-service does not know it."""

    client_id: str
    client: Client | None
    factures: tuple[FactureEnRetard, ...]
    soldes: Mapping[str, Solde] = field(default_factory=dict)

    def solde(self, devise: str) -> Solde:
        """What the client has in hand in a currency."""
        return self.soldes.get(devise, Solde())
