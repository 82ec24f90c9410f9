"""Push messages: what they say, who sent them, what is answered. The answers are those of Spring's server."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config_server.adapters.monitoring import monitor_routes
from config_server.domain.webhooks import PROVIDERS, guessed_services

COMMITS = {"commits": [{"added": ["foo-dev.yml"], "removed": ["application.yml"], "modified": ["sub/x.yml"]}]}


class Monitor:
    """The route in an application of its own, and what it was told."""

    def __init__(self, *, prefix: str = "", enabled: Sequence[str] = PROVIDERS, **secrets: str) -> None:
        self.pushed: list[str] = []
        app = Flask("test")
        app.register_blueprint(monitor_routes(self.pushed.extend, prefix, enabled, secrets, 4_000))
        self.client: FlaskClient = app.test_client()

    def post(self, body: Any, **headers: str) -> tuple[int, Any]:
        sent = {name.replace("_", "-"): text for name, text in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.client.post(
            "/monitor", data=data, headers={"Content-Type": "application/json", **sent}
        )
        return response.status_code, response.get_json(silent=True)


@pytest.mark.parametrize(
    ("paths", "services"),
    [
        (["foo-local-dev.yml"], ["foo-local-dev", "foo-local", "foo"]),
        (["application-local.yml"], ["application-local", "*"]),
        (["a/b\\foo.properties", "c/foo.yml"], ["foo"]),
        (["application.yml"], ["*"]),
        (["README", ".gitignore"], ["README"]),
    ],
)
def test_services_are_guessed_from_file_names(paths: list[str], services: list[str]) -> None:
    """The last part is cut until nothing is left."""
    assert guessed_services(paths) == services


@pytest.mark.parametrize(
    ("header", "event"),
    [
        ("X-Github-Event", "push"), ("X-Gitlab-Event", "Push Hook"), ("X-Gogs-Event", "push"),
        ("X-Git-Oschina-Event", "Push Hook"),
    ],
)  # fmt: skip
def test_hosts_that_name_the_files(header: str, event: str) -> None:
    """Added, removed and modified files of every commit; other events say nothing."""
    monitor = Monitor()
    assert monitor.post(COMMITS, **{header: event}) == (200, ["foo-dev", "foo", "*", "x"])
    assert monitor.pushed == ["foo-dev", "foo", "*", "x"]
    assert monitor.post(COMMITS, **{header: "other"}) == (200, [])


@pytest.mark.parametrize(
    ("headers", "payload"),
    [
        ({"X-Gitea-Event": "push"}, {"commits": []}),
        ({"X-Event-Key": "repo:push", "X-Hook-UUID": "u"}, {"push": {"changes": []}}),
        ({"X-Event-Key": "pullrequest:fulfilled", "X-Hook-UUID": "u"}, {"push": {"changes": []}}),
        ({"X-Event-Key": "repo:refs_changed", "X-Request-Id": "r"}, {"changes": []}),
        ({"X-Event-Key": "pr:merged", "X-Request-Id": "r"}, {"x": 1}),
    ],
)
def test_hosts_that_do_not(headers: dict[str, str], payload: dict[str, Any]) -> None:
    """Everybody is told; without one of the headers nobody is."""
    assert Monitor().post(payload, **headers) == (200, ["*"])
    assert Monitor().post(payload) == (200, [])
    assert Monitor(enabled=["github"]).post(payload, **headers) == (200, [])


def test_plain_lists_of_paths() -> None:
    """JSON with a path or several, and a form."""
    monitor = Monitor()
    assert monitor.post({"path": "foo.yml"}) == (200, ["foo"])
    assert monitor.post({"path": ["foo.yml", "bar-dev.yml", 1]}) == (200, ["foo", "bar-dev", "bar"])
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert monitor.post(b"path=foo.yml&path=application.yml", **form) == (200, ["foo", "*"])
    assert monitor.post(b"other=1", **form)[0] == 400


def test_messages_that_are_none() -> None:
    """Unknown objects are harmless; what cannot be read is refused, what is too long not even read."""
    monitor = Monitor()
    assert monitor.post({}) == (200, [])
    assert [monitor.post(body)[0] for body in (b"", b"{", b"[1]")] == [400, 400, 400]
    assert monitor.post(b"x", Content_Type="text/plain")[0] == 415
    assert monitor.post({"path": "x" * 4_000})[0] == 413
    assert monitor.client.get("/monitor").headers["Allow"] == "POST"
    assert monitor.pushed == []


def signed(body: bytes, secret: str = "s") -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("provider", "header", "mark"),
    [
        ("github", "X-Hub-Signature-256", "sha256="), ("bitbucket", "X-Hub-Signature", "sha256="),
        ("gitea", "X-Gitea-Signature", ""), ("gogs", "X-Gogs-Signature", ""),
    ],
)  # fmt: skip
def test_signatures_are_checked(provider: str, header: str, mark: str) -> None:
    """Without, with a wrong one, and with one over another body: 401, and nobody is told."""
    monitor = Monitor(**{provider: "s"})
    body = json.dumps({"path": "foo.yml"}).encode()
    assert monitor.post(body, **{header: mark + signed(body)}) == (200, ["foo"])
    monitor.pushed.clear()
    for wrong in ("", mark, mark + signed(body, "t"), mark + signed(b"x"), "é"):
        assert monitor.post(body, **{header: wrong})[0] == 401
    assert monitor.post(body, X_Github_Event="push")[0] == 401
    assert monitor.pushed == []


@pytest.mark.parametrize(("provider", "header"), [("gitlab", "X-Gitlab-Token"), ("gitee", "X-Gitee-Token")])
def test_tokens_are_compared(provider: str, header: str) -> None:
    """The secret itself is sent by these."""
    monitor = Monitor(**{provider: "s"})
    assert monitor.post({"path": "foo.yml"}, **{header: "s"}) == (200, ["foo"])
    assert monitor.post({"path": "foo.yml"}, **{header: "ss"})[0] == 401
    assert monitor.post({"path": "foo.yml"})[0] == 401


def test_the_path_has_a_prefix_of_its_own() -> None:
    """``spring.cloud.config.monitor.endpoint.path``."""
    client = Monitor(prefix="/hooks").client
    assert client.post("/hooks/monitor", json={"path": "a.yml"}).json == ["a"]
    assert client.post("/monitor", json={"path": "a.yml"}).status_code == 404
