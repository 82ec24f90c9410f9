"""Relaxed property names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config.names import environment_name, kebab, parse_environment_name, parse_name

words = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
keys = st.lists(words, min_size=1, max_size=4).map(".".join)


@pytest.mark.parametrize(
    "spelling",
    [
        "acme.my-project.first-name",
        "acme.myProject.firstName",
        "acme.my_project.first_name",
        "ACME.MYPROJECT.FIRSTNAME",
    ],
)
def test_spellings_of_one_name_are_equal(spelling: str) -> None:
    """Kebab, camel, snake and upper case name the same property."""
    assert parse_name(spelling).uniform == ("acme", "myproject", "firstname")


@pytest.mark.parametrize(
    ("key", "variable"),
    [
        ("spring.main.log-startup-info", "SPRING_MAIN_LOGSTARTUPINFO"),
        ("my.service[0].other", "MY_SERVICE_0_OTHER"),
        ("eureka.client.service-url.defaultZone", "EUREKA_CLIENT_SERVICEURL_DEFAULTZONE"),
        ("server.port", "SERVER_PORT"),
    ],
)
def test_variable_of_a_key(key: str, variable: str) -> None:
    """Dots become underscores, dashes are dropped, positions stand between underscores."""
    assert environment_name(key) == variable


@given(keys)
def test_variable_of_any_key_names_that_key(key: str) -> None:
    """The variable made for a key is read back as the same name."""
    assert parse_environment_name(environment_name(key)).uniform == parse_name(key).uniform


def test_brackets_keep_other_characters() -> None:
    """A map key with slashes and dots stays one element, compared as written."""
    assert parse_name("routes[/api/**].uri").elements == ("routes", "/api/**", "uri")
    assert parse_name("logging.level[a.b]").uniform != parse_name("logging.level[a.B]").uniform


def test_positions_are_told_from_map_keys() -> None:
    """Only a number in brackets is a list position."""
    assert parse_name("list[10].status.404").indexes == frozenset({1})


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("maxPoolSize", "max-pool-size"),
        ("max_pool_size", "max-pool-size"),
        ("defaultURL", "default-url"),
        ("port", "port"),
    ],
)
def test_kebab_case(identifier: str, expected: str) -> None:
    """Field names become canonical property names."""
    assert kebab(identifier) == expected
