"""Legal mentions, selected by issue date: texts change, issued invoices keep theirs (billing-domain 1.1, 1.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facture_service.domain.parties import Client, TypeClient, Vendeur

PAYS_UE = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
     "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")
)  # fmt: skip
"""Member States other than France."""


@dataclass(frozen=True)
class Contexte:
    """What decides which mentions an invoice carries."""

    vendeur: Vendeur
    client: Client
    date_emission: date
    nature_operation: str
    taux_tva: Sequence[Decimal]

    @property
    def professionnel(self) -> bool:
        return self.client.type is not TypeClient.PARTICULIER

    @property
    def exoneree(self) -> bool:
        return not self.vendeur.franchise_tva and any(t == 0 for t in self.taux_tva)

    @property
    def pays_client(self) -> str:
        return self.client.adresse.pays if self.client.adresse else "FR"


@dataclass(frozen=True)
class Mention:
    """A text in force from `du` to `au` inclusive, printed when `condition` holds; `sur_tva`: it is about VAT."""

    texte: str
    condition: Callable[[Contexte], bool]
    du: date = date.min
    au: date = date.max
    sur_avoir: bool = True
    sur_tva: bool = False


def _entreprise(c: Contexte) -> bool:
    return c.client.type is TypeClient.ENTREPRISE


def _public(c: Contexte) -> bool:
    return c.client.type is TypeClient.PUBLIC


def _exoneree_vers(c: Contexte, *, ue: bool, biens: bool) -> bool:
    pays = c.pays_client
    dans_la_zone = pays in PAYS_UE if ue else pays != "FR" and pays not in PAYS_UE
    return c.exoneree and dans_la_zone and (c.nature_operation != "SERVICES") is biens


ENTREE_CIBS = date(2026, 9, 1)
"""Ordinance 2025-1247 moved VAT law from the CGI to the CIBS on this day."""

MENTIONS: tuple[Mention, ...] = (
    Mention(
        "TVA non applicable, article 293 B du CGI.",
        lambda c: c.vendeur.franchise_tva,
        au=date(2026, 8, 31),
        sur_tva=True,
    ),
    Mention(
        "TVA non applicable, article L. 223-1 du code des impositions sur les biens et services.",
        lambda c: c.vendeur.franchise_tva,
        du=ENTREE_CIBS,
        sur_tva=True,
    ),
    Mention(
        "Exonération de TVA, livraison intracommunautaire (directive 2006/112/CE, article 138).",
        lambda c: _exoneree_vers(c, ue=True, biens=True),
        sur_tva=True,
    ),
    Mention(
        "Autoliquidation : TVA due par le preneur (directive 2006/112/CE, articles 44 et 196).",
        lambda c: _exoneree_vers(c, ue=True, biens=False),
        sur_tva=True,
    ),
    Mention(
        "Exonération de TVA, exportation hors de l'Union européenne (directive 2006/112/CE, article 146).",
        lambda c: _exoneree_vers(c, ue=False, biens=True),
        sur_tva=True,
    ),
    Mention(
        "Prestation non soumise à la TVA française (directive 2006/112/CE, article 44).",
        lambda c: _exoneree_vers(c, ue=False, biens=False),
        sur_tva=True,
    ),
    Mention(
        "Opération exonérée de TVA.",
        lambda c: c.exoneree and c.pays_client == "FR",
        sur_tva=True,
    ),
    Mention(
        "Option pour le paiement de la taxe d'après les débits.",
        lambda c: c.vendeur.option_debits,
        sur_tva=True,
    ),
    Mention(
        "Membre d'un assujetti unique.",
        lambda c: c.vendeur.membre_assujetti_unique,
        du=date(2023, 1, 1),
        sur_tva=True,
    ),
    Mention(
        "En cas de retard de paiement, pénalités exigibles sans rappel, au taux de refinancement de la Banque "
        "centrale européenne majoré de 10 points (article L. 441-10 du code de commerce).",
        _entreprise,
        du=date(2019, 4, 26),
        sur_avoir=False,
    ),
    Mention(
        "En cas de retard de paiement, pénalités exigibles sans rappel, au taux de refinancement de la Banque "
        "centrale européenne majoré de 10 points (article L. 441-6 du code de commerce).",
        _entreprise,
        au=date(2019, 4, 25),
        sur_avoir=False,
    ),
    Mention(
        "En cas de retard de paiement, intérêts moratoires au taux de refinancement de la Banque centrale "
        "européenne majoré de 8 points (article R. 2192-31 du code de la commande publique).",
        _public,
        du=date(2019, 4, 1),
        sur_avoir=False,
    ),
    Mention(
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 euros.",
        lambda c: c.professionnel,
        du=date(2013, 1, 1),
        sur_avoir=False,
    ),
)


def choisir_mentions(contexte: Contexte, *, avoir: bool = False) -> tuple[str, ...]:
    """The mentions due on a document of that date, in printing order.

    A consumer never gets late fees, and neither does a credit note, which nobody has to pay.
    """
    retenues = [m.texte for m in _en_vigueur(contexte) if m.sur_avoir or not avoir]
    if not avoir:
        retenues.append(contexte.vendeur.escompte or "Pas d'escompte pour paiement anticipé.")
    return tuple(retenues)


def mentions_de_tva(contexte: Contexte) -> tuple[str, ...]:
    """Those of the mentions that say why VAT is due, or is not."""
    return tuple(m.texte for m in _en_vigueur(contexte) if m.sur_tva)


def _en_vigueur(contexte: Contexte) -> Iterator[Mention]:
    for mention in MENTIONS:
        if mention.du <= contexte.date_emission <= mention.au and mention.condition(contexte):
            yield mention
