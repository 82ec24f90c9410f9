"""The config server as a source: precedence, survival of its absence, recovery, watching."""

from __future__ import annotations

import base64
import json
import logging
import os
import stat
import threading
from collections.abc import Iterator

import pytest

from ressort.config import ConfigError, ConfigWatcher, Environment

from .conftest import Files
from .stub_server import StubConfigServer


@pytest.fixture
def server() -> Iterator[StubConfigServer]:
    stub = StubConfigServer()
    stub.start()
    yield stub
    stub.stop()


def load(files: Files, server: StubConfigServer, *argv: str, optional: str = "optional:") -> Environment:
    files.write(
        "application.yml",
        f"spring:\n  application.name: app\n  config.import: '{optional}configserver:{server.uri}'\na: local\nb: local",
    )
    return files.load(*argv)


def test_remote_beats_files_and_is_beaten_by_variables_and_arguments(
    files: Files, server: StubConfigServer
) -> None:
    """Where the central configuration stands."""
    server.serve("/app/default", {"high": {"a": "remote", "x": 1}, "low": {"a": "low", "y": 2, "z": 3}})
    files.write("config/application.yml", "a: config")
    env = load(files, server, "--z=argument")
    assert [env.get(key) for key in ("a", "b", "x", "y", "z")] == ["remote", "local", "1", "2", "argument"]
    assert env.get("config.client.version") == "c0ffee"


def test_profiles_and_label_are_sent(files: Files, server: StubConfigServer) -> None:
    """One request with the final profiles; a slash in a label is written (_)."""
    server.serve("/app/dev,eu/feature(_)x", {"s": {"a": 1}})
    load(files, server, "--spring.profiles.active=dev,eu", "--spring.cloud.config.label=none,feature/x")
    assert [path for path, _ in server.requests] == ["/app/dev,eu/none", "/app/dev,eu/feature(_)x"]


def test_credentials_token_and_headers_are_sent(files: Files, server: StubConfigServer) -> None:
    """Basic authentication, Vault's token and free headers; origins are asked for."""
    server.serve("/app/default", {})
    load(
        files, server, "--spring.cloud.config.username=u", "--spring.cloud.config.password=p",
        "--spring.cloud.config.token=t", "--spring.cloud.config.headers.x-team=compta",
    )  # fmt: skip
    headers = {name.lower(): text for name, text in server.requests[0][1].items()}
    assert headers["authorization"] == "Basic " + base64.b64encode(b"u:p").decode()
    assert (headers["x-config-token"], headers["x-team"]) == ("t", "compta")
    assert headers["accept"] == "application/vnd.spring-cloud.config-server.v2+json"


def test_origins_of_both_answer_forms(files: Files, server: StubConfigServer) -> None:
    """V2 gives file and line, V1 the file."""
    server.serve("/app/default", {"git/app.yml": {"x": {"value": 1, "origin": "7:3"}, "y": "bare"}})
    env = load(files, server)
    assert env.get("x", 0) == 1
    assert str(env.origin("x")) == "configserver:git/app.yml:7"
    assert str(env.origin("y")) == "configserver:git/app.yml"


def test_lists_from_the_server_replace_local_ones_whole(files: Files, server: StubConfigServer) -> None:
    """The same rule as between files."""
    files.write("config/application.yml", "l: [a, b, c]")
    server.serve("/app/default", {"s": {"l[0]": "x"}})
    assert load(files, server).get("l", as_type=list[str]) == ["x"]


def test_absent_server_without_copy(
    files: Files, server: StubConfigServer, caplog: pytest.LogCaptureFixture
) -> None:
    """With `optional:` the start goes on and says so; without, it stops with key, place and remedy."""
    server.stop()
    env = load(files, server)
    env.announce()
    assert env.get("a") == "local"
    assert "going on without central configuration" in caplog.text
    with pytest.raises(
        ConfigError, match=r"spring\.config\.import = 'configserver:.*application\.yml:3.*does not answer"
    ):
        load(files, server, optional="")


