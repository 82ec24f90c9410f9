"""The text that `q` is looked for in, as it is stored beside a payment."""

from __future__ import annotations

from paiement_service.domain.paiement import Paiement
from ressort.texts import fold


def texte_recherche(paiement: Paiement) -> str:
    """References and invoice numbers, one a line."""
    numeros = [a.numero for a in paiement.affectations]
    return fold("\n".join(t for t in (paiement.reference, paiement.reference_externe, *numeros) if t))
