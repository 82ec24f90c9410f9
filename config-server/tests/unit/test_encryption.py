"""Encrypted values on their way out, and the endpoints that make and read them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from config_server.adapters.memory import MemoryRepository
from config_server.app import Adapters, create_app
from config_server.application.file_backend import FileBackend
from config_server.settings import ConfigServerSettings, EncryptionSettings
from ressort.crypto import Encryptors
from ressort.crypto.encryptors import encryptors_of_key, encryptors_of_store

STORES = Path(__file__).parents[3] / "ressort" / "tests" / "crypto" / "stores"
CIPHER = "682bc583f4641835fa2db009355293665d2647dade3375c0ee201de2a49f7bda"
V2 = "application/vnd.spring-cloud.config-server.v2+json"
FILES = {
    "app.yml": f"before: 1\npw: '{{cipher}}{CIPHER}'\nbad: '{{cipher}}00'\nlist: ['{{cipher}}{CIPHER}']\nafter: 2\n",
    "raw.yml": f"pw: '{{cipher}}{CIPHER}'\nbad: '{{cipher}}00'\n",
}
KEY = encryptors_of_key("foo")
TEXT = {"Content-Type": "text/plain"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def client(encryptors: Encryptors | None = KEY, **settings: Any) -> FlaskClient:
    adapters = Adapters(
        FileBackend(MemoryRepository(FILES)),
        lambda: datetime(2026, 11, 20, tzinfo=UTC),
        encryptors=encryptors,
    )
    return create_app(ConfigServerSettings(encrypt=EncryptionSettings(**settings)), adapters).test_client()


def source(served: FlaskClient, accept: str = "*/*") -> list[tuple[str, Any]]:
    answer = served.get("/app/default", headers={"Accept": accept}).get_json()
    return list(answer["propertySources"][0]["source"].items())


def test_values_are_decrypted_and_moved_to_the_end() -> None:
    """As Spring's server does; what cannot be read is told as invalid."""
    expected = [
        ("before", 1),
        ("after", 2),
        ("pw", "mysecret"),
        ("invalid.bad", "<n/a>"),
        ("list[0]", "mysecret"),
    ]
    assert source(client()) == expected
    assert dict(source(client(), V2))["pw"] == "mysecret"
    assert dict(source(client(), V2))["after"] == {"value": 2, "origin": "5:8"}
    assert "pw: mysecret\n" in client().get("/app-default.yml").text


def test_without_a_key_no_cipher_goes_out() -> None:
    """Invalid, each of them."""
    assert dict(source(client(None))) == {
        "before": 1, "after": 2, "invalid.pw": "<n/a>", "invalid.bad": "<n/a>", "invalid.list[0]": "<n/a>",
    }  # fmt: skip


def test_switches() -> None:
    """`encrypt.enabled`, `encrypt.prefix-invalid-properties`."""
    assert dict(source(client(enabled=False)))["pw"] == f"{{cipher}}{CIPHER}"
    assert dict(source(client(prefix_invalid_properties=False)))["bad"] == "00"


def test_plain_files_only_when_asked() -> None:
    """`encrypt.plain-text-encrypt`."""
    path = "/x/default/main/raw.yml"
    assert client().get(path).text == FILES["raw.yml"]
    assert client(plain_text_encrypt=True).get(path).text == "pw: 'mysecret'\nbad: '<n/a>'\n"


@pytest.mark.parametrize("path", ["/encrypt", "/encrypt/app/dev"])
@pytest.mark.parametrize("text", ["hello", "a=b", "ends=", "é ☃", "50%+1", ""])
def test_there_and_back(path: str, text: str) -> None:
    """Any text, sent as what it is."""
    served = client()
    cipher = served.post(path, data=text.encode(), headers=TEXT)
    assert (cipher.status_code, cipher.content_type) == (200, "text/plain;charset=UTF-8")
    plain = served.post(path.replace("encrypt", "decrypt"), data=cipher.data, headers=TEXT)
    assert plain.text == text


@pytest.mark.parametrize("sent", ["hello", "hello="])
def test_forms_of_curl(sent: str) -> None:
    """`curl -d hello` says form and means text."""
    served = client()
    cipher = served.post("/encrypt", data=sent, headers=FORM).text
    assert served.post("/decrypt", data=cipher, headers=FORM).text == "hello"
    assert served.post("/decrypt", data=cipher + "=", headers=FORM).text == "hello"
    assert served.post("/decrypt", data="{cipher}" + cipher, headers=TEXT).text == "hello"


def test_key_stores_and_prefixes() -> None:
    """The alias is echoed in front of the cipher; the public key is told."""
    stored = encryptors_of_store((STORES / "keys.pkcs12").read_bytes(), "letmein", "one")
    served = client(stored)
    cipher = served.post("/encrypt", data="{key:two}{plain}{x:y}", headers=TEXT).text
    assert cipher.startswith("{key:two}")
    assert served.post("/decrypt", data=cipher, headers=FORM).text == "{x:y}"
    assert served.get("/key").text == served.get("/key/app/dev").text
    assert served.get("/key").text.startswith("ssh-rsa AAAA") and served.get("/key").text.endswith(
        " application"
    )
    unknown = served.post("/decrypt", data="{key:three}AAAA", headers=TEXT)
    assert (unknown.status_code, unknown.get_json()["status"]) == (400, "BAD_REQUEST")
    told = served.post("/encrypt", data="{key:three}x", headers=TEXT)
    assert told.status_code == 400 and "three" in told.get_json()["description"]


@pytest.mark.parametrize(
    ("method", "path", "key", "status", "code"),
    [
        ("POST", "/encrypt", None, 404, "NO_KEY"),
        ("POST", "/decrypt", None, 404, "NO_KEY"),
        ("GET", "/encrypt/status", None, 404, "NO_KEY"),
        ("GET", "/key", None, 404, "NOT_FOUND"),
        ("GET", "/key", KEY, 404, "NOT_FOUND"),
        ("POST", "/decrypt", KEY, 400, "INVALID"),
        ("GET", "/encrypt/status", KEY, 200, "OK"),
    ],
)
def test_statuses(method: str, path: str, key: Encryptors | None, status: int, code: str) -> None:
    """Spring's two-field bodies."""
    answer = client(key).open(path, method=method, data="zz", headers=TEXT)
    assert (answer.status_code, answer.get_json()["status"]) == (status, code)


def test_a_body_must_say_what_it_is() -> None:
    """And be text."""
    assert client().post("/encrypt", data=b"x").status_code == 400
    assert client().post("/encrypt", data=b"\xff", headers=TEXT).status_code == 400
    assert client().post("/encrypt/..(_)x/dev", data=b"x", headers=TEXT).status_code == 400
