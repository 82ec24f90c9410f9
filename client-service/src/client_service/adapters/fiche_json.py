"""A client's record as JSON and back: one form for the API and for the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from client_service.domain.client import (
    Adresse,
    Client,
    ConditionsPaiement,
    FicheClient,
    ModeEcheance,
    Suspension,
    TypeClient,
)

CHAMPS_DERIVES = ("id", "nom_affiche", "archive", "cree_le", "modifie_le")


def fiche_en_json(fiche: FicheClient) -> dict[str, Any]:
    """The record with every field, dates as ``YYYY-MM-DD``."""
    champs = asdict(fiche)
    if fiche.suspension is not None and fiche.suspension.jusqu_au is not None:
        champs["suspension"]["jusqu_au"] = fiche.suspension.jusqu_au.isoformat()
    return champs


def fiche_de_json(champs: Mapping[str, Any]) -> FicheClient:
    """The record from its JSON; members of other names are not expected."""
    adresse, suspension = champs.get("adresse"), champs.get("suspension")
    conditions = champs.get("conditions_paiement")
    simples = {
        nom: valeur
        for nom, valeur in champs.items()
        if nom not in ("type", "adresse", "suspension", "conditions_paiement")
    }
    return FicheClient(
        **simples,
        type=TypeClient(champs["type"]),
        adresse=Adresse(**adresse) if adresse else None,
        suspension=_suspension(suspension) if suspension else None,
        conditions_paiement=_conditions(conditions) if conditions else ConditionsPaiement(),
    )


def client_en_json(client: Client) -> dict[str, Any]:
    """The whole client as the API shows it, fields in the contract's order."""
    champs = fiche_en_json(client.fiche)
    return {
        "id": client.id,
        "type": champs.pop("type"),
        "raison_sociale": champs.pop("raison_sociale"),
        "prenom": champs.pop("prenom"),
        "nom": champs.pop("nom"),
        "nom_affiche": client.fiche.nom_affiche,
        **champs,
        "archive": client.archive,
        "cree_le": client.cree_le,
        "modifie_le": client.modifie_le,
    }


def _suspension(champs: Mapping[str, Any]) -> Suspension:
    jusqu_au = champs.get("jusqu_au")
    return Suspension(
        champs["motif"], date.fromisoformat(jusqu_au) if isinstance(jusqu_au, str) else jusqu_au
    )


def _conditions(champs: Mapping[str, Any]) -> ConditionsPaiement:
    return ConditionsPaiement(champs["delai_jours"], ModeEcheance(champs["mode"]))
