"""Derived fields: what a document is worth on a day. Never stored, so they cannot go stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facture_service.domain.facture import Soldes, TypeDocument


class StatutDocument(StrEnum):
    """Draft, issued, or issued and wholly credited."""

    BROUILLON = "BROUILLON"
    EMISE = "EMISE"
    AVOIREE_TOTALE = "AVOIREE_TOTALE"


class StatutReglement(StrEnum):
    """How much of the total is closed, whatever closed it."""

    NON_PAYEE = "NON_PAYEE"
    PARTIELLE = "PARTIELLE"
    PAYEE = "PAYEE"


@dataclass(frozen=True, slots=True)
class Situation:
    """The derived fields of a document on a day; a draft owes nothing, so its `reste_centimes` is 0."""

    statut_document: StatutDocument
    statut_reglement: StatutReglement
    en_retard: bool
    jours_retard: int
    reste_centimes: int


BROUILLON = Situation(StatutDocument.BROUILLON, StatutReglement.NON_PAYEE, False, 0, 0)


def situation(
    type_document: TypeDocument, soldes: Soldes, date_echeance: date | None, jour: date
) -> Situation:
    """The situation of an issued document at the end of `jour`: late once the due date is before that day."""
    reste = soldes.reste_centimes
    due = type_document is TypeDocument.FACTURE and reste > 0 and date_echeance is not None
    jours = max(0, (jour - date_echeance).days) if due and date_echeance is not None else 0
    if reste == 0:
        reglement = StatutReglement.PAYEE
    elif reste == soldes.total_ttc_centimes:
        reglement = StatutReglement.NON_PAYEE
    else:
        reglement = StatutReglement.PARTIELLE
    totale = soldes.total_ttc_centimes > 0 and soldes.creditable_centimes == 0
    document = StatutDocument.AVOIREE_TOTALE if totale else StatutDocument.EMISE
    return Situation(document, reglement, jours > 0, jours, reste)
