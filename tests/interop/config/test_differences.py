"""Where our configuration server answers otherwise than Spring's, on purpose: docs/config-server.md lists them.

Each test states both answers, so it also tells when a new release of Spring's makes a difference disappear.
"""

from __future__ import annotations

import difflib
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.part("java", "maven"), pytest.mark.xdist_group("eureka-interop")]

V2 = "application/vnd.spring-cloud.config-server.v2+json"


def lines(servers: Any, path: str) -> tuple[list[str], list[str]]:
    """The lines only Spring's answer has, and those only ours has."""
    texts = [
        requests.get(base + path, timeout=30).content.decode() for base in (servers.spring, servers.ours)
    ]
    changes = list(difflib.ndiff(*(text.split("\n") for text in texts)))
    return [c[2:] for c in changes if c[0] == "-"], [c[2:] for c in changes if c[0] == "+"]


def test_bracketed_keys_stay_whole(servers: Any) -> None:
    """Spring cuts them at the dot in the merged forms."""
    theirs, ours = lines(servers, "/brackets-default.yml")
    assert theirs == ["app[bracketed:", "  key]: whole"]
    assert ours == ["app[bracketed.key]: whole"]


def test_an_empty_default_is_an_empty_text(servers: Any) -> None:
    """Spring 5.0.1 puts nothing there, which YAML reads as null; since 5.0.4 as here."""
    theirs, ours = lines(servers, "/placeholders-default.yml")
    assert (theirs, ours) == (["empty-default: "], ["empty-default: ''"])


def test_properties_in_utf8_are_read_as_such(servers: Any) -> None:
    """Spring reads them as Latin-1; what is not valid UTF-8 is Latin-1 here too (`latin.properties`)."""
    theirs, ours = lines(servers, "/utf8-default.properties")
    assert (theirs, ours) == (["raw: cafÃ© Ã\u0085gren"], ["raw: café Ågren"])


def test_an_equals_sign_is_quoted(servers: Any) -> None:
    """Bare, it is no text to YAML 1.1 readers such as PyYAML, which fail on it."""
    assert lines(servers, "/scalars-default.yml") == (["equals: ="], ["equals: '='"])


@pytest.mark.parametrize(
    ("key", "spring", "ours"), [("empty", "9:0", "8:7"), ("key with blanks", "15:17", "15:19")]
)
def test_places_in_properties_are_exact(key: str, spring: str, ours: str, servers: Any) -> None:
    """Spring's reader is already on the next line after an empty value, and counts an escape as one character."""
    origins = []
    for base in (servers.spring, servers.ours):
        answer = requests.get(f"{base}/app/dev/main", headers={"Accept": V2}, timeout=30).json()
        (source,) = [s for s in answer["propertySources"] if key in s["source"]]
        origins.append(source["source"][key]["origin"])
    assert origins == [spring, ours]


def test_texts_say_their_encoding(servers: Any) -> None:
    """Both send UTF-8; without the word many readers take it for Latin-1."""
    kinds = [
        requests.get(f"{base}/texts-default.yml", timeout=30).headers["Content-Type"]
        for base in (servers.spring, servers.ours)
    ]
    assert kinds == ["text/plain", "text/plain;charset=UTF-8"]


def test_errors_are_plain_json(servers: Any) -> None:
    """Also to a question for origins, where Spring gives the error the type of an environment."""
    kinds = [
        requests.get(f"{base}/app/dev/nolabel", headers={"Accept": V2}, timeout=30).headers["Content-Type"]
        for base in (servers.spring, servers.ours)
    ]
    assert kinds == [V2, "application/json"]


def test_a_commit_nobody_has_is_an_unknown_label(servers: Any) -> None:
    """404 and the client's next label; Spring: 500."""
    path = f"/app/default/{'0' * 40}"
    assert [requests.get(b + path, timeout=30).status_code for b in (servers.spring, servers.ours)] == [
        500,
        404,
    ]


def test_the_work_tree_stays_where_it_is(servers: Any) -> None:
    """Asking Spring for a branch of a local repository checks it out under its owner's feet."""
    path = "/next/default/feature(_)next"
    assert requests.get(servers.ours + path, timeout=30).status_code == 200
    servers.repository.git("checkout", "-q", "main")
    assert requests.get(servers.ours + path, timeout=30).status_code == 200
    assert servers.repository.git("branch", "--show-current") == "main"
    assert requests.get(servers.spring + path, timeout=30).status_code == 200
    assert servers.repository.git("branch", "--show-current") == "feature/next"
    servers.repository.git("checkout", "-q", "main")
