"""From a message to a letter: every way it can end, on carriers and services in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from notification_service.adapters.memory import MagasinEnMemoire
from notification_service.adapters.redaction import RedactionJinja
from notification_service.application.expedier import Expedier
from notification_service.application.ports import ClientDuJour, Envoi
from notification_service.application.recevoir_message import HEURES_OUVREES, RecevoirMessage
from notification_service.application.renvoyer import Renvoyer
from notification_service.domain.calendrier import prochaine_ouverture
from notification_service.domain.erreurs import (
    RenvoiImpossibleError,
    ServiceIndisponibleError,
    TransportInconnuError,
    TransportIndisponibleError,
    TransportRefuseError,
)
from notification_service.domain.notification import Canal, Destinataire, Etat, Notification
from notification_service.domain.relance import FactureDuJour
from ressort.clock import FixedClock

DESTINATAIRE = {
    "nom": "Moulins <Réunis>",
    "email": "compta@moulins.example",
    "telephone": None,
    "langue": "fr",
}


def ligne(numero: str = "FA-1", reste: int = 10_000, niveau: int | None = 1, **champs: Any) -> dict[str, Any]:
    """A late invoice of a reminder."""
    return {
        "facture_id": numero.lower(),
        "numero": numero,
        "cycle": 1,
        "niveau": niveau,
        "date_emission": "2026-10-01",
        "date_echeance": "2026-10-31",
        "jours_retard": 20,
        "total_ttc_centimes": 10_000,
        "reste_centimes": reste,
        "interets_centimes": 0,
        "indemnite_centimes": 0,
        **champs,
    }


def relance(*lignes: dict[str, Any], **champs: Any) -> dict[str, Any]:
    """A reminder message."""
    lignes = lignes or (ligne(),)
    return {
        "type": "RelanceDemandee",
        "relance_id": "r1",
        "client_id": "c1",
        "niveau": max(li["niveau"] for li in lignes if li["niveau"]),
        "date_reference": "2026-11-20",
        "devise": "EUR",
        "politique": "standard",
        "version_politique": 1,
        "destinataire": DESTINATAIRE,
        "factures": list(lignes),
        "credits_centimes": 0,
        "total_du_centimes": sum(li["reste_centimes"] for li in lignes),
        **champs,
    }


RECU: dict[str, Any] = {
    "type": "PaiementConfirme",
    "paiement_id": "p1",
    "client_id": "c1",
    "montant_centimes": 123_456,
    "devise": "EUR",
    "date_paiement": "2026-11-20",
    "notifier": True,
    "destinataire": DESTINATAIRE,
    "affectations": [
        {"facture_id": "f1", "numero": "FA-2026-000001", "montant_centimes": 123_456, "reste_centimes": 0}
    ],
}


class Services:
    """The other services in memory."""

    def __init__(self) -> None:
        self.jour: dict[str, FactureDuJour] = {"fa-1": FactureDuJour(10_000, False, 20)}
        self.suspendu = False
        self.credits = 0
        self.reste_alors: int | None = None
        self.adresse: Destinataire | None = None
        self.en_panne = False

    def factures(self, facture_ids: Collection[str]) -> Mapping[str, FactureDuJour]:
        if self.en_panne:
            raise ServiceIndisponibleError("facture-service ne répond pas")
        return {i: self.jour[i] for i in facture_ids if i in self.jour}

    def reste_au(self, facture_id: str, jour: date) -> int | None:
        assert jour == date(2026, 11, 20)
        return self.reste_alors

    def page_facture(self, facture_id: str) -> str | None:
        return "<!doctype html><title>facture</title>"

    def client(self, client_id: str) -> ClientDuJour | None:
        return ClientDuJour(self.adresse or Destinataire("Moulins"), self.suspendu)

    def credits_centimes(self, client_id: str, devise: str) -> int:
        return self.credits


class Courriel:
    """A carrier that keeps what it takes, or fails as it is told."""

    def __init__(self) -> None:
        self.pris: list[Envoi] = []
        self.erreur: Exception | None = None
        self.pendant: Any = None

    def transmettre(self, envoi: Envoi) -> str:
        if self.pendant:
            self.pendant()
        if self.erreur is not None:
            raise self.erreur
        self.pris.append(envoi)
        return f"<{envoi.cle}>"


class Service:
    """The use cases on memory, on a Friday morning."""

    def __init__(self) -> None:
        numeros = count()
        self.clock = FixedClock(datetime(2026, 11, 20, 9, tzinfo=UTC))
        self.magasin = MagasinEnMemoire()
        self.services = Services()
        self.courriel = Courriel()
        redaction = RedactionJinja("Ateliers Fictifs")
        self.recevoir = RecevoirMessage(self.magasin, redaction, lambda: f"n{next(numeros)}", self.clock)
        carriers = {Canal.EMAIL: self.courriel}
        self.expedier = Expedier(self.magasin, self.services, redaction, carriers, self.clock)
        self.renvoyer = Renvoyer(self.magasin, self.clock)

    def traiter(
        self, message: dict[str, Any], message_id: str = "m1", fenetre: str | None = None
    ) -> Notification:
        self.recevoir(message_id, message, fenetre)
        self.expedier()
        return self.lire()

    def lire(self, notification_id: str = "n0") -> Notification:
        return self.magasin.notification(notification_id)

    @property
    def comptes_rendus(self) -> list[str]:
        return [
            message["etat"]
            for destination, message in self.magasin.messages
            if destination == "notification-topic"
        ]


@pytest.fixture
def service() -> Service:
    """One late invoice of 100.00, everything up."""
    return Service()


def test_a_receipt_is_sent_and_kept_as_sent(service: Service) -> None:
    """Subject, text, HTML and the carrier's identifier are stored."""
    envoyee = service.traiter(RECU)
    assert (envoyee.etat, envoyee.fournisseur_id) == (Etat.ENVOYEE, "<m1.1>")
    assert envoyee.contenu is not None
    assert envoyee.contenu.sujet == "Ateliers Fictifs : paiement de 1\u202f234,56\u00a0€ reçu"
    assert "FA-2026-000001" in envoyee.contenu.texte
    assert service.comptes_rendus == []


