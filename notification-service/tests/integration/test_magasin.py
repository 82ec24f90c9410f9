"""What every store of notifications does, in memory and on each database."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import notification_service
from notification_service.adapters.memory import MagasinEnMemoire
from notification_service.adapters.messaging import publication
from notification_service.adapters.sql import MagasinSql
from notification_service.application.consultation import Criteres
from notification_service.domain.erreurs import NotificationIntrouvableError
from notification_service.domain.notification import (
    Canal,
    Contenu,
    Destinataire,
    Etat,
    Notification,
    Resultat,
    Tentative,
    TypeMessage,
)
from ressort.clock import FixedClock
from ressort.data import Database
from ressort.flask.paging import PageRequest, SortKey
from ressort.messaging import Outbox

MIGRATIONS = Path(notification_service.__file__).parent / "migrations"
INSTANT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))],
)
def magasin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An empty store of each kind; `publies` tells what its outbox holds."""
    if request.param == "memory":
        magasin: Any = MagasinEnMemoire()
        magasin.publies = lambda: [message["relance_id"] for _, message in magasin.messages]
        yield magasin
        return
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/notification.db"
    else:
        url = request.getfixturevalue("mariadb").database_for(f"notif_{uuid.uuid4().hex[:8]}")
    database = Database.open(str(url))
    database.migrate(MIGRATIONS)
    outbox = Outbox(database)
    magasin = MagasinSql(database, publication(outbox, FixedClock(INSTANT)))
    magasin.publies = lambda: _publies(database)
    yield magasin
    database.close()


def _publies(database: Database) -> list[str]:
    with database.read() as connection:
        rows = connection.execute(text("SELECT payload FROM outbox ORDER BY seq")).all()
    return [json.loads(bytes(row.payload))["relance_id"] for row in rows]


def notification(numero: int = 1, **champs: Any) -> Notification:
    """A reminder in the queue."""
    complet: dict[str, Any] = {
        "id": f"n{numero}",
        "message_id": f"m{numero}",
        "type": TypeMessage.RELANCE_DEMANDEE,
        "message": {"relance_id": f"r{numero}", "niveau": 2, "factures": [{"numero": f"FA-{numero}"}]},
        "cree_le": INSTANT,
        "modifie_le": INSTANT,
        "prochain_essai": INSTANT,
        "client_id": "c1",
        "facture_ids": (f"f{numero}", "f9"),
        "destinataire": Destinataire("Moulins Réunis", "compta@moulins.example", None, "fr"),
        "contenu": Contenu("Rappel : 240,00\u00a0€", "Bonjour 😀", "<p>'; DROP TABLE notification</p>"),
        **champs,
    }
    return Notification(**complet)


def ajouter(magasin: Any, *notifications: Notification) -> list[bool]:
    """Stores notifications in one transaction."""
    with magasin.transaction() as ecriture:
        return [ecriture.ajouter(n) for n in notifications]


def lue(magasin: Any, notification_id: str) -> Notification:
    """As readers see it."""
    trouvee: Notification = magasin.notification(notification_id)
    return trouvee


def page(magasin: Any, limite: int = 50, apres: Any = None, **filtres: Any) -> Any:
    """A page under some filters, latest first."""
    ordre = (SortKey("cree_le", True), SortKey("id", True))
    return magasin.page(Criteres(jour=INSTANT.date(), **filtres), PageRequest(limite, ordre, apres))


def test_a_notification_is_read_as_it_was_written(magasin: Any) -> None:
    """Every field survives the store, micro-seconds, accents and order included."""
    ecrite = notification(
        canal=Canal.COURRIER,
        etat=Etat.A_TRAITER,
        motif="à confirmer",
        fournisseur_id="<x@y>",
        transmission_le=INSTANT + MINUTE,
        envoyee_le=INSTANT - MINUTE,
        essais=3,
        envois=2,
        heures_ouvrees=True,
        confirmee=True,
        tentatives=(
            Tentative(INSTANT, Resultat.REPORTEE, "facture-service ne répond pas"),
            Tentative(INSTANT + MINUTE, Resultat.DEMANDEE, None),
        ),
    )
    assert ajouter(magasin, ecrite) == [True]
    assert lue(magasin, "n1") == ecrite


