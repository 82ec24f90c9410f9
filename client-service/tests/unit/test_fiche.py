"""The rules of a client's record."""

from __future__ import annotations

import pytest

from client_service.domain.client import (
    Adresse,
    ConditionsPaiement,
    FicheClient,
    ModeEcheance,
    TypeClient,
)
from client_service.domain.erreurs import ClientInvalideError
from client_service.domain.fiche import accepter


def entreprise(**champs: object) -> FicheClient:
    """A valid company, with some fields changed."""
    return FicheClient(**{"type": TypeClient.ENTREPRISE, "raison_sociale": "Moulins Réunis", **champs})  # type: ignore[arg-type]


def codes(fiche: FicheClient) -> set[str]:
    """The codes of the rules that ``fiche`` breaks."""
    try:
        accepter(fiche)
    except ClientInvalideError as error:
        return {anomalie.code for anomalie in error.anomalies}
    return set()


def test_la_poste_siret_is_accepted() -> None:
    """An establishment of La Poste fails Luhn and passes by its own rule."""
    assert codes(entreprise(siret="35600000049837")) == set()


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"siren": "732829321"}, {"siren-invalide"}),
        ({"siret": "73282932000075"}, {"siret-invalide"}),
        ({"siren": "732829320", "siret": "35600000049837"}, {"siret-d-un-autre-siren"}),
        ({"tva_intracom": "FR43732829320"}, {"tva-invalide"}),
        ({"siren": "356000000", "tva_intracom": "FR44732829320"}, {"tva-d-un-autre-siren"}),
        ({"email": "nobody"}, {"email-invalide"}),
        ({"telephone": "12"}, {"telephone-invalide"}),
        ({"raison_sociale": " "}, {"obligatoire"}),
        ({"langue": "FRA"}, {"langue-invalide"}),
        ({"adresse": Adresse(ligne1="1 rue X", ville="Paris", code_postal="7500")}, {"code-postal-invalide"}),
        ({"adresse": Adresse(ligne1="1 rue X", ville="Paris", pays="fr")}, {"pays-invalide"}),
        ({"adresse": Adresse(ligne1="1 rue X", ville="Paris", pays="ZZ")}, {"pays-invalide"}),
        ({"adresse": Adresse(ligne1="1 rue X", ville="Georgetown", pays="AC")}, {"pays-invalide"}),
        ({"adresse": Adresse(ligne1="\u200b", ville="Bruxelles", pays="BE")}, {"obligatoire"}),
        ({"raison_sociale": "\u200b\u200d\ufeff"}, {"obligatoire"}),
        ({"raison_sociale": "\u3164 \u2800\u00ad"}, {"obligatoire"}),
        ({"raison_sociale": "\u0301\ufe0f"}, {"obligatoire"}),
        ({"type": TypeClient.PARTICULIER, "nom": "\u2060\u202e", "prenom": "Ada"}, {"obligatoire"}),
    ],
)
def test_a_broken_rule_has_its_own_code(champs: dict[str, object], attendu: set[str]) -> None:
    """Each rule is named by one code."""
    assert codes(entreprise(**champs)) == attendu


def test_all_broken_rules_are_told_at_once() -> None:
    """Three mistakes, three anomalies."""
    assert len(codes(entreprise(siren="1", email="x", telephone="y"))) == 3


def test_the_siren_is_taken_from_the_siret_and_the_telephone_is_normalised() -> None:
    """What is stored is in one form."""
    fiche = accepter(entreprise(siret="73282932000074", telephone="01 42 68 53 00"))
    assert (fiche.siren, fiche.telephone) == ("732829320", "+33142685300")


@pytest.mark.parametrize(
    ("champ", "saisi", "garde"),
    [
        ("siren", "732 829 320", "732829320"),
        ("siren", "732\u202f829\u00a0320\u200b", "732829320"),
        ("siren", "７３２８２９３２０", "732829320"),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("siret", "732-829-320.00074", "73282932000074"),
        ("tva_intracom", "fr 44 732 829 320", "FR44732829320"),
    ],
)
def test_a_number_is_kept_without_what_separates_its_digits(champ: str, saisi: str, garde: str) -> None:
    """As people write and paste it; so it is found again, and unique."""
    assert getattr(accepter(entreprise(**{champ: saisi})), champ) == garde


def test_the_vat_number_belongs_to_the_siren_of_the_siret() -> None:
    """Also when the SIREN itself is not given."""
    assert codes(entreprise(siret="35600000049837", tva_intracom="FR44732829320")) == {"tva-d-un-autre-siren"}
    assert codes(entreprise(siret="73282932000074", tva_intracom="fr44732829320")) == set()


def test_invisible_characters_are_left_out_of_names_and_addresses() -> None:
    """What a copied cell drags along; the joiners that shape words of other scripts stay."""
    adresse = Adresse(ligne1="1 rue\u00ad X", ligne2="\ufeff", ville="Lyon\u200b", code_postal="69001")
    fiche = accepter(entreprise(raison_sociale="\ufeffMou\u200blins \u202eRéunis\u2060 ", adresse=adresse))
    assert fiche.raison_sociale == "Moulins Réunis"
    assert fiche.adresse == Adresse(ligne1="1 rue X", ville="Lyon", code_postal="69001")
    assert accepter(entreprise(raison_sociale="نامه\u200cای")).raison_sociale == "نامه\u200cای"


@pytest.mark.parametrize("pays", ["BE", "GB", "PF", "TF", "XK"])
def test_a_country_of_the_standard_is_taken(pays: str) -> None:
    """Those without telephone numbers too."""
    assert codes(entreprise(adresse=Adresse(ligne1="1 rue X", ville="Ville", pays=pays))) == set()


def test_a_reunion_number_is_a_french_number() -> None:
    """0692 is La Réunion's, written as a French client writes it."""
    assert accepter(entreprise(telephone="0692 12 34 56")).telephone == "+262692123456"


def test_an_example_address_is_an_address() -> None:
    """Reserved domains are fit for demonstrations."""
    assert accepter(entreprise(email="0379-NEVHP@clients.example")).email == "0379-NEVHP@clients.example"


@pytest.mark.parametrize(
    ("type_client", "mode", "jours", "licite"),
    [
        (TypeClient.ENTREPRISE, ModeEcheance.NET, 60, True),
        (TypeClient.ENTREPRISE, ModeEcheance.NET, 61, False),
        (TypeClient.ENTREPRISE, ModeEcheance.FIN_DE_MOIS, 45, True),
        (TypeClient.ENTREPRISE, ModeEcheance.FIN_DE_MOIS_PUIS_JOURS, 46, False),
        (TypeClient.PUBLIC, ModeEcheance.NET, 30, True),
        (TypeClient.PUBLIC, ModeEcheance.NET, 31, False),
        (TypeClient.ENTREPRISE, ModeEcheance.NET, -1, False),
    ],
)
def test_terms_stay_within_the_law(
    type_client: TypeClient, mode: ModeEcheance, jours: int, licite: bool
) -> None:
    """The legal maximum depends on the type of client and the mode."""
    fiche = entreprise(type=type_client, conditions_paiement=ConditionsPaiement(jours, mode))
    assert (codes(fiche) == set()) is licite


def test_a_consumer_needs_a_name_and_carries_no_company_number() -> None:
    """A consumer is a person."""
    assert codes(FicheClient(type=TypeClient.PARTICULIER, siren="732829320")) == {
        "obligatoire",
        "interdit-pour-un-particulier",
    }
