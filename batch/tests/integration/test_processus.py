"""batch as a process: killed in the middle, fired twice at once, told of a new cron while it runs."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import flask
import pytest
from werkzeug.serving import make_server

from batch.adapters.memory import ServicesEnMemoire
from batch.domain.calendrier import CalendrierEnvois
from batch.domain.dossier import Client, FactureEnRetard
from batch.domain.interets import TypeClient

REEL = Path(__file__).parents[3] / "data" / "receivables-2013.csv"


class FauxServices:
    """The three services on one port; `avant` may hold a call up, to kill its caller meanwhile."""

    def __init__(self) -> None:
        self.memoire = ServicesEnMemoire()
        self.avant: Callable[[str], None] = lambda route: None
        app = flask.Flask("faux")
        app.add_url_rule("/clients", view_func=self._clients)
        app.add_url_rule("/factures", view_func=self._factures)
        app.add_url_rule("/paiements", view_func=self._paiements)
        app.add_url_rule("/paiements/soldes", view_func=self._soldes)
        for route, reprendre, refus in (
            ("/clients/reprises", self.memoire.reprendre_clients, "REFUSE"),
            ("/factures/reprises", self.memoire.reprendre_factures, "REFUSEE"),
            ("/paiements/lots", self.memoire.reprendre_paiements, "REFUSE"),
        ):
            app.add_url_rule(route, route, self._reprises(route, reprendre, refus), methods=["POST"])
        self._serveur = make_server("127.0.0.1", 0, app, threaded=True)
        self.port = self._serveur.server_port
        self._fil = threading.Thread(target=self._serveur.serve_forever, daemon=True)

    def __enter__(self) -> FauxServices:
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._serveur.shutdown()
        self._fil.join(5)

    def _reprises(self, route: str, reprendre: Any, refus: str) -> Callable[[], Any]:
        def recevoir() -> Any:
            self.avant(route)
            return [
                {
                    "reference": un.reference,
                    "reference_externe": un.reference,
                    "id": un.id,
                    "etat": refus if un.refus else "DEJA_CONNU",
                    "errors": [],
                }
                for un in reprendre(flask.request.get_json())
            ]

        return recevoir

    def _clients(self) -> Any:
        ids = flask.request.args["ids"].split(",")
        return _page([_client(c) for c in self.memoire.clients(ids).values()])

    def _factures(self) -> Any:
        self.avant("/factures")
        if flask.request.args["type"] == "AVOIR":
            return _page([])
        au = date.fromisoformat(flask.request.args["ouverte_au"])
        ouvertes = self.memoire._ouvertes(au)
        if "echue_avant" in flask.request.args:
            ouvertes = [f for f in ouvertes if f.date_echeance < au]
        return _page([_facture(f) for f in ouvertes])

    def _paiements(self) -> Any:
        return _page([])

    def _soldes(self) -> Any:
        self.avant("/paiements/soldes")
        return []


def _page(elements: list[dict[str, Any]]) -> dict[str, Any]:
    return {"elements": elements, "suivant": None, "total": len(elements)}


def _client(c: Client) -> dict[str, Any]:
    return {
        "id": c.client_id,
        "nom_affiche": c.nom,
        "type": c.type.value,
        "politique_relance": c.politique,
        "suspension": None,
        "email": c.email,
        "telephone": None,
        "langue": "fr",
    }


def _facture(f: FactureEnRetard) -> dict[str, Any]:
    return {
        "id": f.facture_id,
        "numero": f.numero,
        "client_id": f.client_id,
        "devise": f.devise,
        "date_emission": f.date_emission.isoformat(),
        "date_echeance": f.date_echeance.isoformat(),
        "total_ttc_centimes": f.total_ttc_centimes,
        "reste_centimes": f.reste_centimes,
        "litige": {"motif": f.litige} if f.litige else None,
        "emise_le": "2013-01-01T08:00:00Z",
        "modifie_le": "2013-01-01T08:00:00Z",
    }


class Processus:
    """One `python -m batch` over the false services, on the databases of a folder."""

    def __init__(self, dossier: Path, services: FauxServices, *options: str) -> None:
        with socket.socket() as libre:
            libre.bind(("127.0.0.1", 0))
            self.port = libre.getsockname()[1]
        commande = [
            sys.executable,
            "-m",
            "batch",
            f"--server.port={self.port}",
            "--eureka.client.enabled=false",
        ]
        commande += ["--ressort.config-server.url=http://127.0.0.1:1"]
        commande += [
            f"--spring.cloud.discovery.client.simple.instances.{nom}[0].uri=http://127.0.0.1:{services.port}"
            for nom in ("client-service", "facture-service", "paiement-service")
        ]
        self._journal = (dossier / f"batch-{self.port}.log").open("wb")
        self._enfant = subprocess.Popen(
            [*commande, *options], cwd=dossier, stdout=self._journal, stderr=subprocess.STDOUT
        )
        attendre(lambda: self._repond(), 60)

    def _repond(self) -> bool:
        assert self._enfant.poll() is None, "batch ended"
        try:
            self.appeler("GET", "/jobs")
        except OSError:
            return False
        return True

    def appeler(self, methode: str, chemin: str, corps: Any = None) -> Any:
        donnees = None if corps is None else json.dumps(corps).encode()
        requete = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{chemin}",
            donnees,
            {"Content-Type": "application/json"} if donnees else {},
            method=methode,
        )
        with urllib.request.urlopen(requete, timeout=20) as reponse:
            return json.load(reponse)

    def statut(self, execution_id: str) -> str:
        return str(self.appeler("GET", f"/jobs/executions/{execution_id}")["statut"])

    def tuer(self) -> None:
        self._enfant.send_signal(signal.SIGKILL)
        self._enfant.wait(10)
        self._journal.close()

    def arreter(self) -> None:
        if self._enfant.poll() is None:
            self._enfant.terminate()
            self._enfant.wait(30)
        self._journal.close()


def attendre(condition: Callable[[], bool], secondes: float) -> None:
    """Until it holds; fails after a generous time."""
    fin = time.monotonic() + secondes
    while not condition():
        assert time.monotonic() < fin, "it did not happen"
        time.sleep(0.1)


@pytest.fixture
def services() -> Iterator[FauxServices]:
    with FauxServices() as faux:
        yield faux


@pytest.fixture
def demarrer(tmp_path: Path, services: FauxServices) -> Iterator[Callable[..., Processus]]:
    lances: list[Processus] = []

    def lancer(*options: str) -> Processus:
        lances.append(Processus(tmp_path, services, *options))
        return lances[-1]

    yield lancer
    for processus in lances:
        processus.arreter()


def boite(dossier: Path) -> list[dict[str, Any]]:
    """Every message ever put in the outbox of the process's database."""
    with sqlite3.connect(f"file:{dossier}/var/db/batch_db.db?mode=ro", uri=True) as base:
        return [json.loads(payload) for (payload,) in base.execute("SELECT payload FROM outbox")]


