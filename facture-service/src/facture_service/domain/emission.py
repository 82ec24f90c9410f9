"""What an issue asks for: the rules that refuse one, said once for the act and for the check before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from facture_service.domain.dates import exiger_passee
from facture_service.domain.echeance import calculer_echeance
from facture_service.domain.facture import (
    Facture,
    exiger_adresse,
    exiger_client_actif,
    exiger_vendeur_complet,
)
from facture_service.domain.mentions import Contexte
from facture_service.domain.parties import Client, TypeClient, Vendeur
from facture_service.domain.series import EtatSerie


@dataclass(frozen=True)
class Dossier:
    """A draft and its parties, as they are when somebody wants to issue it."""

    facture: Facture
    client: Client
    vendeur: Vendeur


@dataclass(frozen=True)
class Projet(Dossier):
    """The issue of it on a day: that day, today, and the series that its number would come from."""

    date_emission: date
    aujourd_hui: date
    serie: EtatSerie

    @property
    def contexte(self) -> Contexte:
        return contexte(self.facture, self.client, self.vendeur, self.date_emission)

    @property
    def date_echeance(self) -> date:
        return echeance(self.client, self.date_emission)


D = TypeVar("D", bound=Dossier, contravariant=True)


@dataclass(frozen=True)
class Regle(Generic[D]):
    """One rule: the code of its refusal, the field it is about, the check that raises, what to say when it holds."""

    code: str
    pointer: str
    exiger: Callable[[D], object]
    respectee: Callable[[D], str]
    sur_client: bool = False


REGLES_DU_DOSSIER: tuple[Regle[Dossier], ...] = (
    Regle(
        "facture-sans-ligne",
        "/lignes",
        lambda d: d.facture.exiger_lignes(),
        lambda d: f"Lignes de la facture : {len(d.facture.contenu.lignes)}.",
    ),
    Regle(
        "client-archive",
        "/client_id",
        lambda d: exiger_client_actif(d.client),
        lambda d: f"Le client « {d.client.nom_affiche} » n'est pas archivé.",
        sur_client=True,
    ),
    Regle(
        "client-incomplet",
        "/client/adresse",
        lambda d: exiger_adresse(d.client),
        lambda d: "Le client a une adresse postale.",
        sur_client=True,
    ),
    Regle(
        "vendeur-incomplet",
        "/vendeur",
        lambda d: exiger_vendeur_complet(d.vendeur),
        lambda d: "Les mentions obligatoires du vendeur sont complètes.",
    ),
)
REGLES_DE_LA_DATE: tuple[Regle[Projet], ...] = (
    Regle(
        "date-future",
        "/date_emission",
        lambda p: exiger_passee(p.date_emission, p.aujourd_hui, "/date_emission"),
        lambda p: f"La date d'émission, {p.date_emission:%d/%m/%Y}, n'est pas à venir.",
    ),
    Regle(
        "date-anterieure-a-la-serie",
        "/date_emission",
        lambda p: p.serie.avancer(p.date_emission),
        lambda p: f"La date prend place dans la série {p.serie.nom}.",
    ),
)
REGLES: tuple[Regle[Projet], ...] = (*REGLES_DU_DOSSIER, *REGLES_DE_LA_DATE)
"""In the order in which an issue meets them."""


def exiger_emissible(dossier: Dossier) -> None:
    """Every condition of an issue but those of its date, met where the day is read and where the series is locked.

    Raises the first refusal.
    """
    dossier.facture.exiger_brouillon()
    for regle in REGLES_DU_DOSSIER:
        regle.exiger(dossier)


def echeance(client: Client, date_emission: date) -> date:
    """The due date of an invoice of that day under the terms agreed with the client."""
    return calculer_echeance(
        date_emission, client.conditions_paiement, acheteur_public=client.type is TypeClient.PUBLIC
    )


def contexte(facture: Facture, client: Client, vendeur: Vendeur, date_emission: date) -> Contexte:
    """What decides the mentions of the invoice."""
    contenu = facture.contenu
    return Contexte(
        vendeur=vendeur,
        client=client,
        date_emission=date_emission,
        nature_operation=contenu.nature_operation.value,
        taux_tva=[ligne.taux_tva for ligne in contenu.lignes],
    )
