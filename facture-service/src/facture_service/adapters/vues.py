"""Documents as the API shows them: the frozen JSON with the derived fields of the day appended."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from facture_service.application.consultation import Apercu, LigneBalance
from facture_service.application.controler_emission import EmissionControlee
from facture_service.domain.document import instant_ecrit
from facture_service.domain.facture import TypeDocument
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement
from facture_service.domain.situation import BROUILLON, Situation, situation


def situation_de(apercu: Apercu) -> Situation:
    """The derived fields of a document on the day of the view."""
    figures = apercu.figures
    if not figures.emise:
        return BROUILLON
    return situation(figures.type, figures.soldes, figures.date_echeance, apercu.jour)


def champs_derives(apercu: Apercu) -> dict[str, Any]:
    """What depends on the day: statuses, lateness, balances, dispute."""
    soldes, s = apercu.figures.soldes, situation_de(apercu)
    derives: dict[str, Any] = {
        "statut_document": s.statut_document,
        "statut_reglement": s.statut_reglement,
        "en_retard": s.en_retard,
        "jours_retard": s.jours_retard,
        "avoirs_centimes": soldes.avoirs_centimes,
        "regle_centimes": soldes.regle_centimes,
        "ecarts_centimes": soldes.ecarts_centimes,
        "reste_centimes": s.reste_centimes,
        "litige": apercu.litige and litige_json(apercu.litige),
        "modifie_le": instant_ecrit(apercu.figures.modifie_le),
    }
    if apercu.figures.type is TypeDocument.AVOIR:
        derives["a_affecter_centimes"] = s.reste_centimes
    return derives


def facture_json(apercu: Apercu) -> orjson.Fragment:
    """The whole resource, its frozen part copied as stored: nothing is parsed on the way."""
    return orjson.Fragment(apercu.document[:-1] + b"," + orjson.dumps(champs_derives(apercu))[1:])


def facture_dict(apercu: Apercu) -> dict[str, Any]:
    """The whole resource as Python values."""
    return {**orjson.loads(apercu.document), **champs_derives(apercu)}


def litige_json(litige: Litige) -> dict[str, Any]:
    return {"motif": litige.motif, "depuis": litige.depuis, "jusqu_au": litige.jusqu_au}


def verification_json(controlee: EmissionControlee) -> dict[str, Any]:
    """The check before an issue."""
    effets = controlee.effets
    return {
        "facture_id": controlee.facture.id,
        "date_emission": controlee.date_emission,
        "serie": controlee.serie,
        "emissible": controlee.emissible,
        "controles": [asdict(controle) for controle in controlee.controles],
        "effets": effets
        and {
            "date_echeance": effets.date_echeance,
            "total_ttc_centimes": controlee.facture.totaux.total_ttc_centimes,
            "devise": controlee.facture.contenu.devise,
            "mentions": effets.mentions,
            "destinataire": effets.destinataire
            and {
                "nom": effets.destinataire.nom_affiche,
                "email": effets.destinataire.email,
                "langue": effets.destinataire.langue,
            },
        },
    }


def evenement_json(evenement: Evenement) -> dict[str, Any]:
    return {
        "id": evenement.id,
        "type": evenement.type,
        "date_effet": evenement.date_effet,
        "enregistre_le": instant_ecrit(evenement.enregistre_le),
        "poste": evenement.poste,
        "montant_centimes": evenement.montant_centimes,
        "details": evenement.details,
    }


TRANCHES = (
    "non_echu_centimes",
    "de_1_a_30_centimes",
    "de_31_a_60_centimes",
    "de_61_a_90_centimes",
    "plus_de_90_centimes",
    "total_centimes",
)


def balance_json(au: Any, lignes: list[LigneBalance]) -> dict[str, Any]:
    """The aged balance with its sums per currency."""
    totaux: dict[str, dict[str, Any]] = {}
    for ligne in lignes:
        total = totaux.setdefault(ligne.devise, {"devise": ligne.devise, **dict.fromkeys(TRANCHES, 0)})
        for tranche in TRANCHES:
            total[tranche] += getattr(ligne, tranche)
    return {
        "au": au,
        "lignes": [_ligne_balance(ligne) for ligne in lignes],
        "totaux": [totaux[devise] for devise in sorted(totaux)],
    }


def _ligne_balance(ligne: LigneBalance) -> dict[str, Any]:
    tete = {"client_id": ligne.client_id, "nom": ligne.nom, "devise": ligne.devise}
    return tete | {tranche: getattr(ligne, tranche) for tranche in TRANCHES}
