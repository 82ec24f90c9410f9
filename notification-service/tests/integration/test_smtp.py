"""E-mail on the wire: against a real server, and against one that fails at each step."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from notification_service.adapters.smtp import TransporteurSmtp, message_id
from notification_service.application.ports import Envoi
from notification_service.domain.erreurs import (
    TransportInconnuError,
    TransportIndisponibleError,
    TransportRefuseError,
)
from notification_service.domain.notification import Contenu, Destinataire
from notification_service.settings import MailSettings
from ressort.clock import FixedClock

_SPEC = importlib.util.spec_from_file_location("serveurs", Path(__file__).with_name("serveurs.py"))
assert _SPEC is not None and _SPEC.loader is not None
serveurs = importlib.util.module_from_spec(_SPEC)
sys.modules["serveurs"] = serveurs  # dataclasses look their module up
_SPEC.loader.exec_module(serveurs)

CLOCK = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
CONTENU = Contenu("Facture FA-1 : 1\u202f234,56\u00a0€", "Bonjour,\n.\n..point\nÀ bientôt", "<p>Bonjour</p>")


def transporteur(port: int, **champs: Any) -> TransporteurSmtp:
    """A carrier of a server on this machine."""
    reglages: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "username": None,
        "password": None,
        "ssl_enabled": False,
        "starttls": False,
        "timeout_s": 5.0,
        "expediteur_nom": "Ateliers Fictifs",
        "expediteur_adresse": "compta@ateliers.example",
        **champs,
    }
    return TransporteurSmtp(MailSettings(**reglages), CLOCK)


def envoi(email: str | None = "compta@moulins.example", nom: str = "Moulins Réunis", **champs: Any) -> Envoi:
    """One letter."""
    return Envoi("m1.1", Destinataire(nom, email), CONTENU, **champs)


@pytest.fixture
def scripte(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A server that follows the script given as parameter."""
    with serveurs.ServeurScripte(getattr(request, "param", {})) as serveur:
        yield serveur


def test_a_mail_arrives_whole(smtp_server: Any) -> None:
    """Headers, both texts and the attached page, as a real server received them."""
    page = "<!doctype html><title>Facture</title>"
    identifiant = transporteur(smtp_server.port).transmettre(envoi(piece=("FA-1.html", page)))
    (courriel,) = smtp_server.mails()
    assert courriel["Message-ID"] == identifiant == message_id("m1.1")
    assert courriel["Subject"] == " ".join(CONTENU.sujet.split())
    assert courriel["From"] == "Ateliers Fictifs <compta@ateliers.example>"
    assert courriel["To"] == "Moulins Réunis <compta@moulins.example>"
    assert courriel["Date"].datetime == CLOCK.now()
    assert courriel["Auto-Submitted"] == "auto-generated"
    texte, html = courriel.get_body(("plain",)), courriel.get_body(("html",))
    assert texte.get_content().replace("\r\n", "\n").strip() == CONTENU.texte
    assert html.get_content().strip() == CONTENU.html
    (piece,) = courriel.iter_attachments()
    assert (piece.get_filename(), piece.get_content().strip()) == ("FA-1.html", page)


def test_the_same_transmission_has_the_same_message_id(smtp_server: Any) -> None:
    """A mail program can recognise a repetition; another transmission has another identity."""
    envoyeur = transporteur(smtp_server.port)
    assert envoyeur.transmettre(envoi()) == envoyeur.transmettre(envoi())
    assert message_id("m1.2") != message_id("m1.1")


@pytest.mark.parametrize(
    "nom",
    ["Moulins\r\nBcc: tiers@ailleurs.example", '"Guillemets", <a@b.example>', "Ø" * 200, "", "\u202etxt"],
)
def test_a_name_is_a_name_whatever_it_contains(smtp_server: Any, nom: str) -> None:
    """No header, recipient or line can be smuggled in."""
    transporteur(smtp_server.port).transmettre(envoi(nom=nom))
    (courriel,) = smtp_server.mails()
    assert courriel["Bcc"] is None
    assert [adresse.addr_spec for adresse in courriel["To"].addresses] == ["compta@moulins.example"]


def test_an_international_domain_travels_in_its_ascii_form(scripte: Any) -> None:
    """SMTP without extensions carries ASCII only."""
    transporteur(scripte.port).transmettre(envoi("compta@müller.example"))
    assert "RCPT TO:<compta@xn--mller-kva.example>" in [c.replace("rcpt", "RCPT") for c in scripte.commandes]


