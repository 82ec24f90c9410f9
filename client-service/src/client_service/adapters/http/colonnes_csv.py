"""The columns of the list of clients as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ressort.flask.api import Cell, Column

_TYPES = {"ENTREPRISE": "Entreprise", "PARTICULIER": "Particulier", "PUBLIC": "Acheteur public"}
_MODES = {
    "NET": "nets",
    "FIN_DE_MOIS": "fin de mois",
    "FIN_DE_MOIS_PUIS_JOURS": "fin de mois, puis jours",
}
_OUI_NON = {True: "oui", False: "non"}


def _conditions(client: Mapping[str, Any]) -> str:
    conditions = client["conditions_paiement"]
    return f"{conditions['delai_jours']} jours {_MODES[conditions['mode']]}"


COLONNES = (
    Column("nom_affiche", "Nom"),
    Column("type", "Type", labels=_TYPES),
    Column("siren", "SIREN"),
    Column("siret", "SIRET"),
    Column("tva_intracom", "TVA intracommunautaire"),
    Column("reference_externe", "Référence externe"),
    Column("adresse", "Adresse", path="adresse.ligne1"),
    Column("complement", "Complément d'adresse", path="adresse.ligne2"),
    Column("code_postal", "Code postal", path="adresse.code_postal"),
    Column("ville", "Ville", path="adresse.ville"),
    Column("pays", "Pays", path="adresse.pays"),
    Column("email", "Courriel"),
    Column("telephone", "Téléphone"),
    Column("langue", "Langue"),
    Column("conditions_paiement", "Conditions de paiement", of=_conditions),
    Column("politique_relance", "Politique de relance"),
    Column("suspension", "Relances suspendues", path="suspension.motif"),
    Column("suspension_jusqu_au", "Suspendues jusqu'au", Cell.DATE, "suspension.jusqu_au"),
    Column("archive", "Archivé", labels=_OUI_NON),
    Column("cree_le", "Créé le", Cell.INSTANT),
    Column("modifie_le", "Modifié le", Cell.INSTANT),
    Column("id", "Identifiant"),
)
