"""What the database keeps beside a client's record: columns drawn from it, to search, sort and compare by."""

from __future__ import annotations

from datetime import date
from typing import Any

from client_service.application.consultation import cle_de_tri
from client_service.application.doublons import cle_de_courriel, cle_de_nom
from client_service.domain.client import FicheClient
from ressort.texts import fold

SANS_FIN = date.max
"""The last day of a suspension that has none."""
PREMIER_JOUR = date(1000, 1, 1)
"""MariaDB's DATE begins there; what ended before is over all the same."""


def texte_recherche(fiche: FicheClient) -> str:
    """What ``q`` is looked for in: name, SIREN, SIRET, e-mail, city and external reference, folded, one a line."""
    parts = (fiche.nom_affiche, fiche.siren, fiche.siret, fiche.email, fiche.ville, fiche.reference_externe)
    return "\n".join(fold(part) for part in parts if part)


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
