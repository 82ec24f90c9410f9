"""Drafts, issue, credit notes, write-offs, disputes: the same on memory, SQLite and MariaDB."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.application.passer_ecart import MotifEcart
from facture_service.domain import erreurs as e
from facture_service.domain.echeance import ConditionsPaiement, ModeEcheance
from facture_service.domain.empreinte import calculer_empreinte
from facture_service.domain.parties import Adresse, Client, TypeClient


def test_draft_has_no_number_and_owes_nothing(monde: Any) -> None:
    """A draft shows its totals, without number, date or balance."""
    vue = monde.apercu(monde.brouillon())
    assert (vue["numero"], vue["statut_document"], vue["total_ttc_centimes"], vue["reste_centimes"]) == (
        None,
        "BROUILLON",
        24000,
        0,
    )


def test_draft_is_replaced_and_deleted(monde: Any) -> None:
    """A draft takes another content, then leaves no trace."""
    brouillon = monde.brouillon()
    contenu = replace(brouillon.contenu, lignes=(monde.ligne("10.00"),))
    assert monde.cas.modifier_brouillon(brouillon.id, contenu).version == 2
    assert monde.apercu(brouillon)["total_ttc_centimes"] == 1200
    monde.cas.supprimer_brouillon(brouillon.id)
    with pytest.raises(e.FactureIntrouvableError):
        monde.cas.lectures.facture(brouillon.id)


def test_unknown_client_is_refused_in_a_draft(monde: Any) -> None:
    """A client that client-service does not know is a wrong field."""
    with pytest.raises(e.ChampInvalideError):
        monde.brouillon(client_id="inconnu")


def test_draft_is_kept_while_client_service_is_out(monde: Any) -> None:
    """Writing a draft does not need client-service; issuing it does."""
    monde.clients.indisponible = True
    brouillon = monde.brouillon()
    assert monde.apercu(brouillon)["client"] is None
    with pytest.raises(e.ClientServiceIndisponibleError):
        monde.cas.emettre(brouillon.id)


def test_issue_freezes_number_parties_dates_and_totals(monde: Any) -> None:
    """The first invoice of the year, as the contract shows it."""
    vue = monde.apercu(monde.emise())
    assert vue["numero"] == "FA-2026-000001"
    assert vue["serie"] == "FA-2026"
    assert (vue["date_emission"], vue["date_echeance"]) == ("2026-11-20", "2026-12-20")
    assert vue["client"]["nom_affiche"] == "Boulangerie Hélène"
    assert vue["vendeur"]["siren"] == "123456782"
    assert any("40 euros" in mention for mention in vue["mentions"])
    assert (vue["total_ht_centimes"], vue["total_tva_centimes"], vue["total_ttc_centimes"]) == (
        20000,
        4000,
        24000,
    )
    assert (vue["statut_document"], vue["statut_reglement"], vue["reste_centimes"]) == (
        "EMISE",
        "NON_PAYEE",
        24000,
    )


def test_issued_invoice_cannot_be_issued_edited_or_deleted(monde: Any) -> None:
    """Issued documents never change."""
    facture = monde.emise()
    for acte in (
        lambda: monde.cas.emettre(facture.id),
        lambda: monde.cas.modifier_brouillon(facture.id, facture.contenu),
        lambda: monde.cas.supprimer_brouillon(facture.id),
    ):
        with pytest.raises(e.FactureEmiseError):
            acte()


def test_hash_covers_the_document_and_chains_to_the_one_before(monde: Any) -> None:
    """Anybody can recompute the hash from the resource; the second names the first."""
    premiere, seconde = monde.emise(), monde.emise()
    document = monde.cas.lectures.apercu(premiere.id, date(2026, 11, 20)).document
    import orjson

    assert calculer_empreinte(orjson.loads(document)) == premiere.emission.empreinte
    assert seconde.emission.empreinte_precedente == premiere.emission.empreinte


def test_numbers_follow_each_other_in_the_year_of_the_issue_date(monde: Any) -> None:
    """Each fiscal year has its own series."""
    ancienne = monde.emise(jour="2025-12-31")
    numeros = [monde.emise().emission.numero for _ in range(3)]
    assert ancienne.emission.numero == "FA-2025-000001"
    assert numeros == ["FA-2026-000001", "FA-2026-000002", "FA-2026-000003"]


def test_issue_date_never_goes_back_in_a_series(monde: Any) -> None:
    """A date before the last one of the series is refused and takes no number."""
    monde.emise(jour="2026-11-10")
    with pytest.raises(e.DateAnterieureSerieError):
        monde.emise(jour="2026-11-09")
    assert monde.emise(jour="2026-11-10").emission.numero == "FA-2026-000002"


def test_future_issue_date_is_refused(monde: Any) -> None:
    """Tomorrow is not a date an invoice can bear."""
    with pytest.raises(e.ChampInvalideError):
        monde.emise(jour="2026-11-21")


def test_failed_issue_gives_its_number_back(monde: Any) -> None:
    """A refusal inside the transaction leaves no gap."""
    monde.vendeur[0] = replace(monde.vendeur[0], rcs=None)
    with pytest.raises(e.VendeurIncompletError, match=r"entreprise\.rcs"):
        monde.emise()
    monde.vendeur[0] = replace(monde.vendeur[0], rcs="RCS Paris")
    assert monde.emise().emission.numero == "FA-2026-000001"


@pytest.mark.parametrize(
    ("client", "erreur"),
    [
        ({"archive": True}, e.ClientArchiveError),
        ({"adresse": None}, e.ClientIncompletError),
    ],
)
def test_client_that_cannot_be_invoiced(monde: Any, client: Any, erreur: type[Exception]) -> None:
    """An archived client and one without address take no invoice."""
    brouillon = monde.brouillon()
    monde.clients.connus["c1"] = replace(monde.clients.connus["c1"], **client)
    with pytest.raises(erreur):
        monde.cas.emettre(brouillon.id)


def test_draft_without_lines_is_not_issued(monde: Any) -> None:
    """Lines are needed to issue, not to draft."""
    from facture_service.domain.facture import Contenu

    brouillon = monde.cas.creer_brouillon(Contenu("c1", ()))
    with pytest.raises(e.FactureSansLigneError):
        monde.cas.emettre(brouillon.id)


def test_due_date_follows_the_terms_of_the_client(monde: Any) -> None:
    """45 days end of month, then the month's end."""
    conditions = ConditionsPaiement(45, ModeEcheance.FIN_DE_MOIS)
    monde.clients.connus["c1"] = replace(monde.clients.connus["c1"], conditions_paiement=conditions)
    assert monde.apercu(monde.emise(jour="2026-01-15"))["date_echeance"] == "2026-03-31"


