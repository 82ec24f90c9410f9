"""Patterns, predicates, first-match order and the errors of a route file."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gateway.filters.built_in import built_in_filters
from gateway.filters.services import FilterServices
from gateway.routes.arguments import seconds_of
from gateway.routes.compiler import RouteCompiler
from gateway.routes.components import DefinitionError
from gateway.routes.definitions import read_routes
from gateway.routes.path_pattern import PathPattern, canonical, is_below
from gateway.routes.predicates import built_in_predicates
from gateway.routes.regex import java_pattern, java_replacement
from gateway.routes.table import Table
from gateway.settings import ProxyOptions
from ressort.resilience import BreakerRegistry


def services() -> FilterServices:
    return FilterServices(lambda: 0.0, lambda delay_s, callback: None, BreakerRegistry())


def table_of(text: str, **options: Any) -> Table:
    compiler = RouteCompiler(built_in_predicates(), built_in_filters(), services(), ProxyOptions(), **options)
    return compiler.table(read_routes(yaml.safe_load(text), "routes"))


def request(
    path: bytes, method: bytes = b"GET", host: bytes = b"a", query: bytes | None = None, headers: Any = ()
) -> Any:
    exchange = SimpleNamespace(method=method, host=host, headers=list(headers), path=path)
    return SimpleNamespace(exchange=exchange, path=path, query=query, variables=None)


def matched(table: Table, forward: Any) -> str | None:
    route = table.match(forward, canonical(forward.path))
    return route.id if route is not None else None


@pytest.mark.parametrize(
    ("pattern", "path", "variables"),
    [
        ("/a", b"/a", {}),
        ("/a", b"/a/", None),
        ("/a/", b"/a/", {}),
        ("/a/", b"/a", None),
        ("/a/**", b"/a", {}),
        ("/a/**", b"/a/", {}),
        ("/a/**", b"/a/b/c", {}),
        ("/a/**", b"/ab", None),
        ("/**", b"/", {}),
        ("/a/*", b"/a/b", {}),
        ("/a/*", b"/a/b/c", None),
        ("/a/*", b"/a/", None),
        ("/a/*.html", b"/a/x.html", {}),
        ("/a/?", b"/a/b", {}),
        ("/a/?", b"/a/bc", None),
        ("/a/{id}", b"/a/1", {"id": b"1"}),
        ("/a/{id}/c", b"/a/1/c", {"id": b"1"}),
        (r"/a/{id:\d+}", b"/a/12", {"id": b"12"}),
        (r"/a/{id:\d+}", b"/a/x", None),
        (r"/a/{id:\d{2}}", b"/a/12", {"id": b"12"}),
        ("/a/{*rest}", b"/a/b/c", {"rest": b"/b/c"}),
        ("/a/{*rest}", b"/a", {"rest": b""}),
        ("/a/{x}-{y}", b"/a/1-2", {"x": b"1", "y": b"2"}),
        ("/é", b"/%C3%A9", {}),
        ("/a b", b"/a%20b", {}),
        ("/a/{v}", b"/a/b%20c", {"v": b"b c"}),
        ("/a/b", b"/a;v=1/b;w=2", {}),
        ("/a/*", b"/a/b%2Fc", {}),
        ("/a/*/c", b"/a/b%2Fc", None),
        ("/a.b", b"/axb", None),
        ("/reglements/**", b"/r%65glements", {}),
    ],
)
def test_path_patterns(pattern: str, path: bytes, variables: Any) -> None:
    """PathPattern decodes segment by segment and never lets an encoded slash pass for one."""
    assert PathPattern(pattern).match(canonical(path)) == variables


def test_trailing_slash_is_optional_when_asked() -> None:
    """The flag lets one slash more match."""
    assert PathPattern("/red/{x}", match_trailing_slash=True).match(b"/red/1/") == {"x": b"1"}


@pytest.mark.parametrize("pattern", ["/a/**/b", "/{*rest}/b", "/{x", "/a/**b"])
def test_impossible_patterns_are_refused(pattern: str) -> None:
    """Wildcards over segments stand at the end only."""
    with pytest.raises(ValueError, match=r"."):
        PathPattern(pattern)


def test_is_below_decodes() -> None:
    """A first segment is recognised in any spelling."""
    assert is_below(b"/actuator", b"/actuator")
    assert is_below(b"/%61ctuator/env", b"/actuator")
    assert is_below(b"/actuator;x/env", b"/actuator")
    assert not is_below(b"/actuators", b"/actuator")


PREDICATES = """
- {id: method, uri: 'http://h', predicates: ['Path=/m', 'Method=POST,PUT']}
- {id: header, uri: 'http://h', predicates: ['Path=/h', 'Header=X-A, \\d+']}
- {id: present, uri: 'http://h', predicates: ['Path=/h', 'Header=X-B']}
- {id: query, uri: 'http://h', predicates: ['Path=/q', 'Query=foo, ba.']}
- {id: querypresent, uri: 'http://h', predicates: ['Path=/q', 'Query=bar']}
- {id: host, uri: 'http://h', predicates: ['Host=**.example.org,{sub}.other.org']}
"""


@pytest.mark.parametrize(
    ("forward", "expected"),
    [
        (request(b"/m", b"POST"), "method"),
        (request(b"/m", b"GET"), None),
        (request(b"/h", headers=[(b"x-a", b"12")]), "header"),
        (request(b"/h", headers=[(b"x-a", b"x, 12")]), "header"),
        (request(b"/h", headers=[(b"x-a", b"1x")]), None),
        (request(b"/h", headers=[(b"X-B", b"v")]), "present"),
        (request(b"/h", headers=[(b"X-B", b"")]), None),
        (request(b"/q", query=b"foo=bar"), "query"),
        (request(b"/q", query=b"foo=b%61z"), "query"),
        (request(b"/q", query=b"foo=barx"), None),
        (request(b"/q", query=b"foo"), None),
        (request(b"/q", query=b"bar"), "querypresent"),
        (request(b"/x", host=b"a.b.example.org"), "host"),
        (request(b"/x", host=b"A.Example.ORG"), "host"),
        (request(b"/x", host=b"example.com"), None),
        (request(b"/x", host=b"s.other.org"), "host"),
        (request(b"/x", host=b"s.t.other.org"), None),
    ],
)
def test_predicates(forward: Any, expected: str | None) -> None:
    """Method, Header, Query and Host as Spring decides them."""
    assert matched(table_of(PREDICATES), forward) == expected


def test_host_variables_are_captured() -> None:
    """A variable of Host is there for filters."""
    forward = request(b"/x", host=b"s.other.org")
    matched(table_of(PREDICATES), forward)
    assert forward.variables == {"sub": b"s"}


def test_long_forms_and_one_line_routes() -> None:
    """Lists, indexed keys, generated ids and the one-line form mean the same."""
    table = table_of("""
