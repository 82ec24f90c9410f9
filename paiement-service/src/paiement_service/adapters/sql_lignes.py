"""Payments as rows, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from paiement_service.adapters.recherche import texte_recherche
from paiement_service.domain.paiement import (
    Affectation,
    EtatAffectation,
    EtatPaiement,
    Imputation,
    Moyen,
    Paiement,
    Remboursement,
    Source,
)

_SIMPLES = (
    "version",
    "client_id",
    "montant_centimes",
    "devise",
    "date_paiement",
    "reference_externe",
    "reference",
    "notifier",
    "rejet_le",
    "rejet_motif",
    "cle",
    "confirme",
    "cree_le",
    "modifie_le",
)
_DE_L_AFFECTATION = (
    "affectation_id",
    "facture_id",
    "numero",
    "montant_centimes",
    "date",
    "motif",
    "reste_facture_centimes",
    "verifiee",
    "a_annuler_centimes",
    "annulation_cle",
    "annulation_le",
    "annulation_motif",
)


def valeurs_paiement(paiement: Paiement) -> dict[str, Any]:
    """The columns of a payment, less its id; what balances, tabs and sums are made of is stored beside."""
    return {
        **{nom: getattr(paiement, nom) for nom in _SIMPLES},
        "source": paiement.source.value,
        "moyen": paiement.moyen.value,
        "etat": paiement.etat.value,
        "imputation": paiement.imputation.value,
        "recherche": texte_recherche(paiement),
        "en_attente_centimes": paiement.en_attente_centimes,
        "a_annuler_centimes": paiement.a_annuler_centimes,
        "rembourse_centimes": paiement.rembourse_centimes,
        "non_affecte_centimes": paiement.non_affecte_centimes,
    }


def lignes_affectations(paiement: Paiement) -> list[dict[str, Any]]:
    """The rows of its allocations, in order."""
    return [
        {
            **{nom: getattr(affectation, nom) for nom in _DE_L_AFFECTATION},
            "paiement_id": paiement.id,
            "rang": rang,
            "etat": affectation.etat.value,
        }
        for rang, affectation in enumerate(paiement.affectations)
    ]


def lignes_remboursements(paiement: Paiement) -> list[dict[str, Any]]:
    """The rows of its refunds, in order."""
    return [
        {
            "id": remboursement.id,
            "paiement_id": paiement.id,
            "montant_centimes": remboursement.montant_centimes,
            "motif": remboursement.motif,
            "date": remboursement.date,
        }
        for remboursement in paiement.remboursements
    ]


def lire_paiement(
    row: Row[Any], affectations: Sequence[Row[Any]], remboursements: Sequence[Row[Any]]
) -> Paiement:
    """The payment of a row and of the rows that belong to it."""
    return Paiement(
        **{nom: getattr(row, nom) for nom in _SIMPLES},
        id=row.id,
        source=Source(row.source),
        moyen=Moyen(row.moyen),
        etat=EtatPaiement(row.etat),
        imputation=Imputation(row.imputation),
        affectations=tuple(_affectation(ligne) for ligne in affectations),
        remboursements=tuple(
            Remboursement(id=li.id, montant_centimes=li.montant_centimes, motif=li.motif, date=li.date)
            for li in remboursements
        ),
    )


def _affectation(row: Row[Any]) -> Affectation:
    return Affectation(
        **{nom: getattr(row, nom) for nom in _DE_L_AFFECTATION}, etat=EtatAffectation(row.etat)
    )