def test_client_snapshot_does_not_follow_the_client(monde: Any) -> None:
    """A client who moves keeps the old address on old invoices."""
    facture = monde.emise()
    monde.clients.connus["c1"] = replace(
        monde.clients.connus["c1"], nom_affiche="Autre", adresse=Adresse("3 rue", "69000", "Lyon")
    )
    assert monde.apercu(facture)["client"]["nom_affiche"] == "Boulangerie Hélène"


def test_consumer_never_sees_late_fees(monde: Any) -> None:
    """Fees on a consumer's invoice would be an offence."""
    monde.clients.connus["p1"] = Client(
        "p1", TypeClient.PARTICULIER, "Jean Petit", adresse=Adresse("4 rue", "75002", "Paris")
    )
    mentions = " ".join(monde.apercu(monde.emise(client_id="p1"))["mentions"])
    assert "40 euros" not in mentions
    assert "pénalités" not in mentions


def test_whole_credit_note_closes_the_invoice(monde: Any) -> None:
    """Neither lines nor amount: all of it, in a series of its own."""
    facture = monde.emise()
    avoir = monde.cas.creer_avoir(facture.id, DemandeAvoir("erreur"))
    vue, origine = monde.apercu(avoir), monde.apercu(facture)
    assert (vue["type"], vue["numero"], vue["a_affecter_centimes"]) == ("AVOIR", "AV-2026-000001", 0)
    assert vue["facture_origine"] == {
        "id": facture.id,
        "numero": "FA-2026-000001",
        "date_emission": "2026-11-20",
    }
    assert (origine["statut_document"], origine["reste_centimes"]) == ("AVOIREE_TOTALE", 0)
    assert origine["avoirs_centimes"] == 24000


