"""The dashboard equals the lists and the aged balance of its day, on memory, SQLite and MariaDB."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from facture_service.application.creer_avoir import DemandeAvoir
from facture_service.application.passer_ecart import MotifEcart

JOUR = date(2026, 11, 20)
JOURS = ("2026-11-20", "2026-11-30", "2026-09-15", "2026-06-30", "2025-12-31", "2027-03-01", "2024-01-01")


def remplir(monde: Any, graine: int = 5) -> None:
    """Sixty invoices of fourteen clients in two currencies, paid, credited, written off, disputed at random."""
    hasard = random.Random(graine)
    client = monde.clients.connus["c1"]
    for i in range(14):
        monde.clients.connus[f"k{i:02}"] = replace(client, id=f"k{i:02}", nom_affiche=f"Société {i}")
    emissions = sorted(JOUR - timedelta(days=hasard.randrange(420)) for _ in range(60))
    for emission in emissions:
        devise, client_id = hasard.choice(["EUR", "EUR", "USD"]), f"k{hasard.randrange(14):02}"
        ligne = monde.ligne(f"{hasard.randint(1, 90000) / 100:.2f}")
        monde.le(emission.isoformat())
        facture = monde.emise(ligne, client_id=client_id, devise=devise)
        mouvementer(monde, hasard, facture, emission)
    monde.le(JOUR.isoformat())
    monde.brouillon()


def mouvementer(monde: Any, hasard: random.Random, facture: Any, emission: date) -> None:
    """What happens to one invoice after its issue."""
    total = facture.soldes.total_ttc_centimes
    sort = hasard.randrange(6)
    if sort in (0, 1):
        paye_le = min(JOUR, emission + timedelta(days=hasard.randrange(90))).isoformat()
        monde.le(paye_le).regler(facture, hasard.choice([total, max(1, total // 3)]), paye_le)
    elif sort == 2:
        monde.cas.creer_avoir(facture.id, DemandeAvoir("retour", montant_ttc_centimes=max(1, total // 2)))
    elif sort == 3:
        monde.cas.passer_ecart(facture.id, max(1, total // 10), MotifEcart.PETITE_DIFFERENCE)
    elif sort == 4:
        monde.cas.ouvrir_litige(facture.id, "abîmée")


@pytest.fixture
def http(monde: Any) -> Any:
    """A caller of the API over a filled ledger."""
    remplir(monde)
    client = monde.app().test_client()

    def lire(chemin: str) -> Any:
        reponse = client.get(chemin)
        assert reponse.status_code == 200, reponse.text
        return reponse.json

    return lire


def reste(http: Any, devise: str, requete: str) -> tuple[int, int]:
    """Number and balance of a filtered list in one currency."""
    page = http(f"/factures?limit=1&devise={devise}&{requete}")
    return page["total"], sum(t["reste_centimes"] for t in page["totaux"])


def test_every_figure_is_that_of_its_list(http: Any) -> None:
    """Open, late, disputed, each week, what is later, each month, today, on past days and on a day to come."""
    vus = 0
    for au in JOURS:
        for t in http(f"/factures/tableau-de-bord?au={au}&mois=14&semaines=5")["devises"]:
            devise, ouvertes = t["devise"], f"ouverte_au={au}"
            assert (t["nombre_ouvertes"], t["encours_centimes"]) == reste(http, devise, ouvertes)
            retard = reste(http, devise, f"{ouvertes}&en_retard=true")
            assert (t["nombre_en_retard"], t["en_retard_centimes"]) == retard
            assert retard == reste(http, devise, f"{ouvertes}&onglet=en-retard")
            litige = reste(http, devise, f"{ouvertes}&litige=true")
            assert (t["nombre_en_litige"], t["en_litige_centimes"]) == litige
            attendus = t["encaissements_attendus"]
            assert tuple(attendus["en_retard"].values()) == retard
            for s in attendus["semaines"]:
                semaine = reste(http, devise, f"{ouvertes}&echue_du={s['du']}&echue_au={s['au']}")
                assert (s["nombre"], s["reste_centimes"]) == semaine
            apres = date.fromisoformat(attendus["semaines"][-1]["au"]) + timedelta(days=1)
            assert tuple(attendus["au_dela"].values()) == reste(http, devise, f"{ouvertes}&echue_du={apres}")
            for m in t["facture_par_mois"]:
                mois = f"emise_du={m['du']}&emise_au={m['au']}&devise={devise}&limit=1"
                factures, avoirs = (
                    http(f"/factures?type=FACTURE&{mois}"),
                    http(f"/factures?type=AVOIR&{mois}"),
                )
                assert m["nombre"] == factures["total"]
                assert m["factures_centimes"] == total(factures)
                assert m["avoirs_centimes"] == -total(avoirs)
                vus += m["nombre"] > 0
    assert vus > 20


def total(page: Any) -> int:
    """The sum of totals of a list."""
    return sum(t["total_ttc_centimes"] for t in page["totaux"])


def test_sums_are_those_of_the_aged_balance(http: Any) -> None:
    """Balance and lateness per currency, and the debtors are its largest lines."""
    for au in JOURS:
        balance = http(f"/balance-agee?au={au}")
        totaux = {t["devise"]: t for t in balance["totaux"]}
        for t in http(f"/factures/tableau-de-bord?au={au}")["devises"]:
            b = totaux.get(t["devise"], {"total_centimes": 0, "non_echu_centimes": 0})
            assert t["encours_centimes"] == b["total_centimes"]
            assert t["en_retard_centimes"] == b["total_centimes"] - b["non_echu_centimes"]
            lignes = sorted(
                (ligne for ligne in balance["lignes"] if ligne["devise"] == t["devise"]),
                key=lambda ligne: (-ligne["total_centimes"], ligne["client_id"]),
            )[:10]
            assert t["principaux_debiteurs"] == [
                {
                    "client_id": x["client_id"],
                    "nom": x["nom"],
                    "nombre": debiteur["nombre"],
                    "encours_centimes": x["total_centimes"],
                    "en_retard_centimes": x["total_centimes"] - x["non_echu_centimes"],
                }
                for x, debiteur in zip(lignes, t["principaux_debiteurs"], strict=True)
            ]


def test_dso_is_what_its_figures_give(http: Any) -> None:
    """Receivables over what the last 90 days invoiced, less credit notes."""
    au = "2026-11-20"
    for t in http(f"/factures/tableau-de-bord?au={au}")["devises"]:
        facture = total(http(f"/factures?emise_du=2026-08-23&emise_au={au}&devise={t['devise']}&limit=1"))
        assert t["facture_90_jours_centimes"] == facture
        assert t["dso_jours"] == f"{t['encours_centimes'] * 90 / facture + 1e-9:.1f}"
        a_temps = t["encours_centimes"] - t["en_retard_centimes"]
        assert t["dso_optimal_jours"] == f"{a_temps * 90 / facture + 1e-9:.1f}"


def test_dashboard_of_a_known_ledger(monde: Any) -> None:
    """The whole document, by hand: one late invoice half paid, one due next week, one credit note, one draft."""
    ancienne = monde.emise(jour="2026-10-01")
    monde.regler(ancienne, 10000, "2026-11-10")
    recente = monde.emise(monde.ligne("100.00"), jour="2026-10-27")
    monde.cas.creer_avoir(recente.id, DemandeAvoir("geste", montant_ttc_centimes=2000))
    monde.brouillon()
    client = monde.app().test_client()
    tableau = client.get("/factures/tableau-de-bord?mois=2&semaines=2").json
    assert tableau == {
        "au": "2026-11-20",
        "devises": [
            {
                "devise": "EUR",
                "encours_centimes": 24000,
                "nombre_ouvertes": 2,
                "en_retard_centimes": 14000,
                "nombre_en_retard": 1,
                "en_litige_centimes": 0,
                "nombre_en_litige": 0,
                "facture_90_jours_centimes": 34000,
                "dso_jours": "63.5",
                "dso_optimal_jours": "26.5",
                "facture_par_mois": [
                    {
                        "mois": "2026-10",
                        "du": "2026-10-01",
                        "au": "2026-10-31",
                        "nombre": 2,
                        "factures_centimes": 36000,
                        "avoirs_centimes": 0,
                        "net_centimes": 36000,
                    },
                    {
                        "mois": "2026-11",
                        "du": "2026-11-01",
                        "au": "2026-11-20",
                        "nombre": 0,
                        "factures_centimes": 0,
                        "avoirs_centimes": 2000,
                        "net_centimes": -2000,
                    },
                ],
                "encaissements_attendus": {
                    "en_retard": {"nombre": 1, "reste_centimes": 14000},
                    "semaines": [
                        {"semaine": "2026-W47", "du": "2026-11-20", "au": "2026-11-22", "nombre": 0, "reste_centimes": 0},
                        {"semaine": "2026-W48", "du": "2026-11-23", "au": "2026-11-29", "nombre": 1, "reste_centimes": 10000},
                    ],
                    "au_dela": {"nombre": 0, "reste_centimes": 0},
                },
                "principaux_debiteurs": [
                    {
                        "client_id": "c1",
                        "nom": "Boulangerie Hélène",
                        "nombre": 2,
                        "encours_centimes": 24000,
                        "en_retard_centimes": 14000,
                    }
                ],
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize("sorte", ["memoire", "sqlite"])
def test_empty_ledger_and_bad_parameters(sorte: str, creer_monde: Any) -> None:
    """No currency at all; no turnover, no DSO; bounds are named."""
    monde = creer_monde(sorte)
    client = monde.app().test_client()
    assert client.get("/factures/tableau-de-bord").json == {"au": "2026-11-20", "devises": []}
    monde.emise(jour="2026-01-10")
    [t] = client.get("/factures/tableau-de-bord").json["devises"]
    assert (t["dso_jours"], t["dso_optimal_jours"], t["encours_centimes"]) == (None, None, 24000)
    assert (len(t["facture_par_mois"]), len(t["encaissements_attendus"]["semaines"])) == (12, 8)
    for requete in ("mois=0", "mois=37", "semaines=54", "semaines=x", "au=demain", "client_id=c1"):
        reponse = client.get(f"/factures/tableau-de-bord?{requete}")
        assert reponse.status_code == 400
        assert reponse.json["errors"][0]["parameter"] == requete.split("=")[0]
