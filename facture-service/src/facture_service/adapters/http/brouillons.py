"""Drafts and their issue."""

from __future__ import annotations

from typing import Any

from facture_service.adapters.http.cas_usage import CasUsage, etiquette, lignes_de
from facture_service.adapters.reponses import FactureVue, VerificationVue
from facture_service.adapters.schemas import BrouillonJson, EmissionJson, FiltreVerification
from facture_service.adapters.vues import facture_json, verification_json
from facture_service.domain.facture import Contenu, NatureOperation
from ressort.flask.api import Answer, Api, Body, NoFields, answer, created, idempotent

SANS_CORPS: Any = None
EMISE = (409, "facture-emise")
ARCHIVE = (409, "client-archive")


def routes_des_brouillons(api: Api, cas: CasUsage) -> None:
    """POST, PUT and DELETE of drafts, the issue that freezes them, and the check before it."""
    _creation(api, cas)
    _changement(api, cas)
    _verification(api, cas)
    _emission(api, cas)


def _creation(api: Api, cas: CasUsage) -> None:
    @api.post("/factures", status=201, response=FactureVue, problems=[ARCHIVE])
    @idempotent()
    def creer(corps: BrouillonJson) -> Answer:
        """Préparer un brouillon de facture, sans numéro."""
        facture = cas.creer_brouillon(contenu_de(corps, cas.nature_par_defaut))
        apercu = cas.lectures.apercu(facture.id, cas.clock.today())
        return created(facture_json(apercu), f"/factures/{facture.id}", etag=etiquette(apercu))

    @api.post(
        "/factures/{id}/duplication",
        status=201,
        response=FactureVue,
        if_match="optional",
        etag=True,
        problems=[(409, "operation-sur-avoir"), (409, "client-inconnu"), ARCHIVE],
    )
    @idempotent()
    def dupliquer(id: str, corps: Body[NoFields]) -> Answer:
        """Préparer un nouveau brouillon de même contenu : client, lignes, devise et nature de l'opération.

        Les dates, le numéro, le numéro de commande et les références ne sont pas repris.
        """
        originale = cas.lectures.facture(id)
        cas.verifier_if_match(originale)
        originale.exiger_facture()
        corps.valid()
        facture = cas.dupliquer(id, cas.verifier_if_match)
        apercu = cas.lectures.apercu(facture.id, cas.clock.today())
        return created(facture_json(apercu), f"/factures/{facture.id}", etag=etiquette(apercu))


def _changement(api: Api, cas: CasUsage) -> None:
    @api.put("/factures/{id}", response=FactureVue, if_match="required", etag=True, problems=[EMISE, ARCHIVE])
    def remplacer(id: str, corps: Body[BrouillonJson]) -> Answer:
        """Remplacer tout le contenu d'un brouillon."""
        facture = cas.lectures.facture(id)
        cas.exiger_if_match(facture)
        facture.exiger_brouillon()
        actuel = facture_json(cas.lectures.apercu(id, cas.clock.today()))
        contenu = contenu_de(corps.valid(current=actuel), cas.nature_par_defaut)
        cas.modifier_brouillon(id, contenu, cas.exiger_if_match)
        return cas.vue(id)

    @api.delete("/factures/{id}", if_match="required", problems=[EMISE])
    def supprimer(id: str) -> None:
        """Supprimer un brouillon."""
        cas.supprimer_brouillon(id, cas.exiger_if_match)


def _emission(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/factures/{id}/emission",
        response=FactureVue,
        if_match="optional",
        etag=True,
        problems=[
            EMISE,
            (409, "facture-sans-ligne"),
            ARCHIVE,
            (409, "client-incomplet"),
            (409, "vendeur-incomplet"),
            (409, "date-anterieure-a-la-serie"),
            (503, "client-service-indisponible"),
        ],
    )
    @idempotent()
    def emettre(id: str, corps: Body[EmissionJson] = SANS_CORPS) -> Answer:
        """Émettre une facture : numéro, vendeur, client, échéance et totaux figés pour toujours."""
        facture = cas.lectures.facture(id)
        cas.verifier_if_match(facture)
        facture.exiger_brouillon()
        cas.emettre(id, corps.valid().date_emission, cas.verifier_if_match)
        return cas.vue(id)


def _verification(api: Api, cas: CasUsage) -> None:
    @api.get("/factures/{id}/verification", response=VerificationVue, problems=[EMISE])
    def verifier(id: str, filtre: FiltreVerification) -> Answer:
        """Ce que l'émission d'un brouillon refuserait, ce qui mérite un regard, et ses effets ; rien n'est écrit.

        L'émission reste seule juge. client-service hors d'atteinte : `X-Degraded`, et le client tel qu'il était.
        """
        controlee = cas.controler_emission(id, filtre.date_emission)
        degrade = {"X-Degraded": "client-service"} if controlee.client_ignore else {}
        return answer(verification_json(controlee), headers=degrade)


def contenu_de(corps: BrouillonJson, nature_par_defaut: NatureOperation) -> Contenu:
    """The content of a draft as the domain has it."""
    return Contenu(
        client_id=corps.client_id,
        lignes=lignes_de(corps.lignes),
        devise=corps.devise,
        nature_operation=NatureOperation(corps.nature_operation or nature_par_defaut),
        reference_externe=corps.reference_externe,
        numero_commande=corps.numero_commande,
        date_livraison=corps.date_livraison,
    )
