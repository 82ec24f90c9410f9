"""The list of payments as accountants read it in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paiement_service.adapters.vues import vue_paiement
from paiement_service.domain.paiement import EtatAffectation, EtatPaiement, Moyen, Paiement, Source
from ressort.flask.api import Cell, Column

ETATS = {
    EtatPaiement.CONFIRME: "Confirmé",
    EtatPaiement.EN_ATTENTE: "En attente",
    EtatPaiement.A_TRAITER: "À traiter",
    EtatPaiement.REMBOURSE: "Remboursé",
    EtatPaiement.PARTIELLEMENT_REMBOURSE: "Partiellement remboursé",
    EtatPaiement.REJETE: "Rejeté",
    EtatPaiement.ANNULATION_EN_ATTENTE: "Annulation en attente",
}
MOYENS = {
    Moyen.VIREMENT: "Virement",
    Moyen.CARTE: "Carte",
    Moyen.CHEQUE: "Chèque",
    Moyen.PRELEVEMENT: "Prélèvement",
    Moyen.ESPECES: "Espèces",
}
SOURCES = {Source.SAISIE: "Saisie", Source.REPRISE: "Reprise", Source.BANQUE: "Banque"}

COLONNES = (
    Column("date_paiement", "Date", Cell.DATE),
    Column("client", "Client"),
    Column("montant", "Montant", Cell.AMOUNT, "montant_centimes"),
    Column("devise", "Devise"),
    Column("moyen", "Moyen", labels=MOYENS),
    Column("reference", "Référence"),
    Column("etat", "État", labels=ETATS),
    Column("factures", "Factures"),
    Column("affecte", "Affecté", Cell.AMOUNT, "affecte_centimes"),
    Column("en_attente", "Affectation en attente", Cell.AMOUNT, "en_attente_centimes"),
    Column("non_affecte", "Non affecté", Cell.AMOUNT, "non_affecte_centimes"),
    Column("rembourse", "Remboursé", Cell.AMOUNT, "rembourse_centimes"),
    Column("rejete_le", "Rejeté le", Cell.DATE, "rejet.date"),
    Column("rejet_motif", "Motif du rejet", path="rejet.motif"),
    Column("source", "Origine", labels=SOURCES),
    Column("reference_externe", "Référence externe"),
    Column("cree_le", "Enregistré le", Cell.INSTANT),
    Column("client_id", "Identifiant du client"),
    Column("id", "Identifiant"),
)
"""In the order of a file whose caller names no columns."""


def ligne_csv(paiement: Paiement, noms: Mapping[str, str]) -> dict[str, Any]:
    """A payment with the name of its client, where known, and the numbers of the invoices it settles."""
    reglees = [a for a in paiement.affectations if a.etat is EtatAffectation.AFFECTEE]
    return {
        **vue_paiement(paiement),
        "client": noms.get(paiement.client_id or ""),
        "factures": ", ".join(a.numero for a in reglees if a.numero),
    }