def test_credit_note_for_an_amount_is_split_by_largest_remainder(monde: Any) -> None:
    """70.00 over 120.00 at 20 % and 20.25 at 5.5 % is 59.89 and 10.11."""
    facture = monde.emise(monde.ligne("100.00"), monde.ligne("19.19", "5.5"))
    assert [g.ttc_centimes for g in facture.totaux.ventilation] == [12000, 2025]
    avoir = monde.cas.creer_avoir(facture.id, DemandeAvoir("remise", montant_ttc_centimes=7000))
    assert [g.ttc_centimes for g in avoir.totaux.ventilation] == [5989, 1011]
    assert avoir.totaux.total_ttc_centimes == 7000


def test_last_credit_note_takes_exactly_what_is_left_of_each_rate(monde: Any) -> None:
    """Credit notes of an invoice add up to it, bases and VAT, to the cent."""
    facture = monde.emise(monde.ligne("100.00"), monde.ligne("19.19", "5.5"))
    premier = monde.cas.creer_avoir(facture.id, DemandeAvoir("a", montant_ttc_centimes=7000))
    dernier = monde.cas.creer_avoir(facture.id, DemandeAvoir("b"))
    for origine, a, b in zip(
        facture.totaux.ventilation, premier.totaux.ventilation, dernier.totaux.ventilation, strict=True
    ):
        assert origine.base_ht_centimes == a.base_ht_centimes + b.base_ht_centimes
        assert origine.tva_centimes == a.tva_centimes + b.tva_centimes


def test_credit_note_above_the_creditable_is_refused(monde: Any) -> None:
    """Total less earlier credit notes, to the cent; afterwards nothing is left."""
    facture = monde.emise()
    monde.cas.creer_avoir(facture.id, DemandeAvoir("a", montant_ttc_centimes=4000))
    with pytest.raises(e.AvoirSuperieurError) as refus:
        monde.cas.creer_avoir(facture.id, DemandeAvoir("b", montant_ttc_centimes=20001))
    assert refus.value.faits["creditable_centimes"] == 20000
    monde.cas.creer_avoir(facture.id, DemandeAvoir("c"))
    with pytest.raises(e.AvoirSuperieurError):
        monde.cas.creer_avoir(facture.id, DemandeAvoir("d"))


def test_credit_above_the_balance_stays_on_the_credit_note(monde: Any) -> None:
    """A paid invoice credited in full leaves the client a credit."""
    facture = monde.emise()
    monde.regler(facture, 20000)
    avoir = monde.cas.creer_avoir(facture.id, DemandeAvoir("retour"))
    assert monde.apercu(avoir)["a_affecter_centimes"] == 20000
    origine = monde.apercu(facture)
    assert (origine["reste_centimes"], origine["avoirs_centimes"], origine["regle_centimes"]) == (
        0,
        4000,
        20000,
    )


def test_credit_note_for_lines_keeps_to_the_rates_of_the_invoice(monde: Any) -> None:
    """A rate that the invoice does not bear is a wrong field."""
    facture = monde.emise()
    with pytest.raises(e.ChampInvalideError):
        monde.cas.creer_avoir(facture.id, DemandeAvoir("a", (monde.ligne("1.00", "5.5"),)))
    avoir = monde.cas.creer_avoir(facture.id, DemandeAvoir("a", (monde.ligne("50.00"),)))
    assert avoir.totaux.total_ttc_centimes == 6000


def test_acts_on_a_credit_note_are_refused(monde: Any) -> None:
    """A credit note takes no payment, write-off, dispute or credit note."""
    avoir = monde.cas.creer_avoir(monde.emise().id, DemandeAvoir("a"))
    for acte in (
        lambda: monde.regler(avoir, 1),
        lambda: monde.cas.passer_ecart(avoir.id, 1, MotifEcart.PERTE),
        lambda: monde.cas.ouvrir_litige(avoir.id, "m"),
        lambda: monde.cas.creer_avoir(avoir.id, DemandeAvoir("b")),
    ):
        with pytest.raises(e.OperationSurAvoirError):
            acte()


