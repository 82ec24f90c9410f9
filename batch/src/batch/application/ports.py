"""What the use cases need from outside; `adapters/` fits these Protocols."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from batch.application.consultation import Criteres
from batch.domain.dossier import Client, EtatRelance, FactureEnRetard, Historique, Solde
from batch.domain.echelle import Motif
from batch.domain.interets import Mouvement
from batch.domain.politique import Politique, Politiques
from batch.domain.reprise import FormatReprise, LigneReprise


class Clock(Protocol):
    """Now, and the day in a zone."""

    def now(self) -> datetime: ...

    def today(self, zone: str = "Europe/Paris") -> date: ...

    def monotonic(self) -> float: ...


class Identifiants(Protocol):
    """New opaque identifiers of at most 36 characters, increasing in time."""

    def __call__(self) -> str: ...


# other services ---------------------------------------------------------------------------------


class Encours(Protocol):
    """What the reminders ask of client-, facture- and paiement-service; nothing is guessed when one is out."""

    def factures_en_retard(self, au: date) -> list[FactureEnRetard]:
        """Every invoice open and past due at a date, amounts and disputes as of that date."""
        ...

    def facture_existe(self, facture_id: str) -> bool: ...

    def mouvements(self, facture_id: str) -> Sequence[Mouvement]:
        """What moved the balance of an invoice, whenever."""
        ...

    def clients(self, ids: Collection[str]) -> Mapping[str, Client]:
        """The clients found, by id; at most 200 are asked for at once."""
        ...

    def soldes(self, ids: Collection[str], au: date) -> Mapping[str, Mapping[str, Solde]]:
        """Credit and pending payments by client and currency, as of a date."""
        ...

    def avoirs_a_affecter(self, au: date) -> Mapping[str, Mapping[str, int]]:
        """Cents of credit notes not given to any invoice, by client and currency, as of a date."""
        ...


@dataclass(frozen=True)
class Repris:
    """The fate of one item of a bulk take-over; `refus` is None when it is there now."""

    reference: str
    id: str | None
    refus: tuple[str, str] | None = None


@dataclass(frozen=True)
class FactureReprise:
    """An invoice as taken over: number, balance and currency as of the cut."""

    numero: str
    reste_centimes: int
    devise: str


class Destinations(Protocol):
    """Where a take-over writes: the bulk routes of the services, at most 500 items a call, all idempotent."""

    def reprendre_clients(self, fiches: Sequence[Mapping[str, Any]]) -> list[Repris]: ...

    def reprendre_factures(self, factures: Sequence[Mapping[str, Any]]) -> list[Repris]: ...

    def reprendre_paiements(self, paiements: Sequence[Mapping[str, Any]]) -> list[Repris]: ...

    def factures_ouvertes(self, au: date) -> Iterator[FactureReprise]:
        """Every invoice open at a date."""
        ...

    def paiements_en_attente(self) -> Iterator[str]:
        """External references of taken-over payments not yet allocated."""
        ...


# reminders --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relance:
    """A reminder decided; `factures` and `destinataire` as in the message on `relance-topic`.

    `destinataire` is None where it was not kept yet: whoever sends asks client-service.
    """

    id: str
    client_id: str
    nom: str
    niveau: int
    devise: str
    date_reference: date
    politique: str
    version_politique: int
    envoi: str
    etat: EtatRelance
    rejeu: bool
    execution_id: int
    credits_centimes: int
    total_du_centimes: int
    factures: Sequence[Mapping[str, Any]]
    creee_le: datetime
    motif: str | None = None
    notification_id: str | None = None
    etat_le: datetime | None = None
    destinataire: Mapping[str, Any] | None = None


class DemandeDePage(Protocol):
    """At most `limit` rows in `order`, those after the values `after` only."""

    @property
    def limit(self) -> int: ...

    @property
    def order(self) -> Sequence[Any]: ...

    @property
    def after(self) -> tuple[Any, ...] | None: ...


@dataclass(frozen=True)
class Cycle:
    """From when on an invoice is in a further cycle of reminders."""

    facture_id: str
    cycle: int
    motif: str
    depuis: datetime


@dataclass(frozen=True)
class PolitiqueDatee:
    """A policy with the instant of its last change."""

    politique: Politique
    modifie_le: datetime


class ReclamationPriseError(Exception):
    """Another run claimed (invoice, cycle, level) meanwhile: the client is to be looked at again."""


class MagasinRelances(Protocol):
    """Reminders, claims, cycles and policies. Writes join the transaction open here, or are one."""

    def transaction(self) -> AbstractContextManager[Any]: ...

    def historique(self, client_ids: Collection[str], facture_ids: Collection[str]) -> Historique: ...

    def enregistrer(self, relance: Relance) -> None:
        """Store a reminder and claim (invoice, cycle, level) of its lines. ReclamationPriseError."""
        ...

    def relance(self, relance_id: str, verrou: bool = False) -> Relance | None: ...

    def changer_etat(self, relance: Relance) -> None: ...

    def rendre_reclamations(self, relance_id: str, sauf: Collection[str] = ()) -> None:
        """Give back what a reminder claimed, except for some invoices."""
        ...

    def reprendre_reclamations(self, relance: Relance) -> None:
        """Claim again, where nobody else has meanwhile, what a reminder had given back."""
        ...

    def relances(self, criteres: Criteres, page: DemandeDePage) -> tuple[list[Relance], int]: ...

    def compter(self, criteres: Criteres) -> Mapping[EtatRelance, int]:
        """How many reminders are in each state, of those that fit."""
        ...

    def derniere_relance(self, facture_id: str) -> Relance | None:
        """The last reminder holding a claim on the invoice in its present cycle."""
        ...

    def ouvrir_cycle(self, facture_id: str, motif: str, depuis: datetime) -> Cycle: ...

    def politiques(self) -> list[PolitiqueDatee]: ...

    def politique(self, nom: str, verrou: bool = False) -> PolitiqueDatee:
        """PolitiqueIntrouvableError."""
        ...

    def versions(self, nom: str) -> list[PolitiqueDatee]:
        """Every version of a policy, the present one included. PolitiqueIntrouvableError."""
        ...

    def politiques_aux_versions(self, versions: Mapping[str, int]) -> Politiques:
        """The policies as frozen at a first launch."""
        ...

    def ecrire_politique(self, datee: PolitiqueDatee) -> None:
        """Store a new version, the earlier ones being kept."""
        ...


@dataclass(frozen=True)
class FactureEcartee:
    """A late invoice that a campaign left without a reminder, as it was then; `nom`: None for an unknown client."""

    facture_id: str
    numero: str
    client_id: str
    nom: str | None
    devise: str
    date_echeance: date
    jours_retard: int
    reste_centimes: int
    motif: Motif
    detail: str


class MagasinEcartees(Protocol):
    """What campaigns left out, by the number of the job instance that a campaign is, whatever its attempts."""

    def noter(self, campagne: int, laissees: Sequence[FactureEcartee]) -> None:
        """Keep them, in the transaction open here."""
        ...

    def page(
        self, campagne: int, motif: Motif | None, page: DemandeDePage
    ) -> tuple[list[FactureEcartee], int]: ...

    def compter(self, campagne: int) -> Mapping[Motif, int]:
        """How many invoices were left out for each reason."""
        ...


class Publication(Protocol):
    """Messages, put in the transaction open here."""

    def relance_demandee(self, relance_id: str, contenu: Mapping[str, Any], par_le_cron: bool) -> None: ...


# take-overs -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reprise:
    """A take-over as frozen at its first launch."""

    instance_id: int
    chemin: Path
    sha256: str
    arrete_au: date
    decalage_jours: int
    type_client: str
    courriel: str | None
    format: FormatReprise
    encodage: str
    separateur: str


@dataclass(frozen=True)
class ClientStage:
    """A client found in the file; `ligne` is the first one that names it."""

    ligne: int
    reference: str
    nom: str | None
    courriel: str | None


@dataclass(frozen=True)
class LigneStage:
    """A good row with what the services have answered for it so far."""

    lue: LigneReprise
    client_id: str | None = None
    facture_id: str | None = None
    paiement_id: str | None = None


class MagasinReprises(Protocol):
    """Rows of files under way, kept until a take-over of the same instance completes, and after it."""

    def decalages(self) -> Mapping[str, int]:
        """Days by job key, of the take-overs so far."""
        ...

    def noter_decalage(self, cle: str, instance_id: int, jours: int) -> None: ...

    def deposer(self, instance_id: int, lignes: Sequence[LigneReprise]) -> list[int]:
        """Keep rows and the clients they name; lines whose number another row of the file has already."""
        ...

    def clients(self, instance_id: int, apres_ligne: int, limite: int) -> list[ClientStage]: ...

    def noter_clients(self, instance_id: int, ids: Mapping[str, str]) -> None: ...

    def lignes(self, instance_id: int, apres_ligne: int, limite: int) -> list[LigneStage]: ...

    def compter_clients(self, instance_id: int, apres_ligne: int) -> int: ...

    def compter_lignes(self, instance_id: int, apres_ligne: int) -> int: ...

    def noter_factures(self, instance_id: int, ids: Mapping[int, str]) -> None: ...

    def noter_paiements(self, instance_id: int, ids: Mapping[int, str]) -> None: ...


@dataclass(frozen=True)
class LigneBrute:
    """A row as it is in the file: its line number and its text, and its columns unless it is unreadable."""

    numero: int
    texte: str
    colonnes: Mapping[str, str] = field(default_factory=dict)
    refus: tuple[str, str] | None = None


class LectureCsv(Protocol):
    """Opens a take-over file."""

    def entete(self, chemin: Path, encodage: str, separateur: str) -> list[str]:
        """FichierRefuseError when there is no readable header."""
        ...

    def lignes(self, chemin: Path, encodage: str, separateur: str) -> Iterator[LigneBrute]: ...

    def empreinte(self, chemin: Path) -> str:
        """SHA-256 of the bytes. FichierRefuseError when they cannot be read."""
        ...
