"""The list of reminders as accountants read it in a spreadsheet."""

from __future__ import annotations

from typing import Any

from batch.adapters.vues import relance_json
from batch.application.ports import Relance
from batch.domain.dossier import EtatRelance
from batch.domain.politique import Envoi
from ressort.flask.api import Cell, Column

ETATS = {
    EtatRelance.DEMANDEE: "Demandée",
    EtatRelance.ENVOYEE: "Envoyée",
    EtatRelance.ANNULEE: "Annulée",
    EtatRelance.ECHEC: "Échec",
    EtatRelance.INCONNU: "Inconnu",
    EtatRelance.A_TRAITER: "À traiter",
}
ENVOIS = {Envoi.AUTOMATIQUE: "Automatique", Envoi.MANUEL: "Sur confirmation"}

COLONNES = (
    Column("date_reference", "Date de référence", Cell.DATE),
    Column("client", "Client", path="nom"),
    Column("niveau", "Niveau", Cell.NUMBER),
    Column("etat", "État", labels=ETATS),
    Column("total_du", "Total dû", Cell.AMOUNT, "total_du_centimes"),
    Column("credits", "Crédits déduits", Cell.AMOUNT, "credits_centimes"),
    Column("interets", "Intérêts", Cell.AMOUNT, "interets_centimes"),
    Column("indemnites", "Indemnités", Cell.AMOUNT, "indemnites_centimes"),
    Column("devise", "Devise"),
    Column("factures", "Factures", path="numeros"),
    Column("motif", "Motif"),
    Column("courriel", "Courriel", path="destinataire.email"),
    Column("telephone", "Téléphone", path="destinataire.telephone"),
    Column("envoi", "Envoi", labels=ENVOIS),
    Column("politique", "Politique"),
    Column("version_politique", "Version de la politique", Cell.NUMBER),
    Column("creee_le", "Créée le", Cell.INSTANT),
    Column("etat_le", "État depuis le", Cell.INSTANT),
    Column("execution_id", "Exécution"),
    Column("notification_id", "Notification"),
    Column("client_id", "Identifiant du client"),
    Column("id", "Identifiant"),
)
"""In the order of a file whose caller names no columns."""


def ligne_csv(relance: Relance) -> dict[str, Any]:
    """A reminder with the sums of its lines; interest is empty when a rate was missing."""
    interets = [ligne["interets_centimes"] for ligne in relance.factures]
    return {
        **relance_json(relance),
        "numeros": ", ".join(ligne["numero"] for ligne in relance.factures),
        "interets_centimes": None if None in interets else sum(interets),
        "indemnites_centimes": sum(ligne["indemnite_centimes"] for ligne in relance.factures),
    }
