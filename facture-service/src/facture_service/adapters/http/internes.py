"""Between services only: settlements of paiement-service, take-overs of batch. Never routed by the gateway."""

from __future__ import annotations

from typing import Any

from facture_service.adapters.http.cas_usage import CasUsage, lignes_de
from facture_service.adapters.http.erreurs import probleme
from facture_service.adapters.reponses import AnnulationVue, ReglementLotVue, ReglementVue, RepriseVue
from facture_service.adapters.schemas import AnnulationJson, ReglementJson, ReglementLotJson, RepriseJson
from facture_service.application.enregistrer_reglement import ReglementEnregistre
from facture_service.application.regler_par_lot import ResultatReglement
from facture_service.application.reprendre_factures import (
    EtatReprise,
    FactureReprise,
    LitigeRepris,
    ResultatReprise,
)
from facture_service.domain.facture import Contenu, NatureOperation
from facture_service.domain.reglement import DemandeReglement
from ressort.flask.api import Answer, Api, Body, Item, Items, answer, created, idempotent


def routes_internes(api: Api, cas: CasUsage) -> None:
    """The routes marked [interne]."""
    _reglements(api, cas)
    _lots(api, cas)
    _reprises(api, cas)


def _reglements(api: Api, cas: CasUsage) -> None:
    @api.post(
        "/factures/{id}/reglements",
        status=201,
        response=ReglementVue,
        internal=True,
        problems=[(409, "reste-insuffisant"), (409, "reglement-different"), (409, "reglement-annule")],
    )
    @idempotent()
    def regler(id: str, corps: Body[ReglementJson]) -> Answer:
        """Imputer un paiement sur une facture ; la même affectation deux fois ne compte qu'une fois."""
        cas.facture_emise(id)
        regle = cas.enregistrer_reglement(id, _demande(corps.valid()))
        if not regle.cree:
            return answer(_reglement_json(regle), status=200)
        return created(_reglement_json(regle), f"/factures/{id}/reglements/{regle.affectation_id}")

    @api.get("/factures/{id}/reglements/{affectation_id}", response=ReglementVue, internal=True)
    def consulter(id: str, affectation_id: str) -> dict[str, Any]:
        """Un règlement tel qu'il est enregistré, annulations déduites."""
        facture = cas.lectures.facture(id)
        reglement = cas.lectures.reglement(id, affectation_id)
        return {
            "affectation_id": affectation_id,
            "facture_id": id,
            "numero": facture.exiger_emission().numero,
            "paiement_id": reglement.demande and reglement.demande.paiement_id,
            "devise": facture.contenu.devise,
            "montant_affecte_centimes": reglement.net_centimes,
            "reste_centimes": facture.soldes.reste_centimes,
        }

    @api.post(
        "/factures/{id}/reglements/{affectation_id}/annulation",
        response=AnnulationVue,
        internal=True,
        problems=[(409, "annulation-superieure")],
    )
    @idempotent()
    def annuler(id: str, affectation_id: str, corps: Body[AnnulationJson]) -> dict[str, Any]:
        """Annuler un règlement ; s'il n'est jamais arrivé, il sera refusé quand il arrivera."""
        cas.facture_emise(id)
        lu = corps.valid()
        return vars(cas.annuler_reglement(id, affectation_id, lu.date, lu.motif, lu.montant_centimes))


def _lots(api: Api, cas: CasUsage) -> None:
    @api.post("/factures/reglements/lots", response=list[ReglementLotVue], internal=True)
    @idempotent()
    def regler_par_lot(corps: Items[ReglementLotJson]) -> list[dict[str, Any]]:
        """Imputer jusqu'à 500 paiements en une transaction, chacun accepté ou refusé pour lui-même."""
        lus = list(corps)
        bons = [(lu.value.facture_id, _demande(lu.value)) for lu in lus if lu.value is not None]
        resultats = iter(cas.regler_par_lot(bons))
        return [_invalide(lu) if lu.value is None else _resultat(next(resultats)) for lu in lus]


def _reprises(api: Api, cas: CasUsage) -> None:
    @api.post("/factures/reprises", response=list[RepriseVue], internal=True)
    @idempotent()
    def reprendre(corps: Items[RepriseJson]) -> list[dict[str, Any]]:
        """Reprendre jusqu'à 500 factures émises par un autre système, sous leurs propres numéros."""
        lus = list(corps)
        bons = [_reprise(lu.value, cas.nature_par_defaut) for lu in lus if lu.value is not None]
        resultats = iter(cas.reprendre(bons))
        return [_refusee(lu) if lu.value is None else _reprise_json(next(resultats)) for lu in lus]


def _demande(lu: ReglementJson) -> DemandeReglement:
    return DemandeReglement(
        lu.affectation_id, lu.paiement_id, lu.montant_centimes, lu.date_reglement, lu.plafonner
    )


def _reglement_json(regle: ReglementEnregistre) -> dict[str, Any]:
    return {cle: valeur for cle, valeur in vars(regle).items() if cle != "cree"}


def _resultat(resultat: ResultatReglement) -> dict[str, Any]:
    """An item of a lot with the status and code it would have had alone."""
    json: dict[str, Any] = {"affectation_id": resultat.affectation_id, "code": None, "errors": []}
    if resultat.reglement is not None:
        regle = resultat.reglement
        statut = 201 if regle.cree else 200
        return json | {
            "statut": statut,
            "reglement": _reglement_json(regle),
            "reste_centimes": regle.reste_centimes,
        }
    assert resultat.refus is not None
    refus = probleme(resultat.refus)
    return json | {
        "statut": refus.status,
        "code": refus.code,
        "reglement": None,
        "reste_centimes": refus.extra.get("reste_centimes"),
        "errors": [erreur.as_json() for erreur in refus.errors],
    }


def _invalide(lu: Item[ReglementLotJson]) -> dict[str, Any]:
    affectation_id = lu.raw.get("affectation_id") if isinstance(lu.raw, dict) else None
    return {
        "affectation_id": affectation_id,
        "statut": 422,
        "code": "donnees-invalides",
        "reglement": None,
        "reste_centimes": None,
        "errors": lu.errors_json(),
    }


def _reprise(lu: RepriseJson, nature_par_defaut: NatureOperation) -> FactureReprise:
    contenu = Contenu(
        client_id=lu.client_id,
        lignes=lignes_de(lu.lignes),
        devise=lu.devise,
        nature_operation=NatureOperation(lu.nature_operation or nature_par_defaut),
        reference_externe=lu.reference_externe,
        numero_commande=lu.numero_commande,
        date_livraison=lu.date_livraison,
    )
    litige = LitigeRepris(lu.litige.motif, lu.litige.depuis) if lu.litige else None
    return FactureReprise(
        lu.reference, contenu, lu.date_emission, lu.date_echeance, lu.total_ttc_centimes, litige
    )


def _reprise_json(resultat: ResultatReprise) -> dict[str, Any]:
    return {
        "reference": resultat.reference,
        "etat": resultat.etat,
        "id": resultat.id,
        "errors": [{"pointer": e.pointeur, "code": e.code, "detail": e.detail} for e in resultat.erreurs],
    }


def _refusee(lu: Item[RepriseJson]) -> dict[str, Any]:
    reference = lu.raw.get("reference") if isinstance(lu.raw, dict) else None
    return {"reference": reference, "etat": EtatReprise.REFUSEE, "id": None, "errors": lu.errors_json()}
