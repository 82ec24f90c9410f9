"""Races that one process would hide: issuing with random rollbacks, payments on one balance."""

from __future__ import annotations

import multiprocessing
import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.domain.erreurs import AvoirSuperieurError, ResteInsuffisantError
from facture_service.domain.reglement import DemandeReglement

PROCESSUS = 8
EMISSIONS = 12
BASES = ["sqlite", pytest.param("mariadb", marks=pytest.mark.part("mariadb"))]
FORK = multiprocessing.get_context("fork")


class AbandonError(Exception):
    """Stands for any failure between the number taken and the commit."""


def _emettre_au_hasard(ouvrir: Callable[[], Any], graine: int, emises: Any) -> None:
    """Issues invoices in a process of its own; one in four dies after it took its number."""
    hasard = random.Random(graine)
    monde = ouvrir()
    transaction = monde.adapters.magasin.transaction

    for _ in range(EMISSIONS):
        brouillon = monde.brouillon()
        try:
            if hasard.random() < 0.25:
                monde.adapters.magasin.preparer_serie("FA-2026", 1)
                with transaction() as tx:
                    tx.avancer_serie(tx.serie("FA-2026", 1).avancer(date(2026, 11, 20)))
                    raise AbandonError
            emises.put(monde.cas.emettre(brouillon.id).emission.numero)
        except AbandonError:
            continue
    monde.database.close()
    emises.close()
    emises.join_thread()
    sys.exit(0)


@pytest.mark.parametrize("base", BASES)
def test_eight_processes_issue_without_gap_or_double(base: str, creer_monde: Any, rouvrir: Any) -> None:
    """Whatever is rolled back, numbers follow each other and nobody gets one twice."""
    monde = creer_monde(base)
    emises = FORK.Queue()
    fils = [
        FORK.Process(target=_emettre_au_hasard, args=(lambda: rouvrir(monde), graine, emises))
        for graine in range(PROCESSUS)
    ]
    for un in fils:
        un.start()
    numeros: list[str] = []
    while any(un.is_alive() for un in fils) or not emises.empty():
        try:
            numeros.append(emises.get(timeout=0.2))
        except Exception:
            continue
    for un in fils:
        un.join()
    assert [un.exitcode for un in fils] == [0] * PROCESSUS
    assert len(numeros) > PROCESSUS
    assert sorted(numeros) == [f"FA-2026-{rang:06}" for rang in range(1, len(numeros) + 1)]
    assert list(monde.cas.lectures.controler().violations) == []


@pytest.mark.parametrize("base", ["memoire", *BASES])
def test_fifty_payments_at_once_never_settle_more_than_the_balance(base: str, creer_monde: Any) -> None:
    """Fifty of 10.00 on 240.00: twenty-four are taken, the others refused with the balance."""
    monde = creer_monde(base)
    facture = monde.emise()

    def regler(_: int) -> int:
        try:
            return int(monde.regler(facture, 1000).montant_affecte_centimes)
        except ResteInsuffisantError:
            return 0

    with ThreadPoolExecutor(10) as fils:
        pris = list(fils.map(regler, range(50)))
    assert sum(pris) == 24000
    assert monde.apercu(facture)["reste_centimes"] == 0
    assert list(monde.cas.lectures.controler().violations) == []


@pytest.mark.parametrize("base", ["memoire", *BASES])
def test_same_allocation_sent_ten_times_at_once_counts_once(base: str, creer_monde: Any) -> None:
    """One is created, nine are told that it was."""
    monde = creer_monde(base)
    facture = monde.emise()
    demande = DemandeReglement(uuid4().hex, "p1", 5000, date(2026, 11, 20))
    with ThreadPoolExecutor(10) as fils:
        reponses = list(fils.map(lambda _: monde.cas.enregistrer_reglement(facture.id, demande), range(10)))
    assert sorted(r.cree for r in reponses) == [False] * 9 + [True]
    assert monde.apercu(facture)["reste_centimes"] == 19000


@pytest.mark.parametrize("base", ["memoire", *BASES])
def test_credit_notes_and_payments_at_once_keep_the_books(base: str, creer_monde: Any) -> None:
    """Whatever wins, the balance is never negative and never credited beyond the total."""
    monde = creer_monde(base)
    facture = monde.emise()

    def agir(rang: int) -> None:
        try:
            if rang % 2:
                monde.cas.creer_avoir(facture.id, DemandeAvoir("x", montant_ttc_centimes=5000))
            else:
                monde.regler(facture, 5000)
        except (AvoirSuperieurError, ResteInsuffisantError):
            return

    with ThreadPoolExecutor(8) as fils:
        list(fils.map(agir, range(20)))
    assert list(monde.cas.lectures.controler().violations) == []
