"""A notification: one message received, one letter sent at most, and the story of its attempts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


class Canal(StrEnum):
    """How it reaches its recipient; COURRIER is a letter that a person prints."""

    EMAIL = "EMAIL"
    SMS = "SMS"
    COURRIER = "COURRIER"


class Etat(StrEnum):
    """The life of a notification. INCONNU: the carrier may or may not have taken it; only a person resends."""

    EN_FILE = "EN_FILE"
    ENVOYEE = "ENVOYEE"
    ANNULEE = "ANNULEE"
    ECHEC = "ECHEC"
    INCONNU = "INCONNU"
    A_TRAITER = "A_TRAITER"


class TypeMessage(StrEnum):
    """The messages that make notifications."""

    PAIEMENT_CONFIRME = "PaiementConfirme"
    RELANCE_DEMANDEE = "RelanceDemandee"
    FACTURE_A_ENVOYER = "FactureAEnvoyer"


class Resultat(StrEnum):
    """How one attempt ended."""

    ACCEPTEE = "ACCEPTEE"
    REPORTEE = "REPORTEE"
    REFUSEE = "REFUSEE"
    INCONNUE = "INCONNUE"
    ANNULEE = "ANNULEE"
    SANS_ADRESSE = "SANS_ADRESSE"
    DEMANDEE = "DEMANDEE"
    POSTEE = "POSTEE"


@dataclass(frozen=True, slots=True)
class Adresses:
    """Where a person wants it sent, in the place of what is known; the e-mail first."""

    email: str | None = None
    telephone: str | None = None

    def __str__(self) -> str:
        return self.email or self.telephone or ""


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Whom to write to."""

    nom: str
    email: str | None = None
    telephone: str | None = None
    langue: str = "fr"

    @property
    def canal(self) -> Canal | None:
        """The channel that this recipient's addresses allow, the e-mail first."""
        if self.email:
            return Canal.EMAIL
        return Canal.SMS if self.telephone else None

    def joint_a(self, adresses: Adresses) -> Destinataire:
        """The same recipient at other addresses."""
        return replace(self, email=adresses.email, telephone=adresses.telephone)


@dataclass(frozen=True, slots=True)
class Contenu:
    """What is sent."""

    sujet: str
    texte: str
    html: str


@dataclass(frozen=True, slots=True)
class Tentative:
    """One attempt, or one decision of a person."""

    le: datetime
    resultat: Resultat
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A stored notification.

    `transmission_le` is set, and committed, before the carrier is spoken to: found again after a crash, it means
    that nobody knows. `essais` counts postponements in a row; `prochain_essai` is when the next attempt is due.
    """

    id: str
    message_id: str
    type: TypeMessage
    message: Mapping[str, Any]
    cree_le: datetime
    modifie_le: datetime
    prochain_essai: datetime
    canal: Canal = Canal.EMAIL
    etat: Etat = Etat.EN_FILE
    client_id: str | None = None
    facture_ids: tuple[str, ...] = ()
    destinataire: Destinataire | None = None
    contenu: Contenu | None = None
    motif: str | None = None
    fournisseur_id: str | None = None
    transmission_le: datetime | None = None
    envoyee_le: datetime | None = None
    essais: int = 0
    envois: int = 0
    heures_ouvrees: bool = False
    confirmee: bool = False
    tentatives: tuple[Tentative, ...] = ()
    version: int = 1

    @property
    def est_relance(self) -> bool:
        """Whether it is a reminder, re-read before it leaves."""
        return self.type is TypeMessage.RELANCE_DEMANDEE

    @property
    def niveau(self) -> int | None:
        """A reminder's level."""
        return self.message.get("niveau") if self.est_relance else None

    @property
    def numeros(self) -> tuple[str, ...]:
        """The numbers of the invoices it speaks of."""
        return numeros_de(self.message)

    @property
    def nombre_tentatives(self) -> int:
        """How often something was tried; a person's request is no attempt."""
        return sum(tentative.resultat is not Resultat.DEMANDEE for tentative in self.tentatives)

    @property
    def attend_une_personne(self) -> bool:
        """A formal notice leaves only once a person has confirmed it."""
        return self.niveau is not None and self.niveau >= NIVEAU_MISE_EN_DEMEURE and not self.confirmee

    def finie(self, etat: Etat, resultat: Resultat, le: datetime, detail: str | None = None) -> Notification:
        """The notification once an attempt has ended it."""
        return replace(
            self,
            etat=etat,
            motif=None if etat is Etat.ENVOYEE else detail,
            transmission_le=None,
            envoyee_le=le if etat is Etat.ENVOYEE else self.envoyee_le,
            modifie_le=le,
            essais=0,
            tentatives=(*self.tentatives, Tentative(le, resultat, detail)),
        )

    def postee(self, le: datetime, jour: date, note: str | None = None) -> Notification:
        """The notification once a person has put its letter in the post on that day."""
        detail = f"Lettre postée le {jour:%d/%m/%Y}"
        finie = self.finie(Etat.ENVOYEE, Resultat.POSTEE, le, f"{detail} : {note}" if note else detail)
        return replace(finie, canal=Canal.COURRIER)

    def reportee(self, le: datetime, detail: str) -> Notification:
        """The notification put off by a pause that grows with each postponement."""
        return replace(
            self,
            transmission_le=None,
            modifie_le=le,
            essais=self.essais + 1,
            prochain_essai=le + pause(self.essais),
            tentatives=(*self.tentatives, Tentative(le, Resultat.REPORTEE, detail)),
        )

    def renvoyee(self, le: datetime, motif: str, adresses: Adresses | None = None) -> Notification:
        """The notification back in the queue because a person asked for it, maybe to other addresses."""
        destinataire, detail = self.destinataire, motif
        if adresses is not None:
            destinataire = (destinataire or Destinataire("")).joint_a(adresses)
            detail = f"{motif} (à {adresses})"
        return replace(
            self,
            etat=Etat.EN_FILE,
            destinataire=destinataire,
            motif=None,
            transmission_le=None,
            modifie_le=le,
            prochain_essai=le,
            essais=0,
            confirmee=True,
            tentatives=(*self.tentatives, Tentative(le, Resultat.DEMANDEE, detail)),
        )


NIVEAU_MISE_EN_DEMEURE = 4
PREMIERE_PAUSE_S = 2.0
DERNIERE_PAUSE_S = 300.0
TENTATIVES_GARDEES = 50


def numeros_de(message: Mapping[str, Any]) -> tuple[str, ...]:
    """The numbers of the invoices that a message speaks of, in its order."""
    lignes = [message, *message.get("factures", ()), *message.get("affectations", ())]
    return tuple(ligne["numero"] for ligne in lignes if ligne.get("numero"))


def pause(essais: int) -> timedelta:
    """How long to wait after the given number of postponements in a row: 2 s, doubled up to 5 min."""
    return timedelta(seconds=min(DERNIERE_PAUSE_S, PREMIERE_PAUSE_S * 2.0 ** min(essais, 10)))
