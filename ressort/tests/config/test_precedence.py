"""Which source wins."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from ressort.config import ConfigError, load

from .conftest import Files


def test_order_of_all_sources(files: Files, package: Callable[[str], str]) -> None:
    """Packaged < ./ < ./config/ < variables < JSON < command line."""
    name = package("v1: packaged\nv2: packaged\nv3: packaged\nv4: packaged\nv5: packaged\nv6: packaged")
    files.write("application.yml", "v2: here\nv3: here\nv4: here\nv5: here\nv6: here")
    files.write("config/application.yml", "v3: config\nv4: config\nv5: config\nv6: config")
    environ = {"V4": "variable", "V5": "variable", "V6": "variable"}
    environ["SPRING_APPLICATION_JSON"] = '{"v5": "json", "v6": "json"}'
    env = files.load("--v6=argument", environ=environ, package=name)
    found = [env.get(f"v{place}") for place in range(1, 7)]
    assert found == ["packaged", "here", "config", "variable", "json", "argument"]


def test_packaged_profile_file_is_below_external_plain_file(
    files: Files, package: Callable[[str], str]
) -> None:
    """What stands outside the package wins over anything inside it."""
    name = package("a: packaged\n---\nspring.config.activate.on-profile: dev\na: packaged-dev")
    files.write("application.yml", "a: outside")
    assert files.load("--spring.profiles.active=dev", package=name).get("a") == "outside"


def test_properties_file_beats_yaml_in_one_place(files: Files) -> None:
    """Spring's order inside a folder."""
    files.write("application.yml", "a: yaml")
    files.write("application.properties", "a=properties")
    assert files.load().get("a") == "properties"


def test_sub_folders_of_config_are_read_in_order(files: Files) -> None:
    """config/*/ lies above config/, sorted by name."""
    files.write("config/application.yml", "a: config\nb: config")
    files.write("config/one/application.yml", "a: one\nb: one")
    files.write("config/two/application.yml", "a: two")
    env = files.load()
    assert (env.get("a"), env.get("b")) == ("two", "one")


def test_later_document_wins(files: Files) -> None:
    """Documents of one file are read from top to bottom."""
    files.write("application.yml", "a: 1\nb: 1\n---\na: 2")
    env = files.load()
    assert (env.get("a", 0), env.get("b", 0)) == (2, 1)


def test_list_is_replaced_whole(files: Files) -> None:
    """A shorter list of a higher source leaves no element of the lower one."""
    files.write("application.yml", "l: [a, b, c]\nm: [{k: 1, v: 2}, {k: 3}]")
    files.write("config/application.yml", "l: [x]\nm: [{k: 9}]")
    env = files.load()
    assert env.get("l", as_type=list[str]) == ["x"]
    assert env.section("m") == {}
    assert env.section("") == {"l": ["x"], "m": [{"k": 9}]}


def test_comma_text_and_variables_replace_a_list(files: Files) -> None:
    """A variable with commas, or with numbered names, is the whole list."""
    files.write("application.yml", "l: [a, b, c]")
    assert files.load(environ={"L": "x,y"}).get("l", as_type=list[str]) == ["x", "y"]
    assert files.load(environ={"L_0": "x"}).get("l", as_type=list[str]) == ["x"]
    assert files.load(environ={"L": ""}).get("l", as_type=list[str]) == []


def test_maps_merge_per_key(files: Files) -> None:
    """Of a map each key comes from the highest source that has it."""
    files.write("application.yml", "m: {a: 1, b: 1}")
    files.write("config/application.yml", "m: {b: 2, c: 2}")
    assert files.load().section("m") == {"a": 1, "b": 2, "c": 2}


@pytest.mark.parametrize("variable", ["APP_POOL_MAXSIZE", "APP_POOL_MAX_SIZE"])
def test_variable_for_a_key_with_dashes(files: Files, variable: str) -> None:
    """Dashes are dropped; the older form with underscores is understood too."""
    files.write("application.yml", "app.pool.max-size: 1")
    assert files.load(environ={variable: "7"}).get("app.pool.max-size", 0) == 7


def test_variable_takes_the_spelling_of_the_file(files: Files) -> None:
    """In a section a variable's value stands under the key the file uses."""
    files.write("application.yml", "instances: {client-service: {timeout: 1s}}")
    found = files.load(environ={"INSTANCES_CLIENTSERVICE_TIMEOUT": "2s"}).section("instances")
    assert found == {"client-service": {"timeout": "2s"}}


def test_command_line_forms(files: Files) -> None:
    """--key=value, a bare flag, -D and --define."""
    env = files.load("--a=1", "--flag", "-Db.c=2", "--define", "d=3", "positional")
    assert (env.get("a"), env.get("flag"), env.get("b.c"), env.get("d")) == ("1", "", "2", "3")


def test_process_variables_are_the_default(monkeypatch: pytest.MonkeyPatch, files: Files) -> None:
    """Without an explicit mapping the variables of the process count."""
    monkeypatch.setenv("RESSORT_TEST_VALUE", "seen")
    assert load(directory=files.folder).get("ressort.test.value") == "seen"
    assert "RESSORT_TEST_VALUE" in os.environ


def test_defaults_lie_below_everything(files: Files) -> None:
    """Default properties count only where nothing else speaks."""
    files.write("application.yml", "a: file")
    env = load(directory=files.folder, environ={}, defaults={"a": "default", "b": "default"})
    assert (env.get("a"), env.get("b")) == ("file", "default")


def test_bad_json_is_refused(files: Files) -> None:
    """The message names the variable."""
    with pytest.raises(ConfigError, match="SPRING_APPLICATION_JSON"):
        files.load(environ={"SPRING_APPLICATION_JSON": "{nope"})


def test_location_replaces_and_additional_location_adds(files: Files) -> None:
    """spring.config.location and additional-location choose the folders."""
    files.write("application.yml", "a: here\nb: here")
    files.write("other/application.yml", "a: other")
    assert files.load("--spring.config.location=other/").get("b") is None
    env = files.load("--spring.config.additional-location=other/")
    assert (env.get("a"), env.get("b")) == ("other", "here")


def test_missing_location_is_named(files: Files) -> None:
    """A folder that is not there stops the start unless it is optional."""
    with pytest.raises(ConfigError, match="nowhere/"):
        files.load("--spring.config.location=nowhere/")
    assert files.load("--spring.config.location=optional:nowhere/").get("a") is None


def test_other_base_name(files: Files) -> None:
    """spring.config.name replaces `application`."""
    files.write("ledger.yml", "a: ledger")
    assert files.load("--spring.config.name=ledger").get("a") == "ledger"


def test_broken_file_names_line(files: Files) -> None:
    """A YAML fault stops the load with file:line."""
    files.write("config/application.yml", "server:\n  port: 1\n bad: 2\n")
    with pytest.raises(ConfigError, match=r"config/application\.yml:3"):
        files.load()


def test_file_that_is_no_text(files: Files) -> None:
    """Bytes that are not UTF-8 are told with their line."""
    (files.folder / "application.yml").write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(ConfigError, match=r"application\.yml:2: not UTF-8"):
        files.load()


def test_random_values_are_drawn_at_every_lookup(files: Files) -> None:
    """Two lookups differ; ranges exclude their upper bound."""
    files.write("application.yml", "id: ${random.uuid}\nport: '${random.int[5,6]}'\nten: ${random.int(1)}")
    env = files.load()
    assert env.get("id") != env.get("id")
    assert (env.get("port", 0), env.get("ten", 1)) == (5, 0)
