"""The client's credit as a ledger: dated signed cents, never changed, whose sum at a date is what was left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from paiement_service.domain.paiement import Affectation, Paiement


class Nature(StrEnum):
    """What moved the credit."""

    RECU = "RECU"
    AFFECTE = "AFFECTE"
    REPRIS = "REPRIS"
    REMBOURSE = "REMBOURSE"
    REJETE = "REJETE"


@dataclass(frozen=True, slots=True)
class Mouvement:
    """Signed cents on a date, seen from the credit: money received is positive, money allocated negative."""

    nature: Nature
    date: date
    centimes: int


def mouvements(avant: Paiement | None, apres: Paiement) -> list[Mouvement]:
    """What a change of a payment moves; `avant` is None for a new one."""
    return list(_mouvements(avant, apres))


def _mouvements(avant: Paiement | None, apres: Paiement) -> Iterator[Mouvement]:
    if avant is None:
        yield Mouvement(Nature.RECU, apres.date_paiement, apres.montant_centimes)
    anciennes = {a.affectation_id: a for a in avant.affectations} if avant else {}
    for affectation in apres.affectations:
        yield from _de_l_affectation(anciennes.get(affectation.affectation_id), affectation)
    connus = {r.id for r in avant.remboursements} if avant else set()
    for remboursement in apres.remboursements:
        if remboursement.id not in connus:
            yield Mouvement(Nature.REMBOURSE, remboursement.date, -remboursement.montant_centimes)
    if apres.rejet_le is not None and (avant is None or avant.rejet_le is None):
        yield Mouvement(Nature.REJETE, apres.rejet_le, -apres.montant_centimes)


def _de_l_affectation(avant: Affectation | None, apres: Affectation) -> Iterator[Mouvement]:
    ecart = apres.reglee_centimes - (avant.reglee_centimes if avant else 0)
    if ecart > 0:
        yield Mouvement(Nature.AFFECTE, apres.date, -ecart)
    elif ecart < 0:
        yield Mouvement(Nature.REPRIS, apres.annulation_le or apres.date, -ecart)
