"""relanceJob through the API, on every database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from batch.application.ports import Relance
from batch.application.suivre_relances import RelanceTraitee
from batch.domain.dossier import EtatRelance, Solde


def test_one_message_per_client_and_currency(banc: Any) -> None:
    """Two late invoices of one client, one of another, one in another currency."""
    banc.facture("A1", 10)
    banc.facture("A2", 6)
    banc.facture("A3", 6, devise="USD")
    banc.facture("B1", 20, client="c2")

    execution = banc.lancer("relanceJob")

    assert (execution.json["statut"], execution.json["rejeu"]) == ("COMPLETED", False)
    assert execution.json["parametres"]["date_reference"] == "2026-11-20"
    messages = sorted((m["client_id"], m["devise"], len(m["factures"])) for m in banc.messages())
    assert messages == [("c1", "EUR", 2), ("c1", "USD", 1), ("c2", "EUR", 1)]
    (message,) = [m for m in banc.messages() if m["client_id"] == "c2"]
    assert message["destinataire"] == {
        "nom": "Client c2",
        "email": "c2@x.example",
        "telephone": None,
        "langue": "fr",
    }
    assert (message["type"], message["niveau"], message["total_du_centimes"]) == (
        "RelanceDemandee",
        1,
        10_000,
    )


def test_twenty_five_clients_twenty_five_reminders(banc: Any) -> None:
    """No client is skipped between chunks: 120 clients, more than two chunks."""
    for n in range(120):
        banc.facture(f"F{n}", 8, client=f"c{n:03}")

    execution = banc.lancer("relanceJob").json

    assert len(banc.messages()) == 120
    (preparation, relances) = execution["etapes"]
    assert (relances["lus"], relances["ecrits"], relances["nom"]) == (120, 120, "relances")
    assert preparation["statut"] == "COMPLETED"


def test_a_second_pass_asks_for_nothing(banc: Any) -> None:
    """The same day again on purpose, before and after the mails have left."""
    banc.facture("A1", 10)
    banc.lancer("relanceJob")

    assert banc.lancer("relanceJob", passage=2).json["statut"] == "COMPLETED"
    banc.toutes_envoyees()
    assert banc.lancer("relanceJob", passage=3).json["statut"] == "COMPLETED"

    assert len(banc.messages()) == 1


def test_the_same_pass_is_refused(banc: Any) -> None:
    """An instance completes once, as in Spring Batch."""
    banc.lancer("relanceJob")

    refus = banc.lancer("relanceJob")

    assert (refus.status_code, refus.json["code"], refus.json["execution_id"]) == (
        409,
        "execution-terminee",
        "1",
    )


def test_dates(banc_sqlite: Any) -> None:
    """A future date is 422, one before the last completed run 409, another than today is a replay."""
    demain = banc_sqlite.client.post(
        "/jobs/relanceJob/executions", json={"parametres": {"date_reference": "2026-11-21"}}
    )
    assert (demain.status_code, demain.json["errors"][0]["code"]) == (422, "date-future")

    hier = banc_sqlite.lancer("relanceJob", date_reference="2026-11-19")
    assert hier.json["rejeu"] is True

    avant = banc_sqlite.lancer("relanceJob", date_reference="2026-11-18")
    assert (avant.status_code, avant.json["code"]) == (409, "date-anterieure")


@pytest.mark.parametrize(
    ("parametres", "pointer"),
    [
        ({"date_reference": "20/11/2026"}, "/parametres/date_reference"),
        ({"date_reference": 20261120}, "/parametres/date_reference"),
        ({"passage": 0}, "/parametres/passage"),
        ({"passage": 1.5}, "/parametres/passage"),
        ({"passage": True}, "/parametres/passage"),
        ({"jour": "2026-11-20"}, "/parametres/jour"),
    ],
)
def test_wrong_parameters_are_named(banc_sqlite: Any, parametres: dict[str, Any], pointer: str) -> None:
    """422 with a pointer, and nothing launched."""
    refus = banc_sqlite.client.post("/jobs/relanceJob/executions", json={"parametres": parametres})

    assert (refus.status_code, [e["pointer"] for e in refus.json["errors"]]) == (422, [pointer])
    assert banc_sqlite.client.get("/jobs/relanceJob/executions").json["total"] == 0


def test_unknown_job_and_execution(banc_sqlite: Any) -> None:
    """404 in French."""
    assert banc_sqlite.client.post("/jobs/rienJob/executions", json={}).json["code"] == "job-introuvable"
    for id in ("99", "abc", "-1"):
        assert banc_sqlite.client.get(f"/jobs/executions/{id}").json["code"] == "execution-introuvable"


def test_cancelled_reminder_gives_its_claims_back(banc: Any) -> None:
    """The next pass asks for the same level again; the contact does not count."""
    banc.facture("A1", 10)
    banc.lancer("relanceJob")
    (message,) = banc.messages()
    banc.parties.suivre(
        RelanceTraitee(message["relance_id"], EtatRelance.ANNULEE, "réglée", "n1", banc.clock.now())
    )

    banc.lancer("relanceJob", passage=2)

    relances = banc.client.get("/relances?facture_id=f-A1&tri=creee_le").json["elements"]
    assert [(r["etat"], r["niveau"], r["motif"]) for r in relances] == [
        ("ANNULEE", 1, "réglée"),
        ("DEMANDEE", 1, None),
    ]


def test_reports_out_of_order_change_nothing(banc: Any) -> None:
    """An older report does not undo a newer one; an unknown reminder is nobody's."""
    banc.facture("A1", 10)
    banc.lancer("relanceJob")
    (message,) = banc.messages()
    maintenant = banc.clock.now()

    def rapporter(etat: EtatRelance, minutes: int, relance_id: str = message["relance_id"]) -> None:
        le = maintenant + timedelta(minutes=minutes)
        banc.parties.suivre(RelanceTraitee(relance_id, etat, None, "n1", le))

    rapporter(EtatRelance.ENVOYEE, 5)
    rapporter(EtatRelance.A_TRAITER, 1)
    rapporter(EtatRelance.ENVOYEE, 5, "inconnue")

    assert banc.client.get("/relances?etat=ENVOYEE").json["total"] == 1