def test_write_off_closes_at_most_the_balance(monde: Any) -> None:
    """One cent more than the balance is refused."""
    facture = monde.emise()
    with pytest.raises(e.EcartSuperieurError):
        monde.cas.passer_ecart(facture.id, 24001, MotifEcart.PERTE)
    assert monde.cas.passer_ecart(facture.id, 24000, MotifEcart.PERTE).reste_centimes == 0
    vue = monde.apercu(facture)
    assert (vue["statut_reglement"], vue["ecarts_centimes"]) == ("PAYEE", 24000)


def test_dispute_opens_and_closes_and_is_kept(monde: Any) -> None:
    """Closed today, it is over today; it still covers the days before."""
    facture = monde.emise(jour="2026-11-01")
    monde.cas.ouvrir_litige(facture.id, "cassé", date(2026, 11, 5))
    assert monde.apercu(facture)["litige"]["depuis"] == date(2026, 11, 5)
    monde.cas.clore_litige(facture.id)
    assert monde.apercu(facture)["litige"] is None
    passe = monde.cas.lectures.apercu_au(facture.id, date(2026, 11, 19))
    assert passe.litige.motif == "cassé"
    with pytest.raises(e.LitigeAbsentError):
        monde.cas.clore_litige(facture.id)


def test_disputes_do_not_overlap(monde: Any) -> None:
    """A second dispute must begin after the first has ended."""
    facture = monde.emise(jour="2026-11-01")
    monde.cas.ouvrir_litige(facture.id, "a", date(2026, 11, 5))
    with pytest.raises(e.LitigeOuvertError):
        monde.cas.ouvrir_litige(facture.id, "b")
    monde.cas.clore_litige(facture.id, date(2026, 11, 10))
    with pytest.raises(e.LitigeOuvertError):
        monde.cas.ouvrir_litige(facture.id, "b", date(2026, 11, 10))
    monde.cas.ouvrir_litige(facture.id, "b", date(2026, 11, 11))
    assert monde.apercu(facture)["litige"]["motif"] == "b"


def test_mailing_puts_one_message_with_its_event(monde: Any) -> None:
    """The message says whom, what and how much."""
    facture = monde.emise()
    monde.cas.demander_envoi(facture.id)
    [(destination, message)] = monde.messages()
    assert destination == "facture-topic"
    assert (message["type"], message["numero"], message["reste_centimes"]) == (
        "FactureAEnvoyer",
        "FA-2026-000001",
        24000,
    )
    assert message["destinataire"]["email"] == "helene@clients.example"
    assert monde.cas.lectures.evenements(facture.id)[-1].type == "ENVOI"


def test_mailing_a_draft_is_refused(monde: Any) -> None:
    """A draft is no invoice, so no message leaves."""
    with pytest.raises(e.FactureNonEmiseError):
        monde.cas.demander_envoi(monde.brouillon().id)
    assert monde.messages() == []


def test_history_tells_everything_in_order(monde: Any) -> None:
    """From the draft to the settlement."""
    facture = monde.emise()
    monde.regler(facture, 100)
    types = [evenement.type.value for evenement in monde.cas.lectures.evenements(facture.id)]
    assert types == ["CREATION", "EMISSION", "REGLEMENT"]


def test_invariants_hold_after_a_full_life(monde: Any) -> None:
    """The checks of the operator find nothing."""
    facture = monde.emise()
    monde.regler(facture, 5000)
    monde.cas.creer_avoir(facture.id, DemandeAvoir("a", montant_ttc_centimes=7000))
    monde.cas.passer_ecart(facture.id, 100, MotifEcart.FRAIS_BANCAIRES)
    monde.brouillon()
    rapport = monde.cas.lectures.controler()
    assert (rapport.factures_controlees, list(rapport.violations)) == (2, [])
