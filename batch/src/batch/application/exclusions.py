"""Clients left out of a run of reminders, as parameters of the job: they name its instance like the others.

A parameter holds 2500 characters, so many clients need several: `exclusions`, `exclusions.2`, `exclusions.3`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ressort.batch import ExecutionContext, JobParameters

NOM = "exclusions"
LONGUEUR_ID = 36
MAXIMUM = 1_000
LONGUEUR_MOTIF = 200
MOTIFS = "motifs_exclusion"
"""Where the context of a run keeps why a person left clients out: the reasons do not name the instance."""
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


def motifs_de(contexte: ExecutionContext) -> dict[str, str]:
    """Why each client was left out of a run; those left out without a reason are missing."""
    return dict(contexte.get(MOTIFS) or {})


def lire(valeur: object) -> dict[str, str | None] | None:
    """Clients to leave out with the reasons: of a list of ids or of `{"client_id", "motif"}`; None if it is none."""
    if not isinstance(valeur, list) or len(valeur) > MAXIMUM:
        return None
    lues = [_lire_une(une) for une in valeur]
    return None if None in lues else dict(une for une in lues if une is not None)


def _lire_une(valeur: object) -> tuple[str, str | None] | None:
    objet: dict[str, Any] = valeur if isinstance(valeur, dict) else {"client_id": valeur}
    client, motif = objet.get("client_id"), objet.get("motif")
    if not est_identifiant(client) or not set(objet) <= {"client_id", "motif"}:
        return None
    if motif is None:
        return str(client), None
    propre = motif.strip() if isinstance(motif, str) else ""
    return (str(client), propre) if 1 <= len(propre) <= LONGUEUR_MOTIF and propre.isprintable() else None


def est_identifiant(valeur: object) -> bool:
    """Whether it can be a client's id: visible ASCII without a comma."""
    if not isinstance(valeur, str) or not 1 <= len(valeur) <= LONGUEUR_ID:
        return False
    return valeur.isascii() and valeur.isprintable() and not set(valeur) & {",", " "}


def _est_exclusions(nom: str) -> bool:
    return nom == NOM or nom.startswith(f"{NOM}.")
