"""What a caller may check on a document once it is locked, before anything is decided (its If-Match, say)."""

from __future__ import annotations

from collections.abc import Callable

from facture_service.domain.erreurs import FactureModifieeError
from facture_service.domain.facture import Facture

Verification = Callable[[Facture], None]
"""Raises what must stop the act; the document is locked while it runs."""


def accepter(facture: Facture) -> None:
    """Checks nothing."""


def exiger_inchangee(facture: Facture, lue: Facture) -> None:
    """Raises FactureModifieeError when the document changed between a first read and its lock."""
    if facture.version != lue.version:
        raise FactureModifieeError("La facture a changé pendant l'opération : recommencez.")
