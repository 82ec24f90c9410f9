"""Reads of the in-memory store: lists, past dates, aged balance and checks, in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from facture_service.adapters.memory import EtatMemoire, MagasinMemoire
from facture_service.adapters.memory_tableau import DocumentDuJour, chiffrer
from facture_service.adapters.recherche import texte_cherchable
from facture_service.application.consultation import (
    Apercu,
    Classe,
    Criteres,
    Figures,
    Groupe,
    LigneBalance,
    Page,
    TotauxListe,
)
from facture_service.application.ports import RapportControle, Violation
from facture_service.application.tableau_de_bord import ChiffresTableau, DemandeTableau
from facture_service.domain.document import ecrire
from facture_service.domain.erreurs import (
    FactureIntrouvableError,
    PasEncoreEmiseError,
    ReglementIntrouvableError,
)
from facture_service.domain.facture import Facture, Soldes, TypeDocument
from facture_service.domain.litige import litige_du_jour
from facture_service.domain.mouvements import Evenement, soldes_au
from facture_service.domain.reglement import Reglement
from facture_service.domain.series import EtatSerie
from facture_service.domain.situation import BROUILLON, Situation, situation
from ressort.flask.paging import PageRequest, page_of
from ressort.texts import fold


class LecturesMemoire:
    """The read port over a `MagasinMemoire`."""

    def __init__(self, magasin: MagasinMemoire) -> None:
        self._magasin = magasin

    @property
    def _etat(self) -> EtatMemoire:
        return self._magasin.etat

    def facture(self, facture_id: str) -> Facture:
        facture = self._etat.factures.get(facture_id)
        if facture is None:
            raise FactureIntrouvableError(facture_id)
        return facture

    def apercu(self, facture_id: str, jour: date) -> Apercu:
        facture = self.facture(facture_id)
        return self._apercu(facture, facture.soldes, jour, None)

    def apercu_au(self, facture_id: str, au: date, connu_au: datetime | None = None) -> Apercu:
        facture = self.facture(facture_id)
        if facture.emise and not _emise_au(facture, au, connu_au):
            raise PasEncoreEmiseError(f"La facture n'était pas encore émise au {au:%d/%m/%Y}.")
        return self._apercu(facture, self._soldes_au(facture, au, connu_au), au, connu_au)

    def lister(self, criteres: Criteres) -> Page:
        retenus = [a for f in self._etat.factures.values() for a in self._retenu(f, criteres)]
        demande = PageRequest(criteres.limite - 1, tuple(criteres.tri), criteres.apres)  # type: ignore[arg-type]
        elements = page_of(retenus, demande, lambda apercu, cle: apercu.cles[cle])
        return Page(elements, len(retenus), _totaux(retenus))

    def grouper(self, criteres: Criteres) -> list[Groupe]:
        par_classe: dict[Classe, list[Apercu]] = {}
        for facture in self._etat.factures.values():
            for apercu in self._retenu(facture, criteres):
                par_classe.setdefault(_classe(apercu), []).append(apercu)
        return [
            Groupe(classe, sum(_devise(a) == somme.devise for a in apercus), somme)
            for classe, apercus in par_classe.items()
            for somme in _totaux(apercus)
        ]

    def serie(self, nom: str) -> EtatSerie | None:
        return self._etat.series.get(nom)

    def evenements(self, facture_id: str) -> list[Evenement]:
        self.facture(facture_id)
        connus = self._etat.evenements.get(facture_id, ())
        return sorted(connus, key=lambda e: (e.enregistre_le, e.id))

    def reglement(self, facture_id: str, affectation_id: str) -> Reglement:
        reglement = self._etat.reglements.get(affectation_id)
        if reglement is None or reglement.facture_id != facture_id:
            raise ReglementIntrouvableError(f"Aucun règlement {affectation_id} sur cette facture.")
        return reglement

    def balance_agee(
        self, au: date, client_id: str | None = None, connu_au: datetime | None = None
    ) -> list[LigneBalance]:
        lignes: dict[tuple[str, str], list[Any]] = {}
        for facture in self._etat.factures.values():
            if not _dans_la_balance(facture, au, client_id, connu_au):
                continue
            ligne = lignes.setdefault(
                (facture.contenu.client_id, facture.contenu.devise), ["", 0, 0, 0, 0, 0]
            )
            ligne[0] = max(ligne[0], facture.client.nom_affiche if facture.client else "")
            ligne[1 + _tranche(facture, au)] += self._soldes_au(facture, au, connu_au).reste_centimes
        return [
            LigneBalance(client, nom, devise, *tranches)
            for (client, devise), (nom, *tranches) in sorted(lignes.items())
            if sum(tranches)
        ]

    def chiffrer(self, demande: DemandeTableau) -> ChiffresTableau:
        au = demande.au
        return chiffrer(
            [
                DocumentDuJour(
                    facture, self._soldes_au(facture, au, None).reste_centimes, self._en_litige(facture, au)
                )
                for facture in self._etat.factures.values()
                if _emise_au(facture, au, None)
            ],
            demande,
        )

    def controler(self) -> RapportControle:
        emises = [f for f in self._etat.factures.values() if f.emise]
        violations = [v for f in emises for v in self._violations(f)]
        violations.extend(_trous(emises, self._etat))
        return RapportControle(len(emises), violations)

    def _apercu(self, facture: Facture, soldes: Soldes, jour: date, connu_au: datetime | None) -> Apercu:
        e = facture.emission
        figures = Figures(
            facture.type,
            facture.emise,
            facture.version,
            e.date_echeance if e else None,
            soldes,
            facture.modifie_le,
        )
        litiges = [x for x in self._etat.litiges.values() if x.facture_id == facture.id]
        document = orjson.dumps(ecrire(facture))
        litige = litige_du_jour(litiges, jour, connu_au)
        return Apercu(facture.id, document, figures, litige, jour, _cles(facture, _situation(figures, jour)))

    def _en_litige(self, facture: Facture, jour: date) -> bool:
        return any(x.couvre(jour) for x in self._etat.litiges.values() if x.facture_id == facture.id)

    def _soldes_au(self, facture: Facture, jour: date, connu_au: datetime | None) -> Soldes:
        return soldes_au(facture.soldes, self._etat.evenements.get(facture.id, ()), jour, connu_au)

    def _retenu(self, facture: Facture, c: Criteres) -> Iterable[Apercu]:
        soldes = self._soldes_au(facture, c.jour, c.connu_au) if c.ouverte else facture.soldes
        apercu = self._apercu(facture, soldes, c.jour, c.connu_au)
        situation_du_jour = _situation(apercu.figures, c.jour)
        if (
            _filtre(facture, c)
            and _filtre_situation(facture, situation_du_jour, c)
            and _filtre_classe(_classe(apercu), c)
        ):
            yield apercu

    def _violations(self, facture: Facture) -> Iterable[Violation]:
        s = facture.soldes
        if not 0 <= s.reste_centimes <= s.total_ttc_centimes:
            yield Violation("solde", facture.id, f"reste {s.reste_centimes}")
        rejoues = soldes_au(s, self._etat.evenements.get(facture.id, ()), date.min)
        if rejoues != Soldes(s.total_ttc_centimes):
            yield Violation("journal", facture.id, f"écart {rejoues}")


def _situation(figures: Figures, jour: date) -> Situation:
    if not figures.emise:
        return BROUILLON
    return situation(figures.type, figures.soldes, figures.date_echeance, jour)


def _cles(facture: Facture, s: Situation) -> dict[str, Any]:
    e = facture.emission
    return {
        "id": facture.id,
        "date_emission": e.date_emission if e else None,
        "numero": e.numero if e else None,
        "date_echeance": e.date_echeance if e else None,
        "total_ttc_centimes": facture.soldes.total_ttc_centimes,
        "reste_centimes": s.reste_centimes,
        "client_id": facture.contenu.client_id,
        "nom_client": (facture.client.nom_affiche if facture.client else "")[:200],
        "cree_le": facture.cree_le,
    }


def _emise_au(facture: Facture, au: date, connu_au: datetime | None) -> bool:
    e = facture.emission
    return e is not None and e.date_emission <= au and (connu_au is None or e.emise_le <= connu_au)


def _filtre(f: Facture, c: Criteres) -> bool:
    e, total = f.emission, f.soldes.total_ttc_centimes
    emission, echeance = (e.date_emission, e.date_echeance) if e else (None, None)
    return all(
        (
            c.client_id in (None, f.contenu.client_id),
            c.type in (None, f.type),
            c.devise in (None, f.contenu.devise),
            c.emise_du is None or (emission is not None and emission >= c.emise_du),
            c.emise_au is None or (emission is not None and emission <= c.emise_au),
            c.echue_avant is None or (echeance is not None and echeance < c.echue_avant),
            c.echue_du is None or (echeance is not None and echeance >= c.echue_du),
            c.echue_au is None or (echeance is not None and echeance <= c.echue_au),
            c.ids is None or f.id in c.ids,
            c.montant_min_centimes is None or total >= c.montant_min_centimes,
            c.montant_max_centimes is None or total <= c.montant_max_centimes,
            c.q is None or fold(c.q) in texte_cherchable(f),
        )
    )


def _filtre_situation(f: Facture, s: Situation, c: Criteres) -> bool:
    ouverte = _emise_au(f, c.jour, c.connu_au) and s.reste_centimes > 0
    voulue = c.type is not None or f.type is TypeDocument.FACTURE
    return all(
        (
            c.statut_document in (None, s.statut_document),
            c.statut_reglement in (None, s.statut_reglement),
            not c.ouverte or (ouverte and voulue),
        )
    )


def _classe(a: Apercu) -> Classe:
    return Classe.de(a.figures.type, a.figures.emise, _situation(a.figures, a.jour), a.litige is not None)


def _filtre_classe(classe: Classe, c: Criteres) -> bool:
    return (
        c.en_retard in (None, classe.en_retard)
        and c.litige in (None, classe.en_litige)
        and (c.onglet is None or classe.dans(c.onglet))
    )


def _devise(a: Apercu) -> str:
    return str(orjson.loads(a.document)["devise"])


def _totaux(apercus: Iterable[Apercu]) -> list[TotauxListe]:
    sommes: dict[str, list[int]] = {}
    for a in apercus:
        signe = -1 if a.figures.type is TypeDocument.AVOIR else 1
        somme = sommes.setdefault(_devise(a), [0, 0])
        somme[0] += signe * a.figures.soldes.total_ttc_centimes
        somme[1] += signe * a.cles["reste_centimes"]
    return [TotauxListe(devise, *somme) for devise, somme in sorted(sommes.items())]


def _dans_la_balance(f: Facture, au: date, client_id: str | None, connu_au: datetime | None) -> bool:
    return (
        f.type is TypeDocument.FACTURE
        and _emise_au(f, au, connu_au)
        and client_id in (None, f.contenu.client_id)
    )


def _tranche(f: Facture, au: date) -> int:
    echeance = f.exiger_emission().date_echeance
    if echeance is None or echeance >= au:
        return 0
    bornes = (au - timedelta(days=jours) for jours in (30, 60, 90))
    return next((rang for rang, borne in enumerate(bornes, 1) if echeance >= borne), 4)


def _trous(emises: Sequence[Facture], etat: EtatMemoire) -> Iterable[Violation]:
    for serie in etat.series.values():
        rangs = sorted(f.emission.rang or 0 for f in emises if f.emission and f.emission.serie == serie.nom)
        if rangs != list(range(serie.premier_rang, serie.dernier_rang + 1)):
            yield Violation("serie", serie.nom, f"{len(rangs)} rangs pour {serie.dernier_rang}")