def test_next_level_after_a_week_when_the_first_was_sent(banc: Any) -> None:
    """Climbing: 10 days late level 1, a week later level 2 with interest unknown for 2026 H2 and 40 EUR."""
    banc.facture("A1", 10)
    banc.lancer("relanceJob")
    banc.toutes_envoyees()
    banc.clock.advance(timedelta(days=7))

    banc.lancer("relanceJob")

    (ligne,) = banc.messages()[-1]["factures"]
    assert (ligne["niveau"], ligne["jours_retard"]) == (2, 17)
    assert (ligne["interets_centimes"], ligne["indemnite_centimes"]) == (None, 4000)


def test_recommencement_begins_the_next_cycle(banc: Any) -> None:
    """On a person's word an invoice starts at level 1 of cycle 2; never while a reminder is on its way."""
    facture = banc.facture("A1", 10)
    corps = {"facture_id": facture, "motif": "facture renvoyée"}
    assert banc.client.post("/relances/recommencement", json=corps).json["code"] == "facture-jamais-relancee"
    banc.lancer("relanceJob")
    assert banc.client.post("/relances/recommencement", json=corps).json["code"] == "relance-en-attente"
    banc.toutes_envoyees()

    cycle = banc.client.post("/relances/recommencement", json=corps)
    banc.clock.advance(timedelta(days=8))
    banc.lancer("relanceJob")

    assert (cycle.status_code, cycle.json["cycle"]) == (201, 2)
    (ligne,) = banc.messages()[-1]["factures"]
    assert (ligne["cycle"], ligne["niveau"]) == (2, 1)


def test_recommencement_of_an_unknown_invoice(banc_sqlite: Any) -> None:
    """404: facture-service does not have it."""
    refus = banc_sqlite.client.post(
        "/relances/recommencement", json={"facture_id": "inconnue", "motif": "essai"}
    )

    assert (refus.status_code, refus.json["code"]) == (404, "facture-introuvable")


def test_formal_notice_is_for_a_person(banc: Any) -> None:
    """Level 4 is asked for as A_TRAITER."""
    banc.facture("A1", 20)
    for _ in range(4):
        banc.lancer("relanceJob")
        banc.toutes_envoyees()
        banc.clock.advance(timedelta(days=15))

    relances = banc.client.get("/relances?tri=creee_le").json["elements"]
    assert [(r["niveau"], r["etat"], r["envoi"]) for r in relances] == [
        (1, "ENVOYEE", "AUTOMATIQUE"),
        (2, "ENVOYEE", "AUTOMATIQUE"),
        (3, "ENVOYEE", "AUTOMATIQUE"),
        (4, "A_TRAITER", "MANUEL"),
    ]


def test_service_out_fails_the_run_and_a_restart_completes_it(banc: Any, monkeypatch: Any) -> None:
    """No credit known, no reminder: the run stops, and asks for each reminder once when taken up again."""
    for n in range(60):
        banc.facture(f"F{n}", 8, client=f"c{n:03}")
    vrais, appels = banc.services.soldes, []

    def soldes(ids: Any, au: Any) -> Any:
        appels.append(1)
        if len(appels) == 2:
            raise OSError("paiement-service is unavailable")
        return vrais(ids, au)

    monkeypatch.setattr(banc.services, "soldes", soldes)
    echec = banc.lancer("relanceJob").json
    assert (echec["statut"], len(banc.messages())) == ("FAILED", 50)
    assert "paiement-service is unavailable" in echec["echecs"][0]

    reprise = banc.client.post(f"/jobs/executions/{echec['id']}/redemarrage")

    assert reprise.status_code == 202
    assert reprise.headers["Location"].endswith(f"/jobs/executions/{reprise.json['id']}")
    assert banc.attendre(reprise.json["id"]).json["statut"] == "COMPLETED"
    assert len({m["client_id"] for m in banc.messages()}) == len(banc.messages()) == 60
    encore = banc.client.post(f"/jobs/executions/{echec['id']}/redemarrage")
    assert (encore.status_code, encore.json["code"]) == (409, "execution-etat")


