"""The text that `q` is looked for in, as it is stored beside a reminder."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any


def plier(texte: str) -> str:
    """The text without accents nor case: `Hélène` gives `helene`."""
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c))


def texte_cherchable(nom: str, factures: Sequence[Mapping[str, Any]]) -> str:
    """The client's name and the numbers of the invoices, one a line."""
    return plier("\n".join((nom, *(facture["numero"] for facture in factures))))
