"""Clients that wait for a change, against the server as a process of its own."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .test_process import ServerProcess, commit, git

_PATIENCE_S = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    (tmp_path / "config-repo").mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "a: 1\n")
    process = ServerProcess(tmp_path)
    yield process
    process.kill()


def ask(server: ServerProcess, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE_S)
    connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    return connection.getresponse()


def told(server: ServerProcess, path: str, **headers: str) -> tuple[int, Any]:
    response = ask(server, path, **headers)
    body = response.read()
    return response.status, json.loads(body) if body else None


def events(response: http.client.HTTPResponse) -> Iterator[dict[str, str]]:
    """Each block of lines of an event stream; a comment is under the empty name."""
    block: dict[str, str] = {}
    for raw in iter(response.readline, b""):
        line = raw.decode().rstrip("\n")
        if line:
            name, _, text = line.partition(": ")
            block[name] = text
        elif block:
            yield block
            block = {}


def test_a_stream_tells_what_is_in_force_then_each_change_of_it(server: ServerProcess) -> None:
    """A commit that changes another application is not told; the state is that of the environment."""
    server.start("--ressort.config-server.watch.heartbeat=100ms")
    response = ask(server, "/watch/batch/default", Accept="text/event-stream")
    stream = (block for block in events(response) if "event" in block)
    assert response.headers["Content-Type"] == "text/event-stream;charset=UTF-8"
    first = json.loads(next(stream)["data"])
    environment = told(server, "/batch/default")[1]
    assert (first["state"], first["version"]) == (environment["state"], environment["version"])
    (server.home / "config-repo" / "other.yml").write_text("b: 1\n")
    commit(server.home, "a: 1\n# a comment\n")
    commit(server.home, "a: 2\n")
    second = json.loads(next(stream)["data"])
    assert second["state"] == told(server, "/batch/default")[1]["state"] != first["state"]
    assert server.stop() == 0
    assert list(stream) == []


def test_a_stream_goes_on_from_the_last_event(server: ServerProcess) -> None:
    """With what it has, a client hears nothing but comments until something changes."""
    server.start("--ressort.config-server.watch.heartbeat=50ms")
    state = told(server, "/batch/default")[1]["state"]
    stream = events(ask(server, "/watch/batch/default", Accept="text/event-stream", Last_Event_ID=state))
    assert next(stream) == {"retry": "1000"}
    assert next(stream) == {"": "still here"}
    commit(server.home, "a: 3\n")
    assert next(block for block in stream if "event" in block)["event"] == "change"


def test_a_long_poll_answers_once(server: ServerProcess) -> None:
    """At once for what is not known, 304 for what is, by its state or by the ETag of the environment."""
    server.start()
    environment = ask(server, "/batch/default")
    state = json.loads(environment.read())["state"]
    assert environment.headers["X-Config-Watch"] == "watch"
    status, first = told(server, "/watch/batch/default?timeout=20")
    assert (status, first["state"], first["etag"]) == (200, state, f'"{state}"')
    assert told(server, f"/watch/batch/default?since={state}&timeout=0.1") == (304, None)
    known = environment.headers["ETag"]
    assert told(server, "/watch/batch/default?timeout=0.1", If_None_Match=known) == (304, None)
    commit(server.home, "a: 4\n")
    assert told(server, f"/watch/batch/default?since={state}&timeout=20")[1]["state"] != state


def test_labels_are_watched_apart(server: ServerProcess) -> None:
    """A branch that moves is told to those who watch it, and to nobody else."""
    server.start()
    git(server.home, "branch", "next")
    state = told(server, "/batch/default/next")[1]["state"]
    commit(server.home, "a: 5\n")
    assert told(server, f"/watch/batch/default/next?since={state}&timeout=0.5")[0] == 304
    git(server.home, "branch", "-f", "next", "main")
    assert told(server, f"/watch/batch/default/next?since={state}&timeout=20")[0] == 200


def test_what_cannot_be_watched_is_refused(server: ServerProcess) -> None:
    """The statuses of the environment itself, and a bound on time-outs and watchers."""
    server.start("--ressort.config-server.watch.max-watchers=1")
    assert told(server, "/watch/batch/default/nowhere")[0] == 404
    assert told(server, "/watch/batch")[0] == 404
    assert told(server, "/watch/batch/..")[0] == 400
    assert told(server, "/watch/batch/default?timeout=301")[0] == 400
    assert "timeout='x'" in told(server, "/watch/batch/default?timeout=x")[1]["message"]
    waiting = ask(server, "/watch/batch/default", Accept="text/event-stream")
    turned_away = ask(server, "/watch/batch/default")
    assert (turned_away.status, turned_away.headers["Retry-After"]) == (503, "5")
    waiting.close()


def test_the_path_can_be_changed_and_the_state_left_empty(server: ServerProcess) -> None:
    """Spring's empty state, and an application that is called watch."""
    server.start("--ressort.config-server.fill-state=false", "--ressort.config-server.watch.path=changes")
    environment = ask(server, "/batch/default")
    assert json.loads(environment.read())["state"] == ""
    assert environment.headers["X-Config-Watch"] == "changes"
    assert told(server, "/watch/default")[1]["name"] == "watch"
    since = environment.headers["ETag"].strip('"')
    assert told(server, f"/changes/batch/default?since={since}&timeout=0.1")[0] == 304
    (server.home / "config-repo" / "other.yml").write_text("b: 1\n")
    commit(server.home, "a: 1\n")
    assert told(server, f"/changes/batch/default?since={since}&timeout=20")[0] == 200


def test_a_push_message_is_answered_by_the_process(server: ServerProcess) -> None:
    """With its own prefix, its size bounded, and only with the secret once one is set."""
    server.start("--ressort.config-server.monitor.gitlab.secret=s", "--ressort.config-server.monitor.max-body-size=100B",
                 "--spring.cloud.config.monitor.endpoint.path=/hooks")  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE_S)

    def post(body: str, **headers: str) -> tuple[int, bytes]:
        sent = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request("POST", "/hooks/monitor", body, {"Content-Type": "application/json", **sent})
        response = connection.getresponse()
        return response.status, response.read()

    message = '{"path": "foo-dev.yml"}'
    assert post(message, X_Gitlab_Token="s")[1].strip() == b'["foo-dev","foo"]'
    assert post(message)[0] == 401
    assert post(message + " " * 200, X_Gitlab_Token="s")[0] == 413


def test_a_poller_of_folders_is_refused(server: ServerProcess) -> None:
    """It says what to do instead."""
    assert server.start("--spring.cloud.config.server.monitor.fixedDelay=5000") == ""
    assert server.stop() == 1
