"""SIREN, SIRET and VAT numbers: form and key.

SIREN and SIRET carry a Luhn key; the establishments of La Poste (SIREN 356000000) are the exception, their
SIRET digits add up to a multiple of five. A French VAT number is ``FR``, a two-digit key and the SIREN.
"""

from __future__ import annotations

from collections.abc import Iterator

from stdnum.eu import vat
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from client_service.domain.anomalies import Anomalie
from client_service.domain.client import FicheClient, TypeClient


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
    elif fiche.siren and numero.startswith("FR") and not numero.endswith(fiche.siren):
        yield Anomalie(
            "/tva_intracom", "tva-d-un-autre-siren", "Le numéro de TVA français finit par le SIREN."
        )


def siren_de(fiche: FicheClient) -> str | None:
    """The SIREN, given or taken from the SIRET."""
    return fiche.siren or (fiche.siret[:9] if fiche.siret else None)
