"""Accepting a record: every rule at once, then the record in its normal form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from client_service.domain.anomalies import Anomalie
from client_service.domain.client import FicheClient, TypeClient
from client_service.domain.conditions import verifier_conditions
from client_service.domain.coordonnees import courriel, telephone, verifier_coordonnees
from client_service.domain.erreurs import ClientInvalideError
from client_service.domain.identifiants import avec_identifiants_compacts, siren_de, verifier_identifiants
from client_service.domain.invisibles import sans_invisibles


def accepter(fiche: FicheClient) -> FicheClient:
    """``fiche`` in normal form.

    SIREN from SIRET, registration numbers without separators, E.164 telephone, normal e-mail, no invisible characters.
    Raises ClientInvalideError with all the broken rules.
    """
    fiche = lisible(fiche)
    anomalies = list(verifier(fiche))
    if anomalies:
        raise ClientInvalideError(anomalies)
    pays = fiche.adresse.pays if fiche.adresse else "FR"
    return replace(
        fiche,
        siren=siren_de(fiche),
        email=courriel(fiche.email) if fiche.email else None,
        telephone=telephone(fiche.telephone, pays) if fiche.telephone else None,
    )


def lisible(fiche: FicheClient) -> FicheClient:
    """``fiche`` as it is judged: without invisible characters nor separators in its registration numbers."""
    return avec_identifiants_compacts(sans_invisibles(fiche))


def verifier(fiche: FicheClient) -> Iterator[Anomalie]:
    """Every rule the record breaks."""
    yield from _verifier_nom(fiche)
    yield from verifier_identifiants(fiche)
    yield from verifier_coordonnees(fiche)
    yield from verifier_conditions(fiche)
    if len(fiche.langue) != 2 or not fiche.langue.isalpha() or not fiche.langue.islower():
        yield Anomalie("/langue", "langue-invalide", "La langue est un code ISO 639 de deux minuscules.")


def _verifier_nom(fiche: FicheClient) -> Iterator[Anomalie]:
    if fiche.type is TypeClient.PARTICULIER:
        if not (fiche.nom or "").strip():
            yield Anomalie("/nom", "obligatoire", "Le nom d'un particulier est obligatoire.")
    elif not (fiche.raison_sociale or "").strip():
        yield Anomalie("/raison_sociale", "obligatoire", "La raison sociale est obligatoire.")
