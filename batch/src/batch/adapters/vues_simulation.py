"""Simulations as the JSON of the API."""

from __future__ import annotations

from typing import Any

from batch.application.comparer_simulations import Changement, Comparaison, Difference
from batch.application.message_relance import TAUX_MANQUANT, message_json
from batch.application.simuler_relances import Simulation
from batch.domain.echelle import Ecartee, RelanceDecidee
from batch.domain.interets import Semestre

RELANCE_SIMULEE = "simulation"
"""Stands for the id of a reminder that is never made."""


def simulation_json(simulation: Simulation) -> dict[str, Any]:
    """What a run would do."""
    comparaison = simulation.comparaison
    return {
        "date_reference": simulation.date_reference,
        "relances": [_simulee_json(relance, simulation) for relance in simulation.relances],
        "ecartees": [_ecartee_json(ecartee, simulation) for ecartee in simulation.ecartees],
        "avertissements": [_avertissement(*plage) for plage in simulation.plages_sans_taux],
        "comparaison": None if comparaison is None else _comparaison_json(comparaison),
    }


def _avertissement(premier: Semestre, dernier: Semestre) -> str:
    if premier == dernier:
        return f"Le taux légal du semestre {premier} manque : {TAUX_MANQUANT}."
    return f"Les taux légaux des semestres {premier} à {dernier} manquent : {TAUX_MANQUANT}."


def _simulee_json(relance: RelanceDecidee, simulation: Simulation) -> dict[str, Any]:
    client = relance.client
    message = message_json(RELANCE_SIMULEE, relance, simulation.date_reference.isoformat())
    interets = [ligne.interets.centimes for ligne in relance.lignes]
    return {
        "client_id": client.client_id,
        "nom": client.nom,
        "type_client": client.type.value,
        "niveau": relance.niveau,
        "devise": relance.devise,
        "politique": relance.politique,
        "version_politique": relance.version_politique,
        "envoi": relance.envoi.value,
        "credits_centimes": relance.credits_centimes,
        "total_du_centimes": relance.total_du_centimes,
        "interets_centimes": None if None in interets else sum(i for i in interets if i is not None),
        "indemnites_centimes": sum(ligne.indemnite_centimes for ligne in relance.lignes),
        "factures": message["factures"],
        "destinataire": message["destinataire"],
        "sans_adresse": client.email is None and client.telephone is None,
        "message": message,
    }


def _ecartee_json(ecartee: Ecartee, simulation: Simulation) -> dict[str, Any]:
    facture = ecartee.facture
    return {
        "facture_id": facture.facture_id,
        "numero": facture.numero,
        "client_id": facture.client_id,
        "nom": simulation.noms.get(facture.client_id),
        "devise": facture.devise,
        "date_echeance": facture.date_echeance,
        "jours_retard": facture.jours_retard(simulation.date_reference),
        "reste_centimes": facture.reste_centimes,
        "motif": ecartee.motif.value,
        "detail": ecartee.detail,
    }


def _comparaison_json(comparaison: Comparaison) -> dict[str, Any]:
    nombres = [d.changement for d in comparaison.differences]
    return {
        "date_reference": comparaison.date_reference,
        "apparues": nombres.count(Changement.APPARUE),
        "disparues": nombres.count(Changement.DISPARUE),
        "niveaux_changes": nombres.count(Changement.NIVEAU),
        "inchangees": comparaison.inchangees,
        "differences": [_difference_json(difference) for difference in comparaison.differences],
    }


def _difference_json(difference: Difference) -> dict[str, Any]:
    avant, apres, ecartee = difference.avant, difference.apres, difference.ecartee
    connue = apres or avant
    assert connue is not None
    return {
        "changement": difference.changement,
        "client_id": connue.client.client_id,
        "nom": connue.client.nom,
        "devise": connue.devise,
        "niveau_avant": avant.niveau if avant else None,
        "niveau": apres.niveau if apres else None,
        "total_du_avant_centimes": avant.total_du_centimes if avant else None,
        "total_du_centimes": apres.total_du_centimes if apres else None,
        "motif": ecartee.motif.value if ecartee else None,
        "detail": ecartee.detail if ecartee else None,
    }
