"""The texts of notifications, from the templates in `modeles/`, one folder a language.

A template has three blocks: `sujet`, `texte`, `html`. The text is plain, the HTML escapes everything it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import jinja2

from notification_service.domain.notification import Contenu, TypeMessage

LANGUES = ("fr", "en")
_MODELES = {
    TypeMessage.PAIEMENT_CONFIRME: "recu",
    TypeMessage.RELANCE_DEMANDEE: "relance",
    TypeMessage.FACTURE_A_ENVOYER: "facture",
}
_MOIS_FR = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
_MOIS_EN = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
# Narrow no-break and no-break space, as French typography has them.
_FINE, _INSECABLE = "\u202f", "\u00a0"


class RedactionJinja:
    """Renders the template of a message type in its recipient's language, French where there is no other."""

    def __init__(self, expediteur: str) -> None:
        loader = jinja2.PackageLoader("notification_service", "modeles")
        self._texte = _environnement(loader, echapper=False)
        self._html = _environnement(loader, echapper=True)
        self._expediteur = expediteur

    def __call__(self, type_message: TypeMessage, message: Mapping[str, Any], langue: str) -> Contenu:
        choisie = langue if langue in LANGUES else "fr"
        nom = f"{choisie}/{_MODELES[type_message]}.j2"
        contexte = {**message, "expediteur": self._expediteur, "langue": choisie}
        return Contenu(
            sujet=_bloc(self._texte, nom, "sujet", contexte).strip(),
            texte=_bloc(self._texte, nom, "texte", contexte).strip() + "\n",
            html=_bloc(self._html, nom, "html", contexte).strip() + "\n",
        )


def _environnement(loader: jinja2.BaseLoader, *, echapper: bool) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=loader,
        autoescape=echapper,  # noqa: S701 - the plain text of a mail is no HTML
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["montant"] = montant
    made.filters["jour"] = jour
    return made


def _bloc(environnement: jinja2.Environment, nom: str, bloc: str, contexte: Mapping[str, Any]) -> str:
    modele = environnement.get_template(nom)
    return "".join(modele.blocks[bloc](modele.new_context(dict(contexte))))


def montant(centimes: int, devise: str, langue: str = "fr") -> str:
    """``1 234,56 €`` in French, ``EUR 1,234.56`` in English."""
    entier, reste = divmod(abs(centimes), 100)
    signe = "-" if centimes < 0 else ""
    if langue == "en":
        return f"{devise} {signe}{entier:,}.{reste:02}"
    groupe = f"{entier:,}".replace(",", _FINE)
    symbole = "€" if devise == "EUR" else devise
    return f"{signe}{groupe},{reste:02}{_INSECABLE}{symbole}"


def jour(texte: str | None, langue: str = "fr") -> str:
    """``20 novembre 2026`` for ``2026-11-20``; nothing for none."""
    if texte is None:
        return ""
    le = date.fromisoformat(texte)
    mois = (_MOIS_EN if langue == "en" else _MOIS_FR)[le.month - 1]
    premier = "1er" if le.day == 1 and langue == "fr" else str(le.day)
    return f"{premier} {mois} {le.year}"
