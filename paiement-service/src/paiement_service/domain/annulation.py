"""Undoing a payment: a refund asked by us, a return decided by the bank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from paiement_service.domain.erreurs import (
    PaiementNonRemboursableError,
    RejetImpossibleError,
    RemboursementExcessifError,
)
from paiement_service.domain.paiement import Affectation, EtatAffectation, Imputation, Paiement, Remboursement


def rembourser(paiement: Paiement, remboursement: Remboursement) -> Paiement:
    """The payment once refunded: unallocated money first, then the latest allocations, whose reversal is owed.

    Raises PaiementNonRemboursableError while an answer is awaited or after a bank return,
    RemboursementExcessifError above what may still be given back.
    """
    if paiement.en_suspens or paiement.rejet_le is not None:
        raise PaiementNonRemboursableError(paiement.id, paiement.etat)
    if remboursement.montant_centimes > paiement.remboursable_centimes:
        raise RemboursementExcessifError(paiement.id, paiement.remboursable_centimes)
    a_reprendre = max(0, remboursement.montant_centimes - paiement.non_affecte_centimes)
    affectations = list(paiement.affectations)
    for rang in reversed(range(len(affectations))):
        affectation = affectations[rang]
        pris = min(a_reprendre, affectation.montant_centimes)
        if affectation.etat is not EtatAffectation.AFFECTEE or pris <= 0:
            continue
        affectations[rang] = demander_annulation(
            affectation, pris, remboursement.id, remboursement.date, remboursement.motif
        )
        a_reprendre -= pris
    return replace(
        paiement,
        affectations=tuple(affectations),
        remboursements=(*paiement.remboursements, remboursement),
    ).dans_son_etat()


def rejeter(paiement: Paiement, le: date, motif: str) -> Paiement:
    """The payment once returned by the bank: every allocation is reversed, none is asked for any more.

    Raises RejetImpossibleError when it was returned already or money was refunded from it.
    """
    if paiement.rejet_le is not None or paiement.rembourse_centimes:
        raise RejetImpossibleError(paiement.id, paiement.etat)
    affectations = tuple(
        demander_annulation(a, a.montant_centimes, "rejet", le, motif)
        if a.etat in (EtatAffectation.AFFECTEE, EtatAffectation.EN_ATTENTE)
        else a
        for a in paiement.affectations
    )
    sans_suite = paiement.imputation is Imputation.LEGALE_A_FAIRE
    return replace(
        paiement,
        affectations=affectations,
        imputation=Imputation.LEGALE if sans_suite else paiement.imputation,
        rejet_le=le,
        rejet_motif=motif,
    ).dans_son_etat()


def demander_annulation(
    affectation: Affectation, centimes: int, cle: str, le: date, motif: str
) -> Affectation:
    """The allocation with `centimes` to reverse at facture-service; `cle` names this reversal for ever."""
    return replace(
        affectation, a_annuler_centimes=centimes, annulation_cle=cle, annulation_le=le, annulation_motif=motif
    )


def annulation_faite(affectation: Affectation) -> Affectation:
    """The allocation once facture-service reversed what was asked: lowered, or ANNULEE when nothing is left."""
    reste = affectation.montant_centimes - affectation.a_annuler_centimes
    if reste:
        return replace(affectation, montant_centimes=reste, a_annuler_centimes=0)
    return replace(affectation, etat=EtatAffectation.ANNULEE, a_annuler_centimes=0)
