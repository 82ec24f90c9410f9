"""The text that `q` is looked for in, as it is stored beside a payment."""

from __future__ import annotations

import unicodedata

from paiement_service.domain.paiement import Paiement


def plier(texte: str) -> str:
    """The text without accents nor case: `Chèque` gives `cheque`."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))


def texte_recherche(paiement: Paiement) -> str:
    """References and invoice numbers, one a line."""
    numeros = [a.numero for a in paiement.affectations]
    return plier("\n".join(t for t in (paiement.reference, paiement.reference_externe, *numeros) if t))
