"""Texts compared without case nor accents."""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def plier(texte: str) -> str:
    """``texte`` without accents nor case: ``Œuvre Réunie`` gives ``oeuvre reunie``."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
    return "".join(c for c in decompose if not unicodedata.combining(c)).casefold()