def retards(services: FauxServices, nombre: int, au: date | None = None) -> None:
    """That many clients, each with one invoice ten days late."""
    jour = (au or date.today()) - timedelta(days=10)
    for n in range(nombre):
        id = f"c{n:04}"
        services.memoire.clients_par_id[id] = Client(id, id, TypeClient.ENTREPRISE, email=f"{id}@x.example")
        services.memoire.factures[f"F{n}"] = {
            "client_id": id,
            "devise": "EUR",
            "date_emission": (jour - timedelta(days=30)).isoformat(),
            "date_echeance": jour.isoformat(),
            "total_ttc_centimes": 10_000,
            "litige": None,
        }


def tenir(services: FauxServices, route: str, fois: int) -> threading.Event:
    """Hold the n-th call of a route up for ever; the event says it was reached."""
    atteint, appels = threading.Event(), [0]

    def avant(appelee: str) -> None:
        if appelee != route:
            return
        appels[0] += 1
        if appels[0] == fois:
            atteint.set()
            time.sleep(3)

    services.avant = avant
    return atteint


def test_killed_in_the_middle_of_reminders(
    tmp_path: Path, services: FauxServices, demarrer: Callable[..., Processus]
) -> None:
    """kill -9 after the first chunks: the restart asks for the rest, no client twice."""
    retards(services, 180)
    atteint = tenir(services, "/paiements/soldes", 3)
    premier = demarrer()
    execution = premier.appeler("POST", "/jobs/relanceJob/executions", {"parametres": {}})
    assert atteint.wait(60)
    premier.tuer()
    assert len(boite(tmp_path)) == 100
    services.avant = lambda route: None

    second = demarrer()
    assert second.statut(execution["id"]) == "FAILED"
    reprise = second.appeler("POST", f"/jobs/executions/{execution['id']}/redemarrage")
    attendre(lambda: second.statut(reprise["id"]) == "COMPLETED", 60)

    clients = [message["client_id"] for message in boite(tmp_path)]
    assert (len(clients), len(set(clients))) == (180, 180)


