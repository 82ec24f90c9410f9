"""Reading single values, sections and origins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ressort.config import ConfigError

from .conftest import Files


def test_type_of_the_default_counts(files: Files) -> None:
    """Without a type asked for, the default's is used; without default it is text."""
    files.write("application.yml", "n: 8081\nb: 'yes'\nd: 5m")
    env = files.load()
    assert env.get("n") == "8081"
    assert env.get("n", 1) == 8081
    assert env.get("b", False) is True
    assert env.get("d", as_type=timedelta) == timedelta(minutes=5)
    assert env.get("missing") is None
    assert env.get("missing", 3) == 3


def test_seconds(files: Files) -> None:
    """Durations in seconds, bare numbers in the unit asked for."""
    files.write("application.yml", "a: 500\nb: 2m")
    env = files.load()
    assert (env.seconds("a"), env.seconds("a", unit="s"), env.seconds("b")) == (0.5, 500.0, 120.0)
    assert (env.seconds("c", "30s"), env.seconds("c", 1.5)) == (30.0, 1.5)


def test_require(files: Files) -> None:
    """A missing key is told with the three ways to set it."""
    with pytest.raises(
        ConfigError, match=r"spring\.datasource\.url: a value is required.*SPRING_DATASOURCE_URL"
    ):
        files.load().require("spring.datasource.url")


def test_wrong_type_names_key_value_place_and_remedy(files: Files) -> None:
    """The message a person sees for a bad value."""
    files.write("config/application.yml", "server:\n  port: eighty\n")
    with pytest.raises(ConfigError) as caught:
        files.load().get("server.port", 8080)
    assert str(caught.value) == "server.port = 'eighty' (config/application.yml:2): not a whole number."


@pytest.mark.parametrize("key", ["spring.datasource.password", "api.token", "client.secret-key"])
def test_secrets_are_masked_in_messages(files: Files, key: str) -> None:
    """A wrong secret is not written to a log."""
    with pytest.raises(ConfigError) as caught:
        files.load(f"--{key}=hunter2").get(key, as_type=int)
    assert "hunter2" not in str(caught.value)


def test_unresolved_placeholder_names_key_and_place(files: Files) -> None:
    """The key that holds the placeholder is named, with its file and line."""
    files.write("application.yml", "a: 1\nurl: http://${host}/")
    with pytest.raises(ConfigError, match=r"url = 'http://\$\{host\}/' \(application\.yml:2\).*no value"):
        files.load().get("url")


def test_placeholders_see_higher_sources(files: Files) -> None:
    """A placeholder in a file is filled from a variable."""
    files.write("application.yml", "url: http://${my.host-name:localhost}/")
    assert files.load().get("url") == "http://localhost/"
    assert files.load(environ={"MY_HOSTNAME": "h"}).get("url") == "http://h/"


def test_origins(files: Files) -> None:
    """Every value knows where it was written."""
    files.write("config/application.yml", "a:\n  b: 1\n")
    env = files.load("--c=1", environ={"D_E": "1"})
    assert str(env.origin("a.b")) == "config/application.yml:2"
    assert str(env.origin("c")) == 'command line argument "--c"'
    assert str(env.origin("d.e")) == 'environment variable "D_E"'
    assert env.origin("none") is None


def test_section_is_nested_and_resolved(files: Files) -> None:
    """Maps, lists and scalars with their types; bracketed keys keep their text."""
    files.write(
        "application.yml",
        "x: 1\nroutes:\n- id: a\n  order: 2\n  uri: lb://${x}\n- id: b\nmap: {'[/a.b/**]': true}",
    )
    env = files.load()
    assert env.section("map") == {"/a.b/**": True}
    assert env.get("routes", as_type=list[dict[str, object]]) == [
        {"id": "a", "order": 2, "uri": "lb://1"},
        {"id": "b"},
    ]
    assert env.section("nothing") == {}


def test_property_sources_are_highest_first(files: Files) -> None:
    """The order /actuator/env shows."""
    files.write("application.yml", "a: 1")
    names = [source.name for source in files.load("--x=1").property_sources()]
    assert names == ["commandLineArgs", "systemEnvironment", "Config resource 'file [application.yml]'"]


def test_contains(files: Files) -> None:
    """Values, lists and maps are contained; nothing else."""
    files.write("application.yml", "a.b: 1\nl: [x]")
    env = files.load()
    assert [env.contains(key) for key in ("a.b", "a", "l", "A.B", "c")] == [True, True, True, True, False]


def test_list_as_text(files: Files) -> None:
    """A reader of comma separated text understands a YAML list too; a map is no text."""
    files.write("application.yml", "include: [health, info]\nmap: {a: 1}")
    env = files.load()
    assert env.get("include", "none") == "health,info"
    assert env.get("map", "none") == "none"