def test_a_notification_without_recipient_or_text_is_kept(magasin: Any) -> None:
    """What is not known yet stays unknown."""
    ecrite = notification(destinataire=None, contenu=None, client_id=None, facture_ids=())
    ajouter(magasin, ecrite)
    assert lue(magasin, "n1") == ecrite


def test_an_unknown_notification_is_named(magasin: Any) -> None:
    """Read or locked, the error carries the id."""
    with pytest.raises(NotificationIntrouvableError, match="rien"):
        magasin.notification("rien")
    with pytest.raises(NotificationIntrouvableError), magasin.transaction() as ecriture:
        ecriture.notification("rien")


def test_one_message_makes_one_notification(magasin: Any) -> None:
    """The second is refused without spoiling the transaction that tried."""
    ajouter(magasin, notification(1))
    pris = ajouter(magasin, notification(2, message_id="m1"), notification(3))
    assert pris == [False, True]
    assert [n.id for n in page(magasin).notifications] == ["n3", "n1"]


def test_replacing_counts_versions_and_keeps_attempts(magasin: Any) -> None:
    """Only new attempts are added; the version rises by one at each write."""
    ajouter(magasin, notification())
    for essai in range(3):
        with magasin.transaction() as ecriture:
            actuelle = ecriture.notification("n1")
            ecriture.remplacer(actuelle.reportee(INSTANT + essai * MINUTE, f"essai {essai}"))
    finale = lue(magasin, "n1")
    assert (finale.version, finale.essais) == (4, 3)
    assert [t.detail for t in finale.tentatives] == ["essai 0", "essai 1", "essai 2"]


def test_a_failed_transaction_leaves_nothing(magasin: Any) -> None:
    """Neither the row nor the message of the outbox."""
    with pytest.raises(ZeroDivisionError), magasin.transaction() as ecriture:
        ecriture.ajouter(notification())
        ecriture.publier("notification-topic", {"type": "RelanceTraitee", "relance_id": "r1"})
        raise ZeroDivisionError
    assert page(magasin).total == 0
    assert magasin.publies() == []


def test_row_and_message_are_one_transaction(magasin: Any) -> None:
    """What is written is told, in order."""
    with magasin.transaction() as ecriture:
        ecriture.ajouter(notification())
        for numero in (1, 2):
            ecriture.publier("notification-topic", {"type": "RelanceTraitee", "relance_id": f"r{numero}"})
    assert magasin.publies() == ["r1", "r2"]


def test_only_what_is_due_is_lent_the_oldest_first(magasin: Any) -> None:
    """Ended ones and later ones are left alone, and no more than asked is lent."""
    ajouter(
        magasin,
        notification(1, prochain_essai=INSTANT - MINUTE),
        notification(2, prochain_essai=INSTANT + MINUTE),
        notification(3, etat=Etat.ENVOYEE),
        notification(4, prochain_essai=INSTANT - 2 * MINUTE),
        notification(5),
    )
    assert [n.id for n in magasin.prendre(INSTANT, 60.0, 2)] == ["n4", "n1"]
    assert [n.id for n in magasin.prendre(INSTANT, 60.0, 10)] == ["n5"]


def test_what_is_lent_is_lent_to_nobody_else_until_the_loan_ends(magasin: Any) -> None:
    """A sender that died gives its work back by the end of the loan; one that ends gives it back at once."""
    ajouter(magasin, notification())
    assert [n.id for n in magasin.prendre(INSTANT, 60.0, 10)] == ["n1"]
    assert magasin.prendre(INSTANT + timedelta(seconds=59), 60.0, 10) == []
    assert [n.id for n in magasin.prendre(INSTANT + timedelta(seconds=60), 60.0, 10)] == ["n1"]
    magasin.rendre("n1")
    assert [n.id for n in magasin.prendre(INSTANT + timedelta(seconds=61), 60.0, 10)] == ["n1"]


