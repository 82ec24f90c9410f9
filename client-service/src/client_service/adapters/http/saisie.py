"""What helps while a client is typed: possible duplicates, and the rules field by field."""

from __future__ import annotations

from typing import Any

import orjson

from client_service.adapters.http.cas_usage import CasUsage, fiche_de
from client_service.adapters.schemas import (
    ConstatJson,
    DoublonJson,
    FicheJson,
    QuestionDoublons,
    QuestionVerification,
)
from client_service.application.consultation import Doublon
from client_service.application.doublons import Indices
from client_service.domain.verification import CHAMPS, Constat, NiveauConstat, constater
from ressort.flask.api import Api, FieldError, InvalidBody
from ressort.flask.api_body import Validator

MAX_DOUBLONS = 10
_FORME = Validator[FicheJson](FicheJson)


def routes_de_saisie(api: Api, cas: CasUsage) -> None:
    """Questions asked at every pause in typing; nothing is stored."""

    @api.get("/clients/doublons", response=list[DoublonJson])
    def doublons(question: QuestionDoublons) -> list[dict[str, Any]]:
        """Les clients qui sont peut-être celui que l'on saisit, 10 au plus, les plus sûrs d'abord.

        Les noms se comparent sans casse, accents, ponctuation ni forme juridique ; pour un particulier, `nom`
        est « prénom nom ». Une valeur à demi saisie ne ressemble à rien, ce n'est pas une erreur. `sauf` est
        le client que l'on modifie.
        """
        indices = Indices.de(question.siren, question.siret, question.nom, question.email)
        return [_doublon(d) for d in cas.lectures.doublons(indices, question.sauf or None, MAX_DOUBLONS)]

    @api.get("/clients/verification", response=list[ConstatJson])
    def verification(question: QuestionVerification) -> list[dict[str, Any]]:
        """Ce que le service pense de chaque champ donné, sans rien enregistrer.

        ERREUR : l'enregistrement le refuserait, avec ce code. `propose` est une valeur pour le champ
        `propose_pour` : le numéro de TVA d'un SIREN, le SIREN d'un SIRET, le téléphone en forme
        internationale.
        """
        return [_constat(constat) for constat in _constats(question)]


def _constats(question: QuestionVerification) -> list[Constat]:
    donnes = {champ: valeur for champ in CHAMPS if (valeur := (getattr(question, champ) or "").strip())}
    refus = _refus_de_forme(question.type, donnes)
    restants = {champ: valeur for champ, valeur in donnes.items() if champ not in refus}
    fiche = fiche_de(_lire(question.type, restants))
    trouves = {constat.champ: constat for constat in constater(fiche, list(restants))}
    return [trouves.get(champ) or refus[champ] for champ in donnes]


def _refus_de_forme(type_client: str, donnes: dict[str, str]) -> dict[str, Constat]:
    """What the record's own form refuses before any rule is looked at: too long, control characters."""
    try:
        _lire(type_client, donnes)
    except InvalidBody as error:
        places = {place: champ for champ, place in CHAMPS.items()}
        return {places[e.pointer]: _de_forme(places[e.pointer], e) for e in error.errors}
    return {}


def _lire(type_client: str, donnes: dict[str, str]) -> FicheJson:
    """The record that these fields would make, complete in what is not looked at. Raises InvalidBody."""
    champs: dict[str, Any] = {"type": type_client, "raison_sociale": "-", "nom": "-"}
    adresse = {champ: donnes[champ] for champ in ("code_postal", "pays") if champ in donnes}
    champs |= {champ: valeur for champ, valeur in donnes.items() if champ not in adresse}
    if adresse:
        champs["adresse"] = {"ligne1": "-", "ville": "-", **adresse}
    return _FORME.validate(orjson.dumps(champs), champs)


def _de_forme(champ: str, error: FieldError) -> Constat:
    return Constat(champ, NiveauConstat.ERREUR, error.code, error.detail)


def _constat(constat: Constat) -> dict[str, Any]:
    return {
        "champ": constat.champ,
        "niveau": constat.niveau,
        "code": constat.code,
        "detail": constat.detail,
        "propose": constat.propose,
        "propose_pour": constat.propose_pour,
    }


def _doublon(doublon: Doublon) -> dict[str, Any]:
    fiche = doublon.client.fiche
    return {
        "id": doublon.client.id,
        "nom_affiche": fiche.nom_affiche,
        "siren": fiche.siren,
        "ville": fiche.ville or None,
        "motif": doublon.motif,
        "archive": doublon.client.archive,
    }
