"""Characters that nobody sees: what a copied text drags along, and what makes an empty name look given."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from typing import Any

from client_service.domain.client import Adresse, FicheClient

# They shape Arabic and Indic words; every other format character is only a trace of another document.
_JOINTURES = frozenset("\u200c\u200d")
# Letters and symbols by category, blanks to the eye: Hangul fillers and the empty Braille cell.
_BLANCS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_NOMS = ("raison_sociale", "prenom", "nom")


def sans_invisibles(fiche: FicheClient) -> FicheClient:
    """``fiche`` without format characters in its names and address; a text that shows nothing is absent or empty."""
    adresse = None if fiche.adresse is None else _adresse(fiche.adresse)
    noms: dict[str, Any] = {nom: texte_visible(getattr(fiche, nom)) for nom in _NOMS}
    return replace(fiche, adresse=adresse, **noms)


def texte_visible(texte: str | None) -> str | None:
    """``texte`` less its format characters (Unicode category Cf), trimmed; None when nothing of it shows."""
    if texte is None:
        return None
    garde = "".join(c for c in texte if c in _JOINTURES or unicodedata.category(c) != "Cf").strip()
    return garde if any(map(_se_voit, garde)) else None


def _se_voit(caractere: str) -> bool:
    return unicodedata.category(caractere)[0] in "LNPS" and caractere not in _BLANCS


def _adresse(adresse: Adresse) -> Adresse:
    lus: dict[str, Any] = {f.name: texte_visible(getattr(adresse, f.name)) for f in fields(adresse)}
    lus |= {nom: lus[nom] or "" for nom in ("ligne1", "ville", "pays")}
    return Adresse(**lus)