def test_last_known_copy_is_used_and_told(
    files: Files, server: StubConfigServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A member starts with the settings it had, even where the import is not optional."""
    server.serve("/app/default", {"s": {"a": "remote"}})
    load(files, server)
    server.stop()
    env = load(files, server, optional="")
    env.announce()
    assert env.get("a") == "remote"
    assert "using the last known copy" in caplog.text
    assert "version c0ffee" in caplog.text
    assert env.central is not None
    assert env.central.state().copy_of is not None


def test_copy_is_private_and_belongs_to_its_question(files: Files, server: StubConfigServer) -> None:
    """Settings hold passwords; other profiles have other settings."""
    server.serve("/app/default", {"s": {"a": "remote"}})
    load(files, server)
    copy = files.folder / "var" / "config-cache" / "app.json"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    server.stop()
    assert load(files, server, "--spring.profiles.active=dev").get("a") == "local"


def test_copy_is_encrypted_under_the_key_of_the_process(files: Files, server: StubConfigServer) -> None:
    """Nothing of it can be read without that key, and another key is as good as no copy."""
    server.serve("/app/default", {"s": {"a": "remote-é"}})
    load(files, server, "--encrypt.key=ours")
    copy = (files.folder / "var" / "config-cache" / "app.json").read_text()
    assert copy.startswith("{cipher}")
    assert "remote" not in copy
    server.stop()
    assert load(files, server, "--encrypt.key=ours").get("a") == "remote-é"
    assert load(files, server, "--encrypt.key=other").get("a") == "local"
    assert load(files, server).get("a") == "local"


def test_clear_copy_of_before_there_was_a_key_is_used(files: Files, server: StubConfigServer) -> None:
    """A key that is new does not cost a cold start its settings."""
    server.serve("/app/default", {"s": {"a": "remote"}})
    load(files, server)
    server.stop()
    assert load(files, server, "--encrypt.key=ours").get("a") == "remote"


def test_damaged_copy_is_no_copy(files: Files, server: StubConfigServer) -> None:
    """A half-written file from elsewhere does not stop the start."""
    (files.folder / "var" / "config-cache").mkdir(parents=True)
    (files.folder / "var" / "config-cache" / "app.json").write_text("{")
    server.stop()
    assert load(files, server).get("a") == "local"


@pytest.mark.parametrize("raw", [b"<html>", b"[]", b'{"propertySources": 1}'])
def test_answer_that_is_no_configuration(files: Files, server: StubConfigServer, raw: bytes) -> None:
    """Something else on the port is told as such."""
    server.serve("/app/default", {})
    server.raw = raw
    with pytest.raises(ConfigError, match="not a configuration"):
        load(files, server, optional="")


def test_error_of_the_server_is_passed_on(files: Files, server: StubConfigServer) -> None:
    """Its message, such as the file and line of broken YAML, reaches the person."""
    server.status = 500
    with pytest.raises(ConfigError, match="answered 500: no"):
        load(files, server, optional="")


def test_second_address_answers(files: Files, server: StubConfigServer) -> None:
    """Addresses are tried in turn."""
    server.serve("/app/default", {"s": {"a": "remote"}})
    files.write(
        "application.yml",
        f"spring: {{application.name: app, config.import: 'configserver:http://127.0.0.1:1,{server.uri}'}}",
    )
    assert files.load().get("a") == "remote"


def test_fail_fast_stops_even_an_optional_start(files: Files, server: StubConfigServer) -> None:
    """After its tries, and without using a copy."""
    server.serve("/app/default", {"s": {"a": "remote"}})
    load(files, server)
    server.stop()
    with pytest.raises(ConfigError, match="does not answer"):
        load(
            files, server, "--spring.cloud.config.fail-fast=true", "--spring.cloud.config.retry.max-attempts=2",
            "--spring.cloud.config.retry.initial-interval=1ms",
        )  # fmt: skip


def test_switched_off(files: Files, server: StubConfigServer) -> None:
    """spring.cloud.config.enabled=false asks nobody."""
    assert load(files, server, "--spring.cloud.config.enabled=false").central is None
    assert server.requests == []


def test_refresh_takes_new_and_drops_removed_keys(files: Files, server: StubConfigServer) -> None:
    """A whole source that vanished is dropped too."""
    server.serve("/app/default", {"s": {"a": "1", "b": "1"}, "t": {"t": 1}})
    env = load(files, server)
    server.serve("/app/default", {"s": {"a": "2"}}, version="c1")
    assert env.refresh() == ["a", "b", "config.client.version", "t"]
    assert (env.get("a"), env.get("b"), env.get("t")) == ("2", "local", None)


def test_refresh_while_the_server_is_away_keeps_the_settings(
    files: Files, server: StubConfigServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing changes, and it is said."""
    server.serve("/app/default", {"s": {"a": "remote"}})
    env = load(files, server)
    env.announce()
    server.stop()
    assert env.refresh() == []
    assert env.get("a") == "remote"
    assert "is kept" in caplog.text


def test_poll_sees_a_change_and_costs_a_304_without(files: Files, server: StubConfigServer) -> None:
    """The ETag spares the body; a server without one is compared by content."""
    server.etag = '"1"'
    server.serve("/app/default", {"s": {"a": "1"}})
    env = load(files, server)
    watcher = ConfigWatcher(env)
    assert watcher.poll() == []
    assert server.requests[-1][1]["If-None-Match"] == '"1"'
    server.serve("/app/default", {"s": {"a": "2"}})
    server.etag = None
    assert watcher.poll() == ["a"]
    assert watcher.poll() == []


def test_recovery_by_itself(files: Files, server: StubConfigServer, caplog: pytest.LogCaptureFixture) -> None:
    """A process that started alone takes the central configuration when the server comes."""
    caplog.set_level(logging.INFO)
    server.stop()
    env = load(files, server)
    env.announce()
    watcher = ConfigWatcher(env)
    assert watcher.poll() == []
    server.serve("/app/default", {"s": {"a": "remote"}})
    server.start()
    assert "a" in watcher.poll()
    assert "answers again" in caplog.text
    assert env.central is not None
    assert env.central.state().reachable


def test_recovery_to_the_same_settings_clears_the_stale_mark(files: Files, server: StubConfigServer) -> None:
    """After a start from the copy the server's return is noticed although nothing changed."""
    server.etag = '"1"'
    server.serve("/app/default", {"s": {"a": "remote"}})
    load(files, server)
    server.stop()
    env = load(files, server)
    server.start()
    assert ConfigWatcher(env).poll() == []
    assert env.central is not None
    assert env.central.state().copy_of is None


def test_watcher_thread_tells_listeners_and_stops(files: Files, server: StubConfigServer) -> None:
    """The thread refreshes by itself and ends when told."""
    server.serve("/app/default", {"s": {"a": "1"}})
    env = load(
        files,
        server,
        "--spring.cloud.config.watch.delay=50ms",
        "--spring.cloud.config.watch.initial-delay=50ms",
    )
    heard = threading.Event()
    env.on_change(lambda keys: heard.set())
    watcher = ConfigWatcher(env)
    watcher.start()
    server.serve("/app/default", {"s": {"a": "2"}})
    assert heard.wait(20)
    watcher.stop()
    assert env.get("a") == "2"
    assert not [thread for thread in threading.enumerate() if thread.name == "config-watch"]


def test_watch_switched_off_starts_no_thread(files: Files, server: StubConfigServer) -> None:
    """spring.cloud.config.watch.enabled=false."""
    server.serve("/app/default", {})
    watcher = ConfigWatcher(load(files, server, "--spring.cloud.config.watch.enabled=false"))
    watcher.start()
    assert not [thread for thread in threading.enumerate() if thread.name == "config-watch"]


def test_environment_works_in_a_forked_child(files: Files, server: StubConfigServer) -> None:
    """Loaded before the fork, it reads, refreshes and watches after it."""
    server.serve("/app/default", {"s": {"a": "1"}})
    env = load(files, server)
    server.serve("/app/default", {"s": {"a": "2"}})
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, json.dumps([env.refresh(), env.get("a")]).encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert json.loads(pipe.read()) == [["a"], "2"]
    assert env.get("a") == "1"