@pytest.mark.parametrize(
    ("route", "fois"), [("/clients/reprises", 1), ("/factures/reprises", 3), ("/paiements/lots", 2)]
)
def test_killed_in_the_middle_of_a_take_over(
    services: FauxServices, demarrer: Callable[..., Processus], route: str, fois: int
) -> None:
    """kill -9 while a service is being written to: the restart completes, nothing is doubled or lost."""
    atteint = tenir(services, route, fois)
    premier = demarrer()
    parametres = {"fichier": str(REEL), "type_client": "ENTREPRISE", "arrete_au": "2013-10-31"}
    execution = premier.appeler("POST", "/jobs/repriseJob/executions", {"parametres": parametres})
    assert atteint.wait(60)
    premier.tuer()
    services.avant = lambda route: None

    second = demarrer()
    reprise = second.appeler("POST", f"/jobs/executions/{execution['id']}/redemarrage")
    attendre(lambda: second.statut(reprise["id"]) in ("COMPLETED", "FAILED"), 90)

    fin = second.appeler("GET", f"/jobs/executions/{reprise['id']}")
    assert (fin["statut"], fin["echecs"]) == ("COMPLETED", [])
    memoire = services.memoire
    assert (len(memoire.clients_par_id), len(memoire.factures), len(memoire.paiements)) == (100, 2352, 2273)


def test_stopped_process_goes_on_by_itself(
    services: FauxServices, demarrer: Callable[..., Processus]
) -> None:
    """Ctrl-C in the middle of a take-over ends at a chunk; the next start completes it without a caller."""
    atteint = tenir(services, "/factures/reprises", 2)
    premier = demarrer()
    parametres = {"fichier": str(REEL), "type_client": "ENTREPRISE", "arrete_au": "2013-10-31"}
    execution = premier.appeler("POST", "/jobs/repriseJob/executions", {"parametres": parametres})
    assert atteint.wait(60)
    premier.arreter()
    services.avant = lambda route: None

    second = demarrer()
    assert second.statut(execution["id"]) == "STOPPED"
    suivante = str(int(execution["id"]) + 1)
    attendre(lambda: _passages(second, "repriseJob") == 2 and second.statut(suivante) == "COMPLETED", 90)

    assert (len(services.memoire.factures), len(services.memoire.paiements)) == (2352, 2273)


def test_two_instances_firing_the_same_cron(
    tmp_path: Path, services: FauxServices, demarrer: Callable[..., Processus]
) -> None:
    """Two processes on one database, a cron of every second: one completed run, one reminder each."""
    retards(services, 60, _jour_ouvre())
    jour_ouvre = f"--ressort.clock.date={_jour_ouvre().isoformat()}"
    options = ("--relance.cron=* * * * * *", jour_ouvre, f"--relance.zone={_zone_de_jour()}")
    premier = demarrer(*options)
    second = demarrer(*options)
    attendre(lambda: len(boite(tmp_path)) >= 60, 60)
    for processus in (premier, second):
        attendre(lambda p=processus: _passages(p) >= 1, 60)  # type: ignore[misc]
    time.sleep(3)

    clients = [message["client_id"] for message in boite(tmp_path)]
    assert (len(clients), len(set(clients))) == (60, 60)
    executions = premier.appeler("GET", "/jobs/relanceJob/executions")["elements"]
    assert [e["statut"] for e in executions if e["statut"] != "STOPPED"] == ["COMPLETED"]


def _passages(processus: Processus, job: str = "relanceJob") -> int:
    return int(processus.appeler("GET", f"/jobs/{job}/executions")["total"])


def _jour_ouvre() -> date:
    """A working day between two others, near today: the clock of the processes is set on it."""
    jour, calendrier = date.today(), CalendrierEnvois()
    while not all(calendrier.ouvre(jour + timedelta(days=n)) for n in (-1, 0, 1)):
        jour -= timedelta(days=1)
    return jour


