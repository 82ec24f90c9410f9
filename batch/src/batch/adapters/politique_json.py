"""Policies as JSON: in the API and in the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from batch.domain.politique import Envoi, Niveau, Politique


def politique_en_json(politique: Politique) -> dict[str, Any]:
    """What a caller writes: everything but name and version."""
    contenu = asdict(politique)
    del contenu["nom"], contenu["version"]
    return {
        **contenu,
        "niveaux": [{**niveau, "envoi": niveau["envoi"].value} for niveau in contenu["niveaux"]],
    }


def politique_de_json(nom: str, version: int, contenu: Mapping[str, Any]) -> Politique:
    """The inverse, for checked content."""
    niveaux = tuple(Niveau(**{**niveau, "envoi": Envoi(niveau["envoi"])}) for niveau in contenu["niveaux"])
    return Politique(nom=nom, version=version, **{**contenu, "niveaux": niveaux})
