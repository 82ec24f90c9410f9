"""Optimistic concurrency: an act sent with the version it was decided on."""

from __future__ import annotations

from facture_service.domain.erreurs import VersionPerimeeError
from facture_service.domain.facture import Facture


def exiger_version(facture: Facture, version_attendue: int | None) -> None:
    """Raises VersionPerimeeError when the caller read another version; None means no expectation."""
    if version_attendue is not None and facture.version != version_attendue:
        raise VersionPerimeeError(
            "La facture a changé depuis sa lecture : relisez-la avant de recommencer.",
            version=facture.version,
        )
