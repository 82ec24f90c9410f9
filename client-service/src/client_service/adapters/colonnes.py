"""What the database keeps beside a client's record: columns drawn from it, to search, sort and compare by."""

from __future__ import annotations

from datetime import date
from typing import Any

from client_service.application.consultation import cle_de_tri
from client_service.domain.client import FicheClient
from client_service.domain.doublons import cle_de_courriel, cle_de_nom

SANS_FIN = date.max
"""The last day of a suspension that has none."""
PREMIER_JOUR = date(1000, 1, 1)
"""MariaDB's DATE begins there; what ended before is over all the same."""


def colonnes_tirees(fiche: FicheClient) -> dict[str, Any]:
    """The columns added by revision 0002, which fills them for the clients that were there before."""
    return {
        "ville": cle_de_tri(fiche.ville),
        "courriel": cle_de_courriel(fiche.email or ""),
        "nom_compare": cle_de_nom(fiche.nom_affiche),
        "sans_siren": fiche.siren_manquant,
        "suspendu_jusqu_au": _dernier_jour(fiche),
    }


def _dernier_jour(fiche: FicheClient) -> date | None:
    if fiche.suspension is None:
        return None
    return max(fiche.suspension.jusqu_au or SANS_FIN, PREMIER_JOUR)
