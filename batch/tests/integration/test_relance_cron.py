"""Reminders fired by the cron: holidays, hours, what is taken up again and what is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def test_cron_does_nothing_on_a_public_holiday(banc_sqlite: Any) -> None:
    """11 November: no execution at all."""
    banc_sqlite.facture("A1", 10)
    banc_sqlite.clock.advance(timedelta(days=-9))

    banc_sqlite.parties.declencher.passage()

    assert banc_sqlite.client.get("/jobs/relanceJob/executions").json["total"] == 0


def test_cron_outside_the_hours_waits_for_the_opening(banc: Any) -> None:
    """Fired at seven in the evening: stopped before anything, taken up again... the same day only."""
    banc.facture("A1", 40)
    banc.clock.advance(timedelta(hours=-4))
    banc.parties.declencher.passage()
    assert banc.attendre("1").json["statut"] == "STOPPED"
    assert banc.messages() == []

    banc.parties.declencher.suite()
    assert banc.client.get("/jobs/relanceJob/executions").json["total"] == 1
    banc.clock.advance(timedelta(hours=2))
    banc.parties.declencher.suite()

    assert banc.attendre("2").json["statut"] == "COMPLETED"
    assert len(banc.messages()) == 1


def test_a_run_stopped_by_a_person_stays_stopped(banc_sqlite: Any, monkeypatch: Any) -> None:
    """The scheduler takes up failures and closed hours, not a person's decision."""
    banc_sqlite.facture("A1", 10)
    vrais = banc_sqlite.services.factures_en_retard

    def arreter_pendant(au: Any) -> Any:
        banc_sqlite.client.post("/jobs/executions/1/arret")
        return vrais(au)

    monkeypatch.setattr(banc_sqlite.services, "factures_en_retard", arreter_pendant)
    banc_sqlite.parties.declencher.passage()
    assert banc_sqlite.attendre("1").json["statut"] == "STOPPED"

    banc_sqlite.parties.declencher.suite()

    assert banc_sqlite.client.get("/jobs/relanceJob/executions").json["total"] == 1


def test_two_runs_at_once_are_refused(banc_sqlite: Any, monkeypatch: Any) -> None:
    """While one run goes on, a second pass is 409, and the cron's firing is passed over."""
    vrais = banc_sqlite.services.factures_en_retard
    codes: list[Any] = []

    def pendant(au: Any) -> Any:
        if not codes:
            refus = banc_sqlite.client.post(
                "/jobs/relanceJob/executions", json={"parametres": {"passage": 2}}
            )
            meme = banc_sqlite.client.post("/jobs/relanceJob/executions", json={})
            codes.extend([refus.json["code"], meme.json["code"]])
            banc_sqlite.parties.declencher.passage()
        return vrais(au)

    monkeypatch.setattr(banc_sqlite.services, "factures_en_retard", pendant)
    banc_sqlite.lancer("relanceJob")

    assert codes == ["relance-en-cours", "execution-en-cours"]
    assert banc_sqlite.client.get("/jobs/relanceJob/executions").json["total"] == 1
