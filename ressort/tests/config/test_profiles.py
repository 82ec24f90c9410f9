"""Profile expressions and the choice of active profiles."""

from __future__ import annotations

import pytest

from ressort.config import ConfigError
from ressort.config.profiles import accepts

from .conftest import Files


@pytest.mark.parametrize(
    ("expression", "active", "expected"),
    [
        ("prod", ["prod"], True), ("prod", ["dev"], False), ("!prod", ["dev"], True), ("!prod", ["prod"], False),
        ("prod & eu", ["prod", "eu"], True), ("prod & eu", ["prod"], False), ("eu | us", ["us"], True),
        ("prod & (eu | us)", ["prod", "us"], True), ("prod & (eu | us)", ["prod"], False),
        ("!(eu | us)", ["asia"], True), ("dev,test", ["test"], True), ("prod & !eu", ["prod"], True),
    ],
)  # fmt: skip
def test_expressions(expression: str, active: list[str], expected: bool) -> None:
    """And, or, not, parentheses, and a comma list meaning any of them."""
    assert accepts(expression, active) is expected


@pytest.mark.parametrize("expression", ["a & b | c", "(a", "a b", "&", "a &", "!"])
def test_malformed_expressions(expression: str) -> None:
    """A wrong expression is refused, not guessed."""
    with pytest.raises(ValueError, match="malformed"):
        accepts(expression, ["a"])


def test_profile_file_beats_plain_file_and_last_profile_wins(files: Files) -> None:
    """Of two active profiles the later one decides."""
    files.write("application.yml", "a: plain\nb: plain\nc: plain")
    files.write("application-one.yml", "a: one\nb: one")
    files.write("application-two.yml", "a: two")
    env = files.load("--spring.profiles.active=one,two")
    assert [env.get(key) for key in "abc"] == ["two", "one", "plain"]
    assert env.active_profiles == ("one", "two")


def test_default_profile_counts_when_none_is_active(files: Files) -> None:
    """application-default is read without profiles and not with one."""
    files.write("application-default.yml", "a: default")
    assert files.load().get("a") == "default"
    assert files.load("--spring.profiles.active=x").get("a") is None
    assert files.load().active_profiles == ()


def test_document_for_a_profile(files: Files) -> None:
    """A document with on-profile counts only when its expression holds."""
    files.write("application.yml", "a: 1\n---\nspring.config.activate.on-profile: prod & !test\na: 2")
    assert files.load().get("a", 0) == 1
    assert files.load("--spring.profiles.active=prod").get("a", 0) == 2


def test_include_comes_before_active_and_groups_after_their_name(files: Files) -> None:
    """The order decides who wins."""
    files.write(
        "application.yml",
        "spring.profiles: {include: [common], active: 'prod,last', group: {prod: [db, mail]}}",
    )
    assert files.load().active_profiles == ("common", "prod", "db", "mail", "last")


def test_highest_source_replaces_the_active_profiles(files: Files) -> None:
    """A variable overrides what the file says."""
    files.write("application.yml", "spring.profiles.active: file")
    assert files.load(environ={"SPRING_PROFILES_ACTIVE": "variable"}).active_profiles == ("variable",)


def test_profile_specific_document_may_not_choose_profiles(files: Files) -> None:
    """Circular choices are refused with file and line."""
    files.write("application-dev.yml", "a: 1\nspring.profiles.active: other")
    with pytest.raises(ConfigError, match=r"spring\.profiles\.active = 'other' \(application-dev\.yml:2\)"):
        files.load("--spring.profiles.active=dev")


def test_invalid_profile_name(files: Files) -> None:
    """A name with other characters is refused."""
    with pytest.raises(ConfigError, match="not a profile name"):
        files.load("--spring.profiles.active=a b")
