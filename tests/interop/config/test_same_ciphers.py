"""What Spring's configuration server encrypts ours reads, and the reverse: a password, a JKS and a PKCS12 store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ressort.testing.parts import free_port, stop_pid, wait_until
from ressort.testing.spring_apps import answering, launch_spring

pytestmark = [pytest.mark.part("java", "maven"), pytest.mark.xdist_group("eureka-interop")]

SERVER = Path(__file__).parent / "server"
STORES = Path(__file__).parents[3] / "ressort" / "tests" / "crypto" / "stores"
TEXTS = ["secret", "été ☃ 𝄞", "with = and + and %41", " spaces around ", "x" * 5_000]
AS_SPRING = ("--eureka.client.enabled=false", "--ressort.config-server.fill-state=false")
TEXT = {"Content-Type": "text/plain;charset=UTF-8"}


def key_store(kind: str) -> list[str]:
    store = {
        "location": (STORES / f"keys.{kind}").as_uri(),
        "password": "letmein",
        "alias": "one",
        "type": kind,
    }
    return [f"--encrypt.key-store.{name}={value}" for name, value in store.items()]


KEYS = {
    "password": ["--encrypt.key=clé"],
    "jks": key_store("jks"),
    "pkcs12": [
        *key_store("pkcs12"),
        "--encrypt.rsa.algorithm=OAEP",
        "--encrypt.rsa.strong=true",
        "--encrypt.rsa.salt=salty",
    ],
}


@pytest.fixture(scope="module", params=KEYS)
def both(
    request: pytest.FixtureRequest,
    new_members: Any,
    new_repository: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, str, Any, str]]:
    """Base URLs of Spring's and ours with the same key, the repository of both, and the kind of key."""
    repository = new_repository()
    repository.commit({"application.yml": "plain: 1\n"})
    port, folder = free_port(), tmp_path_factory.mktemp("spring-cipher")
    words = [f"--spring.cloud.config.server.git.uri={repository.folder.as_uri()}", *KEYS[request.param]]
    spring = launch_spring(SERVER, folder, [f"--server.port={port}", *words])
    try:
        with new_members() as members:
            ours = members.launch("config_server", *words, *AS_SPRING)
            url = f"http://127.0.0.1:{port}"
            wait_until(answering(f"{url}/app/default"), spring, "Spring's server", folder / "server.log")
            yield url, members.until_up(ours), repository, request.param
    finally:
        stop_pid(spring.pid)


def told(base: str, path: str, text: str) -> str:
    answer = requests.post(base + path, data=text.encode(), headers=TEXT, timeout=30)
    answer.encoding = "utf-8"
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("text", TEXTS)
def test_each_reads_the_others(both: tuple[str, str, Any, str], text: str) -> None:
    """Both ways, with and without an alias in front."""
    spring, ours, _, kind = both
    assert told(ours, "/decrypt", told(spring, "/encrypt", text)) == text
    assert told(spring, "/decrypt", told(ours, "/encrypt", text)) == text
    if kind == "pkcs12":
        cipher = told(spring, "/encrypt", "{key:two}" + text)
        assert cipher.startswith("{key:two}")
        assert told(ours, "/decrypt", cipher) == text


def test_answers_are_equal(both: tuple[str, str, Any, str]) -> None:
    """Decrypted values, those that are invalid, and their order, in an environment and as text."""
    spring, ours, repository, _ = both
    cipher = told(ours, "/encrypt", "hidden")
    repository.commit(
        {
            "app.yml": f"first: 1\npw: '{{cipher}}{cipher}'\nbad: '{{cipher}}nonsense'\nlist: ['{{cipher}}{cipher}']\nlast: 2\n"
        }
    )
    for path in ("/app/default/main", "/main/app-default.yml", "/main/app-default.properties"):
        answers = [requests.get(base + path, timeout=30) for base in (spring, ours)]
        assert answers[0].text == answers[1].text or answers[0].json() == answers[1].json()
    items = [list(requests.get(f"{base}/app/default/main", timeout=30).json()["propertySources"][0]["source"].items())
             for base in (spring, ours)]  # fmt: skip
    assert items[0] == items[1]
    assert dict(items[1])["pw"] == "hidden"


def test_public_keys_are_equal(both: tuple[str, str, Any, str]) -> None:
    """The text of `/key`, or that there is none."""
    spring, ours, _, kind = both
    theirs, mine = (requests.get(f"{base}/key", timeout=30) for base in (spring, ours))
    assert mine.status_code == theirs.status_code == (404 if kind == "password" else 200)
    assert mine.json() == theirs.json() if kind == "password" else mine.text == theirs.text


@pytest.mark.parametrize("text", ["nonsense", "00" * 48])
def test_refusals_are_equal(both: tuple[str, str, Any, str], text: str) -> None:
    """What this key did not encrypt."""
    theirs, mine = refusals(both, text)
    assert (mine.status_code, mine.json()) == (theirs.status_code, theirs.json())


def test_what_is_too_short_is_refused_as_well(both: tuple[str, str, Any, str]) -> None:
    """Spring's symmetric key answers 500 to less than an initial vector; ours 400, as to any other text."""
    theirs, mine = refusals(both, "00ff")
    assert (mine.status_code, mine.json()["status"]) == (400, "INVALID")
    assert theirs.status_code == (500 if both[3] == "password" else 400)


def refusals(both: tuple[str, str, Any, str], text: str) -> list[requests.Response]:
    return [requests.post(f"{base}/decrypt", data=text, headers=TEXT, timeout=30) for base in both[:2]]
