"""What of Spring's client settings changes a question, and which are refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from ressort.config import ConfigError, Environment, load

from .conftest import Files
from .stub_server import StubConfigServer


@pytest.fixture
def servers() -> Iterator[list[StubConfigServer]]:
    stubs = [StubConfigServer(), StubConfigServer()]
    for stub in stubs:
        stub.start()
    yield stubs
    for stub in stubs:
        stub.stop()


def write(files: Files, address: str) -> None:
    files.write(
        "application.yml", f"spring: {{application.name: app, config.import: 'configserver:{address}'}}"
    )


def asked(stub: StubConfigServer) -> list[str]:
    return [path for path, _ in stub.requests]


def test_parameters_of_the_first_address_count(files: Files, servers: list[StubConfigServer]) -> None:
    """Fail-fast with two tries and short pauses; the second address is still one."""
    first, second = servers
    second.serve("/app/default", {"s": {"a": 1}})
    write(
        files,
        f"{first.uri}?fail-fast=true&max-attempts=2&initial-interval=1&multiplier=1&max-interval=2,{second.uri}",
    )
    assert files.load().get("a") == "1"
    second.status = 500
    with pytest.raises(ConfigError, match="answered 500"):
        files.load()
    assert len(second.requests) == 3


@pytest.mark.parametrize("parameter", ["nonsense=1", "max-attempts=0", "multiplier=x", "fail-fast=perhaps"])
def test_parameters_that_mean_nothing_are_refused(files: Files, parameter: str) -> None:
    """With the name and the known ones."""
    write(files, f"http://localhost:1?{parameter}")
    with pytest.raises(ConfigError, match=f"{parameter.partition('=')[0]}.*Known are fail-fast"):
        files.load()


def test_always_goes_on_after_any_error(files: Files, servers: list[StubConfigServer]) -> None:
    """A missing label and a fault of the first server are answered by the second."""
    first, second = servers
    second.serve("/app/default", {"s": {"a": 1}})
    write(files, f"{first.uri},{second.uri}")
    assert files.load().get("a") == "1"
    first.status = 503
    assert files.load().get("a") == "1"


def test_connection_timeout_only_believes_the_first_that_answers(
    files: Files, servers: list[StubConfigServer]
) -> None:
    """404 means no such label, another error ends it; only a server that is away is passed over."""
    first, second = servers
    second.serve("/app/default", {"s": {"a": 1}})
    second.serve("/app/default/one", {"s": {"a": 1}})
    write(files, f"{first.uri},{second.uri}")
    only = "--spring.cloud.config.multiple-uri-strategy=connection_timeout_only"
    with pytest.raises(ConfigError, match="answered 404"):
        files.load(only, "--spring.cloud.config.label=one,two")
    assert (asked(first), asked(second)) == (["/app/default/one", "/app/default/two"], [])
    first.status = 500
    with pytest.raises(ConfigError, match="answered 500"):
        files.load(only)
    first.stop()
    assert files.load(only).get("a") == "1"


def test_labels_are_asked_of_every_server_in_turn(files: Files, servers: list[StubConfigServer]) -> None:
    """Each label of each server before the next label."""
    first, second = servers
    first.serve("/app/default/two", {"s": {"a": 2}})
    second.serve("/app/default/one", {"s": {"a": 1}})
    write(files, f"{first.uri},{second.uri}")
    assert files.load("--spring.cloud.config.label=one,two").get("a") == "1"


def test_all_labels_can_be_sent_together(files: Files, servers: list[StubConfigServer]) -> None:
    """One question, for servers that answer several labels."""
    servers[0].serve("/app/default/one,a(_)b", {"s": {"a": 1}})
    write(files, servers[0].uri)
    files.load("--spring.cloud.config.label=one,a/b", "--spring.cloud.config.send-all-labels=true")
    assert asked(servers[0]) == ["/app/default/one,a(_)b"]


def test_the_state_is_sent_back(files: Files, servers: list[StubConfigServer]) -> None:
    """Once one is known, unless that is switched off."""
    stub = servers[0]
    stub.serve("/app/default", {"s": {"a": 1}})
    stub.answers["/app/default"] = {**stub.answers["/app/default"], "state": "st"}
    write(files, stub.uri)
    files.load("--spring.cloud.config.charset=ISO-8859-1").refresh()
    files.load("--spring.cloud.config.send-state=false").refresh()
    sent = [dict(headers) for _, headers in stub.requests]
    assert [headers.get("X-Config-State") for headers in sent] == [None, "st", None, None]
    assert sent[0]["Accept-Charset"] == "ISO-8859-1"


@pytest.mark.parametrize(
    "argument",
    [
        "--spring.cloud.config.fail-fsat=true", "--spring.cloud.config.override-none=true",
        "--spring.cloud.config.multiple-uri-strategy=never", "--spring.cloud.config.retry.tries=1",
    ],
)  # fmt: skip
def test_settings_that_nobody_reads_are_refused(files: Files, argument: str) -> None:
    """By key and value, also when they are Spring's of another time."""
    files.write("application.yml", "a: 1")
    with pytest.raises(ConfigError, match=argument[2:].partition("=")[0]):
        files.load(argument)


def test_stores_that_are_no_pem_are_refused(files: Files) -> None:
    """Of another type, or not there at all."""
    write(files, "https://localhost:1")
    tls = "--spring.cloud.config.tls"
    for argument in (f"{tls}.trust-store-type=JKS", f"{tls}.trust-store-type=PEM"):
        with pytest.raises(ConfigError, match=r"spring\.cloud\.config\.tls\.trust-store"):
            files.load(f"{tls}.enabled=true", f"{tls}.trust-store=file:/nowhere.pem", argument)


def test_servers_are_found_in_the_registry(files: Files, servers: list[StubConfigServer]) -> None:
    """By the settings of this machine; looked up again once one failed, an address in the import goes before."""
    first, second = servers
    first.serve("/app/default", {"s": {"a": 1}})
    second.serve("/app/default", {"s": {"a": 2}})
    found = [first.uri]
    questions: list[tuple[str, str]] = []

    def locate(env: Environment, service_id: str) -> Sequence[str]:
        questions.append((env.get("spring.application.name", ""), service_id))
        return found

    def started(address: str) -> Environment:
        write(files, address)
        words = ("discovery.enabled=true", "fail-fast=true", "retry.max-attempts=1")
        return load(None, [f"--spring.cloud.config.{word}" for word in words], {}, files.folder, None, locate)

    env = started("")
    assert (env.get("a"), questions) == ("1", [("app", "configserver")])
    env.refresh()
    assert len(questions) == 1
    assert started(second.uri).get("a") == "2"
    found.clear()
    with pytest.raises(ConfigError, match="in the registry as configserver"):
        started("").get("a")
    write(files, "")
    with pytest.raises(ConfigError, match="no registry client"):
        files.load("--spring.cloud.config.discovery.enabled=true")
