"""What notification-service reads from its configuration, besides what every member reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ressort.config import Environment, duration, properties


@properties("notification")
@dataclass(frozen=True)
class Settings:
    """``notification.*``: the language of error texts, the sender, and how often the queue is looked at.

    `bail_s` (``notification.bail``): after how long a letter taken by a process that died is taken by another.
    """

    langue: str = "fr"
    expediteur_nom: str = "Service comptabilité"
    expediteur_adresse: str = "comptabilite@ressort.example"
    releve_s: float = duration("1s")
    bail_s: float = duration("1m")


@properties("notification.sms")
@dataclass(frozen=True)
class SmsSettings:
    """``notification.sms.*``: `fournisseur` is `dossier` (text files below var/sms), `http` or `aucun`."""

    fournisseur: Literal["dossier", "http", "aucun"] = "dossier"
    url: str = ""
    jeton: str = ""
    timeout_s: float = duration("10s")


@dataclass(frozen=True)
class MailSettings:
    """The SMTP server (`spring.mail.*`) and who writes."""

    host: str
    port: int
    username: str | None
    password: str | None
    ssl_enabled: bool
    starttls: bool
    timeout_s: float
    expediteur_nom: str
    expediteur_adresse: str


def mail_settings(env: Environment, settings: Settings) -> MailSettings:
    """`spring.mail.*` with Spring's names and defaults; a time limit of 20 s where JavaMail has none."""
    return MailSettings(
        host=env.get("spring.mail.host", "127.0.0.1"),
        port=env.get("spring.mail.port", 25, int),
        username=env.get("spring.mail.username"),
        password=env.get("spring.mail.password"),
        ssl_enabled=env.get("spring.mail.ssl.enabled", False, bool),
        starttls=env.get("spring.mail.properties.mail.smtp.starttls.enable", False, bool),
        timeout_s=env.get("spring.mail.properties.mail.smtp.timeout", 20_000, int) / 1000,
        expediteur_nom=settings.expediteur_nom,
        expediteur_adresse=settings.expediteur_adresse,
    )
