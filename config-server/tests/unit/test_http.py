"""The HTTP surface over a repository in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from config_server.adapters.memory import MemoryRepository
from config_server.app import Adapters, create_app
from config_server.application.file_backend import FileBackend, SearchPaths
from config_server.settings import CompatibilitySettings, ConfigServerSettings, GitSettings

V2 = "application/vnd.spring-cloud.config-server.v2+json"
FILES = {
    "application.yml": "server:\n  port: 8080\nratio: 1.5\nempty:\nlist: [a, b]\n---\n"
    "spring.config.activate.on-profile: dev\nserver.port: 9090\n",
    "foo.yml": "greeting: hello ${server.port}\n",
    "foo-dev.properties": "greeting=dev\n",
}


def client(repository: MemoryRepository, **settings: Any) -> FlaskClient:
    backend = FileBackend(repository, SearchPaths(settings.get("git", GitSettings()).search_paths))
    adapters = Adapters(backend, lambda: datetime(2026, 11, 20, 22, 18, 36, 921000, UTC))
    return create_app(ConfigServerSettings(**settings), adapters).test_client()


@pytest.fixture
def repository() -> MemoryRepository:
    return MemoryRepository(FILES)


def test_environment_json_has_springs_six_fields_in_order(repository: MemoryRepository) -> None:
    """Names, order, nulls and types as the original sends them."""
    response = client(repository).get("/foo/default")
    assert response.content_type == "application/json"
    assert list(response.json) == ["name", "profiles", "label", "version", "state", "propertySources"]
    assert response.json == {
        "name": "foo",
        "profiles": ["default"],
        "label": None,
        "version": repository.revision(None).version,
        "state": response.json["state"],
        "propertySources": [
            {"name": "memory:/foo.yml", "source": {"greeting": "hello ${server.port}"}},
            {
                "name": "memory:/Config resource 'file [application.yml]' via location '' (document #0)",
                "source": {"server.port": 8080, "ratio": 1.5, "empty": "", "list[0]": "a", "list[1]": "b"},
            },
        ],
    }


def test_profiles_are_one_text_and_choose_documents(repository: MemoryRepository) -> None:
    """`dev,eu` is one element; the document for dev stays at its file's level."""
    body = client(repository).get("/foo/dev,eu").json
    assert body["profiles"] == ["dev,eu"]
    assert [source["name"].rpartition("/")[2][:30] for source in body["propertySources"]] == [
        "foo-dev.properties", "foo.yml", "Config resource 'file [applica", "Config resource 'file [applica",
    ]  # fmt: skip
    assert body["propertySources"][2]["source"] == {
        "spring.config.activate.on-profile": "dev",
        "server.port": 9090,
    }


def test_origins_on_demand(repository: MemoryRepository) -> None:
    """The form current Java clients ask for."""
    response = client(repository).get("/foo/default", headers={"Accept": f"{V2}, application/json"})
    assert response.content_type == V2
    assert response.json["propertySources"][0]["source"] == {
        "greeting": {"value": "hello ${server.port}", "origin": "1:11"}
    }


def test_unknown_label_is_springs_404(repository: MemoryRepository) -> None:
    """The body of Spring Boot, with milliseconds and Z."""
    response = client(repository).get("/foo/default/nope")
    assert response.status_code == 404
    assert response.content_type == "application/json"
    assert response.get_data(as_text=True) == (
        '{"timestamp":"2026-11-20T22:18:36.921Z","status":404,"error":"Not Found","path":"/foo/default/nope"}'
    )


def test_unknown_application_gets_the_shared_files(repository: MemoryRepository) -> None:
    """An empty or shared answer is a 200."""
    assert len(client(repository).get("/nobody/default").json["propertySources"]) == 1
    assert client(MemoryRepository({})).get("/nobody/default").json["propertySources"] == []


def test_empty_answers_can_be_refused() -> None:
    """accept-empty=false makes them a 404; overrides make them not empty."""
    assert client(MemoryRepository({}), accept_empty=False).get("/x/default").status_code == 404
    served = client(MemoryRepository({}), accept_empty=False, overrides={"a": "1"})
    assert served.get("/x/default").status_code == 200


