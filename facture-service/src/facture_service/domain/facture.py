"""Invoices and credit notes: what is written in a draft, what is frozen at issue, what the balances are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from facture_service.domain.erreurs import (
    ChampInvalideError,
    ClientArchiveError,
    ClientIncompletError,
    FactureEmiseError,
    FactureNonEmiseError,
    FactureSansLigneError,
    OperationSurAvoirError,
    VendeurIncompletError,
)
from facture_service.domain.lignes import Ligne, Totaux, totaliser
from facture_service.domain.montants import MAXIMUM_CENTIMES
from facture_service.domain.parties import Client, Vendeur


class TypeDocument(StrEnum):
    """An invoice, or a credit note (avoir) that cites one."""

    FACTURE = "FACTURE"
    AVOIR = "AVOIR"


class NatureOperation(StrEnum):
    """Goods, services or both: a mention of decree 2022-1299."""

    BIENS = "BIENS"
    SERVICES = "SERVICES"
    MIXTE = "MIXTE"


class Poste(StrEnum):
    """What a movement changes. The first three close the balance; CREDITES counts credit notes in full."""

    AVOIRS = "AVOIRS"
    REGLE = "REGLE"
    ECARTS = "ECARTS"
    CREDITES = "CREDITES"


@dataclass(frozen=True, slots=True)
class Soldes:
    """Balances in cents; `total_ttc = avoirs + regle + ecarts + reste` holds by construction.

    `avoirs_centimes` is what credit notes took off the balance (on a credit note: what it gave to its
    invoice); `credites_centimes` is the full total of the credit notes issued against the invoice.
    """

    total_ttc_centimes: int
    avoirs_centimes: int = 0
    regle_centimes: int = 0
    ecarts_centimes: int = 0
    credites_centimes: int = 0

    @property
    def reste_centimes(self) -> int:
        return self.total_ttc_centimes - self.avoirs_centimes - self.regle_centimes - self.ecarts_centimes

    @property
    def creditable_centimes(self) -> int:
        return self.total_ttc_centimes - self.credites_centimes

    def imputer(self, poste: Poste, montant_centimes: int) -> Soldes:
        """The balances after a movement (negative when it is a cancellation)."""
        champ = f"{poste.value.lower()}_centimes"
        return replace(self, **{champ: getattr(self, champ) + montant_centimes})


@dataclass(frozen=True)
class Contenu:
    """What the author of a draft writes. Amounts without tax, `devise` ISO 4217 with two decimals."""

    client_id: str
    lignes: tuple[Ligne, ...]
    devise: str = "EUR"
    nature_operation: NatureOperation = NatureOperation.SERVICES
    reference_externe: str | None = None
    numero_commande: str | None = None
    date_livraison: date | None = None

    def totaux(self) -> Totaux:
        """Totals of the lines; raises ChampInvalideError when they pass what an invoice may hold."""
        totaux = totaliser(self.lignes)
        if totaux.total_ttc_centimes > MAXIMUM_CENTIMES:
            raise ChampInvalideError(
                "/lignes", "montant-trop-grand", "Le total de la facture dépasse la limite admise."
            )
        return totaux


@dataclass(frozen=True)
class Origine:
    """The invoice a credit note cites, as the law wants it: number and date."""

    facture_id: str
    numero: str
    date_emission: date


@dataclass(frozen=True)
class Emission:
    """What issuing froze. `empreinte` covers the whole document and the hash of the one before it."""

    numero: str
    date_emission: date
    date_echeance: date | None
    emise_le: datetime
    vendeur: Vendeur | None
    mentions: tuple[str, ...]
    serie: str | None = None
    rang: int | None = None
    empreinte: str | None = None
    empreinte_precedente: str | None = None


@dataclass(frozen=True)
class Facture:
    """One document with its balances. `client` is the frozen snapshot once issued, else the last one seen."""

    id: str
    contenu: Contenu
    totaux: Totaux
    soldes: Soldes
    cree_le: datetime
    modifie_le: datetime
    type: TypeDocument = TypeDocument.FACTURE
    client: Client | None = None
    emission: Emission | None = None
    origine: Origine | None = None
    motif: str | None = None
    reprise: bool = False
    version: int = 1

    @property
    def emise(self) -> bool:
        return self.emission is not None

    def exiger_brouillon(self) -> None:
        """Raises FactureEmiseError once the document is issued."""
        if self.emission is not None:
            raise FactureEmiseError(
                f"La facture {self.emission.numero} est émise : elle ne se modifie plus, "
                "elle se corrige par un avoir.",
                numero=self.emission.numero,
            )

    def exiger_emission(self) -> Emission:
        """The issue data; raises FactureNonEmiseError on a draft."""
        if self.emission is None:
            raise FactureNonEmiseError("Cette facture est encore un brouillon : il faut d'abord l'émettre.")
        return self.emission

    def exiger_facture_emise(self) -> Emission:
        """The issue data of an invoice; refuses drafts and credit notes."""
        emission = self.exiger_emission()
        self.exiger_facture()
        return emission

    def exiger_facture(self) -> None:
        """Refuses credit notes, which are always issued."""
        if self.type is TypeDocument.AVOIR:
            numero = self.exiger_emission().numero
            raise OperationSurAvoirError(
                f"Le document {numero} est un avoir : cette opération ne porte que sur une facture."
            )

    def modifier(self, contenu: Contenu, client: Client | None, le: datetime) -> Facture:
        """The draft with another content."""
        self.exiger_brouillon()
        totaux = contenu.totaux()
        return replace(
            self,
            contenu=contenu,
            client=client,
            totaux=totaux,
            soldes=Soldes(totaux.total_ttc_centimes),
            modifie_le=le,
        )

    def exiger_lignes(self) -> None:
        """Raises FactureSansLigneError."""
        if not self.contenu.lignes:
            raise FactureSansLigneError("Une facture sans ligne ne peut pas être émise.")


def exiger_client_actif(client: Client) -> None:
    """Raises ClientArchiveError: neither a draft nor an invoice is made for an archived client."""
    if client.archive:
        raise ClientArchiveError(
            f"Le client « {client.nom_affiche} » est archivé : il ne reçoit plus de nouvelle facture.",
            client_id=client.id,
        )


def exiger_adresse(client: Client) -> None:
    """Raises ClientIncompletError when the client has no postal address."""
    if client.adresse is None:
        raise ClientIncompletError(
            f"Le client « {client.nom_affiche} » n'a pas d'adresse postale, mention obligatoire d'une facture.",
            client_id=client.id,
            manquants=["adresse"],
        )


def exiger_vendeur_complet(vendeur: Vendeur) -> None:
    """Raises VendeurIncompletError with the keys `entreprise.*` that are missing."""
    if vendeur.champs_manquants:
        manquants = [f"entreprise.{champ.replace('_', '-')}" for champ in vendeur.champs_manquants]
        raise VendeurIncompletError(
            "La configuration du vendeur est incomplète : " + ", ".join(manquants) + ".", manquants=manquants
        )
