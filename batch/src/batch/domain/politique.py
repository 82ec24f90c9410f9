"""Dunning policies: when each level of reminder is due and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MISE_EN_DEMEURE = 4
"""From this level on a reminder is a letter that a person confirms; below, it is mailed by itself."""


class Envoi(StrEnum):
    """Whether a level is mailed by itself or waits for a person."""

    AUTOMATIQUE = "AUTOMATIQUE"
    MANUEL = "MANUEL"


@dataclass(frozen=True)
class Niveau:
    """One level: from `delai_jours` days late on; `penalites`: it states interest and the 40 EUR."""

    niveau: int
    delai_jours: int
    penalites: bool
    envoi: Envoi = Envoi.AUTOMATIQUE


@dataclass(frozen=True)
class Anomalie:
    """A rule broken by a policy: JSON pointer, code, sentence."""

    pointer: str
    code: str
    detail: str


@dataclass(frozen=True)
class Politique:
    """A named ladder of levels; every change makes a new version."""

    nom: str
    niveaux: tuple[Niveau, ...]
    version: int = 1
    intervalle_min_jours: int = 7
    minimum_centimes: int = 500
    indemnite_centimes: int = 4000
    libelle: str = ""

    def niveau(self, numero: int) -> Niveau | None:
        """The level of that number, or None above the last one."""
        return self.niveaux[numero - 1] if 0 < numero <= len(self.niveaux) else None

    @property
    def dernier(self) -> int:
        """The highest level."""
        return len(self.niveaux)


@dataclass(frozen=True)
class Politiques:
    """The policies as they were at one moment, by name."""

    par_nom: dict[str, Politique] = field(default_factory=dict)

    def trouver(self, nom: str) -> Politique | None:
        """The policy of that name, if there is one."""
        return self.par_nom.get(nom)

    @property
    def versions(self) -> dict[str, int]:
        """What is frozen at the first launch of a run."""
        return {nom: politique.version for nom, politique in sorted(self.par_nom.items())}


STANDARD = Politique(
    nom="standard",
    libelle="Relances standard",
    niveaux=(
        Niveau(1, 5, penalites=False),
        Niveau(2, 15, penalites=True),
        Niveau(3, 30, penalites=True),
        Niveau(4, 45, penalites=True, envoi=Envoi.MANUEL),
    ),
)
"""api.md 6: levels from 5, 15, 30 and 45 days late, penalties from level 2, level 4 by hand."""


def anomalies(politique: Politique) -> list[Anomalie]:
    """Every rule the policy breaks; an empty list for a good one."""
    found = list(_bornes(politique))
    if not 1 <= len(politique.niveaux) <= 9:
        found.append(Anomalie("/niveaux", "nombre-de-niveaux", "Une politique a de 1 à 9 niveaux."))
    for rang, niveau in enumerate(politique.niveaux):
        found += _anomalies_du_niveau(politique, rang, niveau)
    return found


def _bornes(politique: Politique) -> list[Anomalie]:
    bornes = (
        ("intervalle_min_jours", politique.intervalle_min_jours, 1, 365),
        ("minimum_centimes", politique.minimum_centimes, 0, 10**9),
        ("indemnite_centimes", politique.indemnite_centimes, 0, 10**6),
    )
    return [
        Anomalie(f"/{nom}", "hors-limites", f"{nom} doit être compris entre {bas} et {haut}.")
        for nom, valeur, bas, haut in bornes
        if not bas <= valeur <= haut
    ]


def _anomalies_du_niveau(politique: Politique, rang: int, niveau: Niveau) -> list[Anomalie]:
    found = []
    if niveau.niveau != rang + 1:
        found.append(
            Anomalie(
                f"/niveaux/{rang}/niveau", "niveau-non-consecutif", f"Le niveau {rang + 1} est attendu ici."
            )
        )
    precedent = politique.niveaux[rang - 1].delai_jours if rang else 0
    if not precedent < niveau.delai_jours <= 3650:
        found.append(
            Anomalie(
                f"/niveaux/{rang}/delai_jours",
                "delai-non-croissant",
                f"Le délai doit dépasser {precedent} jours et ne pas dépasser 3650.",
            )
        )
    impose = Envoi.MANUEL if niveau.niveau >= MISE_EN_DEMEURE else Envoi.AUTOMATIQUE
    if niveau.envoi is not impose:
        detail = (
            f"Le niveau {niveau.niveau} est {impose} : seules les mises en demeure attendent une personne."
        )
        found.append(Anomalie(f"/niveaux/{rang}/envoi", "envoi-impose", detail))
    return found
