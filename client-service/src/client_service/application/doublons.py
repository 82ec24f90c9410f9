"""Clients that may be one and the same: what tells, and how names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from client_service.domain.client import FicheClient
from client_service.domain.identifiants import compacter
from ressort.texts import fold

MAX_NOM = 300
"""Characters of a folded name that are compared."""

_FORMES = frozenset(
    """sa sas sasu sarl sarlu eurl snc sci scm scp scpi sc sca scs scop scic scea selarl selas selasu selafa selca
    earl gaec gie ei eirl sem spl se ste societe ets etablissement etablissements cie compagnie association asso et
    gmbh ag kg ltd limited llc llp inc corp plc bv nv srl spa sl oy ab""".split()  # noqa: SIM905
)
_EN_TOUTES_LETTRES = re.compile(
    r"societe (?:a responsabilite limitee|anonyme|par actions simplifiee|en nom collectif|civile immobiliere|civile)"
    r"(?: unipersonnelle)?|entreprise (?:unipersonnelle a responsabilite limitee|individuelle)"
)
_COLLES = re.compile("[.'’ʼ`´]")


class MotifDoublon(StrEnum):
    """Why two records may be one client, the surest first."""

    SIRET = "SIRET"
    SIREN = "SIREN"
    NOM = "NOM"
    COURRIEL = "COURRIEL"


@dataclass(frozen=True, slots=True)
class Indices:
    """What is known of a client being typed, each in the form that is compared; None where it tells nothing yet."""

    siret: str | None = None
    siren: str | None = None
    nom: str | None = None
    courriel: str | None = None

    @classmethod
    def de(
        cls,
        siren: str | None = None,
        siret: str | None = None,
        nom: str | None = None,
        email: str | None = None,
    ) -> Indices:
        """What these texts tell, half-typed ones nothing."""
        etablissement = _chiffres(siret, 14)
        entreprise = _chiffres(siren, 9) or (etablissement[:9] if etablissement else None)
        courriel = cle_de_courriel(email or "")
        return cls(
            etablissement, entreprise, cle_de_nom(nom or "") or None, courriel if "@" in courriel else None
        )

    def motif(self, fiche: FicheClient) -> MotifDoublon | None:
        """The surest reason to take the record for the same client."""
        paires = (
            (MotifDoublon.SIRET, self.siret, fiche.siret),
            (MotifDoublon.SIREN, self.siren, fiche.siren),
            (MotifDoublon.NOM, self.nom, cle_de_nom(fiche.nom_affiche)),
            (MotifDoublon.COURRIEL, self.courriel, cle_de_courriel(fiche.email or "")),
        )
        return next((motif for motif, typed, kept in paires if typed is not None and typed == kept), None)


def cle_de_nom(nom: str) -> str:
    """A name as it is compared: ``S.A.R.L. Moulins Réunis`` and ``Réunis, Moulins`` give ``moulins reunis``.

    Without case, accents, punctuation and legal form, its words in one order. A name that is only a form is kept;
    one without any letter is empty and like no other.
    """
    plat = _COLLES.sub("", fold(nom))
    mots = _mots("".join(c if c.isalnum() else " " for c in plat).split())
    phrase = _EN_TOUTES_LETTRES.sub(" ", " ".join(mots)).split()
    retenus = [mot for mot in phrase if mot not in _FORMES] or mots
    return " ".join(sorted(retenus))[:MAX_NOM]


def cle_de_courriel(adresse: str) -> str:
    """An e-mail address as it is compared."""
    return adresse.strip().casefold()[:254]


def _mots(mots: list[str]) -> list[str]:
    """The words, letters standing alone joined with their like: ``s a r l`` is ``sarl``."""
    groupes = groupby(mots, key=lambda mot: len(mot) == 1)
    return [mot for seules, suite in groupes for mot in (["".join(suite)] if seules else suite)]


def _chiffres(texte: str | None, nombre: int) -> str | None:
    compact = compacter(texte or "")
    return compact if len(compact) == nombre and compact.isascii() and compact.isdigit() else None
