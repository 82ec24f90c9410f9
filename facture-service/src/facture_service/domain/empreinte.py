"""Hash of a document, chained to the one before it in its series: any later change of either shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

EXCLUS = frozenset({"empreinte"})


def calculer_empreinte(document: Mapping[str, object]) -> str:
    """`sha256:<hex>` of the canonical JSON (sorted keys, no space, UTF-8) of every field but the hash."""
    contenu = {cle: valeur for cle, valeur in document.items() if cle not in EXCLUS}
    texte = json.dumps(contenu, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(texte.encode()).hexdigest()