def test_a_receipt_nobody_wants_makes_none(service: Service) -> None:
    """``notifier: false``."""
    service.recevoir("m1", {**RECU, "notifier": False})
    assert service.expedier() == 0


def test_a_message_delivered_twice_is_one_notification(service: Service) -> None:
    """Its id is the identity."""
    service.traiter(relance())
    service.traiter(relance())
    assert len(service.courriel.pris) == 1
    assert service.comptes_rendus == ["ENVOYEE"]


def test_names_are_escaped_in_html_and_plain_in_text(service: Service) -> None:
    """A client's name is text, never markup."""
    contenu = service.traiter(relance()).contenu
    assert contenu is not None
    assert "Moulins &lt;Réunis&gt;" in contenu.html
    assert "Moulins <Réunis>" in contenu.texte


def test_a_reminder_is_re_read_when_it_leaves(service: Service) -> None:
    """A part payment lowers the sum and its interest, a settled line drops out, the level follows."""
    service.services.jour = {"fa-1": FactureDuJour(5_000, False, 20), "fa-2": FactureDuJour(0, False, 0)}
    message = relance(
        ligne("FA-1", interets_centimes=100, niveau=1), ligne("FA-2", interets_centimes=300, niveau=2)
    )
    envoyee = service.traiter(message)
    assert envoyee.message["total_du_centimes"] == 5_000
    assert envoyee.niveau == 1
    assert [li["interets_centimes"] for li in envoyee.message["factures"]] == [50]


def test_the_report_names_the_lines_that_were_sent(service: Service) -> None:
    """One settled meanwhile is not among them; each keeps its own level."""
    service.services.jour = {"fa-1": FactureDuJour(10_000, False, 20), "fa-3": FactureDuJour(10, False, 3)}
    service.traiter(relance(ligne("FA-1", niveau=1), ligne("FA-2", niveau=2), ligne("FA-3", niveau=None)))
    ((_, compte_rendu),) = service.magasin.messages
    assert compte_rendu["factures"] == [
        {"facture_id": "fa-1", "niveau": 1},
        {"facture_id": "fa-3", "niveau": None},
    ]


def test_the_report_of_what_may_have_been_sent_names_its_lines(service: Service) -> None:
    """INCONNU too; one that was surely not sent names none."""
    service.courriel.erreur = TransportInconnuError("coupure")
    service.traiter(relance())
    service.courriel.erreur = TransportRefuseError("550")
    service.recevoir("m2", relance())
    service.expedier()
    assert [(m["etat"], "factures" in m) for _, m in service.magasin.messages] == [
        ("INCONNU", True),
        ("ECHEC", False),
    ]


