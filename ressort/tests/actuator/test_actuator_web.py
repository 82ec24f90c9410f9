"""The HTTP rules every endpoint shares."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ressort.actuator import Actuator, BadCallError, Call, Endpoint, ManagementOptions, WebAnswer, WebRequest
from ressort.actuator.endpoint import JSON, V2, V3
from ressort.actuator.web import negotiate

BASE = "http://gateway/app/actuator"


def _bad(_: Call) -> Any:
    raise BadCallError("no such thing")


ENDPOINTS = [
    Endpoint("health", read=lambda _: {"status": "UP"}, read_selected=lambda c: None, selector="*path"),
    Endpoint("loggers", read=lambda _: {}, write_selected=lambda c: None, selector="name"),
    Endpoint("bad", read=_bad),
    Endpoint("echo", write=lambda c: {"body": c.body}),
    Endpoint("shutdown", write=lambda _: {}, default_access="none"),
]


def _actuator(**options: Any) -> Actuator:
    settings = ManagementOptions(**{"include": frozenset({"*"}), **options})
    return Actuator(lambda: settings, ENDPOINTS)


def _ask(actuator: Actuator, method: str, path: str = "", **request: Any) -> WebAnswer:
    segments = tuple(part for part in path.split("/") if part)
    return actuator.answer(WebRequest(method, segments, BASE, **request))


def test_the_index_links_what_is_available_from_the_callers_url() -> None:
    """Templated links for what lies below; endpoints without access are absent."""
    answer = _ask(_actuator(), "GET")
    links = json.loads(answer.body)["_links"]
    assert answer.headers["Content-Type"] == V3
    assert links["self"] == {"href": BASE, "templated": False}
    assert links["health-path"] == {"href": f"{BASE}/health/{{*path}}", "templated": True}
    assert links["loggers-name"]["href"] == f"{BASE}/loggers/{{name}}"
    assert "shutdown" not in links


def test_only_health_is_exposed_by_default() -> None:
    """Spring's default."""
    actuator = Actuator(ManagementOptions, ENDPOINTS)
    assert set(json.loads(_ask(actuator, "GET").body)["_links"]) == {"self", "health", "health-path"}
    assert _ask(actuator, "GET", "loggers").status == 404


def test_exclusion_wins_and_ids_compare_without_case_and_dashes() -> None:
    """`exclude: LOG-GERS`."""
    assert _ask(_actuator(exclude=frozenset({"loggers"})), "GET", "loggers").status == 404


def test_an_endpoint_may_live_under_another_name() -> None:
    """`path-mapping.health=healthcheck`."""
    actuator = _actuator(mapping={"health": "healthcheck"})
    assert _ask(actuator, "GET", "healthcheck").status == 200
    assert _ask(actuator, "GET", "health").status == 404


def test_options_tells_the_truth() -> None:
    """Spring Boot Admin reads Allow."""
    answer = _ask(_actuator(), "OPTIONS", "loggers/a")
    assert (answer.status, answer.headers["Allow"]) == (200, "POST,OPTIONS")
    assert _ask(_actuator(), "OPTIONS", "health").headers["Allow"] == "GET,HEAD,OPTIONS"


def test_another_method_is_405_with_allow() -> None:
    """DELETE of health."""
    answer = _ask(_actuator(), "DELETE", "health")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD,OPTIONS")


def test_read_only_access_drops_writes() -> None:
    """POST is gone, from the links as well."""
    actuator = _actuator(max_access="read-only")
    assert _ask(actuator, "POST", "loggers/a", body=b"{}", content_type=JSON).status == 404
    assert "loggers-name" not in json.loads(_ask(actuator, "GET").body)["_links"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", V3),
        ("*/*", V3),
        ("application/json", JSON),
        (V2, V2),
        ("text/html,application/json;q=0.9", JSON),
        ("application/json;q=0, */*", V3),
        ("text/html", None),
    ],
)
def test_media_types_are_negotiated(accept: str, expected: str | None) -> None:
    """Three JSON types, the newest preferred; nothing acceptable is None, answered 406."""
    assert negotiate(accept, (V3, V2, JSON)) == expected


def test_nothing_acceptable_is_406() -> None:
    """Asking for HTML."""
    assert _ask(_actuator(), "GET", "health", accept="text/html").status == 406


def test_a_body_of_another_type_is_415_and_an_unreadable_one_400() -> None:
    """JSON only."""
    assert _ask(_actuator(), "POST", "echo", body=b"a=1", content_type="text/plain").status == 415
    assert _ask(_actuator(), "POST", "echo", body=b"{", content_type=JSON).status == 400
    assert _ask(_actuator(), "POST", "echo", body=b'{"a":1}', content_type=V3).body == b'{"body":{"a":1}}'


def test_a_bad_parameter_is_400_with_its_reason() -> None:
    """The message is the endpoint's."""
    answer = _ask(_actuator(), "GET", "bad")
    assert answer.status == 400
    assert json.loads(answer.body)["message"] == "no such thing"


def test_a_read_of_nothing_is_404_and_a_write_of_nothing_204() -> None:
    """As in Spring."""
    assert _ask(_actuator(), "GET", "health/nothing").status == 404
    assert _ask(_actuator(), "POST", "loggers/a").status == 204


def test_shutdown_needs_access_granted() -> None:
    """Its built-in default is none."""
    assert _ask(_actuator(), "POST", "shutdown").status == 404
    assert _ask(_actuator(access={"shutdown": "unrestricted"}), "POST", "shutdown").status == 200
