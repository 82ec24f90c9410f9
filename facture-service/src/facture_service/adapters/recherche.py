"""Text search that ignores case and accents, the same on every database: both sides are folded here."""

from __future__ import annotations

from facture_service.domain.facture import Facture
from ressort.texts import fold

LONGUEUR_MAXIMALE = 1000


def texte_cherchable(facture: Facture) -> str:
    """What `q` searches: number, client name, external reference, order number."""
    parties = [
        facture.emission.numero if facture.emission else None,
        facture.client.nom_affiche if facture.client else None,
        facture.contenu.reference_externe,
        facture.contenu.numero_commande,
    ]
    return fold(" ".join(p for p in parties if p))[:LONGUEUR_MAXIMALE]
