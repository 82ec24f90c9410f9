"""What each endpoint answers, compared with Spring's own."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import yaml

from ressort.actuator import Actuator, Endpoint, ManagementError, WebAnswer, WebRequest, read_options
from ressort.actuator.endpoints.env import env_endpoint
from ressort.actuator.endpoints.health import health_endpoint
from ressort.actuator.endpoints.info import Build, info_endpoint
from ressort.actuator.endpoints.loggers import loggers_endpoint
from ressort.actuator.endpoints.metrics import metrics_endpoint, prometheus_endpoint
from ressort.actuator.endpoints.threaddump import threaddump_endpoint
from ressort.actuator.indicators import disk_space, register_standard
from ressort.config import Environment, load
from ressort.lifecycle import Lifecycle
from ressort.observability.health import Health, HealthRegistry
from ressort.observability.levels import levels_of
from ressort.observability.metrics import MeterRegistry


@pytest.fixture
def env(tmp_path: Path) -> Any:
    """Makes an environment from nested settings."""

    def make(**settings: Any) -> Environment:
        (tmp_path / "application.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        return load(None, [], {}, tmp_path)

    return make


def _ask(endpoint: Endpoint, path: str, method: str = "GET", **request: Any) -> WebAnswer:
    class Everything:
        def __call__(self) -> Any:
            return read_options(load(None, ["--management.endpoints.web.exposure.include=*"], {}, Path("/")))

    segments = tuple(part for part in path.split("/") if part)
    return Actuator(Everything(), [endpoint]).answer(WebRequest(method, segments, "http://x", **request))


def _json(answer: WebAnswer) -> Any:
    return json.loads(answer.body)


def _health() -> HealthRegistry:
    registry = HealthRegistry()
    register_standard(load(None, [], {}, Path("/")), registry, _started())
    registry.register("db", lambda: Health("UP", {"database": "SQLite"}))
    registry.register("binders/local", Health)
    return registry


def _started() -> Lifecycle:
    lifecycle = Lifecycle()
    lifecycle.add("x", 0)
    lifecycle.start()
    return lifecycle


def test_health_hides_its_parts_by_default(env: Any) -> None:
    """Status and group names only; components answer 404, group roots do not."""
    endpoint = health_endpoint(env(), _health())
    assert _json(_ask(endpoint, "health")) == {"status": "UP", "groups": ["liveness", "readiness"]}
    assert _ask(endpoint, "health/db").status == 404
    assert _json(_ask(endpoint, "health/liveness")) == {"status": "UP"}


def test_health_shows_everything_when_told_to(env: Any) -> None:
    """Components sorted, details, nested parts, each with a path of its own."""
    shown = env(management={"endpoint": {"health": {"show-details": "always"}}})
    endpoint = health_endpoint(shown, _health())
    body = _json(_ask(endpoint, "health"))
    assert list(body["components"]) == sorted(body["components"])
    assert body["components"]["db"] == {"status": "UP", "details": {"database": "SQLite"}}
    assert body["components"]["binders"] == {"status": "UP", "components": {"local": {"status": "UP"}}}
    assert _json(_ask(endpoint, "health/binders/local")) == {"status": "UP"}
    assert _ask(endpoint, "health/nothing").status == 404


def test_version_two_names_parts_details(env: Any) -> None:
    """What an old Spring Boot Admin asks for."""
    shown = env(management={"endpoint": {"health": {"show-details": "always"}}})
    answer = _ask(
        health_endpoint(shown, _health()), "health", accept="application/vnd.spring-boot.actuator.v2+json"
    )
    assert "db" in _json(answer)["details"]


def test_down_is_503_until_the_mapping_replaces_it(env: Any) -> None:
    """`http-mapping` replaces both defaults once set."""
    registry = HealthRegistry()
    registry.register("db", lambda: Health("OUT_OF_SERVICE"))
    assert _ask(health_endpoint(env(), registry), "health").status == 503
    mapped = env(management={"endpoint": {"health": {"status": {"http-mapping": {"down": 500}}}}})
    assert _ask(health_endpoint(mapped, registry), "health").status == 200


def test_readiness_follows_the_lifecycle_and_not_the_database(env: Any) -> None:
    """No external check in the probes."""
    registry, lifecycle = HealthRegistry(), _started()
    register_standard(env(), registry, lifecycle)
    registry.register("db", lambda: Health("DOWN"))
    endpoint = health_endpoint(env(), registry)
    assert _ask(endpoint, "health/readiness").status == 200
    lifecycle.stop()
    answer = _ask(endpoint, "health/readiness")
    assert (answer.status, _json(answer)["status"]) == (503, "OUT_OF_SERVICE")
    assert _ask(endpoint, "health/liveness").status == 200


def test_a_group_of_ones_own_selects_and_shows(env: Any) -> None:
    """`group.storage.include=db,binders/local`."""
    settings = {
        "health": {"group": {"storage": {"include": "db,binders/local", "show-components": "always"}}}
    }
    endpoint = health_endpoint(env(management={"endpoint": settings}), _health())
    assert _json(_ask(endpoint, "health/storage")) == {
        "status": "UP",
        "components": {
            "binders": {"status": "UP", "components": {"local": {"status": "UP"}}},
            "db": {"status": "UP"},
        },
    }


def test_an_unknown_group_member_stops_the_start(env: Any) -> None:
    """Named with the ones there are."""
    settings = {"health": {"group": {"storage": {"include": "database"}}}}
    with pytest.raises(ManagementError, match=r"group\.storage\.include names 'database'.*binders/local, db"):
        health_endpoint(env(management={"endpoint": settings}), _health())


def test_the_disk_is_down_below_the_threshold(tmp_path: Path) -> None:
    """And when its path is gone."""
    assert disk_space(tmp_path)().status == "UP"
    assert disk_space(tmp_path, 1 << 62)().status == "DOWN"
    assert disk_space(tmp_path / "gone")().status == "DOWN"


def test_metrics_drill_down_merges_and_narrows() -> None:
    """Sums and maxima over what matches; the tags asked for leave the list."""
    registry = MeterRegistry()
    for uri, seconds in (("/a", 1.0), ("/b", 3.0)):
        registry.timer("http.server.requests", uri=uri, status="200").record(seconds)
    endpoint = metrics_endpoint(registry)
    assert _json(_ask(endpoint, "metrics")) == {"names": ["http.server.requests"]}
    query = {"tag": ("status:200", "status:200")}
    assert _json(_ask(endpoint, "metrics/http.server.requests", query=query)) == {
        "name": "http.server.requests",
        "baseUnit": "seconds",
        "measurements": [
            {"statistic": "COUNT", "value": 2.0},
            {"statistic": "TOTAL_TIME", "value": 4.0},
            {"statistic": "MAX", "value": 3.0},
        ],
        "availableTags": [{"tag": "uri", "values": ["/a", "/b"]}],
    }
    one = _json(_ask(endpoint, "metrics/http.server.requests", query={"tag": ("uri:/b",)}))
    assert one["measurements"][1]["value"] == 3.0


def test_unknown_metrics_and_tags_are_404_and_a_tag_without_colon_400() -> None:
    """Never an empty success."""
    registry = MeterRegistry()
    registry.counter("a", k="v")
    endpoint = metrics_endpoint(registry)
    assert _ask(endpoint, "metrics/b").status == 404
    assert _ask(endpoint, "metrics/a", query={"tag": ("k:other",)}).status == 404
    assert _ask(endpoint, "metrics/a", query={"tag": ("kv",)}).status == 400


def test_prometheus_is_text_and_openmetrics_on_demand() -> None:
    """As the scraper's Accept says."""
    registry = MeterRegistry()
    registry.counter("a").increment()
    endpoint = prometheus_endpoint(registry)
    plain = _ask(endpoint, "prometheus")
    assert plain.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    accept = "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;q=0.5,*/*;q=0.1"
    assert _ask(endpoint, "prometheus", accept=accept).body.endswith(b"# EOF\n")


