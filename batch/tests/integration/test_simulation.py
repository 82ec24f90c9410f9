"""Simulations: what a preview page shows, clients left out, a draft policy, what differs from another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

AUJOURD_HUI = date(2026, 11, 20)
NIVEAUX = [
    {"niveau": 1, "delai_jours": 5, "penalites": False},
    {"niveau": 2, "delai_jours": 15, "penalites": True},
]


def simuler(banc: Any, **corps: Any) -> Any:
    """The answer to a simulation, which must succeed."""
    reponse = banc.client.post("/relances/simulation", json=corps)
    assert reponse.status_code == 200, reponse.json
    return reponse.json


def brouillon(*delais: int, nom: str = "standard", **plus: Any) -> dict[str, Any]:
    """A draft policy with these delays, without penalties."""
    niveaux = [{"niveau": n, "delai_jours": jours, "penalites": False} for n, jours in enumerate(delais, 1)]
    return {"nom": nom, "niveaux": niveaux, **plus}


def niveaux(simulation: Any) -> dict[str, int]:
    """Level by client."""
    return {relance["client_id"]: relance["niveau"] for relance in simulation["relances"]}


def test_a_row_is_what_would_be_asked_for(banc: Any) -> None:
    """`message` is the very message of the run; recipient, interest and indemnity stand beside it."""
    banc.facture("A1", 40)
    banc.lancer("relanceJob")
    banc.toutes_envoyees()
    banc.clock.advance(timedelta(days=7))
    banc.facture("A2", 3)

    (simulee,) = simuler(banc)["relances"]
    banc.lancer("relanceJob")

    message = banc.messages()[-1]
    assert simulee["message"] == {**message, "relance_id": "simulation"}
    assert (simulee["factures"], simulee["destinataire"]) == (message["factures"], message["destinataire"])
    assert (simulee["niveau"], simulee["indemnites_centimes"], simulee["type_client"]) == (
        2,
        4_000,
        "ENTREPRISE",
    )
    assert (simulee["interets_centimes"], simulee["sans_adresse"]) == (None, False)


def test_a_day_to_come_is_what_would_leave_if_nothing_were_paid(banc: Any) -> None:
    """An invoice that is not late today is by then; a launch for that day is refused all the same."""
    plus_tard = (AUJOURD_HUI + timedelta(days=3)).isoformat()
    banc.facture("A1", 3)

    assert simuler(banc)["relances"] == []
    assert niveaux(simuler(banc, date_reference=plus_tard)) == {"c1": 1}
    assert [e["changement"] for e in simuler(banc, compare_a=plus_tard)["comparaison"]["differences"]] == [
        "DISPARUE"
    ]
    assert banc.lancer("relanceJob", date_reference=plus_tard).status_code == 422


def test_a_simulation_looks_a_year_ahead_and_no_further(banc_sqlite: Any) -> None:
    """The day after is mistyped: 422 at its field."""
    assert (
        simuler(banc_sqlite, date_reference=(AUJOURD_HUI + timedelta(days=366)).isoformat())["relances"] == []
    )
    for champ in ("date_reference", "compare_a"):
        trop_loin = {champ: (AUJOURD_HUI + timedelta(days=367)).isoformat()}
        refus = banc_sqlite.client.post("/relances/simulation", json=trop_loin)
        assert refus.status_code == 422
        assert [(e["pointer"], e["code"]) for e in refus.json["errors"]] == [(f"/{champ}", "date-future")]


def test_whom_nobody_can_write_to_is_marked(banc_sqlite: Any) -> None:
    """No e-mail and no telephone; a telephone is enough."""
    for client, telephone in (("c1", None), ("c2", "+33612345678")):
        banc_sqlite.facture(f"A{client}", 10, client=client)
        connus = banc_sqlite.services.clients_par_id
        connus[client] = replace(connus[client], email=None, telephone=telephone)
    relances = simuler(banc_sqlite)["relances"]
    assert {r["client_id"]: r["sans_adresse"] for r in relances} == {"c1": True, "c2": False}


def test_what_is_left_out_is_described(banc_sqlite: Any) -> None:
    """Client, balance and days late stand beside the reason; a client nobody knows has no name."""
    banc_sqlite.facture("A1", 2)
    banc_sqlite.facture("A2", 10, client="c2")
    del banc_sqlite.services.clients_par_id["c2"]
    une, autre = simuler(banc_sqlite)["ecartees"]
    assert (une["nom"], une["motif"], une["jours_retard"], une["reste_centimes"], une["devise"]) == (
        "Client c1",
        "delai-non-atteint",
        2,
        10_000,
        "EUR",
    )
    assert une["date_echeance"] == "2026-11-18"
    assert (autre["nom"], autre["motif"]) == (None, "politique-inconnue")


def test_clients_left_out_say_so(banc: Any) -> None:
    """All their late invoices, whatever else would be said of them; others are not touched."""
    banc.facture("A1", 10)
    banc.facture("A2", 1)
    banc.facture("A3", 10, litige={"motif": "cassé"})
    banc.facture("B1", 10, client="c2")
    simulation = simuler(banc, exclusions=["c1", "c99"])
    assert niveaux(simulation) == {"c2": 1}
    assert {e["facture_id"]: e["motif"] for e in simulation["ecartees"]} == dict.fromkeys(
        ("f-A1", "f-A2", "f-A3"), "exclu"
    )


def test_a_draft_counts_for_the_clients_of_its_name(banc: Any) -> None:
    """As the version it would become; nothing is saved."""
    banc.facture("A1", 10)
    banc.facture("B1", 10, client="c2")
    connus = banc.services.clients_par_id
    connus["c2"] = replace(connus["c2"], politique="douce")
    assert niveaux(simuler(banc)) == {"c1": 1}
    assert niveaux(simuler(banc, politique_brouillon=brouillon(11))) == {}
    (simulee,) = simuler(banc, politique_brouillon=brouillon(9, nom="douce"))["relances"][1:]
    assert (simulee["client_id"], simulee["politique"], simulee["version_politique"]) == ("c2", "douce", 1)
    (premiere,) = simuler(banc, politique_brouillon=brouillon(9))["relances"]
    assert (premiere["politique"], premiere["version_politique"]) == ("standard", 2)
    assert [p["version"] for p in banc.client.get("/politiques").json["elements"]] == [1]


def test_a_draft_may_count_for_everybody(banc_sqlite: Any) -> None:
    """Named as the policy of all clients."""
    banc_sqlite.facture("A1", 10)
    corps = {"politique": "ferme", "politique_brouillon": brouillon(9, nom="ferme")}
    (simulee,) = simuler(banc_sqlite, **corps)["relances"]
    assert simulee["politique"] == "ferme"


@pytest.mark.parametrize(
    ("corps", "pointer"),
    [
        ({"politique_brouillon": brouillon(9, 9)}, "/politique_brouillon/niveaux/1/delai_jours"),
        (
            {"politique_brouillon": brouillon(9, intervalle_min_jours=0)},
            "/politique_brouillon/intervalle_min_jours",
        ),
        ({"politique_brouillon": {"niveaux": NIVEAUX}}, "/politique_brouillon/nom"),
        ({"politique_brouillon": {"nom": "x", "niveaux": []}}, "/politique_brouillon/niveaux"),
        ({"politique_brouillon": {**brouillon(9), "couleur": 1}}, "/politique_brouillon/couleur"),
        ({"exclusions": ["x" * 37]}, "/exclusions/0"),
        ({"exclusions": "c1"}, "/exclusions"),
        ({"compare_a": "2027-11-22"}, "/compare_a"),
        ({"compare_a": "1999-11-21"}, "/compare_a"),
        ({"date_reference": "2027-11-22"}, "/date_reference"),
    ],
)
def test_wrong_demands_are_pointed_at(banc_sqlite: Any, corps: dict[str, Any], pointer: str) -> None:
    """422 with the place."""
    reponse = banc_sqlite.client.post("/relances/simulation", json=corps)
    assert (reponse.status_code, [e["pointer"] for e in reponse.json["errors"]]) == (422, [pointer])


def test_the_effect_of_a_draft_is_the_difference_at_the_same_date(banc: Any) -> None:
    """What disappears says why; what appears, and what changes its level; the rest is counted."""
    for client, retard in (("c1", 6), ("c2", 20), ("c3", 3), ("c4", 20)):
        banc.facture(f"A{client}", retard, client=client)
    connus = banc.services.clients_par_id
    connus["c4"] = replace(connus["c4"], politique="autre")
    assert niveaux(simuler(banc)) == {"c1": 1, "c2": 1}

    simulation = simuler(
        banc,
        politique_brouillon=brouillon(3, minimum_centimes=10_001),
        compare_a="2026-11-20",
    )
    comparaison = simulation["comparaison"]
    assert (comparaison["disparues"], comparaison["apparues"], comparaison["inchangees"]) == (2, 0, 0)
    assert comparaison["differences"][0] == {
        "changement": "DISPARUE",
        "client_id": "c1",
        "nom": "Client c1",
        "devise": "EUR",
        "niveau_avant": 1,
        "niveau": None,
        "total_du_avant_centimes": 10_000,
        "total_du_centimes": None,
        "motif": "montant-minimum",
        "detail": comparaison["differences"][0]["detail"],
    }
    simulation = simuler(banc, politique_brouillon=brouillon(3), compare_a="2026-11-20")
    comparaison = simulation["comparaison"]
    assert [(d["changement"], d["client_id"]) for d in comparaison["differences"]] == [("APPARUE", "c3")]
    assert (comparaison["apparues"], comparaison["inchangees"]) == (1, 2)


def test_two_dates_differ_by_what_happened_between(banc: Any) -> None:
    """Grown late since, settled since, one level higher since."""
    banc.facture("A1", 40)
    banc.lancer("relanceJob")
    banc.toutes_envoyees()
    banc.clock.advance(timedelta(days=7))
    banc.facture("B1", -1, client="c2")
    banc.facture("C1", 10, client="c3")
    banc.services.paiements["p"] = {
        "date_paiement": "2026-11-26",
        "affectations": [{"facture_id": "f-C1", "montant_centimes": 10_000}],
    }

    comparaison = simuler(banc, compare_a="2026-11-25")["comparaison"]

    assert comparaison["date_reference"] == "2026-11-25"
    differences = {d["client_id"]: d for d in comparaison["differences"]}
    assert {c: d["changement"] for c, d in differences.items()} == {
        "c1": "APPARUE",
        "c2": "APPARUE",
        "c3": "DISPARUE",
    }
    assert (differences["c3"]["motif"], differences["c3"]["niveau_avant"]) == (None, 1)
    assert "comparaison" in simuler(banc)


def test_a_level_that_changes_is_told(banc: Any) -> None:
    """The same client and currency, another level."""
    banc.facture("A1", 40)
    banc.lancer("relanceJob")
    banc.toutes_envoyees()
    banc.clock.advance(timedelta(days=7))
    banc.facture("A2", 20)
    corps = {"politique_brouillon": brouillon(3, 90), "compare_a": "2026-11-27"}
    (difference,) = simuler(banc, **corps)["comparaison"]["differences"]
    assert (difference["changement"], difference["niveau_avant"], difference["niveau"]) == ("NIVEAU", 2, 1)


def test_a_launch_may_leave_clients_out(banc: Any) -> None:
    """They get nothing in this run; the same run without them is another one."""
    for rang in range(1, 4):
        banc.facture(f"A{rang}", 10, client=f"c{rang}")
    execution = banc.lancer("relanceJob", exclusions=["c3", "c1", "c3"]).json
    assert execution["parametres"]["exclusions"] == ["c1", "c3"]
    assert [m["client_id"] for m in banc.messages()] == ["c2"]
    (_, relances) = execution["etapes"]
    assert (relances["lus"], relances["ecrits"], relances["filtres"]) == (3, 1, 2)

    meme = banc.lancer("relanceJob", exclusions=["c1", "c3"])
    assert (meme.status_code, meme.json["code"]) == (409, "execution-terminee")
    sans = banc.lancer("relanceJob").json
    assert "exclusions" not in sans["parametres"]
    assert sorted(m["client_id"] for m in banc.messages()) == ["c1", "c2", "c3"]


def test_a_person_says_why_a_client_is_left_out(banc: Any) -> None:
    """The reason stays with the campaign and is no part of its name; ids alone are taken too."""
    for rang in range(1, 4):
        banc.facture(f"A{rang}", 10, client=f"c{rang}")
    exclusions = [{"client_id": "c3", "motif": " accord en cours "}, "c1"]
    execution = banc.lancer("relanceJob", exclusions=exclusions).json
    assert execution["parametres"]["exclusions"] == ["c1", "c3"]
    dites = [{"client_id": "c1", "motif": None}, {"client_id": "c3", "motif": "accord en cours"}]
    assert execution["exclusions"] == dites
    laissees = ecartees(banc, execution)
    assert {e["client_id"]: e["detail"] for e in laissees} == {
        "c1": "Client laissé de côté pour ce passage.",
        "c3": "Client laissé de côté pour ce passage : accord en cours",
    }
    assert banc.lancer("relanceJob", exclusions=["c1", "c3"]).json["code"] == "execution-terminee"


def ecartees(banc: Any, execution: Any, question: str = "") -> Any:
    """What a campaign left out."""
    reponse = banc.client.get(f"/jobs/executions/{execution['id']}/ecartees?{question}")
    assert reponse.status_code == 200, reponse.json
    return reponse.json["elements"]


def test_a_campaign_keeps_why_invoices_were_left_out(banc: Any) -> None:
    """As they were when it ran, whatever they became since; those on a reminder for information are not among them."""
    banc.facture("A1", 10)
    banc.facture("A2", 1)
    banc.facture("B1", 1, client="c2")
    banc.facture("B2", 10, client="c2", litige={"motif": "cassé"})
    banc.facture("Z1", 10, client="c9")
    banc.services.clients_par_id.pop("c9")
    execution = banc.lancer("relanceJob").json
    banc.services.factures.pop("B1")
    assert [(e["numero"], e["nom"], e["motif"]) for e in ecartees(banc, execution)] == [
        ("B1", "Client c2", "delai-non-atteint"),
        ("B2", "Client c2", "litige"),
        ("Z1", None, "politique-inconnue"),
    ]
    (litige,) = ecartees(banc, execution, "motif=litige")
    assert (litige["facture_id"], litige["jours_retard"], litige["reste_centimes"]) == ("f-B2", 10, 10_000)
    assert [e["numero"] for e in ecartees(banc, execution, "tri=-numero&limit=2")] == ["Z1", "B2"]
    comptes = banc.client.get(f"/jobs/executions/{execution['id']}/ecartees/compteurs").json
    assert comptes == [
        {"motif": m, "total": 1} for m in ("delai-non-atteint", "litige", "politique-inconnue")
    ]
    autre = banc.lancer("relanceJob", passage=2).json
    assert [e["numero"] for e in ecartees(banc, autre, "motif=delai-non-atteint")] == ["A2"]
    assert [e["numero"] for e in ecartees(banc, execution, "motif=delai-non-atteint")] == ["B1"]
    assert banc.client.get("/jobs/executions/77/ecartees").json["code"] == "execution-introuvable"


def test_many_clients_may_be_left_out(banc: Any) -> None:
    """More than one parameter of the job holds, shown as one list, kept over a restart."""
    exclus = [f"01890a5d-ac96-774b-bcce-{rang:012}" for rang in range(1_000)]
    banc.facture("A1", 10, client=exclus[-1])
    execution = banc.lancer("relanceJob", exclusions=exclus).json
    assert execution["parametres"]["exclusions"] == exclus
    assert banc.messages() == []


@pytest.mark.parametrize(
    "exclusions",
    [
        *(
            "c1",
            [1],
            ["a,b"],
            [""],
            ["x" * 37],
            ["é"],
            [f"c{n}" for n in range(1_001)],
            [{"motif": "sans client"}],
        ),
        *(
            [{"client_id": "c1", **de}]
            for de in ({"motif": ""}, {"motif": "x" * 201}, {"motif": 7}, {"autre": "x"})
        ),
    ],
)
def test_wrong_exclusions_are_named(banc_sqlite: Any, exclusions: Any) -> None:
    """422 with a pointer, and nothing launched."""
    refus = banc_sqlite.lancer("relanceJob", exclusions=exclusions)
    assert (refus.status_code, refus.json["errors"][0]["pointer"]) == (422, "/parametres/exclusions")
    assert banc_sqlite.client.get("/jobs/relanceJob/executions").json["total"] == 0
