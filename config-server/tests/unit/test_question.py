"""Paths to questions, and paths that are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config_server.domain.errors import InvalidRequestError
from config_server.domain.question import Flattened, Question, question_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/foo/default", Question("foo", "default")),
        ("/foo/dev,cloud", Question("foo", "dev,cloud")),
        ("/foo/default/1.0.0", Question("foo", "default", "1.0.0")),
        ("/foo/default/feature(_)x", Question("foo", "default", "feature/x")),
        ("/org(_)foo/default", Question("org/foo", "default")),
        ("/foo/dev-yml", Question("foo", "dev-yml")),
        ("//foo//dev", Question("foo", "dev")),
        ("/foo/default/app.yml", Question("foo", "default", "app.yml")),
        ("/foo-bar-foo2-bar2-spam.yml", Flattened(Question("foo-bar-foo2-bar2", "spam"), "yml")),
        ("/foo-dev,cloud.yaml", Flattened(Question("foo", "dev,cloud"), "yaml")),
        ("/main/foo-dev.properties", Flattened(Question("foo", "dev", "main"), "properties")),
        ("/foo/Dév,日本,١", Question("foo", "Dév,日本,١")),
        ("/foo-dev.json", Flattened(Question("foo", "dev"), "json")),
    ],
)
def test_questions(path: str, expected: object) -> None:
    """Name, profiles, label and form as Spring reads them from a path."""
    assert question_of(path) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/foo",
        "/foo/dev.yml",
        "/foo.yml",
        "/actuator/health",
        "/encrypt/status",
        "/key/x",
        "/monitor",
        "/a/b/c/d",
    ],
)
def test_what_is_no_question(path: str) -> None:
    """Reserved roots and file-like profiles are not environments, so that a missing actuator stays a 404."""
    assert question_of(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/../default", "/foo/..", "/foo/default/..", "/foo/default/..(_)..(_)etc", "/(_)etc/default", "/f#o/default",
        "/foo/a,,b", "/foo/-dev", "/foo/a\u0301", "/foo/a²", "/foo/de:v", "/foo/dev,..,x", "/foo/%2e%2e", "/f%2Fo/default", "/f\\o/default",
        "/foo/default/-upload", "/foo/default/a\x00b", "/f*/default", "/a(_)(_)b/default", "/..(_)x-dev.yml",
    ],
)  # fmt: skip
def test_what_is_refused(path: str) -> None:
    """Nothing that could leave the repository, be taken for an option, or name no profile."""
    with pytest.raises(InvalidRequestError):
        question_of(path)


@given(st.text(max_size=40))
def test_no_path_makes_a_name_that_leaves_the_repository(path: str) -> None:
    """Whatever is asked, no part of an accepted name climbs up."""
    try:
        found = question_of(path)
    except InvalidRequestError:
        return
    question = found.question if isinstance(found, Flattened) else found
    if question is not None:
        for text in (question.name, question.label or "x", *question.profiles):
            assert ".." not in text
            assert not text.startswith(("/", "-"))
            assert "\\" not in text
