"""The runs of all jobs in one list, and one of them followed event by event; on every database."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

CSV = "reference,client_reference,date_emission,date_echeance,montant,date_reglement\n"
LIGNES = "F1,c1,2026-09-01,2026-10-01,100.00,\nF2,c2,2026-09-01,2026-10-01,50.00,2026-10-05\nF3,c3,x,x,1,\n"


@pytest.fixture
def passages(banc: Any, monkeypatch: Any) -> Any:
    """Runs 1 (reminders), 2 (a take-over with a bad row), 3 (failed), 4 (the same again), 5 (nothing to do)."""
    banc.facture("A1", 10)
    banc.facture("A2", 10, client="c2")
    banc.lancer("relanceJob", exclusions=["c2"])
    chemin = banc.fichier(CSV + LIGNES)
    banc.lancer("repriseJob", fichier=chemin, type_client="ENTREPRISE", arrete_au="2026-11-01")
    with monkeypatch.context() as panne:
        panne.setattr(banc.services, "soldes", _en_panne)
        echec = banc.lancer("relanceJob", passage=2).json
    banc.attendre(banc.client.post(f"/jobs/executions/{echec['id']}/redemarrage").json["id"])
    banc.lancer("relanceJob", passage=3)
    return banc


def _en_panne(ids: Any, au: Any) -> Any:
    raise OSError("paiement-service is unavailable")


def lire(banc: Any, question: str = "") -> Any:
    """The list under a question that must be answered."""
    reponse = banc.client.get(f"/jobs/executions?{question}")
    assert reponse.status_code == 200, reponse.json
    return reponse.json


def test_the_runs_of_all_jobs_are_one_list(passages: Any) -> None:
    """Newest first, with the parameters of the launch, sums over the steps, rejected rows and how long it took."""
    page = lire(passages)
    assert [(e["id"], e["job"], e["statut"]) for e in page["elements"]] == [
        ("5", "relanceJob", "COMPLETED"),
        ("4", "relanceJob", "COMPLETED"),
        ("3", "relanceJob", "FAILED"),
        ("2", "repriseJob", "COMPLETED"),
        ("1", "relanceJob", "COMPLETED"),
    ]
    assert page["total"] == 5
    reprise, relance = page["elements"][3], page["elements"][4]
    assert relance["parametres"]["exclusions"] == ["c2"]
    assert (relance["lus"], relance["ecrits"], relance["filtres"], relance["rejets"]) == (2, 1, 1, 0)
    assert (reprise["ignores"], reprise["rejets"]) == (1, 1)
    for passe in page["elements"]:
        entiere = passages.client.get(f"/jobs/executions/{passe['id']}").json
        communs = [cle for cle in passe if cle in entiere]
        assert {cle: passe[cle] for cle in communs} == {cle: entiere[cle] for cle in communs}
        for somme in ("lus", "ecrits", "filtres", "ignores"):
            assert passe[somme] == sum(etape[somme] for etape in entiere["etapes"])


SELECTIONS = {
    "statut=FAILED": ["3"],
    "statut=COMPLETED&job=repriseJob": ["2"],
    "statut=STARTING,STARTED": [],
    "statut=FAILED,COMPLETED&limit=2": ["5", "4"],
    "job=relanceJob": ["5", "4", "3", "1"],
    "job=rienJob": [],
}


def test_filters_select(passages: Any) -> None:
    """One or several states, one job."""
    for question, attendus in SELECTIONS.items():
        assert [e["id"] for e in lire(passages, question)["elements"]] == attendus, question


def test_pages_follow_one_another(passages: Any) -> None:
    """With a cursor, and the total of the filtered list."""
    premiere = lire(passages, "job=relanceJob&limit=3")
    suite = lire(passages, f"job=relanceJob&limit=3&curseur={premiere['suivant']}")
    assert [e["id"] for e in premiere["elements"] + suite["elements"]] == ["5", "4", "3", "1"]
    assert (premiere["total"], suite["total"], suite["suivant"]) == (4, 4, None)


def test_a_run_under_way_is_found_and_timed(banc: Any, monkeypatch: Any) -> None:
    """Until its last sign of life; asked to stop, it still runs."""
    suite = _retenir(banc, monkeypatch)
    banc.facture("A1", 10)
    lancee = banc.client.post("/jobs/relanceJob/executions", json={}).json["id"]
    suite.atteinte.wait(20)
    banc.client.post(f"/jobs/executions/{lancee}/arret")
    (passe,) = lire(banc, "statut=STARTED")["elements"]
    suite.libre.set()
    banc.attendre(lancee)
    assert (passe["statut"], passe["fin"]) == ("STARTED", None)
    assert passe["duree_ms"] >= 0
    assert lire(banc, "statut=STARTED")["total"] == 0


@pytest.mark.parametrize(
    ("question", "parametre"),
    [("statut=FINI", "statut"), ("statut=STOPPING", "statut"), ("limit=0", "limit"), ("tri=debut", "tri")],
)
def test_wrong_questions_are_a_400(banc_sqlite: Any, question: str, parametre: str) -> None:
    """The parameter is named."""
    reponse = banc_sqlite.client.get(f"/jobs/executions?{question}")
    assert (reponse.status_code, reponse.json["errors"][0]["parameter"]) == (400, parametre)
    assert banc_sqlite.client.get("/jobs/executions?tri=ordre").status_code == 400


class _Retenue:
    """Holds up the second chunk of a run of reminders."""

    def __init__(self) -> None:
        self.atteinte, self.libre = threading.Event(), threading.Event()


def _retenir(banc: Any, monkeypatch: Any, appel: int = 1) -> _Retenue:
    """Holds the run up at that call for balances."""
    suite, vrais, appels = _Retenue(), banc.services.soldes, []

    def soldes(ids: Any, au: Any) -> Any:
        appels.append(1)
        if len(appels) == appel:
            suite.atteinte.set()
            suite.libre.wait(20)
        return vrais(ids, au)

    monkeypatch.setattr(banc.services, "soldes", soldes)
    return suite


def evenements(parties: Iterator[bytes]) -> Iterator[tuple[str, str, Any]]:
    """Id, name and data of each event; comments and the pause of the beginning are passed over."""
    for partie in parties:
        champs = dict(ligne.split(": ", 1) for ligne in partie.decode().splitlines() if ": " in ligne)
        if "data" in champs:
            yield champs["id"], champs["event"], json.loads(champs["data"])


def suivre(banc: Any, execution_id: str, **entetes: str) -> Any:
    """A stream of the run's events, read as it is made."""
    return banc.client.get(f"/jobs/executions/{execution_id}/evenements", headers=entetes, buffered=False)


