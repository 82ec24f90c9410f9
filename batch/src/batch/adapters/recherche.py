"""The text that `q` is looked for in, as it is stored beside a reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ressort.texts import fold


def texte_cherchable(nom: str, factures: Sequence[Mapping[str, Any]]) -> str:
    """The client's name and the numbers of the invoices, one a line."""
    return fold("\n".join((nom, *(facture["numero"] for facture in factures))))
