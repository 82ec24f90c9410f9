"""Files served as they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from config_server.adapters.memory import MemoryRepository
from config_server.app import Adapters, create_app
from config_server.application.file_backend import FileBackend, SearchPaths
from config_server.settings import ConfigServerSettings

FILES = {
    "application.yml": "host: café.example\nloop: ${loop}\n",
    "nginx.conf": "server ${host} ${unknown} ${port:80}\n",
    "nginx-dev.conf": "dev ${host}\n",
    "sub/nginx.conf": "sub\n",
    "sub/deep/only.txt": "deep\n",
    "loop.txt": "${loop}",
    "README": "read me",
    "README-dev": "read me, dev",
}


def served(reverse: bool = False, files: dict[str, str] = FILES) -> FlaskClient:
    backend = FileBackend(MemoryRepository(files), SearchPaths(("sub",)), reverse_locations=reverse)
    adapters = Adapters(backend, lambda: datetime(2026, 11, 20, tzinfo=UTC))
    return create_app(ConfigServerSettings(), adapters).test_client()


@pytest.fixture
def client() -> FlaskClient:
    return served()


def test_text_with_placeholders(client: FlaskClient) -> None:
    """Known ones and defaults are filled in, unknown ones stay; none with `resolvePlaceholders=false`."""
    answer = client.get("/foo/default/main/nginx.conf")
    assert answer.content_type == "text/plain;charset=UTF-8"
    assert answer.text == "server café.example ${unknown} 80\n"
    assert client.get("/foo/default/main/nginx.conf?resolvePlaceholders=false").text == FILES["nginx.conf"]


def test_bytes_are_left_alone(client: FlaskClient) -> None:
    """Nothing is decoded or replaced."""
    answer = client.get("/foo/default/main/nginx.conf", headers={"Accept": "application/octet-stream"})
    assert answer.data == FILES["nginx.conf"].encode()
    assert answer.headers["Content-Disposition"] == "inline;filename=f.txt"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/foo/dev/main/nginx.conf", "dev café.example\n"),
        ("/foo/unknown,dev/main/nginx.conf", "dev café.example\n"),
        ("/foo/default,dev/main/nginx.conf", "server café.example ${unknown} 80\n"),
        ("/foo/default/nginx.conf?useDefaultLabel", "server café.example ${unknown} 80\n"),
        ("/foo/default/main/deep/only.txt", "deep\n"),
        ("/foo/default/main/README", "read me"),
        ("/foo/dev/main/README", "read me, dev"),
    ],
)
def test_first_place_and_profile_win(client: FlaskClient, path: str, text: str) -> None:
    """Other than configuration, where the last ones do."""
    assert client.get(path).text == text


def test_the_order_of_places_may_be_turned() -> None:
    """`reverse-location-order`."""
    assert served(reverse=True).get("/foo/default/main/nginx.conf").text == "sub\n"


@pytest.mark.parametrize(
    "path",
    [
        "/foo/default/main/missing.txt",
        "/foo/default/main/../application.yml",
        "/foo/default/main/a/..%252Fapplication.yml",
        "/foo/default/main/.git/config",
        "/foo/default/nolabel/nginx.conf/x",
        "/foo/default/main/nested(_)deep.txt",
    ],
)
def test_what_is_not_there(client: FlaskClient, path: str) -> None:
    """404, and no body for a file."""
    assert client.get(path).status_code == 404


def test_a_missing_file_has_no_body(client: FlaskClient) -> None:
    """Clients of the original expect nothing."""
    assert client.get("/foo/default/main/missing.txt").data == b""


def test_a_placeholder_that_refers_to_itself_is_refused(client: FlaskClient) -> None:
    """400, as for the merged forms."""
    assert client.get("/foo/default/main/loop.txt").status_code == 400


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    """By its entity tag, which changes with what the placeholders gave."""
    first = client.get("/foo/default/main/nginx.conf")
    again = client.get("/foo/default/main/nginx.conf", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = served(files=FILES | {"application.yml": "host: elsewhere\n"})
    changed = other.get("/foo/default/main/nginx.conf", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.text.startswith("server elsewhere")


def test_the_charset_is_the_clients(client: FlaskClient) -> None:
    """An unknown one counts as UTF-8."""
    latin = served(files={"a.txt": "plain"}).get(
        "/a/default/main/a.txt", headers={"Accept-Charset": "iso-8859-1"}
    )
    assert latin.content_type == "text/plain;charset=ISO-8859-1"
    unknown = client.get("/foo/default/main/nginx.conf", headers={"Accept-Charset": "klingon"})
    assert unknown.content_type == "text/plain;charset=UTF-8"
