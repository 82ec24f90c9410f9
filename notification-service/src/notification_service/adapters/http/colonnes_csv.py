"""The columns of the list of notifications as a spreadsheet shows them."""

from __future__ import annotations

from ressort.flask.api import Cell, Column

_CANAUX = {"EMAIL": "Courriel", "SMS": "SMS", "COURRIER": "Courrier"}
_TYPES = {
    "PaiementConfirme": "Reçu de paiement",
    "RelanceDemandee": "Relance",
    "FactureAEnvoyer": "Envoi de facture",
}
_ETATS = {
    "EN_FILE": "En file",
    "ENVOYEE": "Envoyée",
    "ANNULEE": "Annulée",
    "ECHEC": "Échec",
    "INCONNU": "Inconnue",
    "A_TRAITER": "À traiter",
}

COLONNES = (
    Column("cree_le", "Reçue le", Cell.INSTANT),
    Column("canal", "Canal", labels=_CANAUX),
    Column("destinataire", "Destinataire", path="destinataire.nom"),
    Column("email", "Courriel", path="destinataire.email"),
    Column("telephone", "Téléphone", path="destinataire.telephone"),
    Column("sujet", "Objet"),
    Column("type", "Modèle", labels=_TYPES),
    Column("niveau", "Niveau", Cell.NUMBER),
    Column("numeros", "Pièces", of=lambda notification: ", ".join(notification["numeros"])),
    Column("etat", "État", labels=_ETATS),
    Column("motif", "Motif"),
    Column("nombre_tentatives", "Tentatives", Cell.NUMBER),
    Column("envoyee_le", "Envoyée le", Cell.INSTANT),
    Column("prochain_essai", "Prochain essai", Cell.INSTANT),
    Column("fournisseur_id", "Identifiant du fournisseur"),
    Column("client_id", "Client"),
    Column("modifie_le", "Modifiée le", Cell.INSTANT),
    Column("id", "Identifiant"),
)