- {uri: 'http://h', predicates: [{name: Path, args: {patterns: [/a, /b]}}]}
- {id: two, uri: 'http://h', predicates: [{name: Path, args: {_genkey_0: /c, _genkey_1: /d}}]}
- short=http://h:80, Path=/e
""")
    assert [matched(table, request(path)) for path in (b"/b", b"/d", b"/e")] == ["route-0", "two", "short"]
    assert table.by_id["short"].uri == "http://h:80"


def test_a_comma_inside_one_long_form_value_does_not_split_it() -> None:
    """``patterns: "/a,/b"`` is one pattern, as observed on the release."""
    table = table_of("[{id: r, uri: 'http://h', predicates: [{name: Path, args: {patterns: '/a,/b'}}]}]")
    assert matched(table, request(b"/a")) is None
    assert matched(table, request(b"/a,/b")) == "r"


def test_order_and_enabled() -> None:
    """Lower order first, ties as written, disabled routes are no routes."""
    table = table_of("""
- {id: late, uri: 'http://h', order: 5, predicates: ['Path=/**']}
- {id: off, uri: 'http://h', order: -9, enabled: false, predicates: ['Path=/**']}
- {id: first, uri: 'http://h', predicates: ['Path=/a/**']}
- {id: second, uri: 'http://h', predicates: ['Path=/**']}
""")
    assert matched(table, request(b"/a/b")) == "first"
    assert matched(table, request(b"/b")) == "second"


def test_a_route_without_predicates_takes_everything() -> None:
    """It still waits for its turn."""
    table = table_of("[{id: a, uri: 'http://h', predicates: ['Path=/a']}, {id: rest, uri: 'http://h'}]")
    assert [matched(table, request(path)) for path in (b"/a", b"/b")] == ["a", "rest"]


_SEGMENT = st.sampled_from(["a", "b", "c", "*", "{v}", "?"])
_PATTERN = st.builds(
    lambda parts, tail: "/" + "/".join([*parts, *([tail] if tail else [])]),
    st.lists(_SEGMENT, max_size=3),
    st.sampled_from(["", "**", "{*rest}"]),
)
_PATH = st.lists(st.sampled_from(["a", "b", "c", "dd"]), max_size=4).map(lambda parts: "/" + "/".join(parts))


@given(st.lists(_PATTERN, min_size=1, max_size=12), _PATH)
def test_the_index_agrees_with_a_linear_scan(patterns: list[str], path: str) -> None:
    """Whatever the routes, the index finds the first one that matches."""
    routes = [
        {"id": str(number), "uri": "http://h", "predicates": [{"name": "Path", "args": {"p": pattern}}]}
        for number, pattern in enumerate(patterns)
        if pattern.count("{v}") <= 1
    ]
    compiler = RouteCompiler(built_in_predicates(), built_in_filters(), services(), ProxyOptions())
    table = compiler.table(read_routes(routes, "routes"))
    raw = path.encode()
    expected = next(
        (
            route["id"]
            for route in routes
            if PathPattern(route["predicates"][0]["args"]["p"]).match(raw) is not None  # type: ignore[index]
        ),
        None,
    )
    assert matched(table, request(raw)) == expected


def test_ten_thousand_routes_cost_a_few_probes() -> None:
    """The work of a look-up does not grow with the table: candidates are counted, not time."""
    many = [
        {"id": f"r{n}", "uri": "http://h", "predicates": [f"Path=/api/service-{n}/**"]} for n in range(10_000)
    ]
    compiler = RouteCompiler(built_in_predicates(), built_in_filters(), services(), ProxyOptions())
    table = compiler.table(read_routes(many, "routes"))
    assert matched(table, request(b"/api/service-9999/x")) == "r9999"
    assert matched(table, request(b"/api/none/x")) is None
    assert len(table._found(b"/api/service-9999/x")) == 1
    assert len(table._found(b"/api/none/x")) == 0


@pytest.mark.parametrize(
    ("route", "message"),
    [
        ("{id: r, uri: 'http://h', predicates: ['Pth=/a']}", "did you mean 'Path'"),
        ("{id: r, uri: 'http://h', filters: ['StripPrefx=1']}", "did you mean 'StripPrefix'"),
        ("{id: r, uri: 'http://h', filters: [{name: StripPrefix, args: {prts: 1}}]}", "did you mean 'parts'"),
        ("{id: r, uri: 'http://h', filters: ['StripPrefix=x']}", "whole number"),
        ("{id: r, uri: 'http://h', filters: ['RewritePath=/(, /b']}", "not a regular expression"),
        ("{id: r, uri: 'http://h', filters: ['RewritePath=/a, /$1']}", "no group 1"),
        ("{id: r, uri: 'http://h', filters: ['SetStatus=TEAPOT']}", "no HTTP status"),
        ("{id: r, uri: 'http://h', filters: ['AddRequestHeader=a b, c']}", "not a header name"),
        (
            "{id: r, uri: 'http://h', filters: ['AddRequestHeader=Content-Length, 5']}",
            "belongs to the connection",
        ),
        ("{id: r, uri: 'http://h', filters: ['AddRequestHeader=X-A']}", "'value' is missing"),
        ("{id: r, uri: 'http://h', predicates: ['Header=X-A, [']}", "not a regular expression"),
        ("{id: r, uri: 'http://h', predicates: ['Method=GIT']}", "'GIT' is none of"),
        ("{id: r, uri: 'http://h', predicates: ['Path=/a/**/b']}", "only stand at the end"),
        ("{id: r, uri: 'http://h', predicates: ['Path']}", "written 'Name=args'"),
        ("{id: r, uri: 'http://h', predicats: []}", "did you mean 'predicates'"),
        ("{id: r, uri: ''}", "URI can not be empty"),
        ("{id: r, uri: 'localhost:8080'}", "the scheme 'localhost' is not served"),
        ("{id: r, uri: 'example.org'}", "scheme can not be empty"),
        ("{id: r, uri: 'http://h:x'}", "not a number"),
        ("{id: r, uri: 'http://h', order: first}", "whole number"),
        (
            "{id: r, uri: 'http://h', filters: [{name: CircuitBreaker, args: {fallbackUri: 'http://x'}}]}",
            "forward:/path",
        ),
        ("{id: r, uri: 'http://h', filters: ['Retry=x']}", "whole number"),
        ("{id: r, uri: 'http://h', filters: ['RedirectTo=200, http://x']}", "no redirect"),
    ],
)
def test_a_mistake_names_route_and_remedy(route: str, message: str) -> None:
    """Every wrong definition says where it is and what is known instead."""
    with pytest.raises(DefinitionError, match=message) as caught:
        table_of(f"[{route}]")
    assert caught.value.place.startswith("routes[0]")


def test_duplicate_ids_are_refused() -> None:
    """Two routes of one id would hide each other."""
    with pytest.raises(DefinitionError, match="already used by routes\\[0\\]"):
        table_of("[{id: r, uri: 'http://h'}, {id: r, uri: 'http://h'}]")


def test_a_bad_route_may_be_left_out() -> None:
    """With ``fail-on-route-definition-error: false`` the others work."""
    table = table_of(
        "[{id: bad, uri: 'http://h', filters: [Nope]}, {id: good, uri: 'http://h'}]", lenient=True
    )
    assert [route.id for route in table.routes] == ["good"]


def test_java_replacements() -> None:
    """Group references in both spellings, Spring's ``$\\`` and escapes."""
    pattern = java_pattern("/a/(?<rest>.*)")
    assert pattern.sub(java_replacement(r"/b/$\{rest}", pattern), b"/a/x") == b"/b/x"
    assert pattern.sub(java_replacement(r"/b/$1\$", pattern), b"/a/x") == b"/b/x$"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10ms", 0.01), ("3s", 3), ("PT3S", 3), ("PT1M0.5S", 60.5), ("250", 0.25), ("soon", None)],
)
def test_durations(text: str, seconds: float | None) -> None:
    """Spring's simple form, ISO-8601 and bare milliseconds."""
    assert seconds_of(text) == seconds