@pytest.mark.parametrize(("alors", "interets"), [(10_000, 100), (8_000, 80), (None, 50)])
def test_interest_accrued_before_a_part_payment_stays(
    service: Service, alors: int | None, interets: int
) -> None:
    """Paid after the reference date: all of it; recorded late, by what was unpaid then; not known: by today's."""
    service.services.jour = {"fa-1": FactureDuJour(5_000, False, 20)}
    service.services.reste_alors = alors
    envoyee = service.traiter(relance(ligne("FA-1", interets_centimes=100)))
    assert [li["interets_centimes"] for li in envoyee.message["factures"]] == [interets]


@pytest.mark.parametrize("cause", ["réglée", "litige", "suspendu", "crédit", "informative"])
def test_a_reminder_with_nothing_left_is_cancelled(service: Service, cause: str) -> None:
    """The reason is told to batch, and nothing is sent."""
    message = relance()
    if cause == "réglée":
        service.services.jour = {"fa-1": FactureDuJour(0, False, 0)}
    elif cause == "litige":
        service.services.jour = {"fa-1": FactureDuJour(10_000, True, 20)}
    elif cause == "suspendu":
        service.services.suspendu = True
    elif cause == "crédit":
        service.services.credits = 10_000
    else:
        message = relance(ligne("FA-2", niveau=1), ligne("FA-1", niveau=None))
    annulee = service.traiter(message)
    assert (annulee.etat, service.comptes_rendus, service.courriel.pris) == (Etat.ANNULEE, ["ANNULEE"], [])
    assert annulee.motif


def test_without_facture_service_it_waits_longer_and_longer(service: Service) -> None:
    """Nothing is sent on old figures; once it answers, it leaves."""
    service.services.en_panne = True
    premiere = service.traiter(relance())
    assert premiere.prochain_essai == service.clock.now() + timedelta(seconds=2)
    service.clock.advance(timedelta(seconds=2))
    service.expedier()
    assert service.lire().prochain_essai == service.clock.now() + timedelta(seconds=4)
    service.services.en_panne = False
    service.clock.advance(timedelta(seconds=4))
    service.expedier()
    assert service.lire().etat is Etat.ENVOYEE


def test_a_missing_address_is_asked_for_then_a_persons_task(service: Service) -> None:
    """No recipient in the message: client-service is asked; still none: A_TRAITER, then sent on demand."""
    a_traiter = service.traiter(relance(destinataire=None))
    assert (a_traiter.etat, service.comptes_rendus) == (Etat.A_TRAITER, ["A_TRAITER"])
    service.services.adresse = Destinataire("Moulins", "compta@moulins.example")
    service.renvoyer("n0", "adresse trouvée")
    service.expedier()
    assert (service.lire().etat, service.comptes_rendus) == (Etat.ENVOYEE, ["A_TRAITER", "ENVOYEE"])


@pytest.mark.parametrize(
    ("erreur", "etat", "comptes"),
    [
        (TransportIndisponibleError("refus"), Etat.EN_FILE, []),
        (TransportRefuseError("550"), Etat.ECHEC, ["ECHEC"]),
        (TransportInconnuError("coupure"), Etat.INCONNU, ["INCONNU"]),
    ],
)
def test_a_carriers_failure_is_told_truthfully(
    service: Service, erreur: Exception, etat: Etat, comptes: list[str]
) -> None:
    """Not taken: tried again; refused: over; unknown: a person decides."""
    service.courriel.erreur = erreur
    traitee = service.traiter(relance())
    assert (traitee.etat, service.comptes_rendus) == (etat, comptes)
    service.courriel.erreur = None
    service.clock.advance(timedelta(seconds=2))
    service.expedier()
    assert len(service.courriel.pris) == (1 if etat is Etat.EN_FILE else 0)


def test_a_crash_during_transmission_is_unknown_and_never_resent_by_itself(service: Service) -> None:
    """The mark left before the carrier was spoken to is found by the next sender."""

    def crash() -> None:
        raise KeyboardInterrupt

    service.courriel.pendant = crash
    service.recevoir("m1", relance())
    with pytest.raises(KeyboardInterrupt):
        service.expedier()
    service.courriel.pendant = None
    service.clock.advance(timedelta(minutes=5))
    service.expedier()
    assert (service.lire().etat, service.courriel.pris) == (Etat.INCONNU, [])
    service.renvoyer("n0", "rien reçu d'après le client")
    service.expedier()
    assert (service.lire().etat, [envoi.cle for envoi in service.courriel.pris]) == (Etat.ENVOYEE, ["m1.2"])


