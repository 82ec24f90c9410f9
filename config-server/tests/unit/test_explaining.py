"""Which file, line and document won, what it hid, and what differs between two labels."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from config_server.adapters.memory import MemoryRepository
from config_server.app import Adapters, create_app
from config_server.application.file_backend import FileBackend
from config_server.settings import ConfigServerSettings

FILES = {
    "application.yml": "port: 1\nlist: [a, b, c]\n---\nspring.config.activate.on-profile: dev\nport: 2\n",
    "foo.yml": "port: 3\nratio: .nan\n",
    "foo-dev.properties": "# first\nport=4\nlist[0]=x\n",
}


@pytest.fixture
def repository() -> MemoryRepository:
    return MemoryRepository(FILES)


@pytest.fixture
def client(repository: MemoryRepository) -> FlaskClient:
    settings = ConfigServerSettings(overrides={"forced": "yes"})
    adapters = Adapters(FileBackend(repository), lambda: datetime(2026, 11, 20, tzinfo=UTC))
    return create_app(settings, adapters).test_client()


def test_the_winner_and_what_it_hides(client: FlaskClient, repository: MemoryRepository) -> None:
    """Best first, each with its file, line, document and commit."""
    version = repository.revision(None).version
    told = client.get("/explain/foo/dev/main?key=port").json
    assert (told["name"], told["label"], told["version"], told["key"]) == ("foo", "main", version, "port")
    assert told["winner"] == {
        "value": "4", "source": "memory:/foo-dev.properties", "file": "foo-dev.properties", "document": None,
        "commit": version, "line": 2, "column": 6,
    }  # fmt: skip
    assert [(each["value"], each["file"], each["document"], each["line"]) for each in told["hidden"]] == [
        (3, "foo.yml", None, 1),
        (2, "application.yml", 1, 5),
        (1, "application.yml", 0, 1),
    ]


def test_a_list_is_hidden_whole(client: FlaskClient) -> None:
    """An element below is not in force although nobody sets it above."""
    told = client.get("/explain/foo/dev?key=list[2]").json
    assert (told["winner"], told["hidden"][0]["value"]) == (None, "c")
    assert client.get("/explain/foo/default?key=list[2]").json["winner"]["value"] == "c"


def test_an_override_and_an_unknown_key(client: FlaskClient) -> None:
    """What has no file says so; nobody's key has no winner."""
    forced = client.get("/explain/foo/default?key=forced").json["winner"]
    assert (forced["value"], forced["file"], forced["line"]) == ("yes", None, None)
    assert client.get("/explain/foo/default?key=nothing").json["winner"] is None


def test_every_key(client: FlaskClient) -> None:
    """Without a key; those of hidden lists come last, and what JSON has no number for is text."""
    keys = {each["key"]: each for each in client.get("/explain/foo/dev").json["keys"]}
    assert list(keys) == [
        "port", "spring.config.activate.on-profile", "ratio", "forced", "list[0]", "list[1]", "list[2]",
    ]  # fmt: skip
    assert keys["ratio"]["winner"]["value"] == "NaN"


def test_what_differs_between_labels(client: FlaskClient, repository: MemoryRepository) -> None:
    """Added, removed and changed keys of the merged answers; 1 and "1" differ."""
    repository.commit(FILES | {"foo.yml": 'port: "3"\nnew: true\n'}, "next")
    told = client.get("/diff/foo/default?from=main&to=next").json
    assert (told["added"], told["removed"]) == ({"new": True}, {"ratio": "NaN"})
    assert told["changed"] == {"port": {"from": 3, "to": "3"}}
    assert told["from"]["version"] != told["to"]["version"]
    back = client.get("/diff/foo/default?from=next").json
    assert (back["removed"], back["to"]["label"]) == ({"new": True}, None)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/diff/foo/default", 400),
        ("/diff/foo/default?from=main&to=nolabel", 404),
        ("/explain/foo/default/nolabel?key=a", 404),
        ("/explain/..(_)x/default?key=a", 400),
        ("/explain/foo", 404),
    ],
)
def test_bad_questions(client: FlaskClient, path: str, status: int) -> None:
    """As everywhere."""
    assert client.get(path).status_code == status
