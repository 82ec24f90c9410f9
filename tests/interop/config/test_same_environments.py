"""The same questions to Spring's configuration server and to ours, and their answers compared.

Where ours differs on purpose (docs/config-server.md, "Compatibility") a test of `test_differences.py` says so;
here only what cannot be equal is put aside: the time of an error, and the clone's path in names of sources.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.part("java", "maven"), pytest.mark.xdist_group("eureka-interop")]

V2 = "application/vnd.spring-cloud.config-server.v2+json"
APPLICATIONS = [
    "app",
    "application",
    "conflict",
    "documents",
    "empty",
    "keys",
    "latin",
    "legacy-order",
    "list",
    "placeholders",
    "scalars",
    "text",
    "texts",
    "unknown",
]
QUESTIONS = [
    *[f"/{name}/default" for name in APPLICATIONS],
    "/app/dev",
    "/app/dev/main",
    "/app/dev/v1",
    "/app/a,b",
    "/app/b,a",
    "/brackets/default",
    "/app/dev,a",
    "/app,keys/default",
    "/app/unheard-of",
    "/next/default/feature(_)next",
]
FORMS = [
    "/app-dev.yml",
    "/app-a,b.yml",
    "/main/app-dev.yaml",
    "/v1/app-dev.yml",
    "/feature(_)next/next-default.json",
    *[f"/{name}-default.yml" for name in APPLICATIONS if name not in ("placeholders", "scalars")],
    *[f"/{name}-default.json" for name in APPLICATIONS],
    *[f"/{name}-default.properties" for name in APPLICATIONS],
    "/app-dev.properties",
    *[f"/placeholders-default.{kind}?resolvePlaceholders=false" for kind in ("yml", "json", "properties")],
]
REFUSALS = [
    "/app/default/nolabel",
    "/app/default/nolabel,main",
    "/nolabel/app-dev.yml",
    "/foo/dev.yml",
    "/app",
]
CLONE = re.compile(r"'file \[[^']*?(?P<file>[^/'\]]+)\]?'")


def asked(base: str, path: str, accept: str | None = None) -> requests.Response:
    answer = requests.get(base + path, headers={"Accept": accept}, timeout=30)
    answer.encoding = "utf-8"
    return answer


def both(servers: Any, path: str, accept: str | None = None) -> tuple[requests.Response, requests.Response]:
    return asked(servers.spring, path, accept), asked(servers.ours, path, accept)


def kind_of(answer: requests.Response) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


def environment(answer: requests.Response) -> Any:
    """The JSON with fields, sources and keys in the order they came, and without the clone's path."""
    found = answer.json(object_pairs_hook=list)
    assert found[-1][0] == "propertySources"
    for source in found[-1][1]:
        source[0] = (source[0][0], CLONE.sub(r"'file [\g<file>]'", source[0][1]))
    return found


@pytest.mark.parametrize("path", QUESTIONS)
def test_environments_are_equal(path: str, servers: Any) -> None:
    """Fields, version and label, sources and keys in their order, values with their types."""
    theirs, ours = both(servers, path)
    assert (theirs.status_code, ours.status_code) == (200, 200)
    assert environment(ours) == environment(theirs)
    assert kind_of(ours) == kind_of(theirs)


@pytest.mark.parametrize("path", QUESTIONS)
def test_environments_with_origins_are_equal(path: str, servers: Any) -> None:
    """What Java clients ask for: each value with its line and column."""
    theirs, ours = both(servers, path, V2)
    assert (theirs.status_code, ours.status_code) == (200, 200)
    assert without_misplaced_ones(environment(ours)) == without_misplaced_ones(environment(theirs))
    assert kind_of(ours) == kind_of(theirs) == V2


def without_misplaced_ones(content: Any) -> Any:
    """Origins that Spring tells wrongly put aside: see `test_differences.py`."""
    for source in dict(content)["propertySources"]:
        for key, described in dict(source)["source"]:
            if described[0] == ("value", "") or key == "key with blanks":
                del described[1:]
    return content


@pytest.mark.parametrize("path", FORMS)
def test_texts_are_equal(path: str, servers: Any) -> None:
    """The merged forms, character by character; JSON by its meaning and order."""
    theirs, ours = both(servers, path)
    assert (theirs.status_code, ours.status_code) == (200, 200)
    assert kind_of(ours) == kind_of(theirs)
    if ".json" in path:
        assert ours.json(object_pairs_hook=list) == theirs.json(object_pairs_hook=list)
    else:
        assert ours.text == theirs.text


@pytest.mark.parametrize("path", REFUSALS)
def test_refusals_are_equal(path: str, servers: Any) -> None:
    """Status and fields of the error, the time aside."""
    theirs, ours = both(servers, path)
    assert ours.status_code == theirs.status_code == 404
    told, ours_told = theirs.json(), ours.json()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", ours_told.pop("timestamp"))
    del told["timestamp"]
    assert ours_told == told
    assert kind_of(ours) == kind_of(theirs)


def test_a_commit_is_served_by_both_at_once(servers: Any) -> None:
    """The next answer of each names it."""
    version = servers.repository.commit({"fresh.yml": "fresh: true\n"})
    theirs, ours = both(servers, "/fresh/default/main")
    assert ours.json()["version"] == theirs.json()["version"] == version
    assert environment(ours) == environment(theirs)
