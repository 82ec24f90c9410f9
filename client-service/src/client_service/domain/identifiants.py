"""SIREN, SIRET and VAT numbers: form and key.

SIREN and SIRET carry a Luhn key; the establishments of La Poste (SIREN 356000000) are the exception, their
SIRET digits add up to a multiple of five. A French VAT number is ``FR``, a two-digit key and the SIREN.
They are kept in one form, without the spaces, dots and hyphens that people write and paste.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from stdnum.eu import vat
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from client_service.domain.anomalies import Anomalie
from client_service.domain.client import FicheClient, TypeClient

_SEPARATEURS = frozenset(".-/")


def compacter(numero: str) -> str:
    """``numero`` in plain characters, upper case, without separators: ``FR 44 732 829 320`` loses its spaces."""
    plat = unicodedata.normalize("NFKC", numero)
    garde = (c for c in plat if c not in _SEPARATEURS and unicodedata.category(c) not in ("Zs", "Cf", "Cc"))
    return "".join(garde).upper()


def avec_identifiants_compacts(fiche: FicheClient) -> FicheClient:
    """``fiche`` with its registration numbers in the form that is checked and kept."""
    numeros = (fiche.siren, fiche.siret, fiche.tva_intracom)
    siren, siret, tva = (None if numero is None else compacter(numero) for numero in numeros)
    return replace(fiche, siren=siren, siret=siret, tva_intracom=tva)


def tva_de(siren: str | None) -> str | None:
    """The VAT number that belongs to a SIREN, ``FR44732829320``; None when that is not one."""
    return f"FR{stdnum_siren.to_tva(siren)}" if siren and stdnum_siren.is_valid(siren) else None


def verifier_identifiants(fiche: FicheClient) -> Iterator[Anomalie]:
    """The anomalies of the record's registration numbers."""
    if fiche.type is TypeClient.PARTICULIER:
        for champ in ("siren", "siret", "tva_intracom"):
            if getattr(fiche, champ) is not None:
                yield Anomalie(
                    f"/{champ}",
                    "interdit-pour-un-particulier",
                    "Un particulier n'a pas de numéro d'entreprise.",
                )
        return
    if fiche.siren is not None and not stdnum_siren.is_valid(fiche.siren):
        yield Anomalie(
            "/siren", "siren-invalide", "Le SIREN a 9 chiffres dont le dernier est une clé de contrôle."
        )
    if fiche.siret is not None and not stdnum_siret.is_valid(fiche.siret):
        yield Anomalie(
            "/siret", "siret-invalide", "Le SIRET a 14 chiffres dont le dernier est une clé de contrôle."
        )
    if fiche.siret and fiche.siren and not fiche.siret.startswith(fiche.siren):
        yield Anomalie("/siret", "siret-d-un-autre-siren", "Les 9 premiers chiffres du SIRET sont le SIREN.")
    yield from _verifier_tva(fiche)


def _verifier_tva(fiche: FicheClient) -> Iterator[Anomalie]:
    numero = fiche.tva_intracom
    if numero is None:
        return
    if not vat.is_valid(numero):
        yield Anomalie(
            "/tva_intracom", "tva-invalide", "Le numéro de TVA intracommunautaire ou sa clé est faux."
        )
    elif (siren := siren_de(fiche)) and numero.startswith("FR") and not numero.endswith(siren):
        yield Anomalie(
            "/tva_intracom", "tva-d-un-autre-siren", "Le numéro de TVA français finit par le SIREN."
        )


def siren_de(fiche: FicheClient) -> str | None:
    """The SIREN, given or taken from the SIRET."""
    return fiche.siren or (fiche.siret[:9] if fiche.siret else None)