def test_overrides_stand_on_top(repository: MemoryRepository) -> None:
    """Under their own name, escapes undone."""
    body = client(repository, overrides={"a": "\\${b}"}).get("/foo/default").json
    assert body["propertySources"][0] == {"name": "overrides", "source": {"a": "${b}"}}


def test_broken_yaml_is_a_500_that_names_file_and_line(repository: MemoryRepository) -> None:
    """The next commit heals it."""
    served = client(repository)
    repository.commit({"foo.yml": "a: 1\n b: 2\n"})
    response = served.get("/foo/default")
    assert response.status_code == 500
    assert "foo.yml:2: broken YAML" in response.json["message"]
    repository.commit({"foo.yml": "a: 1\nb: 2\n"})
    assert served.get("/foo/default").json["propertySources"][0]["source"] == {"a": 1, "b": 2}


def test_legacy_profile_key_is_refused(repository: MemoryRepository) -> None:
    """As Spring Boot does, with the way out."""
    repository.commit({"foo.yml": "spring.profiles: dev\n"})
    assert "on-profile" in client(repository).get("/foo/default").json["message"]


def test_a_commit_is_seen_by_the_next_request(repository: MemoryRepository) -> None:
    """Values and version change at once."""
    served = client(repository)
    before = served.get("/foo/default").json
    repository.commit({**FILES, "foo.yml": "greeting: bonjour\n"})
    after = served.get("/foo/default").json
    assert after["version"] != before["version"]
    assert after["propertySources"][0]["source"] == {"greeting": "bonjour"}


def test_unchanged_answer_costs_a_304(repository: MemoryRepository) -> None:
    """The ETag changes with commit, question and form."""
    served = client(repository)
    etag = served.get("/foo/default").headers["ETag"]
    assert served.get("/foo/default", headers={"If-None-Match": etag}).status_code == 304
    assert served.get("/foo/dev").headers["ETag"] != etag
    assert served.get("/foo/default", headers={"Accept": V2}).headers["ETag"] != etag
    repository.commit({})
    assert served.get("/foo/default", headers={"If-None-Match": etag}).status_code == 200


def test_labels_are_independent(repository: MemoryRepository) -> None:
    """Each names its own commit."""
    repository.commit({"foo.yml": "a: old"}, "v1")
    body = client(repository).get("/foo/default/v1").json
    assert (body["label"], body["propertySources"][0]["source"]) == ("v1", {"a": "old"})


@pytest.mark.parametrize(
    ("path", "content_type", "text"),
    [
        ("/foo-dev.properties", "text/plain;charset=UTF-8",
         "server.port: 9090\nratio: 1.5\nempty: \nspring.config.activate.on-profile: dev\ngreeting: dev\n"
         "list[0]: a\nlist[1]: b"),
        ("/foo-default.yml", "text/plain;charset=UTF-8",
         "server:\n  port: 8080\nratio: 1.5\nempty: ''\ngreeting: hello 8080\nlist:\n- a\n- b\n"),
        ("/foo-default.yml?resolvePlaceholders=false", "text/plain;charset=UTF-8",
         "server:\n  port: 8080\nratio: 1.5\nempty: ''\ngreeting: hello ${server.port}\nlist:\n- a\n- b\n"),
        ("/main/foo-default.json", "application/json",
         '{"server":{"port":8080},"ratio":1.5,"empty":"","greeting":"hello 8080","list":["a","b"]}'),
    ],
)  # fmt: skip
def test_flattened_forms(repository: MemoryRepository, path: str, content_type: str, text: str) -> None:
    """One merged text, placeholders resolved unless told not to."""
    response = client(repository).get(path)
    assert (response.content_type, response.get_data(as_text=True)) == (content_type, text)


def test_text_documents_are_unwrapped() -> None:
    """A list at the root of a file is returned bare."""
    assert client(MemoryRepository({"foo.yml": "- a\n- b"})).get("/foo-default.yml").text == "- a\n- b\n"


