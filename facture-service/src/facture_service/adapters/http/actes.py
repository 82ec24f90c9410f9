"""What may be done to an issued document: mailing, credit notes, write-offs, disputes."""

from __future__ import annotations

from typing import Any

from facture_service.adapters.http.cas_usage import CasUsage, etiquette, lignes_de
from facture_service.adapters.reponses import EcartVue, EnvoiVue, FactureVue
from facture_service.adapters.schemas import AvoirJson, EcartJson, FinLitige, LitigeJson
from facture_service.adapters.vues import facture_json
from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.application.passer_ecart import MotifEcart
from facture_service.domain.facture import Facture
from ressort.flask.api import Answer, Api, Body, NoFields, created, idempotent

NON_EMISE = (409, "facture-non-emise")


def routes_des_actes(api: Api, cas: CasUsage) -> None:
    """The acts, each a sub-resource: there is no way to set a status."""
    _envoi(api, cas)
    _avoirs(api, cas)
    _ecarts(api, cas)
    _litiges(api, cas)


def _envoi(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/factures/{id}/envoi", status=202, response=EnvoiVue, if_match="optional", problems=[NON_EMISE]
    )
    @idempotent()
    def envoyer(id: str, corps: Body[NoFields]) -> dict[str, Any]:
        """Envoyer le document au client par courriel."""

        def verifier(facture: Facture) -> None:
            cas.verifier_if_match(facture)
            facture.exiger_emission()
            corps.valid()

        envoi = cas.demander_envoi(id, verifier)
        return {
            "facture_id": id,
            "numero": envoi.facture.exiger_emission().numero,
            "message_id": envoi.message_id,
            "etat": "DEMANDE",
        }


def _avoirs(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/factures/{id}/avoirs",
        status=201,
        response=FactureVue,
        if_match="optional",
        problems=[NON_EMISE, (409, "avoir-superieur-au-creditable"), (409, "vendeur-incomplet")],
    )
    @idempotent()
    def crediter(id: str, corps: Body[AvoirJson]) -> Answer:
        """Émettre un avoir : sur des lignes, sur un montant, ou sur tout ce qui reste à créditer."""
        cas.facture_emise(id)
        lu = corps.valid()
        lignes = None if lu.lignes is None else lignes_de(lu.lignes)
        demande = DemandeAvoir(lu.motif, lignes, lu.montant_ttc_centimes)
        avoir = cas.creer_avoir(id, demande, cas.verifier_if_match)
        apercu = cas.lectures.apercu(avoir.id, cas.clock.today())
        return created(facture_json(apercu), f"/factures/{avoir.id}", etag=etiquette(apercu))


def _ecarts(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/factures/{id}/ecarts",
        status=201,
        response=EcartVue,
        if_match="optional",
        problems=[NON_EMISE, (409, "ecart-superieur-au-reste")],
    )
    @idempotent()
    def passer(id: str, corps: Body[EcartJson]) -> Answer:
        """Solder tout ou partie du reste sans paiement : frais bancaires, petite différence, perte…"""
        cas.facture_emise(id)
        lu = corps.valid()
        ecart = cas.passer_ecart(id, lu.montant_centimes, MotifEcart(lu.motif), cas.verifier_if_match)
        return created(vars(ecart), f"/factures/{id}/evenements/{ecart.id}")


def _litiges(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/factures/{id}/litige",
        response=FactureVue,
        if_match="optional",
        etag=True,
        problems=[NON_EMISE, (409, "litige-deja-ouvert")],
    )
    @idempotent()
    def ouvrir(id: str, corps: Body[LitigeJson]) -> Answer:
        """Ouvrir un litige : la facture n'est plus relancée tant qu'il dure."""
        cas.facture_emise(id)
        lu = corps.valid()
        cas.ouvrir_litige(id, lu.motif, lu.depuis, cas.verifier_if_match)
        return cas.vue(id)

    @api.delete(
        "/factures/{id}/litige",
        status=200,
        response=FactureVue,
        if_match="optional",
        etag=True,
        problems=[(409, "litige-absent")],
    )
    def clore(id: str, fin: FinLitige) -> Answer:
        """Clore le litige en cours ; `jusqu_au` est son dernier jour, hier par défaut."""
        cas.clore_litige(id, fin.jusqu_au, cas.verifier_if_match)
        return cas.vue(id)
