"""Texts as a search compares them."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`text` without accents nor case: `Hélène` gives `helene`. Ligatures stay: `Œuvre` gives `œuvre`.

    What a service stores for its search is folded by it: another result needs a migration of what is stored.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
