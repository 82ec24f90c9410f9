"""The order of files."""

from __future__ import annotations

from config_server.domain.precedence import candidate_files, expanded_folders
from config_server.domain.question import Question


def yaml_only(question: Question, folders: list[str]) -> list[str]:
    return [path for path in candidate_files(question, folders) if path.endswith(".yml")]


def test_last_profile_first_then_plain_files() -> None:
    """application-dev beats foo: Spring's order, surprising as it is."""
    assert yaml_only(Question("foo", "dev,cloud"), [""]) == [
        "foo-cloud.yml", "application-cloud.yml", "foo-dev.yml", "application-dev.yml", "foo.yml", "application.yml",
    ]  # fmt: skip


def test_later_folders_win() -> None:
    """The root is searched first, so it is the lowest."""
    assert yaml_only(Question("foo", "dev"), ["", "sub"])[:3] == [
        "sub/foo-dev.yml",
        "sub/application-dev.yml",
        "foo-dev.yml",
    ]


def test_extensions_of_one_name() -> None:
    """properties before xml before yml before yaml."""
    assert list(candidate_files(Question("application", "x"), [""]))[-4:] == [
        "application.properties", "application.xml", "application.yml", "application.yaml",
    ]  # fmt: skip


def test_application_itself_is_not_listed_twice() -> None:
    """Asked by its own name."""
    assert yaml_only(Question("application", "default"), [""]) == [
        "application-default.yml",
        "application.yml",
    ]


def test_several_names() -> None:
    """The last name wins."""
    assert yaml_only(Question("a,b", "x"), [""])[:3] == ["b-x.yml", "a-x.yml", "application-x.yml"]


def test_search_paths_are_filled_in() -> None:
    """Placeholders expand over profiles and names; what stays open is dropped."""
    question = Question("foo", "dev,eu", "v1")
    folders = expanded_folders(
        ["{application}", "p/{profile}", "{label}/x", "{unknown}", "../out"], question, "v1"
    )
    assert folders == ["", "foo", "p/dev", "p/eu", "v1/x"]
