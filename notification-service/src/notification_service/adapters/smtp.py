"""E-mail by SMTP (`spring.mail.*`): says truthfully whether the server took the message.

Until the final dot of DATA has been sent, the server has provably not accepted anything. From there to its answer,
a broken connection means that nobody knows.
"""

from __future__ import annotations

import smtplib
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from notification_service.application.ports import Clock, Envoi
from notification_service.domain.erreurs import (
    TransportInconnuError,
    TransportIndisponibleError,
    TransportRefuseError,
)
from notification_service.settings import MailSettings

_ESPACE_DE_NOMS = uuid.UUID("6f0f9d0e-7a35-5d0b-9c68-1c9d8a4a53f1")


class TransporteurSmtp:
    """One connection per message, as small senders do; the server's time limit bounds every step."""

    def __init__(self, settings: MailSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def transmettre(self, envoi: Envoi) -> str:
        identifiant = message_id(envoi.cle)
        courriel = composer(envoi, self._settings, identifiant, self._clock.now())
        adresse = envoi.destinataire.email or ""
        with self._connexion() as serveur:
            with _avant_acceptation():
                _exiger(serveur.mail(self._settings.expediteur_adresse))
                _exiger(serveur.rcpt(adresse))
                _exiger(serveur.docmd("DATA"), attendu=354)
            _confier(serveur, courriel.as_bytes(policy=SMTP))
        return identifiant

    @contextmanager
    def _connexion(self) -> Iterator[smtplib.SMTP]:
        settings = self._settings
        with _avant_acceptation():
            classe = smtplib.SMTP_SSL if settings.ssl_enabled else smtplib.SMTP
            serveur = classe(settings.host, settings.port, timeout=settings.timeout_s)
            serveur.ehlo()
            if settings.starttls and not settings.ssl_enabled:
                serveur.starttls(context=ssl.create_default_context())
                serveur.ehlo()
            if settings.username:
                serveur.login(settings.username, settings.password or "")
        try:
            yield serveur
        finally:
            try:
                serveur.quit()
            except (OSError, smtplib.SMTPException):
                serveur.close()


def message_id(cle: str) -> str:
    """The Message-ID of a transmission, the same whenever it is computed."""
    return f"<{uuid.uuid5(_ESPACE_DE_NOMS, cle)}@ressort.invalid>"


def composer(envoi: Envoi, settings: MailSettings, identifiant: str, le: datetime) -> EmailMessage:
    """The message: text, HTML, and the piece attached to it."""
    courriel = EmailMessage(policy=SMTP)
    courriel["Subject"] = " ".join(envoi.contenu.sujet.split())
    courriel["From"] = Address(settings.expediteur_nom, addr_spec=settings.expediteur_adresse)
    courriel["To"] = Address(envoi.destinataire.nom, addr_spec=envoi.destinataire.email or "")
    courriel["Message-ID"] = identifiant
    courriel["Date"] = format_datetime(le)
    courriel["Auto-Submitted"] = "auto-generated"
    courriel.set_content(envoi.contenu.texte)
    courriel.add_alternative(envoi.contenu.html, subtype="html")
    if envoi.piece is not None:
        nom, page = envoi.piece
        courriel.add_attachment(page, subtype="html", filename=nom)
    return courriel


def _exiger(reponse: tuple[int, bytes], attendu: int = 250) -> None:
    code, texte = reponse
    if code in (attendu, 251):
        return
    raise smtplib.SMTPResponseException(code, texte)


def _confier(serveur: smtplib.SMTP, octets: bytes) -> None:
    """Sends the body and the final dot, and waits for the verdict."""
    corps = octets.replace(b"\r\n.", b"\r\n..")
    if not corps.endswith(b"\r\n"):
        corps += b"\r\n"
    with _avant_acceptation():
        serveur.send(corps)
    try:
        serveur.send(b".\r\n")
        code, texte = serveur.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise TransportInconnuError(
            f"Le serveur de courriel n'a pas répondu après le message : {error}"
        ) from error
    if code != 250:
        raise _verdict(code, texte)


@contextmanager
def _avant_acceptation() -> Iterator[None]:
    """Whatever goes wrong here, the server has not taken the message."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TransportIndisponibleError(f"Le serveur de courriel ne répond pas : {error}") from error


def _verdict(code: int, texte: bytes | str) -> Exception:
    mots = texte.decode("utf-8", "replace") if isinstance(texte, bytes) else texte
    detail = f"Le serveur de courriel répond {code} {mots}"
    return TransportRefuseError(detail) if 500 <= code < 600 else TransportIndisponibleError(detail)
