"""The columns of the lists as CSV: their names in `colonnes=`, their French headings, what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ressort.flask.api import Cell, Column

TYPES = {"FACTURE": "Facture", "AVOIR": "Avoir"}
STATUTS = {"BROUILLON": "Brouillon", "EMISE": "Émise", "AVOIREE_TOTALE": "Avoirée en totalité"}
REGLEMENTS = {"NON_PAYEE": "Non payée", "PARTIELLE": "Partielle", "PAYEE": "Payée"}


def _montant(nom: str, titre: str, champ: str) -> Column:
    """An amount that counts as negative on a credit note, so that a column sums to `totaux`."""

    def signe(document: Mapping[str, Any]) -> int | None:
        centimes: int | None = document[champ]
        return -centimes if centimes is not None and document["type"] == "AVOIR" else centimes

    return Column(nom, titre, Cell.AMOUNT, of=signe)


COLONNES_FACTURES = (
    Column("numero", "Numéro"),
    Column("type", "Type", labels=TYPES),
    Column("client", "Client", path="client.nom_affiche"),
    Column("siren", "SIREN", path="client.siren"),
    Column("emission", "Date d'émission", Cell.DATE, "date_emission"),
    Column("echeance", "Date d'échéance", Cell.DATE, "date_echeance"),
    Column("livraison", "Date de livraison", Cell.DATE, "date_livraison"),
    Column("retard", "Retard (jours)", Cell.NUMBER, "jours_retard"),
    _montant("ht", "Total HT", "total_ht_centimes"),
    _montant("tva", "TVA", "total_tva_centimes"),
    _montant("ttc", "Total TTC", "total_ttc_centimes"),
    _montant("avoirs", "Avoirs imputés", "avoirs_centimes"),
    _montant("regle", "Réglé", "regle_centimes"),
    _montant("ecarts", "Écarts", "ecarts_centimes"),
    _montant("reste", "Reste dû", "reste_centimes"),
    Column("devise", "Devise"),
    Column("statut", "Statut", path="statut_document", labels=STATUTS),
    Column("reglement", "Règlement", path="statut_reglement", labels=REGLEMENTS),
    Column("litige", "Litige", path="litige.motif"),
    Column("commande", "Numéro de commande", path="numero_commande"),
    Column("reference", "Référence externe", path="reference_externe"),
    Column("modifie_le", "Modifiée le", Cell.INSTANT),
    Column("client_id", "Identifiant du client"),
    Column("id", "Identifiant"),
)

COLONNES_BALANCE = (
    Column("client", "Client", path="nom"),
    Column("devise", "Devise"),
    Column("non_echu", "Non échu", Cell.AMOUNT, "non_echu_centimes"),
    Column("de_1_a_30", "1 à 30 jours", Cell.AMOUNT, "de_1_a_30_centimes"),
    Column("de_31_a_60", "31 à 60 jours", Cell.AMOUNT, "de_31_a_60_centimes"),
    Column("de_61_a_90", "61 à 90 jours", Cell.AMOUNT, "de_61_a_90_centimes"),
    Column("plus_de_90", "Plus de 90 jours", Cell.AMOUNT, "plus_de_90_centimes"),
    Column("total", "Total", Cell.AMOUNT, "total_centimes"),
    Column("client_id", "Identifiant du client"),
)
