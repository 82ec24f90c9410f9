"""The dashboard as the API answers it: documentation, not checked at run time."""

from __future__ import annotations

from typing import Any

from facture_service.application.tableau_de_bord import Part, TableauDevise
from ressort.flask.api import IsoDate, Model


class PartVue(Model):
    nombre: int
    reste_centimes: int


class MoisVue(Model):
    """A month from `du` to `au`: `net_centimes` is invoices less credit notes."""

    mois: str
    du: IsoDate
    au: IsoDate
    nombre: int
    factures_centimes: int
    avoirs_centimes: int
    net_centimes: int


class SemaineVue(Model):
    """What falls due in an ISO week; the first begins on the day itself."""

    semaine: str
    du: IsoDate
    au: IsoDate
    nombre: int
    reste_centimes: int


class EncaissementsVue(Model):
    """All that is open, once: overdue, by week, later."""

    en_retard: PartVue
    semaines: list[SemaineVue]
    au_dela: PartVue


class DebiteurVue(Model):
    client_id: str
    nom: str
    nombre: int
    encours_centimes: int
    en_retard_centimes: int


class TableauDeviseVue(Model):
    """The figures of one currency; days are decimal strings, null when nothing was invoiced in 90 days."""

    devise: str
    encours_centimes: int
    nombre_ouvertes: int
    en_retard_centimes: int
    nombre_en_retard: int
    en_litige_centimes: int
    nombre_en_litige: int
    facture_90_jours_centimes: int
    dso_jours: str | None
    dso_optimal_jours: str | None
    facture_par_mois: list[MoisVue]
    encaissements_attendus: EncaissementsVue
    principaux_debiteurs: list[DebiteurVue]


class TableauVue(Model):
    """The dashboard of a day."""

    au: IsoDate
    devises: list[TableauDeviseVue]


def tableau_json(tableau: TableauDevise) -> dict[str, Any]:
    """The figures of one currency."""
    sommes = tableau.sommes
    return {
        "devise": sommes.devise,
        "encours_centimes": sommes.ouvertes.reste_centimes,
        "nombre_ouvertes": sommes.ouvertes.nombre,
        "en_retard_centimes": sommes.en_retard.reste_centimes,
        "nombre_en_retard": sommes.en_retard.nombre,
        "en_litige_centimes": sommes.en_litige.reste_centimes,
        "nombre_en_litige": sommes.en_litige.nombre,
        "facture_90_jours_centimes": sommes.facture_90_jours_centimes,
        "dso_jours": tableau.dso,
        "dso_optimal_jours": tableau.dso_optimal,
        "facture_par_mois": [
            {
                "mois": periode.nom,
                "du": periode.du,
                "au": periode.au,
                "nombre": mois.nombre,
                "factures_centimes": mois.factures_centimes,
                "avoirs_centimes": mois.avoirs_centimes,
                "net_centimes": mois.factures_centimes - mois.avoirs_centimes,
            }
            for periode, mois in tableau.mois
        ],
        "encaissements_attendus": {
            "en_retard": _part(sommes.en_retard),
            "semaines": [
                {"semaine": periode.nom, "du": periode.du, "au": periode.au, **_part(part)}
                for periode, part in tableau.semaines
            ],
            "au_dela": _part(tableau.au_dela),
        },
        "principaux_debiteurs": [
            {
                "client_id": d.client_id,
                "nom": d.nom,
                "nombre": d.nombre,
                "encours_centimes": d.encours_centimes,
                "en_retard_centimes": d.en_retard_centimes,
            }
            for d in tableau.debiteurs
        ],
    }


def _part(part: Part) -> dict[str, int]:
    return {"nombre": part.nombre, "reste_centimes": part.reste_centimes}
