"""What the routes call, and the few steps that they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from facture_service.adapters.schemas import LigneJson
from facture_service.adapters.vues import facture_json
from facture_service.application.annuler_reglement import AnnulerReglement
from facture_service.application.clore_litige import CloreLitige
from facture_service.application.consultation import Apercu
from facture_service.application.controler_emission import ControlerEmission
from facture_service.application.creer_avoir import CreerAvoir
from facture_service.application.creer_brouillon import CreerBrouillon
from facture_service.application.demander_envoi import DemanderEnvoi
from facture_service.application.dupliquer_facture import DupliquerFacture
from facture_service.application.emettre_facture import EmettreFacture
from facture_service.application.enregistrer_reglement import EnregistrerReglement
from facture_service.application.modifier_brouillon import ModifierBrouillon
from facture_service.application.ouvrir_litige import OuvrirLitige
from facture_service.application.passer_ecart import PasserEcart
from facture_service.application.ports import Clock, Lectures
from facture_service.application.regler_par_lot import ReglerParLot
from facture_service.application.reprendre_factures import ReprendreFactures
from facture_service.application.supprimer_brouillon import SupprimerBrouillon
from facture_service.application.tableau_de_bord import LireTableau
from facture_service.domain.facture import Facture, NatureOperation
from facture_service.domain.lignes import Ligne
from ressort.flask import etag
from ressort.flask.api import Answer, answer


@dataclass(frozen=True)
class CasUsage:
    """The use cases behind the routes."""

    creer_brouillon: CreerBrouillon
    dupliquer: DupliquerFacture
    modifier_brouillon: ModifierBrouillon
    supprimer_brouillon: SupprimerBrouillon
    emettre: EmettreFacture
    controler_emission: ControlerEmission
    demander_envoi: DemanderEnvoi
    creer_avoir: CreerAvoir
    passer_ecart: PasserEcart
    ouvrir_litige: OuvrirLitige
    clore_litige: CloreLitige
    enregistrer_reglement: EnregistrerReglement
    annuler_reglement: AnnulerReglement
    regler_par_lot: ReglerParLot
    reprendre: ReprendreFactures
    lire_tableau: LireTableau
    lectures: Lectures
    clock: Clock
    nature_par_defaut: NatureOperation

    def verifier_if_match(self, facture: Facture) -> None:
        """Honours an If-Match that was sent (412)."""
        etag.check_match(facture.version, self.clock.today())

    def exiger_if_match(self, facture: Facture) -> None:
        """Wants an If-Match (428) and honours it (412)."""
        etag.require_match(facture.version, self.clock.today())

    def facture_emise(self, facture_id: str) -> Facture:
        """The invoice (404), at the version the caller knows (412), issued (409): a body is judged after that."""
        facture = self.lectures.facture(facture_id)
        self.verifier_if_match(facture)
        facture.exiger_facture_emise()
        return facture

    def vue(self, facture_id: str) -> Answer:
        """The document as it stands today, with its ETag."""
        return vue(self.lectures.apercu(facture_id, self.clock.today()))


def vue(apercu: Apercu) -> Answer:
    """A document with the ETag of its version and day."""
    return answer(facture_json(apercu), etag=etiquette(apercu))


def etiquette(apercu: Apercu, forme: str = "") -> str:
    """The strong ETag of a view; `forme` names another form than JSON."""
    return etag.etag(apercu.figures.version, apercu.jour, forme)


def lignes_de(lignes: Iterable[LigneJson]) -> tuple[Ligne, ...]:
    """The lines of a body as the domain has them."""
    return tuple(
        Ligne(
            designation=x.designation,
            quantite=x.quantite,
            prix_unitaire_ht=x.prix_unitaire_ht,
            taux_tva=x.taux_tva,
            remise_pourcent=x.remise_pourcent,
            unite=x.unite,
        )
        for x in lignes
    )
