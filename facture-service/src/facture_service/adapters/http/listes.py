"""What can be read of many documents: the list, its tabs, the aged balance, the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facture_service.adapters.http.cas_usage import CasUsage
from facture_service.adapters.http.colonnes import COLONNES_BALANCE, COLONNES_FACTURES
from facture_service.adapters.reponses import BalanceVue, CompteursVue, FactureVue, TotauxVue
from facture_service.adapters.reponses_tableau import TableauVue, tableau_json
from facture_service.adapters.schemas import FiltreBalance, FiltreCompteurs, FiltreFactures, FiltreTableau
from facture_service.adapters.vues import balance_json, facture_json
from facture_service.application.consultation import CHAMPS_DE_TRI, Criteres, TotauxListe, compter
from ressort.flask.api import Api, CsvExport, FieldError, PageRequest, Paging
from ressort.flask.problem import InvalidQuery
from ressort.flask.views import ViewStore, add_saved_views

TRI_PAR_DEFAUT = "-date_emission,-numero"


def routes_des_listes(api: Api, cas: CasUsage, vues: ViewStore) -> None:
    """GET routes of lists, and the saved views of the list of documents."""
    _liste(api, cas)
    _compteurs(api, cas)
    _balance(api, cas)
    _tableau(api, cas)
    add_saved_views(api, "/factures", store=vues, clock=cas.clock)


def _liste(api: Api, cas: CasUsage) -> None:
    @api.get(
        "/factures",
        response=FactureVue,
        paging=Paging(CHAMPS_DE_TRI, default=TRI_PAR_DEFAUT, beside={"totaux": list[TotauxVue]}),
        csv=CsvExport("factures", COLONNES_FACTURES, lambda _: cas.clock.today()),
    )
    def lister(filtre: FiltreFactures, page: PageRequest) -> dict[str, Any]:
        """Les factures et les avoirs, filtrés et triés, avec les sommes de tout l'ensemble filtré.

        Avec `ouverte_au`, seulement ce qui était ouvert à cette date, et tous les montants à cette date ;
        `connu_au` les donne tels qu'ils étaient connus à cet instant. `en_retard`, `litige` et `onglet` se jugent
        à cette date, aujourd'hui sans elle. Avec `Accept: text/csv`, toute la liste pour un tableur, les montants des
        avoirs étant négatifs.
        """
        trouves = cas.lectures.lister(
            _criteres(
                cas, filtre, tri=page.order, limite=page.limit + 1, apres=page.after, sommes=page.counted
            )
        )
        return page.envelope(
            trouves.elements,
            trouves.total,
            show=facture_json,
            key_of=lambda apercu, cle: apercu.cles[cle],
            totaux=_totaux(trouves.totaux),
        )


def _compteurs(api: Api, cas: CasUsage) -> None:
    @api.get("/factures/compteurs", response=CompteursVue)
    def compteurs(filtre: FiltreCompteurs) -> dict[str, Any]:
        """Ce que chaque onglet de la liste montrerait avec les mêmes filtres, dans l'ordre des onglets."""
        comptes = compter(cas.lectures.grouper(_criteres(cas, filtre)))
        return {
            "onglets": [{"nom": c.onglet, "total": c.total, "totaux": _totaux(c.totaux)} for c in comptes]
        }


def _criteres(cas: CasUsage, filtre: FiltreCompteurs, **page: Any) -> Criteres:
    if filtre.connu_au is not None and filtre.ouverte_au is None:
        texte = "connu_au ne s'emploie qu'avec ouverte_au."
        raise InvalidQuery([FieldError("", "connu-au-sans-date", texte, "connu_au")])
    filtres = {k: v for k, v in filtre if k != "ouverte_au"}
    return Criteres(
        jour=filtre.ouverte_au or cas.clock.today(),
        ouverte=filtre.ouverte_au is not None,
        **filtres,
        **page,
    )


def _totaux(totaux: Sequence[TotauxListe]) -> list[dict[str, Any]]:
    return [
        {"devise": t.devise, "total_ttc_centimes": t.total_ttc_centimes, "reste_centimes": t.reste_centimes}
        for t in totaux
    ]


def _balance(api: Api, cas: CasUsage) -> None:
    @api.get(
        "/balance-agee",
        response=BalanceVue,
        csv=CsvExport("balance-agee", COLONNES_BALANCE, lambda balance: balance["au"], rows="lignes"),
    )
    def balance(filtre: FiltreBalance) -> dict[str, Any]:
        """Ce que doivent les clients à une date, selon le retard."""
        au = filtre.au or cas.clock.today()
        return balance_json(au, cas.lectures.balance_agee(au, filtre.client_id, filtre.connu_au))


def _tableau(api: Api, cas: CasUsage) -> None:
    @api.get("/factures/tableau-de-bord", response=TableauVue)
    def tableau(filtre: FiltreTableau) -> dict[str, Any]:
        """Encours, retard, litiges, DSO, facturé par mois, encaissements attendus par semaine, débiteurs, par devise.

        Chaque chiffre est celui de la liste au même jour : l'encours est le reste de `ouverte_au`, le retard celui de
        `ouverte_au` et `en_retard`, une semaine celui de `ouverte_au` entre `echue_du` et `echue_au`.
        """
        au = filtre.au or cas.clock.today()
        return {
            "au": au,
            "devises": [tableau_json(t) for t in cas.lire_tableau(au, filtre.mois, filtre.semaines)],
        }
