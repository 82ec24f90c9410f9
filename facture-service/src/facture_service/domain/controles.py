"""The check before an issue: what would refuse it, then what deserves a look. The issue itself stays the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from facture_service.domain.echeance import delai_legal_jours
from facture_service.domain.emission import REGLES, Projet, Regle
from facture_service.domain.erreurs import FactureError
from facture_service.domain.mentions import PAYS_UE, mentions_de_tva
from facture_service.domain.parties import TypeClient


class Niveau(StrEnum):
    """ERREUR: the issue would be refused. AVERTISSEMENT: it would pass, and perhaps should not."""

    ERREUR = "ERREUR"
    AVERTISSEMENT = "AVERTISSEMENT"
    OK = "OK"


@dataclass(frozen=True)
class Controle:
    """The outcome of one rule: its code, the JSON pointer of the field it is about, a French sentence."""

    regle: str
    pointer: str
    niveau: Niveau
    detail: str


def controler(projet: Projet) -> list[Controle]:
    """Every rule an issue meets, in its order, then the advice."""
    return [_appliquer(regle, projet) for regle in REGLES] + [
        controle for conseil in CONSEILS for controle in conseil(projet)
    ]


def controler_sans_client(projet: Projet) -> list[Controle]:
    """The rules that can be judged while nothing is known of the client."""
    return [_appliquer(regle, projet) for regle in REGLES if not regle.sur_client]


def _appliquer(regle: Regle[Projet], projet: Projet) -> Controle:
    try:
        regle.exiger(projet)
    except FactureError as refus:
        return Controle(regle.code, regle.pointer, Niveau.ERREUR, str(refus))
    return Controle(regle.code, regle.pointer, Niveau.OK, regle.respectee(projet))


def _constat(regle: str, pointer: str, avertissement: str | None, sinon: str) -> Controle:
    if avertissement is None:
        return Controle(regle, pointer, Niveau.OK, sinon)
    return Controle(regle, pointer, Niveau.AVERTISSEMENT, avertissement)


def _siren(p: Projet) -> Iterator[Controle]:
    """The buyer's SIREN is a mention of decree 2022-1299; consumers and foreign companies have none."""
    if p.client.type is TypeClient.PARTICULIER or p.contexte.pays_client != "FR":
        return
    absent = (
        None
        if p.client.siren
        else "Le SIREN du client professionnel manque : c'est une mention de la facture."
    )
    yield _constat("siren-client-absent", "/client/siren", absent, f"SIREN du client : {p.client.siren}.")


def _echeance(p: Projet) -> Iterator[Controle]:
    """The due date, when the law shortened it or when it is past already (C. com. L441-10)."""
    jour = f"{p.date_echeance:%d/%m/%Y}"
    conditions, public = p.client.conditions_paiement, p.client.type is TypeClient.PUBLIC
    legal = delai_legal_jours(conditions, acheteur_public=public)
    avis = None
    if p.date_echeance < p.aujourd_hui:
        avis = f"L'échéance, le {jour}, est déjà passée : la facture serait en retard dès son émission."
    elif legal < conditions.delai_jours:
        avis = (
            f"Le délai convenu de {conditions.delai_jours} jours dépasse la loi : échéance ramenée au {jour}."
        )
    yield _constat("echeance", "/date_echeance", avis, f"Échéance le {jour}.")


def _tva(p: Projet) -> Iterator[Controle]:
    """The mentions that the rates call for, and what contradicts them."""
    mentions = mentions_de_tva(p.contexte)
    taxes = any(ligne.taux_tva for ligne in p.facture.contenu.lignes)
    avis = None
    if p.vendeur.franchise_tva and taxes:
        avis = "Le vendeur est en franchise de TVA et une ligne porte de la TVA : elle serait due."
    elif p.contexte.exoneree and p.contexte.pays_client == "FR":
        avis = "Une ligne est à 0 % sans franchise ni client étranger : vérifiez le motif d'exonération."
    sinon = " ".join(mentions) or "Aucune mention de TVA n'est nécessaire."
    yield _constat("mentions-tva", "/mentions", avis, sinon)


def _tva_intracom(p: Projet) -> Iterator[Controle]:
    """An exempt supply within the Union names the buyer's VAT number."""
    if p.contexte.exoneree and p.contexte.pays_client in PAYS_UE:
        absent = (
            None
            if p.client.tva_intracom
            else "Le numéro de TVA du client manque : il justifie l'exonération."
        )
        numero = f"Numéro de TVA du client : {p.client.tva_intracom}."
        yield _constat("tva-intracom-client-absente", "/client/tva_intracom", absent, numero)


def _total(p: Projet) -> Iterator[Controle]:
    if p.facture.contenu.lignes and p.facture.contenu.totaux().total_ttc_centimes == 0:
        yield Controle("total-nul", "/lignes", Niveau.AVERTISSEMENT, "Le total de la facture est nul.")


def _courriel(p: Projet) -> Iterator[Controle]:
    absent = (
        None
        if p.client.email
        else "Le client n'a pas d'adresse électronique : l'envoi serait à traiter à la main."
    )
    yield _constat("courriel-client-absent", "/client/email", absent, f"Envoi possible à {p.client.email}.")


CONSEILS: tuple[Callable[[Projet], Iterator[Controle]], ...] = (
    _siren,
    _echeance,
    _tva,
    _tva_intracom,
    _total,
    _courriel,
)