def test_env_masks_everything_unless_told_and_secrets_always(env: Any) -> None:
    """With `show-values=always` only passwords stay hidden, those inside URLs too."""
    settings: dict[str, Any] = {
        "server": {"port": 8082},
        "spring": {"datasource": {"url": "mysql://u:geheim@h/db", "password": "geheim"}},
    }
    masked = env(**settings)
    body = _ask(env_endpoint(masked), "env").body
    assert b"8082" not in body and b"geheim" not in body
    shown = env(**settings, management={"endpoint": {"env": {"show-values": "always"}}})
    text = _ask(env_endpoint(shown), "env").body
    assert b"8082" in text and b"mysql://u:******@h/db" in text and b"geheim" not in text


def test_env_of_one_key_names_its_source_and_line(env: Any) -> None:
    """In any spelling; a key nobody set is 404."""
    shown = env(server={"port": 8082}, management={"endpoint": {"env": {"show-values": "always"}}})
    body = _json(_ask(env_endpoint(shown), "env/SERVER_PORT"))
    assert body["property"]["value"] in (8082, "8082")
    entry = next(s["property"] for s in body["propertySources"] if "property" in s)
    assert entry["origin"].startswith("application.yml:")
    assert _ask(env_endpoint(shown), "env/server.prot").status == 404


