"""Late invoices grouped by client, with what is needed to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from batch.application.ports import Encours
from batch.domain.dossier import Dossier, FactureEnRetard

PAR_LOT = 50
"""Clients asked for at once; also the clients of one chunk."""


def factures_par_client(encours: Encours, au: date) -> list[tuple[str, list[FactureEnRetard]]]:
    """Every late invoice at a date, grouped by client in the order of client ids."""
    groupes: dict[str, list[FactureEnRetard]] = defaultdict(list)
    for facture in encours.factures_en_retard(au):
        groupes[facture.client_id].append(facture)
    return sorted(groupes.items())


def constituer(
    encours: Encours, groupes: Sequence[tuple[str, list[FactureEnRetard]]], au: date
) -> list[Dossier]:
    """The files of some clients, in two calls."""
    ids = [client_id for client_id, _ in groupes]
    clients = encours.clients(ids)
    soldes = encours.soldes(ids, au)
    return [
        Dossier(client_id, clients.get(client_id), tuple(factures), soldes.get(client_id, {}))
        for client_id, factures in groupes
    ]


def tous_les_dossiers(encours: Encours, au: date) -> Iterator[Dossier]:
    """The files of every client late at a date."""
    groupes = iter(factures_par_client(encours, au))
    while lot := list(islice(groupes, PAR_LOT)):
        yield from constituer(encours, lot, au)
