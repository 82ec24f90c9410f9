"""The check before an issue says what the issue would say, and writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from facture_service.adapters.http.erreurs import probleme
from facture_service.domain import erreurs as e
from facture_service.domain.controles import Niveau
from facture_service.domain.echeance import ConditionsPaiement, ModeEcheance
from facture_service.domain.parties import TypeClient

FAUTES = ("sans-ligne", "archive", "sans-adresse", "vendeur", "serie", "future")


def fausser(monde: Any, fautes: tuple[str, ...]) -> tuple[str, date]:
    """A draft with these faults, and the day of its issue."""
    brouillon = monde.brouillon()
    if "sans-ligne" in fautes:
        brouillon = monde.cas.modifier_brouillon(brouillon.id, replace(brouillon.contenu, lignes=()))
    client = monde.clients.connus["c1"]
    if "archive" in fautes:
        client = replace(client, archive=True)
    if "sans-adresse" in fautes:
        client = replace(client, adresse=None)
    monde.clients.connus["c1"] = client
    if "vendeur" in fautes:
        monde.vendeur[0] = replace(monde.vendeur[0], rcs=None)
    jour = date(2026, 11, 10) if "serie" in fautes else date(2026, 11, 20)
    return brouillon.id, date(2026, 11, 21) if "future" in fautes else jour


def code_de(erreur: e.FactureError) -> str:
    """The code of the refusal as the API tells it."""
    return erreur.regle if isinstance(erreur, e.ChampInvalideError) else probleme(erreur).code


@pytest.mark.parametrize(
    "fautes",
    [tuple(f for f, la in zip(FAUTES, choix, strict=True) if la) for choix in product((0, 1), repeat=6)],
    ids="+".join,
)
def test_check_and_issue_agree(creer_monde: Any, fautes: tuple[str, ...]) -> None:
    """Whatever is wrong together: the first error told is the refusal of the issue; without error it passes."""
    monde = creer_monde("memoire")
    monde.emise(jour="2026-11-15")
    facture_id, jour = fausser(monde, fautes)
    controlee = monde.cas.controler_emission(facture_id, jour)
    erreurs = [c.regle for c in controlee.controles if c.niveau is Niveau.ERREUR]
    try:
        monde.cas.emettre(facture_id, jour)
    except e.FactureError as refus:
        assert erreurs[0] == code_de(refus)
        assert str(refus) in [c.detail for c in controlee.controles]
        assert not controlee.emissible
    else:
        assert (erreurs, controlee.emissible) == ([], True)


def test_check_writes_nothing(monde: Any) -> None:
    """Neither a number, nor a counter, nor an event; the number comes from the series it named."""
    brouillon = monde.brouillon()
    avant = (monde.apercu(brouillon), monde.cas.lectures.evenements(brouillon.id))
    controlee = monde.cas.controler_emission(brouillon.id)
    assert monde.cas.lectures.serie(controlee.serie) is None
    assert (monde.apercu(brouillon), monde.cas.lectures.evenements(brouillon.id)) == avant
    emise = monde.cas.emettre(brouillon.id)
    assert (emise.emission.serie, emise.emission.date_echeance, emise.emission.mentions) == (
        controlee.serie,
        controlee.effets.date_echeance,
        controlee.effets.mentions,
    )
    serie = monde.cas.lectures.serie("FA-2026")
    assert (serie.dernier_rang, serie.derniere_date) == (1, date(2026, 11, 20))
    with pytest.raises(e.FactureEmiseError):
        monde.cas.controler_emission(brouillon.id)
    with pytest.raises(e.FactureIntrouvableError):
        monde.cas.controler_emission("inconnue")


def test_date_before_the_last_of_the_series_is_told(monde: Any) -> None:
    """As the locked series would, on every database; another year has another series."""
    monde.emise(jour="2026-11-15")
    brouillon = monde.brouillon()

    def date_admise(jour: date) -> tuple[str, Niveau]:
        controlee = monde.cas.controler_emission(brouillon.id, jour)
        return controlee.serie, {c.regle: c for c in controlee.controles}["date-anterieure-a-la-serie"].niveau

    assert date_admise(date(2026, 11, 14)) == ("FA-2026", Niveau.ERREUR)
    assert date_admise(date(2026, 11, 15)) == ("FA-2026", Niveau.OK)
    assert date_admise(date(2025, 12, 31)) == ("FA-2025", Niveau.OK)


def avis(monde: Any, *lignes: Any, au: date | None = None, **client: Any) -> dict[str, tuple[str, str]]:
    """Level and text of each rule for a draft of one client."""
    connu = monde.clients.connus["c1"]
    monde.clients.connus["c1"] = replace(connu, **client)
    controles = monde.cas.controler_emission(monde.brouillon(*lignes).id, au).controles
    monde.clients.connus["c1"] = connu
    return {c.regle: (c.niveau.value, c.detail) for c in controles}


@pytest.fixture
def m(creer_monde: Any) -> Any:
    """A world in memory."""
    return creer_monde("memoire")


def test_siren_of_a_professional_is_advised(m: Any) -> None:
    """Companies and public buyers in France; nobody else has one."""
    assert avis(m)["siren-client-absent"] == ("OK", "SIREN du client : 732829320.")
    assert avis(m, siren=None)["siren-client-absent"][0] == "AVERTISSEMENT"
    assert avis(m, siren=None, type=TypeClient.PUBLIC)["siren-client-absent"][0] == "AVERTISSEMENT"
    assert "siren-client-absent" not in avis(m, siren=None, type=TypeClient.PARTICULIER)
    adresse = replace(m.clients.connus["c1"].adresse, pays="BE")
    assert "siren-client-absent" not in avis(m, siren=None, adresse=adresse)


def test_due_date_is_told_with_what_is_odd_about_it(m: Any) -> None:
    """Shortened by the law, or past at once because the issue is dated back."""
    assert avis(m)["echeance"] == ("OK", "Échéance le 20/12/2026.")
    longue = avis(m, conditions_paiement=ConditionsPaiement(90))["echeance"]
    assert (longue[0], "19/01/2027" in longue[1], "90 jours" in longue[1]) == ("AVERTISSEMENT", True, True)
    fin_de_mois = ConditionsPaiement(45, ModeEcheance.FIN_DE_MOIS)
    assert avis(m, conditions_paiement=fin_de_mois)["echeance"] == ("OK", "Échéance le 31/01/2027.")
    ancienne = avis(m, au=date(2026, 10, 1))["echeance"]
    assert (ancienne[0], "déjà passée" in ancienne[1]) == ("AVERTISSEMENT", True)


def test_vat_mentions_are_told_with_what_contradicts_them(m: Any) -> None:
    """None needed at 20 %; exempt without a reason; franchise with VAT; a sale within the Union."""
    exonere = m.ligne(taux="0")
    assert avis(m)["mentions-tva"] == ("OK", "Aucune mention de TVA n'est nécessaire.")
    assert avis(m, exonere)["mentions-tva"][0] == "AVERTISSEMENT"
    belge = replace(m.clients.connus["c1"].adresse, pays="BE")
    union = avis(m, exonere, adresse=belge)
    assert (union["mentions-tva"][0], "Autoliquidation" in union["mentions-tva"][1]) == ("OK", True)
    assert union["tva-intracom-client-absente"][0] == "AVERTISSEMENT"
    connu = avis(m, exonere, adresse=belge, tva_intracom="BE0123456749")
    assert connu["tva-intracom-client-absente"][0] == "OK"
    m.vendeur[0] = replace(m.vendeur[0], franchise_tva=True)
    assert avis(m)["mentions-tva"][0] == "AVERTISSEMENT"
    franchise = avis(m, exonere)["mentions-tva"]
    assert (franchise[0], "L. 223-1" in franchise[1]) == ("OK", True)


def test_nothing_to_pay_and_nowhere_to_send_are_advised(m: Any) -> None:
    """A total of zero, a client without e-mail."""
    assert avis(m, m.ligne("0"))["total-nul"][0] == "AVERTISSEMENT"
    assert "total-nul" not in avis(m)
    assert avis(m, email=None)["courriel-client-absent"][0] == "AVERTISSEMENT"


@pytest.fixture
def http(m: Any) -> Any:
    """A caller of the route."""
    client = m.app().test_client()
    return lambda id, requete="": client.get(f"/factures/{id}/verification{requete}")


def test_answer_of_the_route(http: Any, m: Any) -> None:
    """The exact document; nobody is mailed without an address."""
    brouillon = m.brouillon()
    reponse = http(brouillon.id, "?date_emission=2026-11-19")
    assert reponse.status_code == 200
    corps = reponse.json
    controles = corps.pop("controles")
    mentions = corps["effets"].pop("mentions")
    assert corps == {
        "facture_id": brouillon.id,
        "date_emission": "2026-11-19",
        "serie": "FA-2026",
        "emissible": True,
        "effets": {
            "date_echeance": "2026-12-19",
            "total_ttc_centimes": 24000,
            "devise": "EUR",
            "destinataire": {"nom": "Boulangerie Hélène", "email": "helene@clients.example", "langue": "fr"},
        },
    }
    assert any("40 euros" in mention for mention in mentions)
    assert controles[0] == {
        "regle": "facture-sans-ligne",
        "pointer": "/lignes",
        "niveau": "OK",
        "detail": "Lignes de la facture : 1.",
    }
    assert [c["regle"] for c in controles] == [
        "facture-sans-ligne",
        "client-archive",
        "client-incomplet",
        "vendeur-incomplet",
        "date-future",
        "date-anterieure-a-la-serie",
        "siren-client-absent",
        "echeance",
        "mentions-tva",
        "courriel-client-absent",
    ]
    m.clients.connus["c1"] = replace(m.clients.connus["c1"], email=None)
    assert http(brouillon.id).json["effets"]["destinataire"] is None


def test_client_service_out_is_an_error_of_the_check(http: Any, m: Any) -> None:
    """The issue would be a 503; the rest is judged on the client as last seen, or without any."""
    connu = m.brouillon()
    m.clients.indisponible = True
    ignore = m.brouillon()
    for facture, avec_client in ((connu, True), (ignore, False)):
        reponse = http(facture.id)
        assert (reponse.status_code, reponse.headers["X-Degraded"]) == (200, "client-service")
        regles = {c["regle"]: c["niveau"] for c in reponse.json["controles"]}
        assert regles["client-service-indisponible"] == "ERREUR"
        assert reponse.json["emissible"] is False
        assert ("client-archive" in regles, reponse.json["effets"] is not None) == (avec_client, avec_client)
        assert regles["vendeur-incomplet"] == "OK"


def test_unknown_client_issued_document_and_bad_date(http: Any, m: Any) -> None:
    """An error of the check, 409, 400, 404."""
    brouillon, emise = m.brouillon(), m.emise()
    del m.clients.connus["c1"]
    reponse = http(brouillon.id)
    assert (reponse.json["controles"][0]["regle"], reponse.json["effets"]) == ("client-inconnu", None)
    assert "X-Degraded" not in reponse.headers
    assert http(emise.id).json["code"] == "facture-emise"
    assert http("inconnue").json["code"] == "facture-introuvable"
    assert http(brouillon.id, "?date_emission=hier").json["errors"][0]["parameter"] == "date_emission"
