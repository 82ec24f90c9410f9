"""Sending what is due: prepared, marked as being transmitted, transmitted, written down.

The mark is committed before the carrier is spoken to. A process killed in between leaves it, and the next sender
that finds it knows that nobody knows: INCONNU, never sent again by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from notification_service.application.compte_rendu import annoncer
from notification_service.application.ports import (
    Clock,
    Ecriture,
    Envoi,
    Magasin,
    Redaction,
    Services,
    Transporteur,
)
from notification_service.domain.calendrier import prochaine_ouverture
from notification_service.domain.erreurs import (
    ServiceIndisponibleError,
    TransportInconnuError,
    TransportIndisponibleError,
    TransportRefuseError,
)
from notification_service.domain.notification import (
    Adresses,
    Canal,
    Destinataire,
    Etat,
    Notification,
    Resultat,
    TypeMessage,
)
from notification_service.domain.relance import FactureDuJour, Relecture, a_interets_changes, relire

logger = logging.getLogger(__name__)

BAIL_S = 60.0
TRANCHE = 20
LANGUE = "fr"
"""Of a letter to somebody of whom nothing is known."""
_SANS_NOUVELLES = "Le processus s'est arrêté pendant la transmission : accepté ou non, on ne le sait pas."


class Expedier:
    """One turn of sending."""

    def __init__(
        self,
        magasin: Magasin,
        services: Services,
        redaction: Redaction,
        transporteurs: Mapping[Canal, Transporteur],
        clock: Clock,
        bail_s: float = BAIL_S,
    ) -> None:
        self._magasin = magasin
        self._services = services
        self._redaction = redaction
        self._transporteurs = transporteurs
        self._clock = clock
        self._bail_s = bail_s

    def __call__(self) -> int:
        """Deals with what is due now; how many there were."""
        dues = self._magasin.prendre(self._clock.now(), self._bail_s, TRANCHE)
        for notification in dues:
            try:
                self._une(notification)
            except Exception as error:
                logger.exception("notification %s could not be sent", notification.id)
                self._mettre_de_cote(notification.id, error)
            finally:
                self._magasin.rendre(notification.id)
        return len(dues)

    def _mettre_de_cote(self, notification_id: str, error: Exception) -> None:
        """One letter that cannot be dealt with does not hold up the others; under transmission it stays marked."""
        with self._magasin.transaction() as ecriture:
            actuelle = ecriture.notification(notification_id)
            if actuelle.etat is Etat.EN_FILE and actuelle.transmission_le is None:
                detail = f"Erreur inattendue : {error!r}"
                ecriture.remplacer(actuelle.reportee(self._clock.now(), detail))

    def _une(self, notification: Notification) -> None:
        if notification.transmission_le is not None:
            self._tenir(
                notification.finie(Etat.INCONNU, Resultat.INCONNUE, self._clock.now(), _SANS_NOUVELLES)
            )
            return
        if self._trop_tot(notification):
            return
        try:
            prete = self._preparer(notification)
        except ServiceIndisponibleError as error:
            self._tenir(notification.reportee(self._clock.now(), str(error)))
            return
        if isinstance(prete, Notification):
            self._tenir(prete)
            return
        self._transmettre(*prete)

    def _trop_tot(self, notification: Notification) -> bool:
        if not notification.heures_ouvrees:
            return False
        maintenant = self._clock.now()
        ouverture = prochaine_ouverture(maintenant)
        if ouverture <= maintenant:
            return False
        self._tenir(replace(notification, prochain_essai=ouverture))
        return True

    # -- preparing

    def _preparer(self, notification: Notification) -> Notification | tuple[Notification, Envoi]:
        """What to transmit, or the notification ended without it."""
        maintenant = self._clock.now()
        message = notification.message
        if notification.est_relance:
            client = self._services.client(notification.client_id) if notification.client_id else None
            if client is not None and client.suspendu:
                motif = "Les relances de ce client sont suspendues."
                return notification.finie(Etat.ANNULEE, Resultat.ANNULEE, maintenant, motif)
            relecture = self._relire(notification)
            if relecture.message is None:
                return notification.finie(Etat.ANNULEE, Resultat.ANNULEE, maintenant, relecture.motif)
            message = relecture.message
        destinataire = self._destinataire(notification)
        canal = destinataire.canal if destinataire else None
        if destinataire is None or canal is None or canal not in self._transporteurs:
            motif = "Aucune adresse à laquelle écrire : compléter la fiche du client, puis renvoyer."
            langue = destinataire.langue if destinataire else LANGUE
            contenu = self._redaction(notification.type, message, langue)
            lettre = replace(notification, message=message, destinataire=destinataire, contenu=contenu)
            return lettre.finie(Etat.A_TRAITER, Resultat.SANS_ADRESSE, maintenant, motif)
        piece = self._piece(notification)
        contenu = self._redaction(notification.type, message, destinataire.langue)
        prete = replace(
            notification,
            message=message,
            destinataire=destinataire,
            canal=canal,
            contenu=contenu,
        )
        cle = f"{notification.message_id}.{notification.envois + 1}"
        return prete, Envoi(cle, destinataire, contenu, piece)

    def _relire(self, notification: Notification) -> Relecture:
        message = notification.message
        factures = self._services.factures([ligne["facture_id"] for ligne in message["factures"]])
        credits = self._services.credits_centimes(message["client_id"], message["devise"])
        return relire(message, factures, credits, self._restes_alors(message, factures))

    def _restes_alors(
        self, message: Mapping[str, Any], factures: Mapping[str, FactureDuJour]
    ) -> Mapping[str, int]:
        """What was unpaid on the reference date, asked for where interest depends on it only."""
        jour = date.fromisoformat(message["date_reference"])
        restes = {i: self._services.reste_au(i, jour) for i in a_interets_changes(message, factures)}
        return {facture_id: reste for facture_id, reste in restes.items() if reste is not None}

    def _destinataire(self, notification: Notification) -> Destinataire | None:
        """Whom to write to; client-service is asked for the address or the name that is missing."""
        connu = notification.destinataire
        if connu is not None and connu.canal and connu.nom:
            return connu
        client = self._services.client(notification.client_id) if notification.client_id else None
        if client is None:
            return connu
        if connu is None or connu.canal is None:
            return client.destinataire
        return client.destinataire.joint_a(Adresses(connu.email, connu.telephone))

    def _piece(self, notification: Notification) -> tuple[str, str] | None:
        """The invoice itself, attached to the message that sends it."""
        if notification.type is not TypeMessage.FACTURE_A_ENVOYER:
            return None
        page = self._services.page_facture(notification.message["facture_id"])
        return (f"{notification.message['numero']}.html", page) if page else None

    # -- transmitting

    def _transmettre(self, prete: Notification, envoi: Envoi) -> None:
        marquee = self._tenir(replace(prete, transmission_le=self._clock.now(), envois=prete.envois + 1))
        if marquee is not None:
            self._conclure(self._resultat(marquee, envoi))

    def _resultat(self, notification: Notification, envoi: Envoi) -> Notification:
        try:
            fournisseur_id = self._transporteurs[notification.canal].transmettre(envoi)
        except TransportIndisponibleError as error:
            return replace(notification, envois=notification.envois - 1).reportee(
                self._clock.now(), str(error)
            )
        except TransportRefuseError as error:
            return notification.finie(Etat.ECHEC, Resultat.REFUSEE, self._clock.now(), str(error))
        except TransportInconnuError as error:
            return notification.finie(Etat.INCONNU, Resultat.INCONNUE, self._clock.now(), str(error))
        envoyee = notification.finie(Etat.ENVOYEE, Resultat.ACCEPTEE, self._clock.now(), fournisseur_id)
        return replace(envoyee, fournisseur_id=fournisseur_id)

    def _tenir(self, notification: Notification) -> Notification | None:
        """Writes it down, unless it was dealt with elsewhere since it was taken: a lease may have run out."""
        with self._magasin.transaction() as ecriture:
            if ecriture.notification(notification.id).version == notification.version:
                return _ecrire(ecriture, notification)
        logger.warning("notification %s was taken by another process meanwhile: left to it", notification.id)
        return None

    def _conclure(self, notification: Notification) -> None:
        """Writes what the carrier said, over an INCONNU found meanwhile too: this process knows."""
        with self._magasin.transaction() as ecriture:
            actuelle = ecriture.notification(notification.id)
            if actuelle.version == notification.version or actuelle.etat is Etat.INCONNU:
                _ecrire(ecriture, notification)
                return
        logger.warning("notification %s was sent again before its carrier answered", notification.id)


def _ecrire(ecriture: Ecriture, notification: Notification) -> Notification:
    ecrite = ecriture.remplacer(notification)
    if ecrite.etat is not Etat.EN_FILE:
        annoncer(ecriture, ecrite)
    return ecrite
