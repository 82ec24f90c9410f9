"""A Spring service among our members: neither side can tell that the other speaks another language."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
import requests

from ressort.discovery import EurekaClientOptions, EurekaDiscoveryClient
from ressort.http import ClientFactory, RemoteError, UnavailableError, feign_client, get
from ressort.loadbalancer import LoadBalancer

pytestmark = [pytest.mark.part("java", "maven"), pytest.mark.xdist_group("eureka-interop")]

Within = Callable[[Callable[[], bool], str], None]
FICHE = {
    "type": "ENTREPRISE",
    "raison_sociale": "Boulangerie L'Épi doré & Cie",
    "siren": "732829320",
    "adresse": {"ligne1": "1 rue de l'Exemple", "code_postal": "00000", "ville": "Villefictive"},
    "email": "compta@epi.example",
}


@feign_client("score-service")
class ScoreApi(Protocol):
    @get("/scores/{id}")
    def score(self, id: str) -> dict[str, Any]: ...

    @get("/vu")
    def seen(self, q: str) -> dict[str, str]: ...


@pytest.fixture
def scores(together: Any) -> Iterator[ScoreApi]:
    """Our declarative client of the Spring service, finding it through the registry."""
    options = EurekaClientOptions(
        service_url={"defaultZone": f"{together.registry}/eureka/"}, registry_fetch_interval_seconds=0.2
    )
    discovery = EurekaDiscoveryClient(options, None)
    discovery.start()
    yield ClientFactory(load_balancer=LoadBalancer(discovery)).create(ScoreApi)
    discovery.stop()


@pytest.fixture
def client_id(together: Any) -> str:
    """A client known to client-service."""
    answer = requests.post(f"{together.clients}/clients", json=FICHE | {"siren": None}, timeout=10)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def settings_of(estate: Any, *keys: str) -> dict[str, str | None]:
    found: dict[str, str | None] = requests.get(
        f"{estate.score}/reglages", params={"cle": keys}, timeout=10
    ).json()
    return found


def test_it_is_configured_by_our_server(estate: Any) -> None:
    """Own and shared files, lists, placeholders, profile documents, accents."""
    assert settings_of(
        estate, "score.libelle", "score.paliers[2]", "score.profil", "eureka.instance.hostname"
    ) == {
        "score.libelle": "Crédit accordé à score-service",
        "score.paliers[2]": "500",
        "score.profil": "celui des essais",
        "eureka.instance.hostname": "127.0.0.1",
    }


def test_it_calls_our_service_by_its_name(together: Any) -> None:
    """Feign and Spring's load balancer find client-service in our registry; the key makes it once only."""
    key = str(uuid.uuid4())
    answers = [
        requests.post(f"{together.score}/scores", json=FICHE, headers={"Idempotency-Key": key}, timeout=20)
        for _ in range(2)
    ]
    first, second = (answer.json()["client"] for answer in answers)
    assert (first["raison_sociale"], first["siren"]) == (FICHE["raison_sociale"], FICHE["siren"])
    assert second == first
    ours = requests.get(f"{together.clients}/clients/{first['id']}", timeout=10).json()
    assert requests.get(f"{together.score}/scores/{first['id']}", timeout=20).json()["client"] == ours


def test_our_client_calls_it_by_its_name(scores: ScoreApi, client_id: str) -> None:
    """Python to Java to Python and back."""
    found = scores.score(client_id)
    assert found["client"]["raison_sociale"] == FICHE["raison_sociale"]
    assert scores.seen("é&=+ /")["?q"] == "é&=+ /"


def test_a_refusal_crosses_both_services(scores: ScoreApi) -> None:
    """The problem of client-service arrives as it left, through Feign."""
    with pytest.raises(RemoteError) as refused:
        scores.score(str(uuid.uuid4()))
    assert (refused.value.status, refused.value.code) == (404, "client-introuvable")


def test_the_gateway_reaches_it(together: Any, client_id: str) -> None:
    """By `lb://`, with filters and forwarding headers on the way."""
    score = requests.get(f"{together.gateway}/api/scores/{client_id}", timeout=20)
    assert score.json()["client"]["id"] == client_id
    seen = requests.get(f"{together.gateway}/api/vu", params={"q": "été 100 %"}, timeout=20).json()
    gateway = together.gateway.removeprefix("http://")
    assert (seen["?q"], seen["x-par"], seen["x-forwarded-host"]) == ("été 100 %", "passerelle", gateway)
    missing = requests.get(f"{together.gateway}/api/scores/{uuid.uuid4()}", timeout=20)
    assert (missing.status_code, missing.json()["code"]) == (404, "client-introuvable")


def test_a_commit_reaches_it_by_refresh(together: Any, client_id: str) -> None:
    """Spring's own `/actuator/refresh` sees exactly the key that changed."""
    together.configure(plafond=2500)
    changed = requests.post(f"{together.score}/actuator/refresh", timeout=30)
    assert "score.plafond" in changed.json()
    assert not [key for key in changed.json() if key.startswith("score.") and key != "score.plafond"]
    assert requests.get(f"{together.score}/scores/{client_id}", timeout=20).json()["plafond"] == 2500
    assert settings_of(together, "score.plafond") == {"score.plafond": "2500"}


def test_nobody_calls_it_while_it_is_taken_out(together: Any, scores: ScoreApi, within: Within) -> None:
    """An operator's override in our registry is obeyed by gateway and client, and lifted again."""
    apps = f"{together.registry}/eureka/apps/SCORE-SERVICE"
    found = requests.get(apps, headers={"Accept": "application/json"}, timeout=5).json()
    own = f"{apps}/{found['application']['instance'][0]['instanceId']}/status"

    def called_by_us() -> bool:
        try:
            return scores.seen("x")["?q"] == "x"
        except UnavailableError:
            return False

    def routed() -> int:
        return requests.get(f"{together.gateway}/api/vu", timeout=10).status_code

    requests.put(own, params={"value": "OUT_OF_SERVICE"}, timeout=5).raise_for_status()
    within(lambda: routed() == 503 and not called_by_us(), "nobody calling it")
    requests.delete(own, params={"value": "UP"}, timeout=5).raise_for_status()
    within(lambda: routed() == 200 and called_by_us(), "everybody calling it again")
