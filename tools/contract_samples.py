"""One real message of each type, made by the code that produces it, on a fixed day and with fixed identifiers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from batch.application.message_relance import message_json
from batch.domain.dossier import Client as Debiteur
from batch.domain.dossier import FactureEnRetard
from batch.domain.echelle import LigneRelance, RelanceDecidee
from batch.domain.interets import Interets, TypeClient
from batch.domain.politique import Envoi
from facture_service.application.demander_envoi import message_envoi
from facture_service.domain.facture import Contenu, Emission, Facture, Soldes
from facture_service.domain.lignes import Ligne
from facture_service.domain.parties import Client as ClientFacture
from facture_service.domain.parties import TypeClient as TypeClientFacture
from facture_service.domain.parties import Vendeur
from notification_service.adapters.memory import MagasinEnMemoire
from notification_service.application.compte_rendu import annoncer
from notification_service.domain.notification import Etat, Notification, Resultat, TypeMessage
from paiement_service.application.confirmation import message_de_confirmation
from paiement_service.application.ports import Destinataire
from paiement_service.domain.paiement import Affectation, EtatAffectation, Moyen, Paiement, Source

INSTANT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
JOUR = date(2026, 11, 20)
CLIENT = "019aa0a2-7c00-7000-8000-000000000001"
FACTURE = "019aa0a2-7c00-7000-8000-000000000002"
PAIEMENT = "019aa0a2-7c00-7000-8000-000000000003"
RELANCE = "019aa0a2-7c00-7000-8000-000000000004"
NOTIFICATION = "019aa0a2-7c00-7000-8000-000000000005"
AFFECTATION = "019aa0a2-7c00-7000-8000-000000000006"
NUMERO = "FA-2026-000001"
NOM, COURRIEL, TELEPHONE = "Moulins Réunis", "compta@moulins.example", "+33140000000"


def examples() -> dict[str, Any]:
    """Message type -> payload."""
    return {
        "PaiementConfirme": paiement_confirme(),
        "RelanceDemandee": relance_demandee(),
        "RelanceTraitee": relance_traitee(),
        "FactureAEnvoyer": facture_a_envoyer(),
    }


def paiement_confirme(destinataire: bool = True) -> dict[str, Any]:
    """A payment of 240.00 that closes an invoice; the recipient is null when client-service was out."""
    affectation = Affectation(
        affectation_id=AFFECTATION,
        facture_id=FACTURE,
        montant_centimes=24_000,
        date=JOUR,
        numero=NUMERO,
        etat=EtatAffectation.AFFECTEE,
        reste_facture_centimes=0,
        verifiee=True,
    )
    paiement = Paiement(
        id=PAIEMENT,
        client_id=CLIENT,
        montant_centimes=24_000,
        devise="EUR",
        date_paiement=JOUR,
        source=Source.SAISIE,
        moyen=Moyen.VIREMENT,
        cree_le=INSTANT,
        modifie_le=INSTANT,
        affectations=(affectation,),
    ).dans_son_etat()
    connu = Destinataire(NOM, COURRIEL, TELEPHONE, "fr") if destinataire else None
    return message_de_confirmation(paiement, connu)


def relance_demandee(taux_connu: bool = True) -> dict[str, Any]:
    """A reminder of level 2 with an invoice listed for information; without a rate there is no interest sum."""
    interets = Interets(125 if taux_connu else None)
    retard = FactureEnRetard(
        FACTURE, NUMERO, CLIENT, "EUR", date(2026, 10, 5), date(2026, 11, 4), 24_000, 24_000
    )
    recente = replace(
        retard,
        facture_id=AFFECTATION,
        numero="FA-2026-000002",
        date_emission=date(2026, 10, 18),
        date_echeance=date(2026, 11, 17),
        total_ttc_centimes=6_000,
        reste_centimes=1_000,
    )
    decidee = RelanceDecidee(
        client=Debiteur(CLIENT, NOM, TypeClient.ENTREPRISE, email=COURRIEL, telephone=TELEPHONE),
        devise="EUR",
        niveau=2,
        envoi=Envoi.AUTOMATIQUE,
        politique="standard",
        version_politique=1,
        lignes=(
            LigneRelance(retard, 1, 2, 16, interets, 4_000),
            LigneRelance(recente, 1, None, 3, Interets(0), 0),
        ),
        credits_centimes=0,
        total_du_centimes=25_000,
    )
    return message_json(RELANCE, decidee, JOUR.isoformat())


def relance_traitee(etat: Etat = Etat.ENVOYEE, motif: str | None = None) -> dict[str, Any]:
    """The fate of that reminder."""
    notification = Notification(
        id=NOTIFICATION,
        message_id=RELANCE,
        type=TypeMessage.RELANCE_DEMANDEE,
        message=relance_demandee(),
        cree_le=INSTANT,
        modifie_le=INSTANT,
        prochain_essai=INSTANT,
    ).finie(etat, Resultat.ACCEPTEE, INSTANT, motif)
    magasin = MagasinEnMemoire()
    with magasin.transaction() as ecriture:
        annoncer(ecriture, notification)
    ((_, message),) = magasin.messages
    return dict(message)


def facture_a_envoyer() -> dict[str, Any]:
    """An invoice of 240.00 to be mailed."""
    ligne = Ligne("Pose de vannes", Decimal("2.5"), Decimal(80), Decimal(20), unite="h")
    contenu = Contenu(CLIENT, (ligne,))
    totaux = contenu.totaux()
    emission = Emission(
        NUMERO,
        JOUR,
        date(2026, 12, 20),
        INSTANT,
        Vendeur("Ateliers Fictifs", email="compta@ateliers.example"),
        (),
    )
    facture = Facture(
        id=FACTURE,
        contenu=contenu,
        totaux=totaux,
        soldes=Soldes(totaux.total_ttc_centimes),
        cree_le=INSTANT,
        modifie_le=INSTANT,
        client=ClientFacture(CLIENT, TypeClientFacture.ENTREPRISE, NOM, email=COURRIEL, telephone=TELEPHONE),
        emission=emission,
    )
    return dict(message_envoi(facture, emission))
