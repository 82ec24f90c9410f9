"""The printable legal page of a document: one self-contained page, every text escaped, no script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

ESPACE_FINE = "\u202f"
ESPACE_INSECABLE = "\u00a0"
SYMBOLES = {"EUR": "€", "USD": "$", "GBP": "£"}
NATURES = {
    "BIENS": "livraison de biens",
    "SERVICES": "prestation de services",
    "MIXTE": "livraison de biens et prestation de services",
}
PAYS = {"FR": "", "BE": "Belgique", "CH": "Suisse", "DE": "Allemagne", "ES": "Espagne", "GB": "Royaume-Uni"}


def page_html(facture: Mapping[str, Any]) -> str:
    """The page of a document given as the API shows it."""
    modele = _environnement().get_template("facture.html")
    return modele.render(f=facture, titre=titre(facture), nature=NATURES[facture["nature_operation"]])


def titre(facture: Mapping[str, Any]) -> str:
    """What the document is: a draft must never look like an invoice."""
    nom = "Avoir" if facture["type"] == "AVOIR" else "Facture"
    if facture["numero"] is None:
        return "Brouillon de facture, sans valeur comptable"
    return f"{nom} {facture['numero']}"


def montant(centimes: int | None, devise: str) -> str:
    """Cents as French readers write them: `1 234,50 €`; a dash when unknown."""
    if centimes is None:
        return "—"
    euros, reste = divmod(abs(centimes), 100)
    entier = f"{euros:,}".replace(",", ESPACE_FINE)
    signe = "-" if centimes < 0 else ""
    return f"{signe}{entier},{reste:02d}{ESPACE_INSECABLE}{SYMBOLES.get(devise, devise)}"


def nombre(valeur: str) -> str:
    """A decimal string with a comma: `2,5`."""
    entier, _, fraction = valeur.partition(".")
    groupes = f"{Decimal(entier):,}".replace(",", ESPACE_FINE)
    return f"{groupes},{fraction}" if fraction else groupes


def prix(valeur: str, devise: str) -> str:
    """A unit price with its currency: `80,00 €`."""
    return f"{nombre(valeur)}{ESPACE_INSECABLE}{SYMBOLES.get(devise, devise)}"


def taux(valeur: str) -> str:
    """A rate: `20 %`, `5,5 %`."""
    return f"{nombre(valeur.removesuffix('.0'))}{ESPACE_INSECABLE}%"


def jour(valeur: str | date) -> str:
    """A date as `20/11/2026`."""
    return f"{date.fromisoformat(str(valeur)):%d/%m/%Y}"


def siren(valeur: str) -> str:
    """A SIREN or SIRET in groups of three: `732 829 320`."""
    return ESPACE_INSECABLE.join([valeur[i : i + 3] for i in range(0, min(len(valeur), 9), 3)] + _nic(valeur))


def _nic(valeur: str) -> list[str]:
    return [valeur[9:]] if len(valeur) > 9 else []


def pays(code: str) -> str:
    """The country line of an address; empty for France."""
    return PAYS.get(code, code)


@lru_cache(maxsize=1)
def _environnement() -> Environment:
    environnement = Environment(
        loader=PackageLoader("facture_service.adapters", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environnement.filters |= {
        "montant": montant,
        "nombre": nombre,
        "prix": prix,
        "taux": taux,
        "jour": jour,
        "siren": siren,
        "pays": pays,
    }
    return environnement
