"""Late invoices grouped by client, with what is needed to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from batch.application.ports import Encours
from batch.domain.dossier import Client, Dossier, FactureEnRetard, Solde

PAR_LOT = 50
"""Clients asked for at once; also the clients of one chunk."""

Avoirs = Mapping[str, Mapping[str, int]]
"""Unallocated credit notes: cents by client and currency."""


def factures_par_client(encours: Encours, au: date) -> list[tuple[str, list[FactureEnRetard]]]:
    """Every late invoice at a date, grouped by client in the order of client ids."""
    groupes: dict[str, list[FactureEnRetard]] = defaultdict(list)
    for facture in encours.factures_en_retard(au):
        groupes[facture.client_id].append(facture)
    return sorted(groupes.items())


def constituer(
    encours: Encours, groupes: Sequence[tuple[str, list[FactureEnRetard]]], avoirs: Avoirs, au: date
) -> list[Dossier]:
    """The files of some clients, in two calls and one per part-paid invoice of those who may owe interest.

    `avoirs` are those of every client.
    """
    ids = [client_id for client_id, _ in groupes]
    clients = encours.clients(ids)
    soldes = encours.soldes(ids, au)
    return [
        Dossier(
            client_id,
            clients.get(client_id),
            tuple(_avec_mouvements(encours, facture, clients.get(client_id)) for facture in factures),
            _avec_avoirs(soldes.get(client_id, {}), avoirs.get(client_id, {})),
        )
        for client_id, factures in groupes
    ]


def _avec_mouvements(encours: Encours, facture: FactureEnRetard, client: Client | None) -> FactureEnRetard:
    """Interest accrued on what was unpaid each day: the history is read where there is one."""
    if client is None or not client.type.penalisable or not facture.mouvementee:
        return facture
    return replace(facture, mouvements=tuple(encours.mouvements(facture.facture_id)))


def _avec_avoirs(soldes: Mapping[str, Solde], avoirs: Mapping[str, int]) -> Mapping[str, Solde]:
    credites = {
        devise: soldes.get(devise, Solde()).avec_avoirs(centimes) for devise, centimes in avoirs.items()
    }
    return {**soldes, **credites}


def tous_les_dossiers(encours: Encours, au: date) -> Iterator[Dossier]:
    """The files of every client late at a date."""
    groupes = iter(factures_par_client(encours, au))
    avoirs = encours.avoirs_a_affecter(au)
    while lot := list(islice(groupes, PAR_LOT)):
        yield from constituer(encours, lot, avoirs, au)