def test_a_run_is_followed_to_its_end(banc: Any, monkeypatch: Any) -> None:
    """Counts as chunks are committed, out of how many, then the final state; a reader may come back in between."""
    for n in range(120):
        banc.facture(f"F{n}", 8, client=f"c{n:03}")
    suite = _retenir(banc, monkeypatch, appel=3)
    lancee = banc.client.post("/jobs/relanceJob/executions", json={}).json["id"]
    suite.atteinte.wait(20)

    reponse = suivre(banc, lancee)
    assert reponse.content_type == "text/event-stream; charset=utf-8"
    flux = evenements(reponse.iter_encoded())
    id, nom, execution = next(flux)
    (_, relances) = execution["etapes"]
    assert (nom, execution["id"], execution["statut"]) == ("progression", lancee, "STARTED")
    assert (relances["lus"], relances["attendus"]) == (100, 120)
    reponse.close()

    revenu = evenements(suivre(banc, lancee, **{"Last-Event-ID": id}).iter_encoded())
    suite.libre.set()
    derniers = list(revenu)
    assert id not in [id for id, _, _ in derniers]
    id, nom, execution = derniers[-1]
    assert (nom, execution["statut"], execution["etapes"][1]["lus"]) == ("fin", "COMPLETED", 120)
    assert execution == banc.client.get(f"/jobs/executions/{lancee}").json

    assert suivre(banc, lancee, **{"Last-Event-ID": id}).status_code == 204
    assert [nom for _, nom, _ in evenements(suivre(banc, lancee).iter_encoded())] == ["fin"]


def test_take_overs_say_how_many_rows_there_are(banc: Any) -> None:
    """From the second step on; the first one learns it by reading."""
    chemin = banc.fichier(CSV + LIGNES)
    execution = banc.lancer(
        "repriseJob", fichier=chemin, type_client="ENTREPRISE", arrete_au="2026-11-01"
    ).json
    assert {etape["nom"]: etape["attendus"] for etape in execution["etapes"]} == {
        "preparation": None,
        "lecture": None,
        "clients": 2,
        "factures": 2,
        "paiements": 2,
        "controle": None,
    }


def test_a_run_that_does_not_exist_has_no_events(banc_sqlite: Any) -> None:
    """404, before any stream."""
    for id in ("99", "abc"):
        assert suivre(banc_sqlite, id).json["code"] == "execution-introuvable"


def test_a_fifth_reader_is_told_to_poll(banc_sqlite: Any, monkeypatch: Any) -> None:
    """503 with Retry-After."""
    suite = _retenir(banc_sqlite, monkeypatch)
    banc_sqlite.facture("A1", 10)
    lancee = banc_sqlite.client.post("/jobs/relanceJob/executions", json={}).json["id"]
    ouverts = [suivre(banc_sqlite, lancee) for _ in range(4)]
    refus = suivre(banc_sqlite, lancee)
    assert (refus.status_code, refus.json["code"]) == (503, "trop-de-flux")
    assert int(refus.headers["Retry-After"]) > 0
    suite.libre.set()
    for reponse in ouverts:
        assert [nom for _, nom, _ in evenements(reponse.iter_encoded())][-1] == "fin"
        reponse.close()
