"""Texts as a search compares them."""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def fold(text: str) -> str:
    """`text` without accents nor case, ligatures opened: `Hélène` gives `helene`, `Cœur` `coeur`, `Straße` `strasse`.

    What a service stores for its search is folded by it: another result needs a migration of what is stored, as
    `ressort.data.migrations.open_ligatures` was when ligatures stayed until then.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.casefold().translate(_LIGATURES)
