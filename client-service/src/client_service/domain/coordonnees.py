"""E-mail, telephone and postal address: checked, and brought to one form."""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from client_service.domain.anomalies import Anomalie
from client_service.domain.client import Adresse, FicheClient

# Numbers of the overseas departments have regions of their own in the numbering plan.
_REGIONS_FRANCAISES = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF")
# The regions of the numbering plan are ISO 3166-1 countries, but for Ascension and Tristan da Cunha, which have
# numbers and no code, and for the countries without inhabitants or without numbers of their own. Kosovo's XK is
# not ISO's; it is what the European Union writes.
PAYS = (frozenset(phonenumbers.SUPPORTED_REGIONS) - {"AC", "TA"}) | {
    "AQ", "BV", "GS", "HM", "PN", "TF", "UM",
}  # fmt: skip
"""ISO 3166-1 alpha-2 codes that an address may carry."""
# Reserved by RFC 2606 for documents and tests, refused by the library unless it is told otherwise.
_DOMAINES_D_EXEMPLE = (".example", ".test", ".localhost")


def verifier_coordonnees(fiche: FicheClient) -> Iterator[Anomalie]:
    """The anomalies of the record's e-mail, telephone and address."""
    if fiche.email is not None and courriel(fiche.email) is None:
        yield Anomalie("/email", "email-invalide", "L'adresse électronique n'est pas valable.")
    if fiche.telephone is not None and telephone(fiche.telephone, _pays(fiche)) is None:
        yield Anomalie("/telephone", "telephone-invalide", "Le numéro de téléphone n'existe pas.")
    if fiche.adresse is not None:
        yield from _verifier_adresse(fiche.adresse)


def courriel(adresse: str) -> str | None:
    """``adresse`` in its normal form, None when it is not an e-mail address."""
    essai = adresse.lower().endswith(_DOMAINES_D_EXEMPLE)
    try:
        return validate_email(adresse, check_deliverability=False, test_environment=essai).normalized
    except EmailNotValidError:
        return _exemple(adresse) if essai else None


def _exemple(adresse: str) -> str | None:
    """An address of a reserved example domain, checked under a domain the library accepts."""
    locale, _, domaine = adresse.rpartition("@")
    try:
        validate_email(f"{locale}@{domaine}.com", check_deliverability=False)
    except EmailNotValidError:
        return None
    return adresse


def telephone(numero: str, pays: str) -> str | None:
    """``numero`` as E.164 (``+33...``), None when no such number can exist; read as a number of ``pays``."""
    for region in _REGIONS_FRANCAISES if pays == "FR" else (pays,):
        try:
            lu = phonenumbers.parse(numero, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(lu):
            return str(phonenumbers.format_number(lu, phonenumbers.PhoneNumberFormat.E164))
    return None


def _pays(fiche: FicheClient) -> str:
    return fiche.adresse.pays if fiche.adresse else "FR"


def _verifier_adresse(adresse: Adresse) -> Iterator[Anomalie]:
    for champ in ("ligne1", "ville"):
        if not getattr(adresse, champ).strip():
            yield Anomalie(
                f"/adresse/{champ}", "obligatoire", "Une adresse a une première ligne et une ville."
            )
    if adresse.pays not in PAYS:
        yield Anomalie(
            "/adresse/pays",
            "pays-invalide",
            "Le pays est un code ISO 3166-1 de deux majuscules, par exemple FR ou BE.",
        )
    elif adresse.pays == "FR" and not _code_postal_francais(adresse.code_postal or ""):
        yield Anomalie(
            "/adresse/code_postal", "code-postal-invalide", "Le code postal français a 5 chiffres."
        )


def _code_postal_francais(code: str) -> bool:
    return len(code) == 5 and code.isascii() and code.isdigit()