def _zone_de_jour() -> str:
    """A zone in which it is about noon now, so that the hours are open whenever the test runs."""
    decalage = 12 - time.gmtime().tm_hour
    return f"Etc/GMT{-decalage:+d}" if decalage else "Etc/GMT"


def test_cron_is_followed_without_a_restart(
    tmp_path: Path, services: FauxServices, demarrer: Callable[..., Processus]
) -> None:
    """A change of relance.cron after a refresh is in force at once; a wrong one leaves the old one."""
    (tmp_path / "config").mkdir()
    fichier = tmp_path / "config" / "application.yml"
    fichier.write_text(
        "relance:\n  cron: 0 0 9 * * MON-FRI\nmanagement.endpoints.web.exposure.include: '*'\n"
    )
    processus = demarrer()

    def cron() -> str:
        job = processus.appeler("GET", "/jobs")[0]
        assert job["prochain"].endswith("Z")
        return str(job["cron"])

    for texte, attendu in (("0 30 8 * * MON", "0 30 8 * * MON"), ("huit heures", "0 30 8 * * MON")):
        fichier.write_text(f"relance:\n  cron: {texte}\nmanagement.endpoints.web.exposure.include: '*'\n")
        processus.appeler("POST", "/actuator/refresh")
        assert cron() == attendu


def test_health_says_which_calendar_is_not_followed(
    tmp_path: Path, services: FauxServices, demarrer: Callable[..., Processus]
) -> None:
    """Until a good one comes, the component `relances` names the key, its value and place, and what is in force."""
    (tmp_path / "config").mkdir()
    fichier = tmp_path / "config" / "application.yml"
    reste = (
        "management.endpoints.web.exposure.include: '*'\nmanagement.endpoint.health.show-details: always\n"
    )
    fichier.write_text(f"relance:\n  cron: 0 0 9 * * MON-FRI\n{reste}")
    processus = demarrer()

    def avertissement() -> str:
        sante = processus.appeler("GET", "/actuator/health/relances")
        assert sante["status"] == "UP"
        return str(sante["details"].get("avertissement", ""))

    def rafraichir(cle: str, valeur: str) -> str:
        fichier.write_text(f"relance:\n  {cle}: {valeur}\n{reste}")
        processus.appeler("POST", "/actuator/refresh")
        return avertissement()

    sans_refus = avertissement()
    for cle, valeur in (("cron", "huit heures"), ("zone", "Europe/Parys"), ("subdivision", "68")):
        dit = rafraichir(cle, f'"{valeur}"')
        assert f"relance.{cle} = « {valeur} »" in dit
        assert "application.yml" in dit and "0 0 9 * * MON-FRI" in dit and "Europe/Paris" in dit
        assert dit.startswith(sans_refus)
    assert rafraichir("cron", "0 30 8 * * MON") == sans_refus
    assert processus.appeler("GET", "/jobs")[0]["cron"] == "0 30 8 * * MON"


@pytest.mark.parametrize(
    ("option", "said"),
    [("relance.cron=0 0 25 * * *", "hour '25'"), ("relance.subdivision=68", "no subdivision of France")],
)
def test_a_wrong_calendar_stops_the_start(tmp_path: Path, option: str, said: str) -> None:
    """One line that names the key and what is wrong with it."""
    fini = subprocess.run(
        [sys.executable, "-m", "batch", f"--{option}", "--ressort.config-server.url=http://127.0.0.1:1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert fini.returncode == 1
    assert option.partition("=")[0] in fini.stderr
    assert said in fini.stderr


def test_refusals_are_problem_documents(services: FauxServices, demarrer: Callable[..., Processus]) -> None:
    """A needed service that is out is 503 with Retry-After."""
    processus = demarrer(
        "--spring.cloud.discovery.client.simple.instances.facture-service[0].uri=http://127.0.0.1:1"
    )

    with pytest.raises(urllib.error.HTTPError) as refus:
        processus.appeler("POST", "/relances/simulation", {})

    assert refus.value.code == 503
    assert refus.value.headers["Content-Type"].startswith("application/problem+json")
    assert refus.value.headers["Retry-After"]
