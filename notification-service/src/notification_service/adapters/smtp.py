"""E-mail by SMTP (`spring.mail.*`): says truthfully whether the server took the message.

Until the final dot of DATA has been sent, the server has provably not accepted anything. From there to its answer,
a broken connection means that nobody knows.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.errors import MessageError
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
        adresse = adresse_postable(envoi.destinataire.email)
        courriel = composer(envoi, self._settings, identifiant, self._clock.now())
        with self._connexion() as serveur:
            with _avant_acceptation():
                _exiger(serveur.mail(self._settings.expediteur_adresse))
                _exiger(serveur.rcpt(adresse))
                _exiger(serveur.docmd("DATA"), attendu=354)
            _confier(serveur, courriel.as_bytes(policy=SMTP))
        return identifiant

    def _ouvrir(self) -> smtplib.SMTP:
        """A session ready for a message: greeted, encrypted and logged in as configured."""
        settings = self._settings
        classe = smtplib.SMTP_SSL if settings.ssl_enabled else smtplib.SMTP
        serveur = classe(settings.host, settings.port, timeout=settings.timeout_s)
        try:
            if serveur.sock is not None:
                # A message is several small writes: each would wait 40 ms for the acknowledgement of the last.
                serveur.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            serveur.ehlo_or_helo_if_needed()
            if settings.starttls and not settings.ssl_enabled:
                serveur.starttls(context=ssl.create_default_context())
                serveur.ehlo()
            if settings.username:
                serveur.login(settings.username, settings.password or "")
        except BaseException:
            serveur.close()
            raise
        return serveur

    @contextmanager
    def _connexion(self) -> Iterator[smtplib.SMTP]:
        with _sans_serveur():
            serveur = self._ouvrir()
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


def adresse_postable(adresse: str | None) -> str:
    """The address in ASCII, an international domain in its IDNA form.

    Raises TransportRefuseError for one that SMTP cannot carry: trying again would change nothing.
    """
    try:
        courriel = Address(addr_spec=(adresse or "").strip())
        domaine = courriel.domain.encode("idna").decode("ascii")
        courriel.username.encode("ascii")
    except (ValueError, IndexError, MessageError) as error:
        raise TransportRefuseError(f"L'adresse « {adresse} » ne peut pas recevoir de courriel.") from error
    return f"{courriel.username}@{domaine}"


def composer(envoi: Envoi, settings: MailSettings, identifiant: str, le: datetime) -> EmailMessage:
    """The message: text, HTML, and the piece attached to it."""
    courriel = EmailMessage(policy=SMTP)
    courriel["Subject"] = " ".join(envoi.contenu.sujet.split())
    courriel["From"] = Address(settings.expediteur_nom, addr_spec=settings.expediteur_adresse)
    nom = " ".join(envoi.destinataire.nom.split())
    courriel["To"] = Address(nom, addr_spec=adresse_postable(envoi.destinataire.email))
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
    if 200 <= code < 300:
        return
    if not 400 <= code < 600:
        raise TransportInconnuError(f"Le serveur de courriel répond hors protocole après le message : {code}")
    raise _verdict(code, texte)


@contextmanager
def _sans_serveur() -> Iterator[None]:
    """No session, whatever the reason: that says nothing about the message, which may be tried again."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        raise TransportIndisponibleError(f"Le serveur de courriel ne répond pas : {error}") from error


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
