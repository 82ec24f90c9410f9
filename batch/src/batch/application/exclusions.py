"""Clients left out of a run of reminders, as parameters of the job: they name its instance like the others.

A parameter holds 2500 characters, so many clients need several: `exclusions`, `exclusions.2`, `exclusions.3`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ressort.batch import JobParameters

NOM = "exclusions"
LONGUEUR_ID = 36
MAXIMUM = 1_000
_PAR_PARAMETRE = 60


def en_parametres(clients: Collection[str]) -> dict[str, str]:
    """The parameters that say these clients, whatever their order; none for nobody."""
    ids = sorted(set(clients))
    lots = [ids[debut : debut + _PAR_PARAMETRE] for debut in range(0, len(ids), _PAR_PARAMETRE)]
    return {(NOM if rang == 1 else f"{NOM}.{rang}"): ",".join(lot) for rang, lot in enumerate(lots, 1)}


def des_parametres(parametres: JobParameters) -> list[str]:
    """The clients that the parameters of a run say, sorted."""
    textes = [str(p.value) for nom, p in parametres.items() if _est_exclusions(nom)]
    return sorted(id for texte in textes for id in texte.split(","))


def sans_exclusions(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """The other parameters."""
    return {nom: valeur for nom, valeur in valeurs.items() if not _est_exclusions(nom)}


def est_identifiant(valeur: object) -> bool:
    """Whether it can be a client's id: visible ASCII without a comma."""
    if not isinstance(valeur, str) or not 1 <= len(valeur) <= LONGUEUR_ID:
        return False
    return valeur.isascii() and valeur.isprintable() and not set(valeur) & {",", " "}


def _est_exclusions(nom: str) -> bool:
    return nom == NOM or nom.startswith(f"{NOM}.")