def test_loggers_are_set_and_cleared_alone() -> None:
    """204 both times; nothing else is muted."""
    logging.getLogger("test.endpoint.child")
    endpoint = loggers_endpoint(lambda: {"web": ("test.w1", "test.w2")})
    body = _json(_ask(endpoint, "loggers"))
    assert body["levels"][0] == "OFF"
    assert "effectiveLevel" in body["loggers"]["ROOT"]
    assert "configuredLevel" not in body["loggers"]["test.endpoint"]
    request: dict[str, Any] = {"content_type": "application/json"}
    posted = _ask(endpoint, "loggers/test.endpoint", "POST", body=b'{"configuredLevel":"debug"}', **request)
    assert posted.status == 204
    assert _json(_ask(endpoint, "loggers/test.endpoint"))["configuredLevel"] == "DEBUG"
    assert _ask(endpoint, "loggers/test.endpoint", "POST", body=b"{}", **request).status == 204
    assert levels_of("test.endpoint").configured is None


def test_a_logger_group_sets_all_members() -> None:
    """And a level that does not exist is 400, an unknown logger 404."""
    endpoint = loggers_endpoint(lambda: {"web": ("test.w1", "test.w2")})
    request: dict[str, Any] = {"content_type": "application/json"}
    _ask(endpoint, "loggers/web", "POST", body=b'{"configuredLevel":"WARN"}', **request)
    assert _json(_ask(endpoint, "loggers/web")) == {
        "configuredLevel": "WARN",
        "members": ["test.w1", "test.w2"],
    }
    assert _ask(endpoint, "loggers/web", "POST", body=b'{"configuredLevel":"x"}', **request).status == 400
    assert _ask(endpoint, "loggers/never.heard.of").status == 404


def test_info_tells_build_python_and_blocks_that_have_content(env: Any) -> None:
    """The `info.*` properties only when switched on."""
    settings = env(info={"team": "compta"}, management={"info": {"env": {"enabled": True}}})
    build = Build("hello", "1.0", "hello")
    body = _json(
        _ask(info_endpoint(settings, build, {"clock": lambda: {"shiftSeconds": 1}, "no": dict}), "info")
    )
    assert body["build"] == {"artifact": "hello", "name": "hello", "version": "1.0"}
    assert body["python"]["implementation"] == "cpython"
    assert body["team"] == "compta"
    assert body["clock"] == {"shiftSeconds": 1}
    assert "no" not in body


def test_the_thread_dump_has_this_thread_in_json_and_text() -> None:
    """Spring Boot Admin shows the first and downloads the second."""
    threads = _json(_ask(threaddump_endpoint(), "threaddump"))["threads"]
    main = next(t for t in threads if t["threadName"] == "MainThread")
    assert main["threadState"] == "RUNNABLE"
    assert main["stackTrace"][0]["lineNumber"] > 0
    assert b'"MainThread"' in _ask(threaddump_endpoint(), "threaddump", accept="text/plain").body


@pytest.mark.parametrize(("setting", "access"), [("read-only", "read-only"), ("NONE", "none")])
def test_access_is_read_from_properties(env: Any, setting: str, access: str) -> None:
    """`management.endpoint.loggers.access`, and the old `enabled` as well."""
    options = read_options(env(management={"endpoint": {"loggers": {"access": setting}}}))
    assert options.access_of("loggers") == access
    old = read_options(env(management={"endpoint": {"loggers": {"enabled": False}}}))
    assert old.access_of("loggers") == "none"


def test_a_wrong_access_is_told(env: Any) -> None:
    """With the words there are."""
    with pytest.raises(ManagementError, match="none, read-only, unrestricted"):
        read_options(env(management={"endpoints": {"access": {"default": "maybe"}}}))
