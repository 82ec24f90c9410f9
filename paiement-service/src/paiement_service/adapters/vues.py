"""Payments as the API shows them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from paiement_service.application.encaissements import Serie
from paiement_service.application.repartir import Repartition
from paiement_service.domain.paiement import Paiement


def vue_paiement(paiement: Paiement) -> dict[str, Any]:
    """A payment with its allocations, refunds and credit."""
    return {
        "id": paiement.id,
        "client_id": paiement.client_id,
        "montant_centimes": paiement.montant_centimes,
        "devise": paiement.devise,
        "date_paiement": paiement.date_paiement,
        "source": paiement.source,
        "reference_externe": paiement.reference_externe,
        "moyen": paiement.moyen,
        "reference": paiement.reference,
        "notifier": paiement.notifier,
        "etat": paiement.etat,
        "affectations": [
            {
                "affectation_id": affectation.affectation_id,
                "facture_id": affectation.facture_id,
                "numero": affectation.numero,
                "montant_centimes": affectation.montant_centimes,
                "date": affectation.date,
                "etat": affectation.etat,
                "motif": affectation.motif,
            }
            for affectation in paiement.affectations
        ],
        "remboursements": [
            {"id": r.id, "montant_centimes": r.montant_centimes, "motif": r.motif, "date": r.date}
            for r in paiement.remboursements
        ],
        "rejet": {"motif": paiement.rejet_motif, "date": paiement.rejet_le} if paiement.rejet_le else None,
        "affecte_centimes": paiement.affecte_centimes,
        "en_attente_centimes": paiement.en_attente_centimes,
        "non_affecte_centimes": paiement.non_affecte_centimes,
        "rembourse_centimes": paiement.rembourse_centimes,
        "remboursable_centimes": paiement.remboursable_centimes,
        "cree_le": paiement.cree_le,
        "modifie_le": paiement.modifie_le,
    }


def vue_serie(serie: Serie) -> dict[str, Any]:
    """What came in month by month in one currency."""
    return {
        "devise": serie.devise,
        "points": [
            {**asdict(point), "mois": f"{point.du:%Y-%m}", "encaisse_centimes": point.encaisse_centimes}
            for point in serie.points
        ],
    }


def vue_repartition(repartition: Repartition) -> dict[str, Any]:
    """A payment spread over invoices, not made."""
    return {
        "affectations": [asdict(ligne) for ligne in repartition.lignes],
        "non_affecte_centimes": repartition.non_affecte_centimes,
        "ouvertes": [
            {
                "facture_id": facture.id,
                "numero": facture.numero,
                "date_emission": facture.date_emission,
                "date_echeance": facture.date_echeance,
                "jours_retard": max(0, (repartition.jour - facture.date_echeance).days),
                "total_ttc_centimes": facture.total_ttc_centimes,
                "reste_centimes": facture.reste_centimes,
                "en_litige": facture.en_litige,
            }
            for facture in repartition.ouvertes
        ],
    }
