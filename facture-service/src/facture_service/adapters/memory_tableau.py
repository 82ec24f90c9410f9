"""The sums of the dashboard over the in-memory store, in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from facture_service.application.tableau_de_bord import (
    DEBITEURS,
    ChiffresTableau,
    Debiteur,
    DemandeTableau,
    EcheanceDue,
    MoisFacture,
    Part,
    SommesDevise,
)
from facture_service.domain.facture import Facture, TypeDocument


@dataclass(frozen=True)
class DocumentDuJour:
    """A document issued by the day, with its balance and whether it is disputed on it."""

    facture: Facture
    reste_centimes: int
    en_litige: bool

    @property
    def devise(self) -> str:
        return self.facture.contenu.devise

    @property
    def est_facture(self) -> bool:
        return self.facture.type is TypeDocument.FACTURE

    @property
    def ouverte(self) -> bool:
        return self.est_facture and self.reste_centimes > 0

    def en_retard(self, demande: DemandeTableau) -> bool:
        echeance = self.facture.exiger_emission().date_echeance
        return self.ouverte and echeance is not None and echeance < demande.au


def chiffrer(documents: Sequence[DocumentDuJour], demande: DemandeTableau) -> ChiffresTableau:
    """See `LecturesTableau`."""
    devises = sorted({d.devise for d in documents})
    ouvertes = [d for d in documents if d.ouverte]
    return ChiffresTableau(
        [_sommes(devise, [d for d in documents if d.devise == devise], demande) for devise in devises],
        _mois(documents, demande),
        _echeances(ouvertes, demande),
        [x for devise in devises for x in _debiteurs(devise, ouvertes, demande)],
    )


def _part(documents: Iterable[DocumentDuJour]) -> Part:
    restes = [d.reste_centimes for d in documents]
    return Part(len(restes), sum(restes))


def _sommes(devise: str, documents: Sequence[DocumentDuJour], demande: DemandeTableau) -> SommesDevise:
    recents = (d for d in documents if d.facture.exiger_emission().date_emission >= demande.debut_90_jours)
    return SommesDevise(
        devise,
        _part(d for d in documents if d.ouverte),
        _part(d for d in documents if d.en_retard(demande)),
        _part(d for d in documents if d.ouverte and d.en_litige),
        sum(d.facture.soldes.total_ttc_centimes * (1 if d.est_facture else -1) for d in recents),
    )


def _mois(documents: Sequence[DocumentDuJour], demande: DemandeTableau) -> list[MoisFacture]:
    par_mois: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for d in documents:
        emise_le = d.facture.exiger_emission().date_emission
        if emise_le < demande.mois[0].du:
            continue
        sommes, total = par_mois[d.devise, f"{emise_le:%Y-%m}"], d.facture.soldes.total_ttc_centimes
        if d.est_facture:
            sommes[0] += 1
            sommes[1] += total
        else:
            sommes[2] += total
    return [MoisFacture(devise, mois, *sommes) for (devise, mois), sommes in par_mois.items()]


def _echeances(ouvertes: Sequence[DocumentDuJour], demande: DemandeTableau) -> list[EcheanceDue]:
    par_jour = defaultdict(list)
    for d in ouvertes:
        echeance = d.facture.exiger_emission().date_echeance
        if echeance is not None and demande.au <= echeance <= demande.semaines[-1].au:
            par_jour[d.devise, echeance].append(d)
    return [EcheanceDue(devise, jour, _part(dues)) for (devise, jour), dues in par_jour.items()]


def _debiteurs(devise: str, ouvertes: Sequence[DocumentDuJour], demande: DemandeTableau) -> list[Debiteur]:
    par_client = defaultdict(list)
    for d in ouvertes:
        if d.devise == devise:
            par_client[d.facture.contenu.client_id].append(d)
    debiteurs = [
        Debiteur(
            devise,
            client_id,
            max(d.facture.client.nom_affiche if d.facture.client else "" for d in dus),
            len(dus),
            _part(dus).reste_centimes,
            _part(d for d in dus if d.en_retard(demande)).reste_centimes,
        )
        for client_id, dus in par_client.items()
    ]
    return sorted(debiteurs, key=lambda d: (-d.encours_centimes, d.client_id))[:DEBITEURS]