def test_claim_taken_meanwhile_is_not_asked_for_twice(banc: Any, monkeypatch: Any) -> None:
    """Another run commits the same claim between our decision and our write."""
    banc.facture("A1", 10)
    magasin = banc.parties.magasin
    vrai, fois = magasin.historique, []

    def historique(clients: Any, factures: Any) -> Any:
        lu = vrai(clients, factures)
        if not fois:
            fois.append(1)
            _autre_passage(magasin, banc)
        return lu

    monkeypatch.setattr(magasin, "historique", historique)

    assert banc.lancer("relanceJob").json["statut"] == "COMPLETED"
    assert banc.messages() == []
    assert banc.client.get("/relances").json["total"] == 1


def _autre_passage(magasin: Any, banc: Any) -> None:
    ligne = {"facture_id": "f-A1", "numero": "A1", "cycle": 1, "niveau": 1}
    magasin.enregistrer(
        Relance(
            id="autre",
            client_id="c1",
            nom="Client c1",
            niveau=1,
            devise="EUR",
            date_reference=banc.clock.today(),
            politique="standard",
            version_politique=1,
            envoi="AUTOMATIQUE",
            etat=EtatRelance.DEMANDEE,
            rejeu=False,
            execution_id=7,
            credits_centimes=0,
            total_du_centimes=10_000,
            factures=[ligne],
            creee_le=banc.clock.now(),
        )
    )


def test_simulation_sends_and_stores_nothing(banc: Any) -> None:
    """It says what would be asked, why the rest would not, and which rate is missing."""
    banc.facture("A1", 10)
    banc.facture("A2", 2, client="c2")
    banc.facture("A3", 10, client="c3", litige={"motif": "cassé"})
    banc.facture("A4", 10, client="c4")
    banc.services.credits[("c4", "EUR")] = Solde(10_000, 0)

    simulation = banc.client.post("/relances/simulation", json={"date_reference": "2026-11-20"}).json

    assert [(r["client_id"], r["niveau"], r["total_du_centimes"]) for r in simulation["relances"]] == [
        ("c1", 1, 10_000)
    ]
    assert {e["facture_id"]: e["motif"] for e in simulation["ecartees"]} == {
        "f-A2": "delai-non-atteint",
        "f-A3": "litige",
        "f-A4": "credit-couvrant",
    }
    assert banc.client.get("/relances").json["total"] == 0
    assert banc.messages() == []
    inconnue = banc.client.post("/relances/simulation", json={"politique": "douce"})
    assert (inconnue.status_code, inconnue.json["errors"][0]["pointer"]) == (422, "/politique")


def test_launch_is_idempotent_by_key(banc: Any) -> None:
    """The same key gives the first answer again, not a refusal."""
    banc.facture("A1", 10)
    entetes = {"Idempotency-Key": "k1"}
    premiere = banc.client.post("/jobs/relanceJob/executions", json={"parametres": {}}, headers=entetes)
    banc.attendre(premiere.json["id"])

    seconde = banc.client.post("/jobs/relanceJob/executions", json={"parametres": {}}, headers=entetes)

    assert (seconde.status_code, seconde.json["id"]) == (202, premiere.json["id"])
    assert seconde.headers["Idempotency-Replayed"] == "true"


def test_policy_versions_are_frozen_at_the_first_launch(banc: Any, monkeypatch: Any) -> None:
    """A policy changed while a run is interrupted counts from the next run on."""
    banc.facture("A1", 10)
    vrais, appels = banc.services.soldes, []

    def soldes(ids: Any, au: Any) -> Any:
        appels.append(1)
        if len(appels) == 1:
            raise OSError("out")
        return vrais(ids, au)

    monkeypatch.setattr(banc.services, "soldes", soldes)
    echec = banc.lancer("relanceJob").json
    politique = banc.client.get("/politiques/standard")
    changee = {**politique.json, "niveaux": [{"niveau": 1, "delai_jours": 30, "penalites": False}]}
    modifiee = banc.client.put(
        "/politiques/standard", json=changee, headers={"If-Match": politique.headers["ETag"]}
    )
    assert modifiee.json["version"] == 2

    banc.attendre(banc.client.post(f"/jobs/executions/{echec['id']}/redemarrage").json["id"])

    assert [m["version_politique"] for m in banc.messages()] == [1]