@pytest.mark.parametrize(
    "adresse", [None, "", "sans-arobase", "a b@c.example", "josé@moulins.example", "a@b\r\nQUIT"]
)
def test_an_address_nobody_can_write_to_is_refused_before_any_connection(scripte: Any, adresse: str) -> None:
    """Trying again would change nothing, and nothing is in doubt."""
    with pytest.raises(TransportRefuseError):
        transporteur(scripte.port).transmettre(envoi(adresse))
    assert scripte.commandes == []


def test_lines_that_begin_with_a_dot_survive(scripte: Any) -> None:
    """The body never ends early."""
    transporteur(scripte.port).transmettre(envoi())
    (corps,) = scripte.recus
    assert b"\r\n.\r\n" not in corps[:-5]


def test_a_server_that_is_not_there_has_taken_nothing() -> None:
    """Connection refused."""
    with serveurs.ServeurScripte() as parti:
        port = parti.port
    with pytest.raises(TransportIndisponibleError):
        transporteur(port).transmettre(envoi())


AVANT = ["ACCUEIL", "EHLO", "MAIL", "RCPT", "DATA"]


@pytest.mark.parametrize("scripte", [{e: serveurs.RACCROCHE} for e in AVANT], indirect=True, ids=AVANT)
def test_a_connection_lost_before_the_message_has_carried_nothing(scripte: Any) -> None:
    """Whatever the step: it may be tried again."""
    with pytest.raises(TransportIndisponibleError):
        transporteur(scripte.port).transmettre(envoi())
    assert scripte.recus == []


@pytest.mark.parametrize("scripte", [{e: serveurs.SE_TAIT} for e in AVANT], indirect=True, ids=AVANT)
def test_silence_before_the_message_has_carried_nothing(scripte: Any) -> None:
    """The time limit bounds every step."""
    with pytest.raises(TransportIndisponibleError):
        transporteur(scripte.port, timeout_s=0.3).transmettre(envoi())


@pytest.mark.parametrize("etape", [*AVANT, "POINT"])
def test_a_temporary_refusal_is_tried_again(etape: str) -> None:
    """4xx at any step, after the message too, means: not taken, later perhaps."""
    with (
        serveurs.ServeurScripte({etape: "451 plus tard"}) as serveur,
        pytest.raises(TransportIndisponibleError),
    ):
        transporteur(serveur.port).transmettre(envoi())


@pytest.mark.parametrize("etape", ["MAIL", "RCPT", "DATA", "POINT"])
def test_a_refusal_of_the_message_is_final(etape: str) -> None:
    """5xx about sender, recipient or content; the server's words are kept."""
    with (
        serveurs.ServeurScripte({etape: "550 boite inconnue"}) as serveur,
        pytest.raises(TransportRefuseError, match="550 boite inconnue"),
    ):
        transporteur(serveur.port).transmettre(envoi())


@pytest.mark.parametrize("scripte", [{"ACCUEIL": "554 pas de service"}], indirect=True)
def test_a_server_that_serves_nobody_condemns_no_message(scripte: Any) -> None:
    """A refusal of the session says nothing about the letter: it waits."""
    with pytest.raises(TransportIndisponibleError, match="554"):
        transporteur(scripte.port).transmettre(envoi())


def test_a_wrong_password_condemns_no_message(scripte: Any) -> None:
    """Neither does a login that fails: a person corrects the configuration, the letters leave then."""
    with pytest.raises(TransportIndisponibleError):
        transporteur(scripte.port, username="u", password="faux").transmettre(envoi())
    assert scripte.recus == []


@pytest.mark.parametrize(
    "scripte",
    [
        {"POINT": serveurs.RACCROCHE},
        {"POINT": serveurs.SE_TAIT},
        {"POINT": "bonjour"},
        {"POINT": "354 encore"},
    ],
    indirect=True,
    ids=["hangs up", "silence", "no code", "wrong code"],
)
def test_after_the_final_dot_only_a_verdict_settles_it(scripte: Any) -> None:
    """The server has the whole message and does not say: nobody knows."""
    with pytest.raises(TransportInconnuError):
        transporteur(scripte.port, timeout_s=0.5).transmettre(envoi())
    assert len(scripte.recus) == 1


@pytest.mark.parametrize("scripte", [{"QUIT": serveurs.RACCROCHE}], indirect=True)
def test_a_bad_end_after_acceptance_changes_nothing(scripte: Any) -> None:
    """250 has been said."""
    assert transporteur(scripte.port).transmettre(envoi()) == message_id("m1.1")


def test_a_catcher_that_refuses_then_accepts(smtp_server: Any) -> None:
    """The real server down for a while, then back: one mail."""
    envoyeur = transporteur(smtp_server.port)
    smtp_server.refuse()
    with pytest.raises(TransportIndisponibleError):
        envoyeur.transmettre(envoi())
    smtp_server.accept()
    envoyeur.transmettre(envoi())
    assert len(smtp_server.mails()) == 1
