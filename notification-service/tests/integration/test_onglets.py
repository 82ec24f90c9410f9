"""Tabs, counts and order of the list, on every store of notifications."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from notification_service.application.consultation import (
    CHAMPS_DE_TRI,
    Criteres,
    OngletNotifications,
    valeur_de_tri,
)
from notification_service.domain.notification import (
    Canal,
    Destinataire,
    Etat,
    Notification,
    TypeMessage,
)
from ressort.flask.paging import PageRequest, SortKey

INSTANT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)
JOUR = date(2026, 11, 20)


@pytest.fixture
def magasin(partout: Any) -> Any:
    """The store of each kind."""
    return partout.app.extensions["poste"].recevoir._magasin


def ajouter(magasin: Any, *notifications: Notification) -> None:
    """Stores notifications in one transaction."""
    with magasin.transaction() as ecriture:
        for une in notifications:
            assert ecriture.ajouter(une)


def notification(numero: int, **champs: Any) -> Notification:
    """A receipt in the queue, received on Friday morning."""
    complet: dict[str, Any] = {
        "id": f"n{numero:02}",
        "message_id": f"m{numero}",
        "type": TypeMessage.PAIEMENT_CONFIRME,
        "message": {"affectations": [{"numero": f"FA-{numero}"}]},
        "cree_le": INSTANT,
        "modifie_le": INSTANT,
        "prochain_essai": INSTANT,
        "client_id": "c1",
        "destinataire": Destinataire("Moulins Réunis", "compta@moulins.example"),
        **champs,
    }
    return Notification(**complet)


@pytest.fixture
def garni(magasin: Any) -> Any:
    """One notification of each state, received on three days of Paris."""
    hier = datetime(2026, 11, 19, 22, 59, 59, 999999, tzinfo=UTC)
    minuit = datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
    demain = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    ajouter(
        magasin,
        notification(1, etat=Etat.A_TRAITER, cree_le=hier),
        notification(2, etat=Etat.ECHEC, cree_le=minuit),
        notification(3, etat=Etat.INCONNU, cree_le=demain - timedelta(microseconds=1)),
        notification(4, etat=Etat.EN_FILE, cree_le=demain),
        notification(5, etat=Etat.ENVOYEE, client_id="c2"),
        notification(6, etat=Etat.ANNULEE),
    )
    return magasin


def trouvees(magasin: Any, ordre: str = "id", apres: Any = None, limite: int = 50, **filtres: Any) -> Any:
    """A page under some filters."""
    noms = [*ordre.split(","), *(["id"] if ordre != "id" else [])]
    cles = tuple(SortKey(nom.removeprefix("-"), nom.startswith("-")) for nom in noms)
    return magasin.page(Criteres(jour=JOUR, **filtres), PageRequest(limite, cles, apres))


@pytest.mark.parametrize(
    ("onglet", "ids"),
    [
        (OngletNotifications.TOUTES, ["n01", "n02", "n03", "n04", "n05", "n06"]),
        (OngletNotifications.A_TRAITER, ["n01"]),
        (OngletNotifications.ECHECS, ["n02"]),
        (OngletNotifications.INCONNUES, ["n03"]),
        (OngletNotifications.EN_FILE, ["n04"]),
        (OngletNotifications.AUJOURD_HUI, ["n02", "n03", "n05", "n06"]),
    ],
)
def test_each_tab_shows_its_notifications(garni: Any, onglet: OngletNotifications, ids: list[str]) -> None:
    """States, and what was received today in Paris, midnight included."""
    found = trouvees(garni, onglet=onglet)
    assert ([n.id for n in found.notifications], found.total) == (ids, len(ids))


@pytest.mark.parametrize("filtres", [{}, {"client_id": "c2"}, {"etat": Etat.ECHEC}, {"q": "personne"}])
def test_the_counts_are_those_of_the_tabs(garni: Any, filtres: dict[str, Any]) -> None:
    """Under the same other filters, whatever tab is open, in the order of the tabs."""
    comptes = garni.compteurs(Criteres(jour=JOUR, onglet=OngletNotifications.ECHECS, **filtres))
    assert [compte.onglet for compte in comptes] == list(OngletNotifications)
    for compte in comptes:
        assert compte.total == trouvees(garni, onglet=compte.onglet, **filtres).total


def test_nothing_is_counted_where_nobody_asks(garni: Any) -> None:
    """The later pages of an export."""
    demande = PageRequest(3, (SortKey("id"),))
    found = garni.page(Criteres(jour=JOUR), demande, compter=False)
    assert (len(found.notifications), found.total) == (4, 0)


@pytest.mark.parametrize("sens", ["", "-"])
@pytest.mark.parametrize("cle", CHAMPS_DE_TRI)
def test_every_key_orders_the_list_page_by_page(magasin: Any, cle: str, sens: str) -> None:
    """Whatever is missing sorts first; names without case nor accents; every one is met once."""
    heures = [INSTANT + timedelta(hours=h) for h in range(5)]
    ajouter(
        magasin,
        notification(1, destinataire=Destinataire("Zoé"), envoyee_le=heures[3], modifie_le=heures[1]),
        notification(2, destinataire=Destinataire("élan"), canal=Canal.SMS, cree_le=heures[2]),
        notification(3, destinataire=None, etat=Etat.ENVOYEE, envoyee_le=heures[1]),
        notification(4, destinataire=Destinataire("Éric"), type=TypeMessage.FACTURE_A_ENVOYER),
        notification(5, destinataire=Destinataire("ana"), etat=Etat.A_TRAITER),
    )
    toutes = trouvees(magasin).notifications

    def rang(n: Notification) -> tuple[bool, Any]:
        valeur = valeur_de_tri(n, cle)
        return valeur is not None, valeur or ""

    presentes = [n for n in toutes if valeur_de_tri(n, cle) is not None]
    absentes = [n for n in toutes if valeur_de_tri(n, cle) is None]
    attendu = [*absentes, *sorted(presentes, key=lambda n: (rang(n)[1], n.id))]
    vus: list[Notification] = []
    apres: Any = None
    while True:
        found = trouvees(magasin, f"{sens}{cle}", apres, 2).notifications
        vus += found[:2]
        if len(found) <= 2:
            break
        apres = (valeur_de_tri(vus[-1], cle), vus[-1].id)
    cles = [valeur_de_tri(n, cle) for n in (attendu if not sens else reversed(attendu))]
    assert [valeur_de_tri(n, cle) for n in vus] == cles
    assert {n.id for n in vus} == {n.id for n in toutes}


def test_search_is_blind_to_case_and_accents(magasin: Any) -> None:
    """Recipient and invoice numbers; a changed recipient is found at once."""
    ajouter(magasin, notification(1), notification(2, destinataire=Destinataire("L'Œuvre")))
    assert [n.id for n in trouvees(magasin, q="REUNIS").notifications] == ["n01"]
    assert [n.id for n in trouvees(magasin, q="l'oeuvré").notifications] == ["n02"]
    assert [n.id for n in trouvees(magasin, q="œuvre").notifications] == ["n02"]
    assert [n.id for n in trouvees(magasin, q="fa-2").notifications] == ["n02"]
    with magasin.transaction() as ecriture:
        ecriture.remplacer(replace(ecriture.notification("n01"), destinataire=Destinataire("Neuf")))
    assert trouvees(magasin, q="réunis").total == 0
    assert [n.id for n in trouvees(magasin, "destinataire").notifications] == ["n02", "n01"]