def test_what_is_queued_cannot_be_queued_again(service: Service) -> None:
    """Asking twice sends once."""
    service.recevoir("m1", relance())
    with pytest.raises(RenvoiImpossibleError):
        service.renvoyer("n0", "encore")


def test_a_formal_notice_waits_for_a_person(service: Service) -> None:
    """Level 4 is a printable letter until someone confirms it."""
    lettre = service.traiter(relance(ligne(niveau=4)))
    assert (lettre.etat, lettre.canal, service.courriel.pris) == (Etat.A_TRAITER, Canal.COURRIER, [])
    assert lettre.contenu is not None
    assert "mettons en demeure" in lettre.contenu.texte
    service.renvoyer("n0", "vérifié")
    service.expedier()
    assert (service.lire().etat, len(service.courriel.pris)) == (Etat.ENVOYEE, 1)


def test_a_reminder_of_the_clock_leaves_in_working_hours_only(service: Service) -> None:
    """At night it waits for the next opening."""
    service.clock.set(datetime(2026, 11, 20, 19, tzinfo=UTC))
    attente = service.traiter(relance(), fenetre=HEURES_OUVREES)
    assert attente.prochain_essai == datetime(2026, 11, 23, 8, tzinfo=UTC)
    service.clock.set(datetime(2026, 11, 23, 8, tzinfo=UTC))
    service.expedier()
    assert service.lire().etat is Etat.ENVOYEE


@pytest.mark.parametrize(
    ("instant", "ouverture"),
    [
        (datetime(2026, 11, 20, 8, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC)),
        (datetime(2026, 11, 20, 17, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 12, 25, 10, tzinfo=UTC), datetime(2026, 12, 28, 8, tzinfo=UTC)),
        (datetime(2026, 10, 23, 20, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),
        (datetime(2026, 7, 14, 10, tzinfo=UTC), datetime(2026, 7, 15, 7, tzinfo=UTC)),
    ],
)
def test_the_next_opening_knows_holidays_and_summer_time(instant: datetime, ouverture: datetime) -> None:
    """Paris hours, French public holidays."""
    assert prochaine_ouverture(instant) == ouverture


def test_an_invoice_travels_with_its_page(service: Service) -> None:
    """The message that sends it carries the legal page."""
    message = {
        "type": "FactureAEnvoyer",
        "facture_id": "f1",
        "type_document": "FACTURE",
        "numero": "FA-2026-000001",
        "client_id": "c1",
        "destinataire": {**DESTINATAIRE, "langue": "en"},
        "date_emission": "2026-11-01",
        "date_echeance": "2026-12-01",
        "total_ttc_centimes": 24_000,
        "reste_centimes": 24_000,
        "devise": "EUR",
    }
    service.traiter(message)
    (envoi,) = service.courriel.pris
    assert envoi.piece == ("FA-2026-000001.html", "<!doctype html><title>facture</title>")
    assert envoi.contenu.sujet == "Ateliers Fictifs: invoice FA-2026-000001 of EUR 240.00"


@pytest.mark.parametrize("langue", ["fr", "en", "de"])
@pytest.mark.parametrize("niveau", [1, 2, 3, 4])
def test_every_level_is_written_in_every_language(langue: str, niveau: int) -> None:
    """Interest unknown, interest known and the indemnity appear from level 2."""
    lignes = [
        ligne("FA-1", niveau=niveau, interets_centimes=None, indemnite_centimes=4_000),
        ligne("FA-2", niveau=niveau, interets_centimes=120, indemnite_centimes=4_000),
    ]
    from notification_service.domain.notification import TypeMessage

    contenu = RedactionJinja("X")(TypeMessage.RELANCE_DEMANDEE, relance(*lignes), langue)
    attendu = "taux légal en sus" if langue != "en" else "statutory rate in addition"
    assert (attendu in contenu.texte) is (niveau >= 2)
    assert "FA-2" in contenu.html


def test_a_letter_sent_by_another_process_meanwhile_is_not_sent_again(service: Service) -> None:
    """The lease of a process held up by its first letter runs out; another sends the second: it goes out once."""
    service.recevoir("m1", RECU)
    service.recevoir("m2", RECU)

    def held_up() -> None:
        service.courriel.pendant = None
        service.clock.advance(timedelta(minutes=2))
        service.expedier()

    service.courriel.pendant = held_up
    service.expedier()
    assert sorted(envoi.cle for envoi in service.courriel.pris) == ["m1.1", "m2.1"]
    assert [service.lire(n).etat for n in ("n0", "n1")] == [Etat.ENVOYEE, Etat.ENVOYEE]
