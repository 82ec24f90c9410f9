"""Typing mistakes in keys."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config.near_miss import edit_distance

from .conftest import Files


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("server:\n  prot: 1", "unknown property server.prot (application.yml:2): did you mean server.port?"),
        ("sever.port: 1", "unknown property sever.port (application.yml:1): did you mean server.port?"),
        ("spring.datasource.ulr: x", "did you mean spring.datasource.url?"),
        ("spring.aplication.name: x", "did you mean spring.application.name?"),
        ("managment.endpoints.web.exposure.include: x", "did you mean management.endpoints?"),
        ("spring.cloud.gatewai.x: y", "did you mean spring.cloud.gateway?"),
    ],
)
def test_near_miss_is_warned_with_its_place(
    files: Files, caplog: pytest.LogCaptureFixture, yaml: str, expected: str
) -> None:
    """The key, where it stands, and the known key it resembles."""
    files.write("application.yml", yaml)
    files.load().announce()
    assert len(warnings(caplog)) == 1
    assert warnings(caplog)[0].endswith(expected)


@pytest.mark.parametrize(
    "yaml",
    [
        "server.port: 1\nserver.max-http-request-header-size: 1KB",
        "my.own.setting: 1\nacme.port: 2",
        "logging.level.a.b: DEBUG",
        "resilience4j.circuitbreaker.instances.x.y: 1",
        "spring.cloud.config.server.git.uri: x",
    ],
)
def test_known_and_foreign_keys_are_left_alone(
    files: Files, caplog: pytest.LogCaptureFixture, yaml: str
) -> None:
    """No warning for what is known in any spelling, nor for what resembles nothing."""
    files.write("application.yml", yaml)
    files.load().announce()
    assert warnings(caplog) == []


def test_bound_and_packaged_keys_are_known(
    files: Files, package: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    """A service's own settings take part in both roles."""

    @dataclass(frozen=True)
    class Relance:
        palier: int = 0
        pallier: int = 0

    name = package("relance.cron: x")
    files.write("application.yml", "relance: {corn: y, pallier: 1}")
    env = files.load(package=name)
    env.bind(Relance, "relance")
    env.announce()
    assert warnings(caplog) == [
        "unknown property relance.corn (application.yml:1): did you mean relance.cron?"
    ]


def test_variables_are_never_warned_about(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    """The environment holds the names of the whole machine."""
    files.load(environ={"SERVER_PROT": "1"}).announce()
    assert warnings(caplog) == []


short = st.text(alphabet="abc", max_size=5)


@given(short, short)
def test_distance_is_symmetric_and_zero_only_for_equals(first: str, second: str) -> None:
    """What makes it a distance."""
    assert edit_distance(first, second) == edit_distance(second, first)
    assert (edit_distance(first, second) == 0) is (first == second)


def test_swap_of_neighbours_is_one_mistake() -> None:
    """`prot` and `port` are one step apart."""
    assert edit_distance("prot", "port") == 1