def test_not_a_number_is_sent_as_text() -> None:
    """Bare NaN would be no JSON."""
    asking = client(MemoryRepository({"foo.yml": "a: .nan\nb: -.inf"}))
    body = asking.get("/foo/default").json
    assert body["propertySources"][0]["source"] == {"a": "NaN", "b": "-Infinity"}
    assert asking.get("/foo-default.json").json == {"a": "NaN", "b": "-Infinity"}


@pytest.mark.parametrize("path", ["/foo/..", "/..(_)..(_)etc/default", "/foo/a,,b", "/%2e%2e/default"])
def test_escapes_are_400(repository: MemoryRepository, path: str) -> None:
    """Nothing is looked up."""
    assert client(repository).get(path).status_code == 400


def test_encoded_separators_are_400(repository: MemoryRepository) -> None:
    """As servlet containers do, from the raw request line."""
    response = client(repository).get("/foo/default", environ_overrides={"RAW_URI": "/f%2Foo/default"})
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/foo", "/actuator/health", "/encrypt/status", "/foo/dev.yml"])
def test_what_is_nothing_is_404(repository: MemoryRepository, path: str) -> None:
    """Reserved roots never answer as an application."""
    assert client(repository).get(path).status_code == 404


def test_double_slashes_are_collapsed_without_redirect(repository: MemoryRepository) -> None:
    """A client address that ends in a slash must work: Java's client follows no 308."""
    raw = {"PATH_INFO": "//foo//default"}
    assert client(repository).get("/foo", environ_overrides=raw).status_code == 200


def test_other_methods(repository: MemoryRepository) -> None:
    """405 with what is allowed; HEAD answers without a body."""
    served = client(repository)
    response = served.post("/foo/default")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")
    assert served.head("/foo/default").status_code == 200


def test_prefix(repository: MemoryRepository) -> None:
    """spring.cloud.config.server.prefix."""
    served = client(repository, prefix="/config")
    assert served.get("/config/foo/default").status_code == 200
    assert served.get("/foo/default").status_code == 404


def test_search_paths(repository: MemoryRepository) -> None:
    """Folders above the root, wildcards included."""
    repository.commit({"foo.yml": "a: root", "apps/foo/foo.yml": "a: sub", "apps/bar/foo.yml": "a: bar"})
    served = client(repository, git=GitSettings(search_paths=("apps/{application}",)))
    assert [s["source"] for s in served.get("/foo/default").json["propertySources"]] == [
        {"a": "sub"},
        {"a": "root"},
    ]
    wild = client(repository, git=GitSettings(search_paths=("apps/*",)))
    assert len(wild.get("/foo/default").json["propertySources"]) == 3


def test_parameters_of_segments_are_cut_off(repository: MemoryRepository) -> None:
    """As servlet containers do; an encoded semicolon is a letter."""
    served = client(repository)
    assert served.get("/foo;a=b/dev;v=1").json["name"] == "foo"
    assert served.get("/foo%3Ba/dev").json["name"] == "foo;a"


def test_errors_name_the_path_as_it_was_sent(repository: MemoryRepository) -> None:
    """Still encoded."""
    assert client(repository).get("/foo/d%C3%A9v/nolabel").json["path"] == "/foo/d%C3%A9v/nolabel"


def test_options(repository: MemoryRepository) -> None:
    """What may be asked, in Spring's order, without a type."""
    response = client(repository).options("/foo/dev")
    assert (response.headers["Allow"], response.headers.get("Content-Type")) == ("GET,HEAD,OPTIONS", None)


@pytest.mark.parametrize("path", ["/foo/dev/", "//foo/dev", "/foo//dev"])
def test_slashes_may_be_strict(path: str, repository: MemoryRepository) -> None:
    """Ours is lenient, Spring's is not; there is a way back."""
    strict = Adapters(FileBackend(repository), compatibility=CompatibilitySettings(strict_slashes=True))
    sent = {"PATH_INFO": path, "RAW_URI": path}
    assert client(repository).get(environ_overrides=sent).status_code == 200
    assert (
        create_app(ConfigServerSettings(), strict).test_client().get(environ_overrides=sent).status_code
        == 404
    )
