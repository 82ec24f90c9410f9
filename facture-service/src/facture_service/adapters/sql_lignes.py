"""Rows to domain objects and back: the one place where both spellings meet."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Row

from facture_service.adapters.recherche import texte_cherchable
from facture_service.application.consultation import Figures
from facture_service.domain.document import (
    ecrire,
    lire_client,
    lire_contenu,
    lire_emission,
    lire_origine,
    lire_totaux,
)
from facture_service.domain.facture import Facture, Poste, Soldes, TypeDocument
from facture_service.domain.litige import Litige
from facture_service.domain.mouvements import Evenement, TypeEvenement
from facture_service.domain.reglement import DemandeReglement, Reglement
from facture_service.domain.series import EtatSerie

Ligne = dict[str, Any]

BROUILLON, EMISE = "BROUILLON", "EMISE"


def ligne_facture(facture: Facture) -> Ligne:
    """The row of a document; a draft owes nothing, so its `reste_centimes` is 0."""
    e, s = facture.emission, facture.soldes
    return {
        "id": facture.id,
        "type": facture.type.value,
        "statut": EMISE if e else BROUILLON,
        "version": facture.version,
        "client_id": facture.contenu.client_id,
        "nom_client": (facture.client.nom_affiche if facture.client else "")[:200],
        "devise": facture.contenu.devise,
        "numero": e.numero if e else None,
        "serie": e.serie if e else None,
        "rang": e.rang if e else None,
        "date_emission": e.date_emission if e else None,
        "date_echeance": e.date_echeance if e else None,
        "emise_le": e.emise_le if e else None,
        "total_ttc_centimes": s.total_ttc_centimes,
        "avoirs_centimes": s.avoirs_centimes,
        "regle_centimes": s.regle_centimes,
        "ecarts_centimes": s.ecarts_centimes,
        "credites_centimes": s.credites_centimes,
        "reste_centimes": s.reste_centimes if e else 0,
        "facture_origine_id": facture.origine.facture_id if facture.origine else None,
        "empreinte": e.empreinte if e else None,
        "recherche": texte_cherchable(facture),
        "document": orjson.dumps(ecrire(facture)).decode(),
        "cree_le": facture.cree_le,
        "modifie_le": facture.modifie_le,
    }


def lire_facture(row: Row[Any]) -> Facture:
    """The document of a whole row of `facture`."""
    d = orjson.loads(row.document)
    return Facture(
        id=row.id,
        contenu=lire_contenu(d),
        totaux=lire_totaux(d),
        soldes=lire_soldes(row),
        cree_le=row.cree_le,
        modifie_le=row.modifie_le,
        type=TypeDocument(row.type),
        client=lire_client(row.client_id, d["client"]) if d["client"] else None,
        emission=lire_emission(d, row.rang),
        origine=lire_origine(d),
        motif=d.get("motif"),
        reprise=d["reprise"],
        version=row.version,
    )


def lire_soldes(row: Row[Any]) -> Soldes:
    """The balances of a row; `int` because MySQL's sums are decimals."""
    return Soldes(
        int(row.total_ttc_centimes),
        int(row.avoirs_centimes),
        int(row.regle_centimes),
        int(row.ecarts_centimes),
        int(row.credites_centimes),
    )


def lire_figures(row: Row[Any]) -> Figures:
    """The columns from which derived fields come."""
    return Figures(
        TypeDocument(row.type),
        row.statut == EMISE,
        row.version,
        row.date_echeance,
        lire_soldes(row),
        row.modifie_le,
    )


def ligne_evenement(e: Evenement) -> Ligne:
    return {
        "id": e.id,
        "facture_id": e.facture_id,
        "type": e.type.value,
        "date_effet": e.date_effet,
        "enregistre_le": e.enregistre_le,
        "poste": e.poste.value if e.poste else None,
        "montant_centimes": e.montant_centimes,
        "details": dict(e.details),
    }


def lire_evenement(row: Row[Any]) -> Evenement:
    return Evenement(
        row.id,
        row.facture_id,
        TypeEvenement(row.type),
        row.date_effet,
        row.enregistre_le,
        Poste(row.poste) if row.poste else None,
        row.montant_centimes,
        row.details,
    )


def ligne_litige(x: Litige) -> Ligne:
    return {
        "id": x.id,
        "facture_id": x.facture_id,
        "motif": x.motif,
        "depuis": x.depuis,
        "jusqu_au": x.jusqu_au,
        "ouvert_le": x.ouvert_le,
        "clos_le": x.clos_le,
    }


def lire_litige(row: Row[Any]) -> Litige:
    return Litige(row.id, row.facture_id, row.motif, row.depuis, row.ouvert_le, row.jusqu_au, row.clos_le)


def ligne_reglement(r: Reglement) -> Ligne:
    d = r.demande
    return {
        "affectation_id": r.affectation_id,
        "facture_id": r.facture_id,
        "paiement_id": d.paiement_id if d else None,
        "demande_centimes": d.montant_centimes if d else None,
        "plafonner": d.plafonner if d else None,
        "date_reglement": d.date_reglement if d else None,
        "affecte_centimes": r.affecte_centimes,
        "annule_centimes": r.annule_centimes,
    }


def lire_reglement(row: Row[Any]) -> Reglement:
    demande = None
    if row.paiement_id is not None:
        demande = DemandeReglement(
            row.affectation_id, row.paiement_id, row.demande_centimes, row.date_reglement, bool(row.plafonner)
        )
    return Reglement(row.affectation_id, row.facture_id, demande, row.affecte_centimes, row.annule_centimes)


def lire_serie(row: Row[Any]) -> EtatSerie:
    return EtatSerie(row.nom, row.premier_rang, row.dernier_rang, row.derniere_date, row.derniere_empreinte)