@pytest.mark.parametrize(
    ("filtres", "attendus"),
    [
        ({}, ["n3", "n2", "n1"]),
        ({"canal": Canal.SMS}, ["n2"]),
        ({"etat": Etat.INCONNU}, ["n3"]),
        ({"client_id": "c2"}, ["n2"]),
        ({"facture_id": "f1"}, ["n1"]),
        ({"facture_id": "f9"}, ["n3", "n2", "n1"]),
        ({"type": TypeMessage.PAIEMENT_CONFIRME}, ["n3"]),
        ({"du": date(2026, 11, 21)}, ["n3"]),
        ({"au": date(2026, 11, 20)}, ["n2", "n1"]),
        ({"du": date(2026, 11, 20), "au": date(2026, 11, 20)}, ["n2", "n1"]),
        ({"q": "MOULINS"}, ["n3", "n1"]),
        ({"q": "fa-2"}, ["n2"]),
        ({"q": "100%"}, ["n2"]),
        ({"q": "%"}, ["n2"]),
        ({"q": "_"}, []),
        ({"q": "' OR 1=1 --"}, []),
        ({"etat": Etat.INCONNU, "client_id": "c2"}, []),
    ],
)
def test_filters_select(magasin: Any, filtres: Any, attendus: list[str]) -> None:
    """Each filter by itself, all of them joined by and; dates are local days of Paris."""
    ajouter(
        magasin,
        notification(1, cree_le=datetime(2026, 11, 19, 23, 0, tzinfo=UTC)),
        notification(
            2,
            canal=Canal.SMS,
            client_id="c2",
            destinataire=Destinataire("Remise 100% SARL", None, "+33612345678"),
        ),
        notification(
            3,
            etat=Etat.INCONNU,
            type=TypeMessage.PAIEMENT_CONFIRME,
            cree_le=datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
        ),
    )
    trouvees = page(magasin, **filtres)
    assert ([n.id for n in trouvees.notifications], trouvees.total) == (attendus, len(attendus))


def test_pages_follow_one_another_without_gap(magasin: Any) -> None:
    """One more than asked when others follow; the next page starts after the last one shown."""
    ajouter(magasin, *(notification(i) for i in range(1, 6)))
    premiere = page(magasin, 2)
    assert ([n.id for n in premiere.notifications], premiere.total) == (["n5", "n4", "n3"], 5)
    suite = page(magasin, 2, apres=(INSTANT, "n4"))
    assert [n.id for n in suite.notifications] == ["n3", "n2", "n1"]


def test_a_notification_ended_is_lent_no_more(magasin: Any) -> None:
    """Sent once."""
    ajouter(magasin, notification())
    with magasin.transaction() as ecriture:
        actuelle = ecriture.notification("n1")
        ecriture.remplacer(actuelle.finie(Etat.ENVOYEE, Resultat.ACCEPTEE, INSTANT + MINUTE, "<id>"))
    assert magasin.prendre(INSTANT + 10 * MINUTE, 60.0, 10) == []
    assert lue(magasin, "n1").envoyee_le == INSTANT + MINUTE


def test_two_writers_of_one_notification_do_not_lose_each_other(magasin: Any) -> None:
    """The row is locked from its reading to the end of the transaction."""
    ajouter(magasin, notification())

    def reporter() -> None:
        for _ in range(5):
            with magasin.transaction() as ecriture:
                actuelle = ecriture.notification("n1")
                ecriture.remplacer(replace(actuelle, essais=actuelle.essais + 1))

    fils = [threading.Thread(target=reporter) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert (lue(magasin, "n1").essais, lue(magasin, "n1").version) == (20, 21)
