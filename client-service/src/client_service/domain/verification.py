"""A client's identifiers and addresses looked at while they are typed, by the rules that judge the whole record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from client_service.domain.anomalies import Anomalie
from client_service.domain.client import PAYS_DU_SIREN, Adresse, FicheClient
from client_service.domain.coordonnees import courriel, telephone
from client_service.domain.fiche import lisible, verifier
from client_service.domain.identifiants import siren_de, tva_de

CHAMPS = {
    "siren": "/siren",
    "siret": "/siret",
    "tva_intracom": "/tva_intracom",
    "code_postal": "/adresse/code_postal",
    "pays": "/adresse/pays",
    "email": "/email",
    "telephone": "/telephone",
}
"""What can be looked at, and its place in the record."""
# Prefixes of VAT numbers that are not the country's ISO code.
_PAYS_DE_LA_TVA = {"EL": "GR", "XI": "GB"}
# No French post code begins so: 96 was never given, 99 stands for abroad in statistics only.
_DEBUTS_SANS_COMMUNE = ("96", "99")


class NiveauConstat(StrEnum):
    """ERREUR: the record would be refused. AVERTISSEMENT: it would be taken, and is worth a second look."""

    OK = "OK"
    ERREUR = "ERREUR"
    AVERTISSEMENT = "AVERTISSEMENT"


@dataclass(frozen=True, slots=True)
class Constat:
    """What is found about one field; `propose` is a value for the field `propose_pour`, maybe another one."""

    champ: str
    niveau: NiveauConstat
    code: str | None = None
    detail: str | None = None
    propose: str | None = None
    propose_pour: str | None = None


def constater(fiche: FicheClient, champs: Sequence[str]) -> list[Constat]:
    """One finding for each of `champs`, names of CHAMPS; whatever else the record lacks does not count."""
    lue = lisible(fiche)
    anomalies: dict[str, Anomalie] = {}
    for anomalie in verifier(lue):
        anomalies.setdefault(anomalie.pointer, anomalie)
    return [_constat(champ, lue, anomalies.get(CHAMPS[champ])) for champ in champs]


def _constat(champ: str, fiche: FicheClient, anomalie: Anomalie | None) -> Constat:
    if anomalie is not None:
        propose = _correction(champ, fiche, anomalie.code)
        pour = champ if propose else None
        return Constat(champ, NiveauConstat.ERREUR, anomalie.code, anomalie.detail, propose, pour)
    niveau, code, detail = next(_doutes(champ, fiche), (NiveauConstat.OK, None, None))
    pour, propose = _suite(champ, fiche)
    return Constat(champ, niveau, code, detail, propose, pour if propose else None)


def _correction(champ: str, fiche: FicheClient, code: str) -> str | None:
    """The value that would be right, where the other fields tell it."""
    if code == "tva-d-un-autre-siren":
        return tva_de(siren_de(fiche))
    if champ == "pays" and fiche.adresse is not None and fiche.adresse.pays.islower():
        return fiche.adresse.pays.upper()
    return None


def _doutes(champ: str, fiche: FicheClient) -> Iterator[tuple[NiveauConstat, str, str]]:
    """What is allowed and unlikely."""
    adresse, tva = fiche.adresse, fiche.tva_intracom
    if adresse is None:
        return
    if champ == "tva_intracom" and tva is not None and not _meme_pays(tva[:2], adresse.pays):
        texte = "Le numéro de TVA est d'un autre pays que l'adresse."
        yield NiveauConstat.AVERTISSEMENT, "tva-d-un-autre-pays", texte
    if champ == "code_postal" and _sans_commune(adresse):
        texte = "Aucun code postal français ne commence ainsi."
        yield NiveauConstat.AVERTISSEMENT, "code-postal-inconnu", texte


def _meme_pays(prefixe: str, pays: str) -> bool:
    return pays in PAYS_DU_SIREN if prefixe == "FR" else _PAYS_DE_LA_TVA.get(prefixe, prefixe) == pays


def _sans_commune(adresse: Adresse) -> bool:
    return adresse.pays == "FR" and (adresse.code_postal or "").startswith(_DEBUTS_SANS_COMMUNE)


def _suite(champ: str, fiche: FicheClient) -> tuple[str, str | None]:
    """What follows from a right value: a field and the value that belongs there."""
    match champ:
        case "siren":
            return "tva_intracom", tva_de(fiche.siren)
        case "siret":
            return "siren", (fiche.siret or "")[:9]
        case "email":
            return "email", courriel(fiche.email or "")
        case "telephone":
            pays = fiche.adresse.pays if fiche.adresse else "FR"
            return "telephone", telephone(fiche.telephone or "", pays)
    return champ, getattr(fiche, champ, None)
